/** How a schedule becomes a subscription: its first phase is handled like a create request. */
import { refusedBy } from '../core/dry-run';
import type { ChangeSet } from '../core/change-set';
import { redeemable } from './discounts';
import { settingsIn } from './settings';
import { createSubscription } from '../subscription/creation';
import type { CreateSubscriptionParameters, DiscountParameters } from '../rows/subscription-parameters';
import { scheduleEnd, type SchedulePhase, type SubscriptionSchedule } from '../rows/subscription-schedule';
import { workflowId } from '../rows/workflow';
import { calledBy } from '../core/nested-refusal';

/** The schedule's start has come: it becomes active, and the workflow of its new subscription does the rest. */
export function startSchedule(changes: ChangeSet, id: string): void {
  const schedule = changes.rows.get('subscriptionSchedule', id);
  if (changes.rows.find('customer', schedule.customer)?.deleted) {
    cancelUnstarted(changes, id);
    return;
  }
  const subscription = changes.id('sub');
  changes.patch('subscriptionSchedule', id, activeAs(schedule, subscription));
  changes.emitUpdated('subscription_schedule.updated', 'subscriptionSchedule', id);
  changes.wake('subscription', subscription, schedule);
  changes.outcome = `starts ${subscription}`;
}

/** Creates the subscription whose id `startSchedule` has assigned. */
export function createFromSchedule(changes: ChangeSet, subscription: string): void {
  const schedule = changes.rows.first('subscriptionSchedule', (each) => each.subscription === subscription && each.status === 'active');
  if (!schedule) return;
  if (changes.rows.find('customer', schedule.customer)?.deleted) cancelUnstarted(changes, schedule.id);
  else beginSubscription(changes, schedule.id, subscription, { late: true });
}

/**
 * With `late` there is no caller to refuse, so an expired coupon is left out.
 *
 * @throws BillingError as `createSubscription` does
 */
export function beginSubscription(changes: ChangeSet, scheduleId: string, subscription: string, { late = false } = {}): void {
  const schedule = changes.rows.get('subscriptionSchedule', scheduleId);
  const phase = schedule.phases[0] as SchedulePhase;
  changes.patch('subscriptionSchedule', scheduleId, activeAs(schedule, subscription));
  const parameters = creation(changes, schedule, phase, late);
  const begin = (on: ChangeSet, discounts: DiscountParameters[]) => {
    const input = {
      subject: subscription,
      target: null,
      at: phase.start_date,
      parameters: { ...parameters, discounts },
      answer: null,
      workflow: workflowId('subscription', subscription),
      customer: schedule.customer,
    };
    calledBy({ backdate_start_date: 'start_date' }, () => {
      createSubscription(on, input);
    });
  };
  const discounts = phase.discounts ?? [];
  // A code's minimum is compared with the whole purchase, so each discount is tried with all items.
  begin(changes, late ? discounts.filter((each) => refusedBy(changes, (trial) => begin(trial, [each])) === null) : discounts);
}

export function cancelUnstarted(changes: ChangeSet, id: string): void {
  changes.patch('subscriptionSchedule', id, { status: 'canceled', canceledAt: changes.now });
  changes.emit('subscription_schedule.canceled', 'subscriptionSchedule', id);
}

function activeAs({ phases }: SubscriptionSchedule, subscription: string): Partial<SubscriptionSchedule> {
  return { status: 'active', subscription, currentPhaseStart: (phases[0] as SchedulePhase).start_date };
}

/** A trial that is over already was free, so the time since its end is billed. */
function billedFrom({ start_date: start, trial_end: trialEnd }: SchedulePhase, now: number): number {
  return trialEnd !== null && trialEnd <= now ? trialEnd : start;
}

function creation(changes: ChangeSet, schedule: SubscriptionSchedule, phase: SchedulePhase, late: boolean): CreateSubscriptionParameters {
  const from = billedFrom(phase, changes.now);
  const usable = (discounts: DiscountParameters[]) => (late ? redeemable(changes, discounts, phase.currency) : discounts);
  return {
    customer: schedule.customer,
    schedule: schedule.id,
    ...settingsIn(changes, phase, schedule.defaultSettings),
    currency: phase.currency,
    items: phase.items.map(({ price, quantity, ...rest }) => ({
      ...rest,
      price,
      ...(quantity === null ? {} : { quantity }),
      described: true,
      discounts: usable(rest.discounts),
    })),
    add_invoice_items: phase.add_invoice_items.map((item) => ({ ...item, discounts: usable(item.discounts) })),
    billing_mode: schedule.billingMode,
    proration_behavior: phase.proration_behavior,
    ...(from < changes.now ? { backdate_start_date: from } : {}),
    ...(phase.trial_end !== null && phase.trial_end > changes.now ? { trial_end: phase.trial_end } : {}),
    ...(schedule.endBehavior === 'cancel' ? { cancel_at: scheduleEnd(schedule) } : {}),
  };
}
