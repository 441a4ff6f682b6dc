import type { Resource } from './resource';

export interface TestClock extends Resource {
  name: string | null;
  frozenTime: number;
  /** The target of the running advance; null if there is none. */
  targetTime: number | null;
  status: 'ready' | 'advancing' | 'internal_failure';
  statusDetails: TestClockProgress;
  deletesAfter: number;
  deleted: boolean;
}

/** The progress of the running or last advance. Times are epoch seconds in real time, except `from`. */
export interface TestClockProgress {
  /** Frozen time at which the advance began. Epoch seconds. */
  from?: number;
  /** When the frozen time last moved. */
  progress_at?: number;
  /** When the scheduler last checked, and how many checks in a row found no progress. */
  looked_at?: number;
  standstill?: number;
  /** Ids of workflows that have not answered for a while, mostly because a processor does not answer. */
  waiting_for?: string[];
  /** Ids of held workflows, without which the clock advances. */
  held?: string[];
  /** Why the advance failed: ids only. */
  reason?: string;
}
