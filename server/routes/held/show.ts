import type { HeldRow } from '../../../db/held';
import type { WireHeld } from '../../../objects/shapes/held';
import { BillingError } from '../../../domain/core/errors';

/** A held entity as the API shows it. `retries_at` is null if it is not retried automatically; times are real, epoch seconds. */
export function showHeld(row: HeldRow): WireHeld {
  const { id, workflow, kind, subject, customer, testClock, created, step, commitKey, reason, error, appVersion, times } = row;
  return {
    id,
    object: 'held',
    livemode: row.livemode,
    created,
    workflow,
    kind,
    subject,
    customer,
    test_clock: testClock,
    step,
    commit_key: commitKey,
    reason,
    failure: error,
    times_failed: times,
    failed_in_version: appVersion,
    retries_at: row.lookAgainAt,
    released_at: row.releasedAt,
  };
}

/** @throws BillingError resource_missing if nothing is held under this id in the caller's account and mode */
export function noneHeld(id: string, param = 'id'): never {
  throw new BillingError('resource_missing', `Nothing is held under '${id}'`, { param });
}
