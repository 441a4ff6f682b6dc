import type Stripe from 'stripe';
import type { TestClock } from '../domain/test-clock';
import type { Wire } from './wire';

/** Stripe's test clock; while it advances it says where to. */
export function toStripeTestClock(clock: TestClock): Wire<Stripe.TestHelpers.TestClock> {
  const target = clock.status === 'advancing' ? clock.targetTime : null;
  return {
    id: clock.id,
    object: 'test_helpers.test_clock',
    created: clock.created,
    deletes_after: clock.deletesAfter,
    frozen_time: clock.frozenTime,
    livemode: clock.livemode,
    name: clock.name,
    status: clock.status,
    status_details: target === null ? {} : { advancing: { target_frozen_time: target } },
  };
}
