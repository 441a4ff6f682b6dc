/**
 * What Dunlin asks of a payment processor. Every call carries an idempotency key that comes from the books (an attempt, a
 * refund), so that it can be repeated after a crash: the same key always means the same operation and gets the same answer.
 * A call that throws has an unknown outcome; `find` and `findRefund` then say what became of it.
 */
import type { GatewayAnswer } from '../domain/rows/payment-attempt';
import type { RefundAnswer } from '../domain/rows/refund';

/** A processor gave no answer, or one that says that it cannot now. Whatever else a call throws is a mistake of ours. */
export class ProcessorUnavailable extends Error {
  override name = 'ProcessorUnavailable';
}

/** For whom a processor works. */
export interface Seller {
  account: string;
  livemode: boolean;
}

/** The processors of this installation, by name. What a seller asks of one concerns no other seller. */
export type Gateways = Record<string, (seller: Seller) => PaymentGateway>;

export interface PaymentGateway {
  /** As `payment_methods.gateway` names it. */
  readonly name: string;
  charge(request: ChargeRequest): Promise<GatewayAnswer>;
  /** Verifies a card without moving money, so that it may be charged later without its holder. */
  setup(request: SetupRequest): Promise<GatewayAnswer>;
  /** What became of a charge or setup; null where this processor has never seen the key. */
  find(idempotencyKey: string): Promise<GatewayAnswer | null>;
  /** Takes all or a part of an authorized charge; the rest is released. */
  capture(request: CaptureRequest): Promise<void>;
  /** Releases an authorized charge. */
  cancel(request: OperationOnCharge): Promise<void>;
  refund(request: RefundRequest): Promise<RefundAnswer>;
  findRefund(idempotencyKey: string): Promise<RefundAnswer | null>;
  submitEvidence(request: EvidenceRequest): Promise<void>;
  /** Accepts a dispute as lost; there is no way back. */
  closeDispute(request: OperationOnDispute): Promise<void>;
}

export interface CardRequest {
  idempotencyKey: string;
  /** The processor's own name of the card. */
  card: string;
  offSession: boolean;
  /** The card was authenticated for later payments without its holder. */
  setUp: boolean;
  /** `requested`: the fraud step wants 3-D Secure; `authenticated`: the holder has passed it. */
  threeDSecure: 'requested' | 'authenticated' | null;
}

export interface ChargeRequest extends CardRequest {
  /** Minor units. */
  amount: number;
  currency: string;
  /** False authorizes only. */
  capture: boolean;
}

export type SetupRequest = CardRequest;

export interface OperationOnCharge {
  idempotencyKey: string;
  /** The reference that the charge's answer gave. */
  charge: string;
}

export interface CaptureRequest extends OperationOnCharge {
  amount: number;
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
  evidence: Record<string, unknown>;
}
