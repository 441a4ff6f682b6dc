export const FILL_STATUSES = ['canceled', 'completed', 'failed', 'running'] as const;
export type FillStatus = (typeof FILL_STATUSES)[number];

/** What customers do, who signs up, and the time that passes. */
export const PARTS_OF_A_MONTH = 3;

/** The sandbox is filled with a believable company and its history. */
export interface Fill {
  id: string;
  account: string;
  livemode: boolean;
  created: number;
  status: FillStatus;
  customers: number;
  months: number;
  /** The beginning of the first month. */
  startsAt: number;
  /** Parts of months that are done. */
  partsDone: number;
  /** What is being done, in words; null before the first part. */
  doing: string | null;
  /** The clock on which the company lives; null until it is there. */
  testClock: string | null;
  endedAt: number | null;
  failure: string | null;
}
