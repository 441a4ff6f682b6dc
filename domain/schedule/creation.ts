/**
 * A new schedule: for a subscription that begins with it, now or later, or for an existing one. A subscription that begins now is created
 * in the same commit; its first invoice is a draft for an hour, like the later ones.
 */
import type { Customer } from '../rows/customer';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import { requireBilledHere } from '../core/fence';
import { checkScheduleTax } from './automatic-tax';
import { beginSubscription } from './beginning';
import { phaseOfSubscription } from './mirror';
import type { CreateScheduleParameters } from './parameters';
import { resolvePhases } from './phases';
import { assertRepeatable } from './spans';
import { changedSettings, DEFAULT_SETTINGS, settingsOfSubscription } from './settings';
import type { StepInput } from '../core/steps';
import type { Subscription } from '../rows/subscription';
import type { SchedulePhase, SubscriptionSchedule } from '../rows/subscription-schedule';
import { workflowId } from '../rows/workflow';

/** @throws BillingError as its phases do, parameter_invalid if the first phase is over already, and customer_billed_elsewhere */
export function createSchedule(changes: ChangeSet, input: StepInput<CreateScheduleParameters>): void {
  const params = input.parameters;
  const customer = livingCustomer(changes, params.customer);
  const waits = input.workflow === workflowId('schedule', input.subject);
  const schedule = newSchedule(changes, waits ? input.subject : changes.id('sub_sched'), params, customer);
  assertRepeatable(schedule);
  checkScheduleTax(changes, schedule);
  changes.put('subscriptionSchedule', schedule);
  if (!waits) beginSubscription(changes, schedule.id, input.subject);
  changes.emit('subscription_schedule.created', 'subscriptionSchedule', schedule.id);
}

function newSchedule(changes: ChangeSet, id: string, params: CreateScheduleParameters, customer: Customer): SubscriptionSchedule {
  const settings = changedSettings(changes, DEFAULT_SETTINGS, params.default_settings, customer.id);
  const start = typeof params.start_date === 'number' ? params.start_date : changes.now;
  const phases = resolvePhases(changes, params.phases, { start, customer: customer.id, settings });
  assertRunning(changes, phases[0] as SchedulePhase);
  return {
    ...row(changes, id, customer),
    endBehavior: params.end_behavior ?? 'release',
    billingMode: params.billing_mode ?? { type: 'flexible' },
    phases,
    defaultSettings: settings,
    metadata: mergeMetadata({}, params.metadata),
  };
}

/**
 * `from_subscription`: one phase, the present running period.
 *
 * @throws BillingError parameter_invalid, subscription_not_editable
 */
export function createScheduleFromSubscription(changes: ChangeSet, subscriptionId: string): void {
  const subscription = changes.rows.get('subscription', subscriptionId);
  assertCanMigrate(subscription);
  const customer = changes.rows.get('customer', subscription.customer);
  const phase = phaseOfSubscription(changes.rows, subscription);
  const { id } = changes.put('subscriptionSchedule', {
    ...row(changes, changes.id('sub_sched'), customer),
    status: 'active',
    subscription: subscriptionId,
    currentPhaseStart: phase.start_date,
    endBehavior: subscription.cancelAt === null ? 'release' : 'cancel',
    billingMode: subscription.billingMode,
    phases: [phase],
    defaultSettings: settingsOfSubscription(subscription),
  });
  changes.patch('subscription', subscriptionId, { schedule: id });
  changes.emit('subscription_schedule.created', 'subscriptionSchedule', id);
}

function row(changes: ChangeSet, id: string, customer: Customer) {
  const { account, livemode } = changes.context;
  return { id, account, livemode, created: changes.now, customer: customer.id, testClock: customer.testClock, ...NOTHING_YET };
}

const NOTHING_YET = {
  status: 'not_started' as const,
  startsElsewhere: false,
  subscription: null,
  releasedSubscription: null,
  currentPhaseStart: null,
  expiringSentFor: null,
  canceledAt: null,
  completedAt: null,
  releasedAt: null,
  metadata: {},
};

function livingCustomer(changes: ChangeSet, id: string): Customer {
  const customer = changes.rows.find('customer', id);
  requireBilledHere(changes, customer);
  if (customer && !customer.deleted) return customer;
  throw new BillingError('resource_missing', `No such customer: '${id}'`, { param: 'customer' });
}

function assertRunning(changes: ChangeSet, first: SchedulePhase): void {
  if (first.end_date > changes.now) return;
  throw new BillingError('parameter_invalid', 'The first phase must end in the future.', { param: 'phases[0][end_date]' });
}

function assertCanMigrate({ schedule, status }: Subscription): void {
  const param = 'from_subscription';
  if (schedule !== null) {
    const message = `You cannot migrate a subscription that is already attached to a schedule: \`${schedule}\`.`;
    throw new BillingError('subscription_not_editable', message, { param });
  }
  if (['active', 'trialing', 'past_due', 'unpaid'].includes(status)) return;
  throw new BillingError('subscription_not_editable', `You cannot migrate a subscription that is ${status}.`, { param });
}
