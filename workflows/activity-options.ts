import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';
import { DEADLINES } from '../domain/core/deadlines';

/*
 * One whole set of options for each kind of call. A call adds its task queue and its summary and nothing else: options of two kinds are
 * never merged.
 */

/**
 * What only touches our own Postgres, inside the workflow task. It answers by itself within DEADLINES.localActivity, with a value in
 * every case; Temporal's own time-out and retries are never what ends it, since a replay would not see what the live run saw.
 */
export const LOCAL: LocalActivityOptions = {
  startToCloseTimeout: '1 hour',
  retry: { maximumAttempts: 1 },
};

/** The same while Postgres is away: waited out cheaply, for as long as it takes. */
export const QUEUED: ActivityOptions = {
  startToCloseTimeout: DEADLINES.queuedCommitLimit,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '15 seconds' },
};

/**
 * A call to a processor, safe to repeat by its idempotency key. After 45 seconds the outcome counts as unknown, and
 * `paymentWorkflow` asks until it is known, so that nothing else waits for an outage.
 */
export const PROCESSOR: ActivityOptions = {
  startToCloseTimeout: DEADLINES.processorCall,
  scheduleToCloseTimeout: DEADLINES.processorTries,
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds', maximumAttempts: 4 },
};

/** Asking a processor what became of a payment, until it answers: never guessed, never sent again under a new key. */
export const PROCESSOR_UNTIL_KNOWN: ActivityOptions = {
  startToCloseTimeout: DEADLINES.processorCall,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
};
