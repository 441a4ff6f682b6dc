/** How a commit of a workflow's step ended. `failed` is a mistake of ours, `unavailable` a Postgres that is away. */
export type CommitOutcome = 'committed' | 'refused' | 'unavailable' | 'failed';

/** How an activity ended. */
export type ActivityOutcome = 'completed' | 'failed';

/** Where the worker's code says what it has done and how long it took. Durations in seconds. */
export interface Metrics {
  /** A commit by its step: `renewSubscription`, `look`, … */
  commit(step: string, outcome: CommitOutcome, seconds: number): void;
  /** Any activity, local or not, by its name: `attemptPayment`, `commit/renewSubscription`, … */
  activity(name: string, outcome: ActivityOutcome, seconds: number): void;
}

/** For processes whose figures nobody reads. */
export const noMetrics: Metrics = { commit: () => undefined, activity: () => undefined };
