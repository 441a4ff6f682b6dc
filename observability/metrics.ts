/** How a commit of a workflow's step ended. `failed` is a bug in Dunlin; `unavailable` means that Postgres is away. */
export type CommitOutcome = 'committed' | 'refused' | 'tax_needed' | 'unavailable' | 'failed';

/** How an activity ended. */
export type ActivityOutcome = 'completed' | 'failed';

/** Receives what the worker's code has done and how long it took. Durations in seconds. */
export interface Metrics {
  /** A commit by its step: `renewSubscription`, `refresh`, … */
  commit(step: string, outcome: CommitOutcome, seconds: number): void;
  /** Any activity, local or not, by its name: `attemptPayment`, `commit/renewSubscription`, … */
  activity(name: string, outcome: ActivityOutcome, seconds: number): void;
}

/** For processes without metrics. */
export const noMetrics: Metrics = { commit: () => undefined, activity: () => undefined };
