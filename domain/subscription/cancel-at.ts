/**
 * A planned end: `cancel_at_period_end`, or `cancel_at` a time; set, moved or removed. A time within a period shortens the period, and the
 * paid time after it is credited: 3000 for April, to end on 16 April, gives -1500; removing the end charges +1500.
 */
import type { Period } from '../money/billing-period';
import { givenBack, undebitedTime } from '../proration/debited-time';
import { BillingError } from '../core/errors';
import type { InvoiceItem, LineContent } from '../rows/invoice';
import { remainingTimeDescription, unusedTimeDescription } from '../line/description';
import type { ChangeSet } from '../core/change-set';
import { isMetered } from '../rows/price';
import { creditOfDebit, creditOfPrice } from '../proration/proration';
import { partOf, rate } from '../price/rating';
import { billAtOnce } from './collection';
import { itemLine, itemsOf, periodAt, putPendingItem, runningItem } from '../subscription-item/items';
import type { UpdateSubscriptionParameters } from '../rows/subscription-parameters';
import type { Subscription, SubscriptionItem } from '../rows/subscription';

/** @throws BillingError parameter_invalid if the time has passed */
export function scheduleCancellation(changes: ChangeSet, id: string, params: UpdateSubscriptionParameters): void {
  if (params.cancel_at === undefined && params.cancel_at_period_end === undefined) return;
  const subscription = changes.rows.get('subscription', id);
  const ends = itemsOf(changes.rows, id).map((item) => wholeEnd(changes, subscription, item));
  const at = plannedEnd(changes, ends, params);
  setCancelAt(changes, id, at, params.cancel_at_period_end === true);
  const lines = itemsOf(changes.rows, id).flatMap((item) => fitPeriod(changes, subscription, item, at));
  if (params.proration_behavior !== 'none') bill(changes, id, lines, params);
}

function plannedEnd(changes: ChangeSet, ends: number[], params: UpdateSubscriptionParameters): number | null {
  if (params.cancel_at_period_end) return Math.min(...ends);
  const { cancel_at: at = null } = params;
  if (at === null) return null;
  if (at === 'min_period_end') return Math.min(...ends);
  if (at === 'max_period_end') return Math.max(...ends);
  if (at > changes.now) return at;
  throw new BillingError('parameter_invalid', '`cancel_at` must be in the future.', { param: 'cancel_at' });
}

function setCancelAt(changes: ChangeSet, id: string, at: number | null, atPeriodEnd: boolean): void {
  const { cancellationDetails } = changes.rows.get('subscription', id);
  const reason = at === null ? null : ('cancellation_requested' as const);
  changes.patch('subscription', id, {
    cancelAt: at,
    cancelAtPeriodEnd: atPeriodEnd,
    canceledAt: at === null ? null : changes.now,
    cancellationDetails: { ...cancellationDetails, reason },
  });
}

/** The end of the item's period on the grid; a trial keeps its own end. */
function wholeEnd(changes: ChangeSet, subscription: Subscription, item: SubscriptionItem): number {
  if (subscription.status === 'trialing') return item.currentPeriodEnd;
  return periodAt(changes.rows, subscription, item, item.currentPeriodStart).end;
}

/** Shortens the running period to the planned end, or restores its own end, and returns the lines for the difference. */
function fitPeriod(changes: ChangeSet, subscription: Subscription, item: SubscriptionItem, at: number | null): LineContent[] {
  if (subscription.status === 'trialing') return [];
  const whole = wholeEnd(changes, subscription, item);
  const end = at === null || at <= item.currentPeriodStart ? whole : Math.min(at, whole);
  if (end === item.currentPeriodEnd) return [];
  if (isMetered(changes.rows.get('price', item.price))) {
    changes.patch('subscriptionItem', item.id, { currentPeriodEnd: end });
    return [];
  }
  const lines = end < item.currentPeriodEnd ? credits(changes, subscription, item, end) : extension(changes, subscription, item, end);
  changes.patch('subscriptionItem', item.id, { currentPeriodEnd: end });
  return lines;
}

/** Credits for the time from `end` on: of its debits (flexible billing mode), or else of its price. */
function credits(changes: ChangeSet, subscription: Subscription, item: SubscriptionItem, end: number): LineContent[] {
  const running = runningItem(changes.rows, subscription, item);
  const part = { start: end, end: item.currentPeriodEnd };
  const line = itemLine(changes.rows, item, part, {
    description: unusedTimeDescription(running.productName, running.quantity, end),
    proration: true,
    prorationDetails: { credited_items: null },
  });
  const { debited, charged } = givenBack(changes.rows, subscription, { item, at: end });
  if (debited) return debited.filter(({ inEffect }) => inEffect.end > end).map((debit) => ({ ...line, ...creditOfDebit(debit, end) }));
  return [{ ...line, ...creditOfPrice(running, charged, secondsOf(part, running.period)) }];
}

/** If no invoice has taken the credit for this time yet, the credit is deleted. Otherwise unpaid time is charged. */
function extension(changes: ChangeSet, subscription: Subscription, item: SubscriptionItem, end: number): LineContent[] {
  const part = { start: item.currentPeriodEnd, end };
  const given = changes.rows.first('invoiceItem', (each) => isCreditFor(item, part, each));
  if (!given) return undebitedTime(changes.rows, item, part).map((each) => charge(changes, subscription, item, each));
  changes.patch('invoiceItem', given.id, { deleted: true });
  changes.emit('invoiceitem.deleted', 'invoiceItem', given.id);
  return [];
}

/** Whether it is a pending credit for exactly this time of the item, at its present price and quantity. */
function isCreditFor(item: SubscriptionItem, part: Period, each: InvoiceItem): boolean {
  if (each.subscriptionItem !== item.id || each.invoice !== null || each.deleted || each.basis?.credit !== true) return false;
  const isSame = each.price === item.price && each.quantity === item.quantity;
  return isSame && each.periodStart === part.start && each.periodEnd === part.end;
}

function charge(changes: ChangeSet, subscription: Subscription, item: SubscriptionItem, part: Period): LineContent {
  const { price, quantity, productName, period } = runningItem(changes.rows, subscription, item);
  return itemLine(changes.rows, item, part, {
    ...partOf(rate(price, quantity), ...secondsOf(part, period)),
    description: remainingTimeDescription(productName, quantity, part.start),
    proration: true,
    prorationDetails: { credited_items: null },
  });
}

const secondsOf = (part: Period, whole: Period): [seconds: number, of: number] => [part.end - part.start, whole.end - whole.start];

function bill(changes: ChangeSet, id: string, lines: LineContent[], params: UpdateSubscriptionParameters): void {
  const subscription = changes.rows.get('subscription', id);
  if (params.proration_behavior === 'always_invoice') billAtOnce(changes, id, lines, params);
  else lines.forEach((line) => putPendingItem(changes, subscription, line));
}
