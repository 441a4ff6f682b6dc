/** One charge or refund as a processor records it. An authorization is none until it is captured. */
export interface Settled {
  kind: 'charge' | 'refund';
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

/** The same as we have booked it. */
export interface Booked extends Settled {
  /** The id of our charge or refund. */
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
