/** What time does to a schedule: its phases begin one after the other, its end is told a week before, and then it ends. */
import { refusedBy } from '../core/dry-run';
import { BillingError } from '../core/errors';
import { applyPhase } from './phase-change';
import type { Plan } from '../core/change-set';
import { endAgain } from './times';
import { scheduleCancellation } from '../subscription/cancel-at';
import { cancelOnSchedule } from '../subscription/cancellation';
import { nextPhase, scheduleEnd, type SchedulePhase, type SubscriptionSchedule } from '../rows/subscription-schedule';

/** The schedule that drives this subscription now. */
function scheduleOf(plan: Plan, subscription: string): SubscriptionSchedule {
  const found = plan.rows.first('subscriptionSchedule', (each) => each.subscription === subscription && each.status === 'active');
  if (found) return found;
  throw new BillingError('resource_missing', `The subscription ${subscription} has no schedule.`);
}

/** The next phase begins: the subscription is changed into it. */
export function startPhase(plan: Plan, subscription: string, at: number): void {
  const schedule = scheduleOf(plan, subscription);
  const phase = nextPhase(schedule);
  if (!phase) return;
  const change = { phase, before: null, settings: schedule.defaultSettings, at, behavior: phase.proration_behavior };
  const refused = refusedBy(plan, (trial) => {
    applyPhase(trial, subscription, change);
  });
  if (refused) {
    letGo(plan, schedule, refused);
    return;
  }
  plan.patch('subscriptionSchedule', schedule.id, { currentPhaseStart: phase.start_date });
  applyPhase(plan, subscription, change);
  plan.outcome = `phase ${String(schedule.phases.indexOf(phase) + 1)} of ${String(schedule.phases.length)}`;
}

/** What the subscription has become meanwhile cannot become this phase: it stays as it is, and the schedule is over. */
function letGo(plan: Plan, schedule: SubscriptionSchedule, refused: BillingError): void {
  release(plan, schedule, { preserveCancelDate: true });
  plan.outcome = `released: ${refused.code}`;
}

/** The last phase is over. */
export function endSchedule(plan: Plan, subscription: string, at: number): void {
  const schedule = scheduleOf(plan, subscription);
  if (schedule.endBehavior === 'release') release(plan, schedule, { preserveCancelDate: true });
  else if (schedule.endBehavior === 'renew') renew(plan, schedule, subscription);
  else if (schedule.endBehavior === 'cancel') cancelOnSchedule(plan, subscription, at);
  else complete(plan, schedule, subscription);
}

/** Lets the subscription go on by itself. What the schedule had planned as its end is taken back, unless it is to stay. */
export function release(plan: Plan, schedule: SubscriptionSchedule, { preserveCancelDate }: { preserveCancelDate: boolean }): void {
  const { subscription } = schedule;
  if (subscription !== null) {
    const isPlanned = plan.rows.get('subscription', subscription).cancelAt !== null;
    if (isPlanned && !preserveCancelDate) scheduleCancellation(plan, subscription, { path: { subscription }, cancel_at: null });
    plan.patch('subscription', subscription, { schedule: null });
  }
  plan.patch('subscriptionSchedule', schedule.id, {
    status: 'released',
    releasedAt: plan.now,
    releasedSubscription: subscription,
    subscription: null,
    currentPhaseStart: null,
  });
  plan.emit('subscription_schedule.released', 'subscriptionSchedule', schedule.id);
}

/** `none`: it is done, and the subscription goes on as its last phase has left it. */
function complete(plan: Plan, schedule: SubscriptionSchedule, subscription: string): void {
  plan.patch('subscriptionSchedule', schedule.id, { status: 'completed', completedAt: plan.now, currentPhaseStart: null });
  plan.patch('subscription', subscription, { schedule: null });
  plan.emit('subscription_schedule.completed', 'subscriptionSchedule', schedule.id);
}

/** `renew`: the last phase lasts as long again, from here. */
function renew(plan: Plan, schedule: SubscriptionSchedule, subscription: string): void {
  const last = schedule.phases.at(-1) as SchedulePhase;
  const { billingCycleAnchor } = plan.rows.get('subscription', subscription);
  const again = {
    ...last,
    start_date: last.end_date,
    end_date: endAgain(billingCycleAnchor, { start: last.start_date, end: last.end_date }),
  };
  plan.patch('subscriptionSchedule', schedule.id, {
    phases: [...schedule.phases.slice(0, -1), again],
    currentPhaseStart: again.start_date,
  });
}

/** `subscription_schedule.expiring`, and again only for a later end. */
export function announceScheduleEnd(plan: Plan, subscription: string): void {
  const schedule = scheduleOf(plan, subscription);
  plan.patch('subscriptionSchedule', schedule.id, { expiringSentFor: scheduleEnd(schedule) });
  plan.emit('subscription_schedule.expiring', 'subscriptionSchedule', schedule.id);
}
