import { ApplicationFailure } from '@temporalio/common';
import type { StepFailure } from '../domain/rows/held';

/**
 * What a failure of a call to a processor means for its retries. A decline is no failure; what fails here is somebody who does not
 * answer (tried again under the same key), or a mistake of ours that no retry mends.
 */
export type FailureType = 'processor_unavailable' | 'database_unavailable' | 'gateway_unknown' | 'mistake';

const RETRYABLE: Record<FailureType, boolean> = {
  processor_unavailable: true,
  database_unavailable: true,
  // The attempt names a processor that this worker does not have: waits for a worker that does.
  gateway_unknown: true,
  mistake: false,
};

export function failure(type: FailureType, message: string, cause?: unknown): ApplicationFailure {
  const reason = cause instanceof Error ? { cause } : {};
  return ApplicationFailure.create({ type, message, nonRetryable: !RETRYABLE[type], ...reason });
}

/** A mistake of ours, with what its entity is held for as the only detail. */
export function mistake(of: StepFailure): ApplicationFailure {
  return ApplicationFailure.create({ type: 'mistake', message: of.message, nonRetryable: !RETRYABLE.mistake, details: [of] });
}
