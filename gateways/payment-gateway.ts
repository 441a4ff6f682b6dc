/**
 * The interface of a payment processor. Every call carries an idempotency key from the books (an attempt, a refund), so that it can be
 * repeated after a crash: the same key always means the same operation and gets the same answer. A call that throws has an unknown outcome;
 * `find` and `findRefund` then return it, or throw until they can.
 */
import type { Captured, Exemption, GatewayAnswer } from '../domain/rows/payment-attempt';
import type { ListEvents, ProcessorEvent, ReturnedIntent } from '../domain/rows/processor-event';
import type { RefundAnswer } from '../domain/rows/refund';
import type { ImportSource } from './import-source';
import type { ReadSettlement } from './settlement';
import type { StoredMethod, StoredMethodAnswer } from '../domain/rows/stored-method';

/** A processor gave no answer, or answered that it cannot process now. Any other error of a call is a bug in Dunlin. */
export class ProcessorUnavailable extends Error {
  override name = 'ProcessorUnavailable';

  /** @param until when the processor can tell what became of the operation, in epoch milliseconds. Null: at any time. */
  constructor(
    message: string,
    readonly until: number | null = null,
  ) {
    super(message);
  }
}

/** The seller that a processor works for. */
export interface Seller {
  account: string;
  livemode: boolean;
}

/** The processors of this installation, by name. Each seller's operations are separate. Null: no key for the seller's mode. */
export type Gateways = Record<string, (seller: Seller) => PaymentGateway | null>;

export interface PaymentGateway {
  /** Its name in `payment_methods.gateway`. */
  readonly name: string;
  charge(request: ChargeRequest): Promise<GatewayAnswer>;
  /** Verifies a card without moving money, so that it can be charged later without the cardholder. */
  setup(request: SetupRequest): Promise<GatewayAnswer>;
  /** The outcome of a charge or setup; null if this processor has never seen the key. */
  find(request: FindRequest): Promise<GatewayAnswer | null>;
  /** Captures all or a part of an authorized charge; the rest is released, unless several captures were asked for and this is not the final one. */
  capture(request: CaptureRequest): Promise<Captured>;
  /** Releases an authorized charge. */
  cancel(request: OperationOnCharge): Promise<void>;
  refund(request: RefundRequest): Promise<RefundAnswer>;
  findRefund(request: OperationOnCharge): Promise<RefundAnswer | null>;
  submitEvidence(request: EvidenceRequest): Promise<void>;
  /** Accepts a dispute as lost; this cannot be undone. */
  closeDispute(request: OperationOnDispute): Promise<void>;
  /** Its record of what it did, for reconciliation. Absent: it has none. */
  readonly settlement?: ReadSettlement;
  /** Its billing, as far as customers can be imported from it. Absent: they cannot. */
  readonly source?: ImportSource;
  /** Keeps a payment method that the seller's app has made at the processor, for later payments. Absent: nothing can be made there. */
  keep?(request: KeepRequest): Promise<StoredMethodAnswer>;
  /** Whether an intent does not wait for its payer any more. Null: the secret is not its own. Absent: it sends no payer back. */
  isDecided?(intent: Omit<ReturnedIntent, 'processor'>): Promise<boolean | null>;
}

/**
 * Reads a webhook of a processor, for which a processor that signs none is asked. Null: it is not the processor's.
 *
 * @throws ProcessorUnavailable
 */
export type ReadWebhook = (webhook: { body: Buffer; headers: Record<string, unknown> }) => Promise<ProcessorEvent | null>;

/** What tells of a processor's events. */
export interface EventSource {
  /** Absent: its webhooks cannot be verified. */
  read?: ReadWebhook;
  /** Its own list of events, by mode. Null: there is no key. Absent: it has no list. */
  list?: (livemode: boolean) => ListEvents | null;
}

export type KeepRequest = Pick<StoredMethod, 'customer' | 'method'>;

export interface CardRequest {
  idempotencyKey: string;
  /** The processor's own name of the card or the bank account. */
  card: string;
  offSession: boolean;
  /** The card was authenticated for later payments without the cardholder. */
  setUp: boolean;
  /** `requested`: the fraud step requires 3-D Secure; `authenticated`: the cardholder has passed it. */
  threeDSecure: 'requested' | 'authenticated' | null;
  /** Why the cardholder need not authenticate. The bank may refuse that, and ask. A processor that decides itself ignores it. */
  exemption?: Exemption;
  /** The bank account is not used before its holder has told which small deposits it has got. A processor that verifies itself ignores it. */
  verifies?: true;
  /** The reference in the answer that asked for the cardholder, whose operation this continues. Null: a new operation. */
  continues: string | null;
}

export type FindRequest = CardRequest & { kind: 'payment' | 'setup' };

export interface ChargeRequest extends CardRequest {
  /** Minor units. */
  amount: number;
  currency: string;
  /** False: authorize only. */
  capture: boolean;
  /** What the payer's bank adds to the seller's name, where the processor passes it on. Null: nothing. */
  statement: string | null;
  /** The seller wants to capture in several parts. Where that is possible, the answer says so. */
  multicapture?: true;
}

export type SetupRequest = CardRequest;

export interface OperationOnCharge {
  idempotencyKey: string;
  /** The reference in the charge's answer. */
  charge: string;
}

export interface CaptureRequest extends OperationOnCharge {
  /** Zero: only what is left is released. */
  amount: number;
  /** One of several captures: how much was captured before, and whether the rest is released. Absent: the only one. */
  several?: { before: number; isFinal: boolean };
}

export interface RefundRequest extends OperationOnCharge {
  amount: number;
  currency: string;
}

export interface OperationOnDispute {
  idempotencyKey: string;
  dispute: string;
}

export interface EvidenceRequest extends OperationOnDispute {
  /** By Stripe's names; a file by its id. */
  evidence: Record<string, unknown>;
  /** By Stripe's names; its charges are ours. */
  enhancedEvidence: Record<string, unknown>;
  /** The bytes of a file that the evidence names. */
  file: (id: string) => Promise<{ name: string; data: Buffer }>;
}
