import type { TestClock } from '../domain/rows/test-clock';
import type { WireTestClock } from './shapes/test-clock';

/** Stripe's test clock. While it advances it shows its target, its progress, and the workflows that it waits for. */
export function toStripeTestClock(clock: TestClock): WireTestClock {
  return {
    id: clock.id,
    object: 'test_helpers.test_clock',
    created: clock.created,
    deletes_after: clock.deletesAfter,
    frozen_time: clock.frozenTime,
    held: clock.statusDetails.held ?? [],
    livemode: clock.livemode,
    name: clock.name,
    status: clock.status,
    status_details: detailsOf(clock),
  };
}

function detailsOf({ status, targetTime, frozenTime, statusDetails }: TestClock): WireTestClock['status_details'] {
  const { from = frozenTime, waiting_for: waitingFor = [], reason } = statusDetails;
  if (status === 'internal_failure' && reason !== undefined) return { internal_failure: { reason } };
  if (status !== 'advancing' || targetTime === null) return {};
  const progress = targetTime > from ? Math.round(((frozenTime - from) / (targetTime - from)) * 10_000) / 10_000 : 1;
  return { advancing: { target_frozen_time: targetTime, started_frozen_time: from, progress, waiting_for: waitingFor } };
}
