import type Stripe from 'stripe';
import type { TestClock } from '../domain/rows/test-clock';
import type { Wire } from './wire';

/** Fields besides Stripe's. */
interface Own {
  /** Ids of held workflows, without which the latest advance continued. */
  held: string[];
  status_details: {
    advancing?: {
      /** The frozen time when the advance began. */
      started_frozen_time: number;
      /** How far `frozen_time` has advanced, from 0 to 1. */
      progress: number;
      /** Ids of workflows that have not answered yet, mostly because a processor does not answer. */
      waiting_for: string[];
    };
    /** Why the latest advance failed. */
    internal_failure?: { reason: string };
  };
}

/** Stripe's test clock. While it advances it shows its target, its progress, and the workflows that it waits for. */
export function toStripeTestClock(clock: TestClock): Wire<Stripe.TestHelpers.TestClock> & Own {
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

type Details = Wire<Stripe.TestHelpers.TestClock>['status_details'] & Own['status_details'];

function detailsOf({ status, targetTime, frozenTime, statusDetails }: TestClock): Details {
  const { from = frozenTime, waiting_for: waitingFor = [], reason } = statusDetails;
  if (status === 'internal_failure' && reason !== undefined) return { internal_failure: { reason } };
  if (status !== 'advancing' || targetTime === null) return {};
  const progress = targetTime > from ? Math.round(((frozenTime - from) / (targetTime - from)) * 10_000) / 10_000 : 1;
  return { advancing: { target_frozen_time: targetTime, started_frozen_time: from, progress, waiting_for: waitingFor } };
}
