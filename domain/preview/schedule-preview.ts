/** The next invoice of a schedule: planned as it would be carried out, and never written. */
import { calledBy, nestedIn } from '../core/nested-refusal';
import type { ChangeSet } from '../core/change-set';
import { beginSubscription } from '../schedule/beginning';
import { createSchedule } from '../schedule/creation';
import type { PhaseParameters } from '../schedule/parameters';
import { startPhase } from '../schedule/progress';
import { itemsOf } from '../subscription-item/items';
import type { ProrationBehavior } from '../rows/subscription-parameters';
import { updateSchedule } from '../schedule/requests';
import { nextPhase, type EndBehavior } from '../rows/subscription-schedule';
import { workflowId } from '../rows/workflow';

export interface SchedulePreviewParameters {
  customer: string;
  schedule?: string;
  schedule_details?: {
    billing_mode?: { type: 'classic' | 'flexible' };
    end_behavior?: EndBehavior;
    phases?: PhaseParameters[];
    proration_behavior?: ProrationBehavior;
  };
}

/** Carries out the requested change of a schedule. Returns the subscription that it drives or would drive; null if there is no schedule. */
export function previewSchedule(
  changes: ChangeSet,
  { customer, schedule: id, schedule_details: details }: SchedulePreviewParameters,
): string | null {
  if (id === undefined) return details ? begin(changes, customer, details) : null;
  if (details) {
    nestedIn('schedule_details', () => {
      updateSchedule(changes, id, details);
    });
  }
  const { subscription, releasedSubscription } = changes.rows.get('subscriptionSchedule', id);
  const driven = subscription ?? releasedSubscription;
  if (driven !== null) return driven;
  const future = changes.id('sub');
  beginSubscription(changes, id, future);
  return future;
}

function begin(changes: ChangeSet, customer: string, details: NonNullable<SchedulePreviewParameters['schedule_details']>): string {
  const subject = changes.id('sub');
  const { phases = [], billing_mode, end_behavior } = details;
  const input = {
    subject,
    target: null,
    at: changes.now,
    parameters: { customer, phases, billing_mode, end_behavior, start_date: phases[0]?.start_date ?? 'now' },
    answer: null,
    workflow: workflowId('subscription', subject),
    customer,
  };
  nestedIn('schedule_details', () => {
    calledBy({ start_date: 'phases[0][start_date]' }, () => createSchedule(changes, input));
  });
  return subject;
}

/** Starts the phases that begin before the next cycle, or with it. Returns the invoice that one of them makes at once. */
export function phasesBeforeCycle(changes: ChangeSet, subscription: string): string | null {
  const before = new Set(changes.rows.all('invoice').map(({ id }) => id));
  for (;;) {
    const schedule = changes.rows.first('subscriptionSchedule', (each) => each.subscription === subscription && each.status === 'active');
    const phase = schedule && nextPhase(schedule);
    if (!phase || phase.start_date > Math.min(...itemsOf(changes.rows, subscription).map((item) => item.currentPeriodEnd))) return null;
    startPhase(changes, subscription, phase.start_date);
    const made = changes.rows.first('invoice', ({ id }) => !before.has(id));
    if (made) return made.id;
  }
}
