import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';
import { DEADLINES } from '../domain/core/deadlines';

/* One complete set of options for each kind of call. A call adds only its task queue and its summary; two sets are never merged. */

/**
 * For activities that only touch our Postgres, inside the workflow task. They return a value in every case, within DEADLINES.localActivity.
 * Temporal's own time-out and retries never end them, because a replay would not see what the live run saw.
 */
export const LOCAL: LocalActivityOptions = {
  startToCloseTimeout: '1 hour',
  retry: { maximumAttempts: 1 },
};

/** The same activities while Postgres is away: they wait cheaply, for as long as it takes. */
export const QUEUED: ActivityOptions = {
  startToCloseTimeout: DEADLINES.queuedCommitLimit,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '15 seconds' },
};

/**
 * A call to a processor, safe to repeat by its idempotency key. After 45 seconds the outcome counts as unknown, and `paymentWorkflow`
 * queries it until it is known, so that nothing else waits for an outage.
 */
export const PROCESSOR: ActivityOptions = {
  startToCloseTimeout: DEADLINES.processorCall,
  scheduleToCloseTimeout: DEADLINES.processorTries,
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds', maximumAttempts: 4 },
};

/**
 * Queries a processor for the outcome of a payment until it answers. The outcome is never guessed, and the payment never sent again under a
 * new key.
 */
export const PROCESSOR_UNTIL_KNOWN: ActivityOptions = {
  startToCloseTimeout: DEADLINES.processorCall,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
};

/** A calculation of a tax provider, which changes nothing there. If it does not answer, the finalization of that one invoice waits. */
export const TAX_PROVIDER: ActivityOptions = {
  startToCloseTimeout: DEADLINES.taxProviderCall,
  scheduleToCloseTimeout: DEADLINES.taxProviderTries,
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds', maximumAttempts: 4 },
};

/** The same for a draft that already waits for the provider: its next try is on the agenda. */
export const TAX_PROVIDER_ONCE: ActivityOptions = {
  startToCloseTimeout: DEADLINES.taxProviderCall,
  scheduleToCloseTimeout: DEADLINES.taxProviderTries,
  retry: { maximumAttempts: 1 },
};

/** A final document, recorded once at a tax provider by its reference. If the provider does not answer, the record's next turn comes later. */
export const TAX_RECORD: ActivityOptions = {
  startToCloseTimeout: DEADLINES.taxRecordCall,
  scheduleToCloseTimeout: DEADLINES.taxRecordTries,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds', maximumAttempts: 4 },
};

/** A question to a registry of tax ids. If it does not answer, its next try is on the agenda. */
export const REGISTRY: ActivityOptions = {
  startToCloseTimeout: DEADLINES.registryCall,
  scheduleToCloseTimeout: DEADLINES.registryTries,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds', maximumAttempts: 3 },
};

/** A page of another billing system, or a question to it: repeated until it answers, at the pace that it allows. */
export const IMPORT: ActivityOptions = {
  startToCloseTimeout: DEADLINES.importPage,
  heartbeatTimeout: DEADLINES.importSilence,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '15 seconds' },
};

/** One mail, repeatable by its Message-ID. The activity records what became of it, and when it is tried again; only a crash is retried here. */
export const MAIL: ActivityOptions = {
  startToCloseTimeout: DEADLINES.mailCall,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds' },
};
