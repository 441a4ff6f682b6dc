import { ApplicationFailure } from '@temporalio/common';
import type { StepFailure } from '../domain/rows/held';

/**
 * How a failure of an external call is retried. A decline is not a failure. A failure is a processor, tax provider or database that does not
 * answer (retried under the same key), or a bug in Dunlin that no retry fixes.
 */
export type FailureType =
  | 'processor_unavailable'
  | 'tax_provider_unavailable'
  | 'tax_provider_unusable'
  | 'registry_unavailable'
  | 'database_unavailable'
  | 'gateway_unknown'
  | 'mistake';

const RETRYABLE: Record<FailureType, boolean> = {
  processor_unavailable: true,
  database_unavailable: true,
  tax_provider_unavailable: true,
  registry_unavailable: true,
  // A wrong key, for example: the draft waits until an operator has corrected it.
  tax_provider_unusable: false,
  // The attempt names a processor that this worker does not have: waits for a worker that has it.
  gateway_unknown: true,
  mistake: false,
};

/** @param of `until`: the next try makes no sense before; epoch milliseconds */
export function failure(type: FailureType, message: string, of: { cause?: unknown; until?: number | null } = {}): ApplicationFailure {
  const reason = of.cause instanceof Error ? { cause: of.cause } : {};
  const pause = typeof of.until === 'number' ? { nextRetryDelay: Math.max(of.until - Date.now(), 1_000) } : {};
  return ApplicationFailure.create({ type, message, nonRetryable: !RETRYABLE[type], ...reason, ...pause });
}

/** A bug in Dunlin, with the reason of the hold as the only detail. */
export function mistake(of: StepFailure): ApplicationFailure {
  return ApplicationFailure.create({ type: 'mistake', message: of.message, nonRetryable: !RETRYABLE.mistake, details: [of] });
}
