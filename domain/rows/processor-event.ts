import type { CaseType, DisputeStatus } from './dispute';
import type { FraudType } from './review';
import type { FinalAnswer } from './payment-attempt';
import type { Card } from './payment-method';

/** An intent at a processor that waits for its payer. */
export interface ReturnedIntent {
  processor: string;
  kind: 'payment' | 'setup';
  /** The processor's own name of the intent. */
  reference: string;
  /** What only the payer's browser and the processor know. Null: nobody has come back, it is our own question. */
  secret: string | null;
}

/** What a processor tells by a webhook. Its id is the same each time that it is told. */
export interface ProcessorEvent {
  processor: string;
  id: string;
  /** The processor's own name of what happened. */
  type: string;
  livemode: boolean;
  /** In the order in which it is acted on. */
  news: readonly ProcessorNews[];
}

/** An event in a processor's own list of them. */
export interface ListedEvent {
  id: string;
  /** @throws BillingError parameter_invalid if it lacks what Dunlin needs */
  read: () => ProcessorEvent;
}

/** Reads what happened after one moment until another, epoch seconds, in any order. */
export type ListEvents = (range: { after: number; until: number }) => AsyncIterable<ListedEvent>;

/** How a dispute stands at its bank. */
export interface ToldDispute {
  /** The processor's own name of it. */
  reference: string;
  /** Minor units. */
  amount: number;
  reason: string;
  networkReasonCode: string | null;
  caseType: CaseType;
  status: DisputeStatus;
  /** Until when it can be answered, epoch seconds; null if it cannot. */
  dueBy: number | null;
  /** What the processor takes for it, minor units. Null: it does not say. */
  fee: number | null;
}

export type ProcessorNews =
  /** A charge or setup is decided, or its cardholder has left the bank's page. */
  | { about: 'attempt'; reference: string }
  /** The bank has decided a payment. `key`: our own name of the attempt. */
  | { about: 'payment'; key: string; reference: string; answer: FinalAnswer }
  /** `key`: our own name of the refund. */
  | { about: 'refund'; key: string | null; reference: string; status: 'pending' | 'succeeded' | 'failed'; reason: string | null }
  /** `payment`: the processor's own name of the disputed payment. */
  | { about: 'dispute'; payment: string; currency: string; told: ToldDispute }
  /** The card's bank warns of a payment. */
  | { about: 'warning'; payment: string; fraudType: FraudType }
  /** The bank has replaced or renewed a stored card. `method`: the processor's own name of it. */
  | { about: 'card'; method: string; card: Card }
  | { about: 'nothing' };
