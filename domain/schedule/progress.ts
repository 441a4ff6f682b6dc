/** The automatic steps of a schedule: its phases begin one after the other, its end is announced a week before, and then it ends. */
import { refusedBy } from '../core/dry-run';
import { BillingError } from '../core/errors';
import { applyPhase } from './phase-change';
import type { ChangeSet } from '../core/change-set';
import { endAgain } from './times';
import { scheduleCancellation } from '../subscription/cancel-at';
import { cancelOnSchedule } from '../subscription/cancellation';
import { nextPhase, scheduleEnd, type SchedulePhase, type SubscriptionSchedule } from '../rows/subscription-schedule';

/** The schedule that drives this subscription now. */
function scheduleOf(changes: ChangeSet, subscription: string): SubscriptionSchedule {
  const found = changes.rows.first('subscriptionSchedule', (each) => each.subscription === subscription && each.status === 'active');
  if (found) return found;
  throw new BillingError('resource_missing', `The subscription ${subscription} has no schedule.`);
}

/** The next phase begins: changes the subscription to it. */
export function startPhase(changes: ChangeSet, subscription: string, at: number): void {
  const schedule = scheduleOf(changes, subscription);
  const phase = nextPhase(schedule);
  if (!phase) return;
  const change = { phase, before: null, settings: schedule.defaultSettings, at, behavior: phase.proration_behavior };
  const refused = refusedBy(changes, (trial) => {
    applyPhase(trial, subscription, change);
  });
  if (refused) {
    letGo(changes, schedule, refused);
    return;
  }
  changes.patch('subscriptionSchedule', schedule.id, { currentPhaseStart: phase.start_date });
  applyPhase(changes, subscription, change);
  changes.outcome = `phase ${String(schedule.phases.indexOf(phase) + 1)} of ${String(schedule.phases.length)}`;
}

/** The subscription cannot change to this phase because of a change meanwhile. It stays as it is, and the schedule is released. */
function letGo(changes: ChangeSet, schedule: SubscriptionSchedule, refused: BillingError): void {
  release(changes, schedule, { preserveCancelDate: true });
  changes.outcome = `released: ${refused.code}`;
}

/** The last phase is over. */
export function endSchedule(changes: ChangeSet, subscription: string, at: number): void {
  const schedule = scheduleOf(changes, subscription);
  if (schedule.endBehavior === 'release') release(changes, schedule, { preserveCancelDate: true });
  else if (schedule.endBehavior === 'renew') renew(changes, schedule, subscription);
  else if (schedule.endBehavior === 'cancel') cancelOnSchedule(changes, subscription, at);
  else complete(changes, schedule, subscription);
}

/** Releases the subscription. The end that the schedule had planned is removed, unless the caller keeps it. */
export function release(changes: ChangeSet, schedule: SubscriptionSchedule, { preserveCancelDate }: { preserveCancelDate: boolean }): void {
  const { subscription } = schedule;
  if (subscription !== null) {
    const isPlanned = changes.rows.get('subscription', subscription).cancelAt !== null;
    if (isPlanned && !preserveCancelDate) scheduleCancellation(changes, subscription, { path: { subscription }, cancel_at: null });
    changes.patch('subscription', subscription, { schedule: null });
  }
  changes.patch('subscriptionSchedule', schedule.id, {
    status: 'released',
    releasedAt: changes.now,
    releasedSubscription: subscription,
    subscription: null,
    currentPhaseStart: null,
  });
  changes.emit('subscription_schedule.released', 'subscriptionSchedule', schedule.id);
}

/** `none`: the schedule is completed, and the subscription continues as in the last phase. */
function complete(changes: ChangeSet, schedule: SubscriptionSchedule, subscription: string): void {
  changes.patch('subscriptionSchedule', schedule.id, { status: 'completed', completedAt: changes.now, currentPhaseStart: null });
  changes.patch('subscription', subscription, { schedule: null });
  changes.emit('subscription_schedule.completed', 'subscriptionSchedule', schedule.id);
}

/** `renew`: the last phase is extended by its own length. */
function renew(changes: ChangeSet, schedule: SubscriptionSchedule, subscription: string): void {
  const last = schedule.phases.at(-1) as SchedulePhase;
  const { billingCycleAnchor } = changes.rows.get('subscription', subscription);
  const again = {
    ...last,
    start_date: last.end_date,
    end_date: endAgain(billingCycleAnchor, { start: last.start_date, end: last.end_date }),
  };
  changes.patch('subscriptionSchedule', schedule.id, {
    phases: [...schedule.phases.slice(0, -1), again],
    currentPhaseStart: again.start_date,
  });
}

/** Emits `subscription_schedule.expiring`; again only if the end moves later. */
export function announceScheduleEnd(changes: ChangeSet, subscription: string): void {
  const schedule = scheduleOf(changes, subscription);
  changes.patch('subscriptionSchedule', schedule.id, { expiringSentFor: scheduleEnd(schedule) });
  changes.emit('subscription_schedule.expiring', 'subscriptionSchedule', schedule.id);
}
