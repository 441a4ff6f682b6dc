/**
 * The total of a subscription so far in its running periods: usage up to this second as it would be billed now, and the amount charged in
 * advance. With 20.00 in advance and 1 300 000 tokens at 4.00 a million, 5.20 of usage, it is 25.20. Before discounts and tax.
 */
import BigNumber from 'bignumber.js';
import type { LineContent } from '../rows/invoice';
import type { LineBasis } from '../rows/line-basis';
import { decimalText, sumOf } from '../money/money';
import { priceIn } from '../rows/price';
import { rate } from '../price/rating';
import type { Rows } from '../rows/rows';
import { boundsOf, isOfOtherCycle, linesOn, wholePeriod } from './spend-bounds';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { itemsOf, priceOf } from '../subscription-item/items';
import { findPeriod, isOnDraft, isRunning, meteredItemsOf, sourceOf, usageIn } from './billing';
import type { UsagePeriod } from '../rows/usage-period';

/** One span of an item's usage that is priced together. */
export interface SpanUsage {
  subscriptionItem: string;
  price: string;
  meter: string;
  filters: Record<string, string>;
  from: number;
  /** Its end; for a running span, its planned end. */
  to: number;
  running: boolean;
  events: number;
  /** Quantity and amount so far. */
  quantity: string;
  amount: number;
  basis: LineBasis;
  /** The part that invoices have billed. */
  billed: { quantity: string; amount: number };
  /** The rest, for the next invoice. */
  unbilled: { quantity: string; amount: number };
}

export interface SpendSoFar {
  /** The running periods of the items, from the first start to the last end. */
  start: number;
  end: number;
  /** Charged for the running periods before their end: items in advance, prorations. */
  advance: number;
  usage: number;
  /** The reduction by the maximum. */
  reduction: number;
  total: number;
  /** What the end of the period would add for the minimum, without further usage. */
  missing: number;
}

/** Running spans, and those that a change has ended within the running period. */
export function usageSoFar(rows: Rows, subscription: Subscription, now: number): SpanUsage[] {
  const items = meteredItemsOf(rows, subscription.id);
  const running = items.flatMap((item) => runningSpan(rows, item, now));
  const start = Math.min(...itemsOf(rows, subscription.id).map((item) => item.currentPeriodStart));
  return [...endedSpans(rows, subscription).filter(({ from }) => from >= start), ...running];
}

/** Usage of past periods that arrived after they were billed; the next invoice will have it. */
export function lateSpans(rows: Rows, subscription: Subscription): SpanUsage[] {
  return endedSpans(rows, subscription).filter(({ unbilled }) => unbilled.quantity !== '0');
}

export function spendSoFar(rows: Rows, subscription: Subscription, now: number): SpendSoFar {
  const items = itemsOf(rows, subscription.id);
  const start = Math.min(...items.map((item) => item.currentPeriodStart));
  const end = Math.max(...items.map((item) => item.currentPeriodEnd));
  const lines = linesOn(rows).filter((line) => isAdvance(line, subscription, items, { start, end }));
  const advance = sumOf(lines.map(({ amount }) => amount));
  const usage = sumOf(usageSoFar(rows, subscription, now).map(({ amount }) => amount));
  return { start, end, advance, usage, ...bounded(rows, subscription, { start, end }, { advance, usage }) };
}

function bounded(rows: Rows, subscription: Subscription, period: { start: number; end: number }, of: { advance: number; usage: number }) {
  const spent = of.advance + of.usage;
  if (subscription.minimumCommitment === null && subscription.maximumSpend === null) return { reduction: 0, total: spent, missing: 0 };
  const { least, most } = boundsOf(subscription, period, wholePeriod(rows, subscription, period));
  const reduction = Math.max(0, Math.min(spent - most, of.usage));
  return { reduction, total: spent - reduction, missing: Math.max(0, least - spent) };
}

function runningSpan(rows: Rows, item: SubscriptionItem, now: number): SpanUsage[] {
  const from = item.usageFrom;
  if (from === null) return [];
  const { meter, dimension_filters: filters } = sourceOf(rows.get('price', item.price));
  const usage = from > now ? { quantity: '0', events: 0 } : usageFacts(rows).in({ meter, filters, from, to: now + 1 });
  // Usage in a trial or a pause is free.
  const isFree = ['trialing', 'paused'].includes(rows.get('subscription', item.subscription).status);
  const basis: LineBasis = isFree ? { rule: 'free', quantity: usage.quantity, full: 0 } : rate(priceOf(rows, item), usage.quantity);
  const { billedQuantity = '0', billedAmount = 0 } = findPeriod(rows, item) ?? {};
  const span = { subscriptionItem: item.id, price: item.price, meter, filters, from, to: item.currentPeriodEnd, running: true };
  return [{ ...span, ...usage, ...amounts(basis, usage.quantity, { billedQuantity, billedAmount }) }];
}

function endedSpans(rows: Rows, subscription: Subscription): SpanUsage[] {
  const periods = rows.where('usagePeriod', (period) => period.subscription === subscription.id && !isRunning(rows, period));
  return periods.map((period) => endedSpan(rows, subscription, period));
}

function endedSpan(rows: Rows, { currency }: Subscription, period: UsagePeriod): SpanUsage {
  const { subscriptionItem, price, meter, dimensionFilters: filters, periodStart: from, periodEnd: to } = period;
  // A closed span was billed completely. A span on a draft is recounted when the draft becomes final.
  const isSettled = period.closed || isOnDraft(rows, period.id);
  const usage = isSettled ? { quantity: period.billedQuantity, events: 0 } : usageIn(rows, period);
  const basis = rate(priceIn(rows.get('price', price), currency), usage.quantity);
  return { subscriptionItem, price, meter, filters, from, to, running: false, ...usage, ...amounts(basis, usage.quantity, period) };
}

function amounts(
  basis: LineBasis,
  quantity: string,
  { billedQuantity, billedAmount }: Pick<UsagePeriod, 'billedQuantity' | 'billedAmount'>,
) {
  return {
    amount: basis.full,
    basis,
    billed: { quantity: billedQuantity, amount: billedAmount },
    unbilled: { quantity: decimalText(new BigNumber(quantity).minus(billedQuantity)), amount: basis.full - billedAmount },
  };
}

/** Whether a line charges time, not usage, of an item's running period; for a removed item, of the subscription's. */
function isAdvance(line: LineContent, { id }: Subscription, items: SubscriptionItem[], whole: { start: number; end: number }): boolean {
  if (line.subscription !== id || line.subscriptionItem === null || line.basis?.usage) return false;
  const item = items.find((each) => each.id === line.subscriptionItem);
  const period = item ? { start: item.currentPeriodStart, end: item.currentPeriodEnd } : whole;
  return line.periodStart >= period.start && line.periodEnd <= period.end && !isOfOtherCycle(line, period, period);
}

function usageFacts(rows: Rows): NonNullable<Rows['usage']> {
  if (!rows.usage) throw new Error('usage is not among the loaded facts');
  return rows.usage;
}
