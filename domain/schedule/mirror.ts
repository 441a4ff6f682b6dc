/**
 * A subscription with a schedule can also be changed directly; then the current phase is updated to match, so later phases start from the
 * real state. When the subscription ends, so does its schedule.
 */
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { DiscountParameters } from '../rows/subscription-parameters';
import { itemsOf } from '../subscription-item/items';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { currentPhase, scheduleEnd, type PhaseItem, type SchedulePhase, type SubscriptionSchedule } from '../rows/subscription-schedule';

/** Runs after each step of a subscription: updates its schedule and emits the schedule's event. */
export function followSubscription(changes: ChangeSet, subscriptionId: string): void {
  const schedule = changes.rows.first(
    'subscriptionSchedule',
    ({ subscription, status }) => subscription === subscriptionId && status === 'active',
  );
  const subscription = changes.rows.find('subscription', subscriptionId);
  if (!schedule || !subscription) return;
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') {
    endWith(changes, schedule, subscription);
    return;
  }
  if (!changes.changed.get('subscriptionSchedule')?.has(schedule.id)) mirror(changes, schedule, subscription);
  changes.emitUpdated('subscription_schedule.updated', 'subscriptionSchedule', schedule.id);
}

/** At its planned end the schedule is completed; before that it is canceled, or aborted if the subscription was not paid. */
function endWith(changes: ChangeSet, schedule: SubscriptionSchedule, subscription: Subscription): void {
  const isDone = schedule.endBehavior === 'cancel' && changes.now >= scheduleEnd(schedule);
  const end = isDone
    ? { status: 'completed' as const, completedAt: changes.now }
    : { status: 'canceled' as const, canceledAt: changes.now };
  changes.patch('subscriptionSchedule', schedule.id, { ...end, currentPhaseStart: null });
  changes.patch('subscription', subscription.id, { schedule: null });
  const isUnpaid = subscription.cancellationDetails.reason === 'payment_failed';
  const type = isDone ? 'completed' : isUnpaid ? 'aborted' : 'canceled';
  changes.emit(`subscription_schedule.${type}`, 'subscriptionSchedule', schedule.id);
}

function mirror(changes: ChangeSet, schedule: SubscriptionSchedule, subscription: Subscription): void {
  const phase = currentPhase(schedule);
  const before = changes.base.find('subscription', subscription.id);
  if (!phase || !before) return;
  if (before.automaticTax.disabled_reason === null && subscription.automaticTax.disabled_reason !== null) {
    changes.patch('subscriptionSchedule', schedule.id, {
      defaultSettings: { ...schedule.defaultSettings, automatic_tax: subscription.automaticTax },
    });
  }
  const changed: SchedulePhase = { ...phase, ...settingsChanged(before, subscription), ...itemsChanged(changes, subscription.id, phase) };
  if (JSON.stringify(changed) === JSON.stringify(phase)) return;
  const phases = schedule.phases.map((each) => (each.start_date === phase.start_date ? changed : each));
  changes.patch('subscriptionSchedule', schedule.id, { phases });
}

function settingsChanged(before: Subscription, after: Subscription): Partial<SchedulePhase> {
  const isChanged = (name: keyof Subscription) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  return {
    ...(isChanged('automaticTax') ? { automatic_tax: after.automaticTax } : {}),
    ...(isChanged('billingThresholds') ? { billing_thresholds: after.billingThresholds } : {}),
    ...(isChanged('collectionMethod') ? { collection_method: after.collectionMethod } : {}),
    ...(isChanged('defaultPaymentMethod') ? { default_payment_method: after.defaultPaymentMethod } : {}),
    ...(isChanged('defaultTaxRates') ? { default_tax_rates: after.defaultTaxRates } : {}),
    ...(isChanged('description') ? { description: after.description } : {}),
    ...(after.discounts.some((id) => !before.discounts.includes(id)) ? { discounts: named(after.discounts) } : {}),
    ...(isChanged('trialEnd') ? { trial_end: after.trialEnd } : {}),
  };
}

function itemsChanged(changes: ChangeSet, subscription: string, phase: SchedulePhase): Partial<SchedulePhase> {
  const shown = (items: SubscriptionItem[]) => JSON.stringify(items.map((item) => ({ ...item, ...IGNORED })));
  const [before, after] = [itemsOf(changes.base, subscription), itemsOf(changes.rows, subscription)];
  if (shown(before) === shown(after)) return {};
  return { items: after.map((item) => phaseItem(item, phase.items)) };
}

/** Time alone changes these fields of an item (its period, used-up discounts), so they are not part of the phase. */
const IGNORED = { currentPeriodStart: 0, currentPeriodEnd: 0, usageFrom: null, discounts: [] };

function phaseItem(item: SubscriptionItem, known: PhaseItem[] = []): PhaseItem {
  const before = known.find(({ price }) => price === item.price);
  return {
    ...before,
    price: item.price,
    quantity: item.quantity,
    billing_thresholds: item.billingThresholds,
    discounts: before?.discounts ?? named(item.discounts),
    metadata: item.metadata,
    tax_rates: item.taxRates,
  };
}

const named = (discounts: string[]): DiscountParameters[] => discounts.map((discount) => ({ discount }));

/** A subscription's running period as a phase. */
export function phaseOfSubscription(rows: Rows, subscription: Subscription): SchedulePhase {
  const items = itemsOf(rows, subscription.id);
  return {
    start_date: Math.min(...items.map((item) => item.currentPeriodStart)),
    end_date: subscription.cancelAt ?? Math.min(...items.map((item) => item.currentPeriodEnd)),
    items: items.map((item) => phaseItem(item)),
    add_invoice_items: [],
    automatic_tax: subscription.automaticTax,
    billing_cycle_anchor: null,
    billing_thresholds: subscription.billingThresholds,
    collection_method: subscription.collectionMethod,
    currency: subscription.currency,
    default_payment_method: subscription.defaultPaymentMethod,
    default_tax_rates: subscription.defaultTaxRates,
    description: subscription.description,
    discounts: subscription.discounts.length === 0 ? null : named(subscription.discounts),
    invoice_settings: null,
    metadata: {},
    proration_behavior: 'create_prorations',
    trial_end: subscription.status === 'trialing' ? subscription.trialEnd : null,
  };
}
