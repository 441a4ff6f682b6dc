/** Changes that wait for the end of the period: the requests that plan one with a schedule, and that take it back. */
import { PLANNED_BY } from '../../domain/portal/planned-change';
import { currentPhase, type PhaseItem, type SchedulePhase, type SubscriptionSchedule } from '../../domain/rows/subscription-schedule';
import { findRow } from '../../db/lookup';
import type { PortalProblem } from '../../web/words/portal-problems';
import type { RawParameters } from '../http/validation';
import { createSchedule } from '../routes/subscription-schedules/create';
import { releaseSchedule } from '../routes/subscription-schedules/release';
import { updateSchedule } from '../routes/subscription-schedules/update';
import { change, type Visit } from './operations';
import type { PlanChange } from './plan-change';

/** Plans the change. In the middle of it, the same form continues; a schedule without a further phase changes nothing and is not shown. */
export async function planChange(visit: Visit, key: string, planned: PlanChange): Promise<PortalProblem | null> {
  const { subscription } = planned;
  const made = await change(visit, `${key}/schedule`, { operation: createSchedule, parameters: { from_subscription: subscription.id } });
  if (made.problem !== null) return made.problem;
  const schedule = await findRow(visit.deps.sql, 'subscriptionSchedule', visit.session, made.key);
  if (schedule === null) return 'failed';
  const parameters = { end_behavior: 'release', metadata: { [PLANNED_BY]: visit.session.id }, phases: phasesOf(schedule, planned) };
  const { problem } = await change(visit, `${key}/phases`, {
    operation: updateSchedule,
    path: { schedule: schedule.id },
    parameters: { ...parameters, proration_behavior: 'none' },
  });
  if (problem !== null) await change(visit, `${key}/undo`, release(schedule.id));
  return problem;
}

/** Takes the planned change back. The subscription goes on as it is. */
export async function unplanChange(visit: Visit, key: string, schedule: string): Promise<PortalProblem | null> {
  return (await change(visit, `${key}/release`, release(schedule))).problem;
}

const release = (schedule: string) => ({ operation: releaseSchedule, path: { schedule }, parameters: {} });

function phasesOf(schedule: SubscriptionSchedule, { price, quantity }: PlanChange): RawParameters[] {
  const phase = currentPhase(schedule) as SchedulePhase;
  const [present] = phase.items as [PhaseItem];
  return [
    {
      ...settingsOf(phase),
      start_date: String(phase.start_date),
      end_date: String(phase.end_date),
      items: [itemOf(present)],
      proration_behavior: phase.proration_behavior,
      ...(phase.trial_end === null ? {} : { trial_end: String(phase.trial_end) }),
    },
    {
      ...settingsOf(phase),
      items: [itemOf({ ...present, price, quantity })],
      // The subscription stays as it is then, and the schedule is over.
      duration: { interval: 'day', interval_count: '1' },
      proration_behavior: 'none',
    },
  ];
}

/** An empty list is sent as an empty value, as in a form. */
const listOf = <Item>(list: Item[]): Item[] | '' => (list.length === 0 ? '' : list);

function itemOf({ price, quantity, tax_rates: rates, discounts, metadata, billing_thresholds: thresholds }: PhaseItem): RawParameters {
  return {
    price,
    ...(quantity === null ? {} : { quantity: String(quantity) }),
    ...(rates.length === 0 ? {} : { tax_rates: rates }),
    ...(discounts.length === 0 ? {} : { discounts }),
    ...(thresholds ? { billing_thresholds: { usage_gte: String(thresholds.usage_gte) } } : {}),
    metadata,
  };
}

function settingsOf(phase: SchedulePhase): RawParameters {
  const { automatic_tax: tax, collection_method: method, default_payment_method: card, default_tax_rates: rates, discounts } = phase;
  return {
    ...(tax ? { automatic_tax: { enabled: String(tax.enabled) } } : {}),
    ...(method === null ? {} : { collection_method: method }),
    ...(card === null ? {} : { default_payment_method: card }),
    ...(rates.length === 0 ? {} : { default_tax_rates: rates }),
    ...(phase.description === null ? {} : { description: phase.description }),
    ...(discounts === null ? {} : { discounts: listOf(discounts) }),
    metadata: phase.metadata,
  };
}
