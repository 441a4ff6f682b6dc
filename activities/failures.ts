import { ApplicationFailure } from '@temporalio/common';

/**
 * What a failure of an activity means for its retries. A decline is no failure; what fails here is a processor that does not
 * answer (tried again under the same key), or a mistake of ours that no retry mends.
 */
export type FailureType = 'processor_unavailable' | 'gateway_unknown';

const RETRYABLE: Record<FailureType, boolean> = {
  processor_unavailable: true,
  // The attempt names a processor that this worker does not have: waits for a worker that does.
  gateway_unknown: true,
};

export function failure(type: FailureType, message: string, cause?: unknown): ApplicationFailure {
  const reason = cause instanceof Error ? { cause } : {};
  return ApplicationFailure.create({ type, message, nonRetryable: !RETRYABLE[type], ...reason });
}
