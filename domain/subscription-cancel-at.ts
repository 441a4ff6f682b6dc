/**
 * An end that is planned: `cancel_at_period_end`, or `cancel_at` a time, set, moved or taken back. A time within a period shortens
 * the period to it, and what was paid beyond is credited: 3000 for April, to end on 16 April, gives -1500; taking that back +1500.
 */
import { BillingError } from './errors';
import type { LineContent } from './invoice';
import { remainingTimeDescription, unusedTimeDescription } from './line-description';
import type { Plan } from './plan';
import { isMetered } from './price';
import { creditOf, partOf, rate } from './rating';
import { billNow } from './subscription-billing';
import { collectChange } from './subscription-collection';
import { billedItem, debitedPeriod, itemLine, itemsOf, periodAt, putPendingItem } from './subscription-items';
import type { UpdateSubscriptionParameters } from './subscription-parameters';
import type { Subscription, SubscriptionItem } from './subscription';

/** Throws parameter_invalid where the time has passed. */
export function scheduleCancellation(plan: Plan, id: string, asked: UpdateSubscriptionParameters): void {
  if (asked.cancel_at === undefined && asked.cancel_at_period_end === undefined) return;
  const subscription = plan.rows.get('subscription', id);
  const ends = itemsOf(plan.rows, id).map((item) => wholeEnd(plan, subscription, item));
  const at = plannedEnd(plan, ends, asked);
  setCancelAt(plan, id, at, asked.cancel_at_period_end === true);
  const lines = itemsOf(plan.rows, id).flatMap((item) => fitPeriod(plan, subscription, item, at));
  if (asked.proration_behavior !== 'none') bill(plan, id, lines, asked);
}

function plannedEnd(plan: Plan, ends: number[], asked: UpdateSubscriptionParameters): number | null {
  if (asked.cancel_at_period_end) return Math.min(...ends);
  const { cancel_at: at = null } = asked;
  if (at === null) return null;
  if (at === 'min_period_end') return Math.min(...ends);
  if (at === 'max_period_end') return Math.max(...ends);
  if (at > plan.now) return at;
  throw new BillingError('parameter_invalid', '`cancel_at` must be in the future.', { param: 'cancel_at' });
}

function setCancelAt(plan: Plan, id: string, at: number | null, atPeriodEnd: boolean): void {
  const { cancellationDetails } = plan.rows.get('subscription', id);
  const reason = at === null ? null : ('cancellation_requested' as const);
  plan.patch('subscription', id, {
    cancelAt: at,
    cancelAtPeriodEnd: atPeriodEnd,
    canceledAt: at === null ? null : plan.now,
    cancellationDetails: { ...cancellationDetails, reason },
  });
}

/** The end that the item's period has by the grid; a trial's is its own. */
function wholeEnd(plan: Plan, subscription: Subscription, item: SubscriptionItem): number {
  if (subscription.status === 'trialing') return item.currentPeriodEnd;
  return periodAt(plan.rows, subscription, item, item.currentPeriodStart).end;
}

/** Shortens the running period to the planned end, or gives it back its own, and says what that is worth. */
function fitPeriod(plan: Plan, subscription: Subscription, item: SubscriptionItem, at: number | null): LineContent[] {
  if (subscription.status === 'trialing') return [];
  const whole = wholeEnd(plan, subscription, item);
  const end = at === null || at <= item.currentPeriodStart ? whole : Math.min(at, whole);
  if (end === item.currentPeriodEnd) return [];
  if (isMetered(plan.rows.get('price', item.price))) {
    plan.patch('subscriptionItem', item.id, { currentPeriodEnd: end });
    return [];
  }
  const lines = end < item.currentPeriodEnd ? [credit(plan, subscription, item, end)] : extension(plan, subscription, item, end);
  plan.patch('subscriptionItem', item.id, { currentPeriodEnd: end });
  return lines;
}

/** The time between the two ends, of what was debited for the whole period (flexible billing mode), or else of its price. */
function credit(plan: Plan, subscription: Subscription, item: SubscriptionItem, end: number): LineContent {
  const whole = periodAt(plan.rows, subscription, item, item.currentPeriodStart);
  const { price, quantity, productName } = billedItem(plan.rows, item);
  const known = subscription.billingMode.type === 'flexible' ? debitedPeriod(plan.rows, { ...item, currentPeriodEnd: whole.end }) : null;
  const period = known?.period ?? whole;
  const charged = known
    ? { rule: 'debited' as const, full: known.amount, debited: { invoice: known.invoice, lines: known.lines } }
    : rate(price, quantity);
  const part = { start: end, end: item.currentPeriodEnd };
  return itemLine(plan.rows, item, part, {
    ...creditOf(charged, part.end - part.start, period.end - period.start),
    description: unusedTimeDescription(productName, quantity, end),
    discountable: known === null,
    discounts: known === null ? item.discounts : [],
    proration: true,
    prorationDetails: { credited_items: known?.invoice ? { invoice: known.invoice, invoice_line_items: known.lines } : null },
  });
}

/** A credit that no invoice has taken yet is taken back as it was given; else the time is charged. */
function extension(plan: Plan, subscription: Subscription, item: SubscriptionItem, end: number): LineContent[] {
  const given = plan.rows.first(
    'invoiceItem',
    (each) =>
      each.subscriptionItem === item.id &&
      each.invoice === null &&
      !each.deleted &&
      each.amount < 0 &&
      each.periodStart === item.currentPeriodEnd,
  );
  if (given?.periodEnd !== end) return [charge(plan, subscription, item, end)];
  plan.patch('invoiceItem', given.id, { deleted: true });
  plan.emit('invoiceitem.deleted', 'invoiceItem', given.id);
  return [];
}

function charge(plan: Plan, subscription: Subscription, item: SubscriptionItem, end: number): LineContent {
  const { price, quantity, productName } = billedItem(plan.rows, item);
  const grid = periodAt(plan.rows, subscription, item, item.currentPeriodStart);
  const part = { start: item.currentPeriodEnd, end };
  return itemLine(plan.rows, item, part, {
    ...partOf(rate(price, quantity), part.end - part.start, grid.end - grid.start),
    description: remainingTimeDescription(productName, quantity, part.start),
    proration: true,
  });
}

function bill(plan: Plan, id: string, lines: LineContent[], asked: UpdateSubscriptionParameters): void {
  const subscription = plan.rows.get('subscription', id);
  const isNow = asked.proration_behavior === 'always_invoice' && subscription.collectionMethod === 'charge_automatically';
  if (lines.length === 0) return;
  if (!isNow) {
    lines.forEach((line) => putPendingItem(plan, subscription, line));
    return;
  }
  const period = { start: plan.now, end: plan.now };
  collectChange(plan, billNow(plan, subscription, { billingReason: 'subscription_update', lines, period }), asked);
}
