import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/**
 * A commit to our own Postgres, inside the workflow task. Tried for a few seconds only: while it runs, messages wait and the
 * history grows. It is idempotent by its cause.
 */
export const COMMIT: LocalActivityOptions = {
  startToCloseTimeout: '5 seconds',
  scheduleToCloseTimeout: '8 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '2 seconds' },
};

/** The same commit while Postgres is away: waited out cheaply, for as long as it takes. */
export const COMMIT_LATER: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
};

/**
 * A call to a processor, safe to repeat by its idempotency key. After about a minute the outcome counts as unknown, and
 * `paymentWorkflow` asks until it is known, so that nothing else waits for an outage.
 */
export const PROCESSOR: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '70 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '10 seconds', maximumAttempts: 4 },
};

/** Asking a processor what became of a payment, until it answers: never guessed, never sent again under a new key. */
export const PROCESSOR_UNTIL_KNOWN: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
};
