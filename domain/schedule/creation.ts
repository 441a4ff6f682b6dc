/**
 * A new schedule: of a subscription that begins with it, now or later, or of one that is there already. What begins now is made in
 * the same commit; its first invoice is a draft for an hour, like those that follow.
 */
import type { Customer } from '../rows/customer';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { Plan } from '../core/change-set';
import { beginSubscription } from './beginning';
import { phaseOfSubscription } from './mirror';
import type { CreateScheduleParameters } from './parameters';
import { resolvePhases } from './phases';
import { changedSettings, DEFAULT_SETTINGS, settingsOfSubscription } from './settings';
import type { StepInput } from '../core/steps';
import type { Subscription } from '../rows/subscription';
import type { SchedulePhase, SubscriptionSchedule } from '../rows/subscription-schedule';
import { workflowId } from '../rows/workflow';

/** Throws what its phases refuse, and parameter_invalid where the first of them is over already. */
export function createSchedule(plan: Plan, input: StepInput): void {
  const asked = input.parameters as unknown as CreateScheduleParameters;
  const customer = livingCustomer(plan, asked.customer);
  const waits = input.workflow === workflowId('schedule', input.subject);
  const schedule = newSchedule(plan, waits ? input.subject : plan.id('sub_sched'), asked, customer);
  plan.put('subscriptionSchedule', schedule);
  if (!waits) beginSubscription(plan, schedule.id, input.subject);
  plan.emit('subscription_schedule.created', 'subscriptionSchedule', schedule.id);
}

function newSchedule(plan: Plan, id: string, asked: CreateScheduleParameters, customer: Customer): SubscriptionSchedule {
  const settings = changedSettings(plan, DEFAULT_SETTINGS, asked.default_settings, customer.id);
  const start = typeof asked.start_date === 'number' ? asked.start_date : plan.now;
  const phases = resolvePhases(plan, asked.phases, { start, customer: customer.id, settings });
  assertRunning(plan, phases[0] as SchedulePhase);
  return {
    ...row(plan, id, customer),
    endBehavior: asked.end_behavior ?? 'release',
    billingMode: asked.billing_mode ?? { type: 'flexible' },
    phases,
    defaultSettings: settings,
    metadata: mergeMetadata({}, asked.metadata),
  };
}

/** `from_subscription`: one phase, which is the running period as it is. Throws parameter_invalid, subscription_not_editable. */
export function createScheduleFromSubscription(plan: Plan, subscriptionId: string): void {
  const subscription = plan.rows.get('subscription', subscriptionId);
  assertCanMigrate(subscription);
  const customer = plan.rows.get('customer', subscription.customer);
  const phase = phaseOfSubscription(plan.rows, subscription);
  const { id } = plan.put('subscriptionSchedule', {
    ...row(plan, plan.id('sub_sched'), customer),
    status: 'active',
    subscription: subscriptionId,
    currentPhaseStart: phase.start_date,
    endBehavior: subscription.cancelAt === null ? 'release' : 'cancel',
    billingMode: subscription.billingMode,
    phases: [phase],
    defaultSettings: settingsOfSubscription(subscription),
  });
  plan.patch('subscription', subscriptionId, { schedule: id });
  plan.emit('subscription_schedule.created', 'subscriptionSchedule', id);
}

function row(plan: Plan, id: string, customer: Customer) {
  const { account, livemode } = plan.context;
  return { id, account, livemode, created: plan.now, customer: customer.id, testClock: customer.testClock, ...NOTHING_YET };
}

const NOTHING_YET = {
  status: 'not_started' as const,
  subscription: null,
  releasedSubscription: null,
  currentPhaseStart: null,
  expiringSentFor: null,
  canceledAt: null,
  completedAt: null,
  releasedAt: null,
  metadata: {},
};

function livingCustomer(plan: Plan, id: string): Customer {
  const customer = plan.rows.find('customer', id);
  if (customer && !customer.deleted) return customer;
  throw new BillingError('resource_missing', `No such customer: '${id}'`, { param: 'customer' });
}

function assertRunning(plan: Plan, first: SchedulePhase): void {
  if (first.end_date > plan.now) return;
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
