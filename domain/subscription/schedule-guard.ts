/** Changes that a subscription leaves to the schedule that drives it. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { UpdateSubscriptionParameters } from '../rows/subscription-parameters';
import type { Subscription } from '../rows/subscription';
import { currentPhase } from '../rows/subscription-schedule';

/**
 * Only the schedule plans the subscription's end, and a trial must lie within a phase.
 *
 * @throws BillingError subscription_not_editable
 */
export function assertLeftToSchedule(changes: ChangeSet, { schedule }: Subscription, params: UpdateSubscriptionParameters): void {
  if (schedule === null) return;
  const managed = `The subscription is managed by the subscription schedule \`${schedule}\`, and updating`;
  const param = params.cancel_at !== undefined ? 'cancel_at' : params.cancel_at_period_end !== undefined ? 'cancel_at_period_end' : null;
  if (param !== null) {
    const message = `${managed} any cancelation behavior directly is not allowed. Please update the schedule instead.`;
    throw new BillingError('subscription_not_editable', message, { param });
  }
  const row = changes.rows.find('subscriptionSchedule', schedule);
  const end = (row && currentPhase(row)?.end_date) ?? Infinity;
  if (typeof params.trial_end !== 'number' || params.trial_end <= end) return;
  const message = `${managed} its trial beyond the current phase is not allowed. Please update the schedule instead.`;
  throw new BillingError('subscription_not_editable', message, { param: 'trial_end' });
}

/**
 * Phases continue during a pause, so a scheduled subscription cannot be paused.
 *
 * @throws BillingError subscription_not_editable
 */
export function assertUnscheduled({ schedule }: Subscription): void {
  if (schedule === null) return;
  throw new BillingError(
    'subscription_not_editable',
    `The subscription is managed by the subscription schedule \`${schedule}\`, and cannot be paused. Release the schedule first.`,
  );
}
