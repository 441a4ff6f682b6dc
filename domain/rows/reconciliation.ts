/** `dispute`: money that a bank has taken back. `dispute_reversal`: the same, given back after a win. Both have the dispute's reference. */
export const SETTLED_KINDS = ['charge', 'refund', 'dispute', 'dispute_reversal'] as const;
export type SettledKind = (typeof SETTLED_KINDS)[number];

/** One movement of money as a processor records it. An authorization is none until it is captured. */
export interface Settled {
  kind: SettledKind;
  /** The processor's own reference, which our row has, too. */
  reference: string;
  /** Minor units. Of a charge: what was captured. */
  amount: number;
  currency: string;
  status: 'succeeded' | 'failed';
  /** Minor units; null: the record does not say. */
  fee: number | null;
  /** Epoch seconds, real time. */
  at: number;
}

/** What a processor moved. Of kinds that it does not record, nothing is missing there. */
export interface SettlementRecord {
  kinds: readonly SettledKind[];
  rows: readonly Settled[];
}

/** The same as we have booked it. */
export interface Booked extends Settled {
  /** The id of our charge, refund or dispute. */
  object: string;
}

export const DIFFERENCE_KINDS = ['missing_here', 'missing_there', 'amount', 'currency', 'status', 'fee'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export interface Difference {
  kind: DifferenceKind;
  objectKind: Settled['kind'];
  reference: string;
  object: string | null;
  ours: Booked | null;
  theirs: Settled | null;
}

export const DIFFERENCE_STATES = ['open', 'resolved', 'accepted'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];
