import type { Resource } from './resource';

export interface TestClock extends Resource {
  name: string | null;
  frozenTime: number;
  /** Where an advance is going; null when there is none. */
  targetTime: number | null;
  status: 'ready' | 'advancing' | 'internal_failure';
  statusDetails: TestClockProgress;
  deletesAfter: number;
  deleted: boolean;
}

/** How an advance goes, or went. Times are epoch seconds; but `from`, real ones. */
export interface TestClockProgress {
  /** Frozen time at which the advance began. */
  from?: number;
  /** When time moved last. */
  progress_at?: number;
  /** When its scheduler looked last, and how many looks in a row have found that nothing had moved. */
  looked_at?: number;
  standstill?: number;
  /** Workflow ids that have taken more than a moment: of those whose processor does not answer, mostly. */
  waiting_for?: string[];
  /** Workflow ids that are held, which the advance goes on without. */
  held?: string[];
  /** Why it failed: ids only. */
  reason?: string;
}
