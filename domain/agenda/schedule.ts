/** The state of a schedule. Before its start it has its own workflow; after that its subscription's workflow runs it. */
import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type EntityState } from '../core/entity-state';
import { nextPhase, scheduleEnd, type SchedulePhase, type SubscriptionSchedule } from '../rows/subscription-schedule';
import type { AgendaItem } from '../rows/workflow';

/** How long before its end `subscription_schedule.expiring` is sent. */
const NOTICE_SECONDS = 7 * 86_400;

export function scheduleState(rows: Rows, subject: string): EntityState {
  const schedule = rows.find('subscriptionSchedule', subject);
  if (!schedule) return ENDED('none');
  if (schedule.status !== 'not_started') return ENDED(schedule.status);
  const { start_date: start } = schedule.phases[0] as SchedulePhase;
  const agenda = schedule.startsElsewhere ? [] : [agendaItem('startSchedule', start)];
  return { status: schedule.status, pendingCall: null, agenda, ended: false };
}

/** The state of a subscription that does not exist yet, although its schedule has started. */
export function unbornStanding(rows: Rows, subscription: string): EntityState {
  const schedule = scheduleFor(rows, subscription);
  if (!schedule) return ENDED('none');
  const agenda = [agendaItem('createFromSchedule', (schedule.phases[0] as SchedulePhase).start_date)];
  return { status: 'scheduled', pendingCall: null, agenda, ended: false };
}

/** A schedule's items on its subscription's agenda. At the same instant a phase begins before the renewal, which bills it. */
export function scheduleAgenda(rows: Rows, subscription: string, now: number): AgendaItem[] {
  const schedule = scheduleFor(rows, subscription);
  if (!schedule) return [];
  const phase = nextPhase(schedule);
  if (phase) return [...expiry(schedule, now), item('startPhase', schedule, phase.start_date)];
  return [...expiry(schedule, now), item('endSchedule', schedule, scheduleEnd(schedule))];
}

function expiry(schedule: SubscriptionSchedule, now: number): AgendaItem[] {
  const end = scheduleEnd(schedule);
  if (schedule.endBehavior === 'renew' || (schedule.expiringSentFor ?? 0) >= end) return [];
  const at = Math.max(end - NOTICE_SECONDS, Math.min(now, end));
  return [{ step: 'announceScheduleEnd', at, key: `announceScheduleEnd/${schedule.id}/${String(end)}` }];
}

/** One schedule may follow another, so the key names the schedule. */
function item(step: 'startPhase' | 'endSchedule', { id }: SubscriptionSchedule, at: number): AgendaItem {
  return { step, at, key: `${step}/${id}/${String(at)}` };
}

function scheduleFor(rows: Rows, subscription: string): SubscriptionSchedule | undefined {
  return rows.first('subscriptionSchedule', (each) => each.subscription === subscription && each.status === 'active');
}
