/**
 * Callers' changes of a schedule. Past phases stay; a change of the running phase changes the subscription at once; future phases are
 * replaced.
 */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { checkScheduleTax } from './automatic-tax';
import { applyPhase } from './phase-change';
import type { ChangeSet } from '../core/change-set';
import { cancelUnstarted } from './beginning';
import type { CancelScheduleParameters, PhaseParameters, ReleaseScheduleParameters, UpdateScheduleParameters } from './parameters';
import { resolvePhases } from './phases';
import { endSchedule, release, startPhase } from './progress';
import { assertRepeatable } from './spans';
import { changedSettings } from './settings';
import { scheduleCancellation } from '../subscription/cancel-at';
import { cancelSubscription } from '../subscription/cancellation';
import type { ProrationBehavior } from '../rows/subscription-parameters';
import { currentPhase, nextPhase, scheduleEnd, type SchedulePhase, type SubscriptionSchedule } from '../rows/subscription-schedule';
import { workflowId } from '../rows/workflow';

/** @throws BillingError resource_missing, subscription_not_editable, and as its phases do */
export function updateSchedule(changes: ChangeSet, id: string, params: UpdateScheduleParameters): void {
  const before = editable(changes, id);
  const settings = changedSettings(changes, before.defaultSettings, params.default_settings, before.customer);
  const schedule = changes.patch('subscriptionSchedule', id, {
    defaultSettings: settings,
    endBehavior: params.end_behavior ?? before.endBehavior,
    metadata: mergeMetadata(before.metadata, params.metadata),
  });
  changes.patch('subscriptionSchedule', id, { phases: params.phases ? newPhases(changes, schedule, params.phases) : schedule.phases });
  assertRepeatable(changes.rows.get('subscriptionSchedule', id));
  if (asksForTax(params)) checkScheduleTax(changes, changes.rows.get('subscriptionSchedule', id));
  if (schedule.subscription === null) changes.emitUpdated('subscription_schedule.updated', 'subscriptionSchedule', id);
  else carryOut(changes, before, schedule.subscription, params.proration_behavior ?? 'create_prorations');
}

/** Whether a change can concern automatic tax. A place that was lost meanwhile refuses no other change. */
const asksForTax = ({ default_settings: settings, phases }: UpdateScheduleParameters): boolean =>
  phases !== undefined || settings?.automatic_tax !== undefined;

function newPhases(changes: ChangeSet, schedule: SubscriptionSchedule, params: PhaseParameters[]): SchedulePhase[] {
  const { customer, defaultSettings: settings } = schedule;
  const current = currentPhase(schedule);
  const before = schedule.phases;
  if (!current) return resolvePhases(changes, params, { start: startAsked(changes, schedule, params), customer, settings, before });
  const isPast = ({ end_date: end }: { end_date?: number | 'now' }) => typeof end === 'number' && end <= current.start_date;
  const coming = params.filter((phase) => !isPast(phase));
  assertStart(coming[0], current);
  const terms = {
    start: current.start_date,
    ...anchorOfRunning(changes, schedule),
    customer,
    settings,
    currency: current.currency,
    before,
  };
  const [first, ...rest] = resolvePhases(changes, coming, terms);
  if (first && first.end_date < changes.now) throw invalid('The running phase cannot end in the past.', 'phases[0][end_date]');
  return [...schedule.phases.filter(isPast), ...(first ? [first] : []), ...rest];
}

const anchorOfRunning = (changes: ChangeSet, { subscription }: SubscriptionSchedule): { anchor?: number } =>
  subscription === null ? {} : { anchor: changes.rows.get('subscription', subscription).billingCycleAnchor };

/** Before its start the whole schedule can be moved. */
function startAsked(changes: ChangeSet, { phases }: SubscriptionSchedule, [first]: PhaseParameters[]): number {
  const start = first?.start_date === 'now' ? changes.now : (first?.start_date ?? (phases[0] as SchedulePhase).start_date);
  if (start >= changes.now) return start;
  throw invalid('A schedule that has not started cannot start in the past.', 'phases[0][start_date]');
}

function assertStart(first: PhaseParameters | undefined, current: SchedulePhase): void {
  const param = 'phases[0][start_date]';
  if (first?.start_date === undefined) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  if (first.start_date !== current.start_date) throw invalid('You can not modify the start date of the current phase.', param);
}

/** Applies the parts of the new phases that change the running one, or that are due. */
function carryOut(changes: ChangeSet, before: SubscriptionSchedule, subscription: string, behavior: ProrationBehavior): void {
  const { id } = before;
  const schedule = changes.rows.get('subscriptionSchedule', id);
  const [was, phase] = [currentPhase(before), currentPhase(schedule)];
  const settings = schedule.defaultSettings;
  if (phase && isChanged(before, schedule)) applyPhase(changes, subscription, { phase, before: was, settings, at: changes.now, behavior });
  planEnd(changes, before, subscription, behavior);
  for (
    let next = nextPhase(schedule);
    next && next.start_date <= changes.now;
    next = nextPhase(changes.rows.get('subscriptionSchedule', id))
  ) {
    startPhase(changes, subscription, changes.now);
  }
  if (scheduleEnd(schedule) <= changes.now) endSchedule(changes, subscription, changes.now);
}

function isChanged(before: SubscriptionSchedule, after: SubscriptionSchedule): boolean {
  const content = (schedule: SubscriptionSchedule) =>
    JSON.stringify([{ ...currentPhase(schedule), end_date: 0 }, schedule.defaultSettings]);
  return content(before) !== content(after);
}

/** A schedule with `end_behavior=cancel` plans its end on its subscription, so that the last period is partial. */
function planEnd(changes: ChangeSet, before: SubscriptionSchedule, subscription: string, behavior: ProrationBehavior): void {
  const schedule = changes.rows.get('subscriptionSchedule', before.id);
  const end = schedule.endBehavior === 'cancel' ? scheduleEnd(schedule) : null;
  const { cancelAt } = changes.rows.get('subscription', subscription);
  if (end === cancelAt || (end === null && before.endBehavior !== 'cancel') || (end !== null && end <= changes.now)) return;
  scheduleCancellation(changes, subscription, { path: { subscription }, cancel_at: end, proration_behavior: behavior });
}

/** A running schedule ends with its subscription, which is canceled now, prorated and billed by default. */
export function cancelSchedule(changes: ChangeSet, id: string, { invoice_now = true, prorate = true }: CancelScheduleParameters): void {
  const { subscription } = editable(changes, id);
  if (subscription === null) cancelUnstarted(changes, id);
  else cancelSubscription(changes, subscription, { path: { subscription }, invoice_now, prorate });
}

export function releaseSchedule(changes: ChangeSet, id: string, { preserve_cancel_date }: ReleaseScheduleParameters): void {
  release(changes, editable(changes, id), { preserveCancelDate: preserve_cancel_date ?? false });
}

/** @throws BillingError lock_timeout if it has started since the look-up, because another workflow is its writer then */
function editable(changes: ChangeSet, id: string): SubscriptionSchedule {
  const schedule = changes.rows.find('subscriptionSchedule', id);
  if (schedule?.status === 'not_started') return schedule;
  if (schedule?.status !== 'active') throw notEditable(id, schedule?.status ?? 'gone');
  const { preview, workflow } = changes.context;
  if (preview || workflow === workflowId('subscription', schedule.subscription ?? '')) return schedule;
  throw new BillingError('lock_timeout', 'The schedule is starting. Ask again in a moment.');
}

export function notEditable(id: string, status: string): BillingError {
  const message = `The subscription schedule \`${id}\` is in the \`${status}\` status. It must be \`not_started\` or \`active\`.`;
  return new BillingError('subscription_not_editable', message);
}

const invalid = (message: string, param: string) => new BillingError('parameter_invalid', message, { param });
