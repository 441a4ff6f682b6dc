/**
 * Bills a meter's usage in arrears. A span of usage begins with a period, or with a change within it, and ends at an instant; an event
 * belongs to the span that contains its timestamp. Each bill is the price of the whole span's usage so far, less what was billed for it
 * before. 130 calls at 2 cost 260; if a threshold billed 100 of them at noon, 60 are left; five more that are reported after the invoice
 * was final are 10 on the next one. So tiers continue, and nothing is billed twice or lost.
 */
import BigNumber from 'bignumber.js';
import type { InvoiceLineItem, LineContent } from '../rows/invoice';
import type { LineBasis } from '../rows/line-basis';
import { periodDescription } from '../line/description';
import { decimalText, limited } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import { isMetered, priceIn, type Price } from '../rows/price';
import { rate } from '../price/rating';
import type { Rows } from '../rows/rows';
import { itemsOf, priceOf, putPendingItem } from '../subscription-item/items';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { usageKey, type Usage } from '../rows/usage';
import type { UsagePeriod } from '../rows/usage-period';
import { LIMITS } from '../core/limits';

/** An event may be 35 days late, and can be canceled for a day after its receipt. */
const OPEN_SECONDS = 36 * 86_400;

export function meteredItemsOf(rows: Rows, subscription: string): SubscriptionItem[] {
  return itemsOf(rows, subscription).filter((item) => isMetered(rows.get('price', item.price)));
}

/**
 * The lines for the item's usage up to `to`, less what was already billed for it. The usage counts as billed, whatever happens to the
 * lines.
 */
export function billUsage(changes: ChangeSet, item: SubscriptionItem, to: number): LineContent[] {
  if (item.usageFrom === null || item.usageFrom >= to) return [];
  const before = periodOf(changes, item, item.usageFrom);
  const span = { ...before, taxRates: item.taxRates, periodEnd: to };
  return [billSpan(changes, span, before, { discounts: item.discounts, metadata: item.metadata })];
}

/**
 * Where to split the item's usage for a change effective at `at`. A change backdated into the running span splits it there, even if a
 * threshold invoice already billed part of it. Any other change splits after what is already billed.
 */
export function usageCut(changes: ChangeSet, item: SubscriptionItem, at: number): number {
  const from = item.usageFrom ?? at;
  const isWithin = from < at && at < changes.now;
  return isWithin ? at : Math.max(at, from, findPeriod(changes.rows, item)?.periodEnd ?? at);
}

/** When a new item starts counting. Skips usage that a removed item, or a threshold invoice in this same second, already billed. */
export function usageStart(changes: ChangeSet, { subscription, price }: SubscriptionItem, at: number): number {
  const { meter, dimension_filters: filters } = sourceOf(changes.rows.get('price', price));
  const key = usageKey({ meter, filters, from: 0, to: 0 });
  const isAlike = (span: UsagePeriod) => usageKey({ meter: span.meter, filters: span.dimensionFilters, from: 0, to: 0 }) === key;
  const spans = changes.rows.where('usagePeriod', (span) => span.subscription === subscription && isAlike(span));
  const over = spans.filter((span) => at >= changes.now || !isRunning(changes.rows, span));
  return Math.max(at, ...over.map(({ periodEnd }) => periodEnd));
}

/** Lines for usage that was reported or corrected after the invoice of its span was final, one for each span. */
export function lateUsage(changes: ChangeSet, subscription: Subscription): LineContent[] {
  const open = changes.rows.where('usagePeriod', (period) => period.subscription === subscription.id && !period.closed);
  const ended = open.filter((period) => !isRunning(changes.rows, period) && !isOnDraft(changes.rows, period.id));
  return ended.flatMap((period) => {
    if (changes.now >= period.periodEnd + OPEN_SECONDS) changes.patch('usagePeriod', period.id, { closed: true });
    if (isBilled(changes.rows, period)) return [];
    return [
      billSpan(changes, { ...period, closed: changes.rows.get('usagePeriod', period.id).closed }, period, reducedAs(changes.rows, period)),
    ];
  });
}

/** The spans of ended subscriptions whose usage differs from what was billed. No renewal will bill the difference. */
export function unbilledSpans(rows: Rows, customer: string): UsagePeriod[] {
  const ended = rows.where('subscription', (each) => each.customer === customer && each.status === 'canceled').map(({ id }) => id);
  const open = rows.where('usagePeriod', ({ subscription, closed }) => ended.includes(subscription) && !closed);
  const isNew = (span: UsagePeriod) => !isBilled(rows, span) && !isOnLine(rows, span.id);
  return open.filter(isNew);
}

/** Puts the difference as an item that waits for the customer's next invoice, of any kind. */
export function billAfterEnd(changes: ChangeSet, id: string): void {
  const span = changes.rows.get('usagePeriod', id);
  const subscription = changes.rows.get('subscription', span.subscription);
  const line = billSpan(changes, span, span, reducedAs(changes.rows, span));
  putPendingItem(changes, subscription, { ...line, subscription: null, subscriptionItem: null });
  changes.outcome = `${String(line.amount)} of ${subscription.id} wait for the next invoice`;
}

/** Recounts a draft with the usage reported by now; called when it becomes final. Returns whether the draft changed. */
export function recountUsage(changes: ChangeSet, invoice: string): boolean {
  let changed = false;
  for (const line of changes.rows.where('invoiceLineItem', (each) => each.invoice === invoice)) {
    const { usage } = line.basis ?? {};
    const period = changes.rows.find('usagePeriod', usage?.period ?? null);
    if (!usage || !period || period.closed || !isLatestBill(line, period)) continue;
    if (usageIn(changes.rows, period).quantity === period.billedQuantity) continue;
    recount(changes, line, period);
    changed = true;
  }
  return changed;
}

/** Later bills of the span build on this line, so it stays unchanged. */
function isLatestBill({ basis }: InvoiceLineItem, { periodEnd, billedQuantity, billedAmount }: UsagePeriod): boolean {
  const quantity = BigNumber.max(billedQuantity, 0);
  return basis?.usage?.to === periodEnd && basis.full === billedAmount && quantity.eq(basis.quantity ?? 0);
}

/** The change that billed this usage is not made, so the usage must be billed again. What was billed for it since then stays billed. */
export function releaseUsage(changes: ChangeSet, invoice: string): void {
  for (const { basis, invoiceItem, amount } of changes.rows.where('invoiceLineItem', (each) => each.invoice === invoice)) {
    if (!basis?.usage || invoiceItem !== null) continue;
    const period = changes.rows.get('usagePeriod', basis.usage.period);
    const quantity = new BigNumber(basis.quantity ?? 0).minus(basis.usage.billed_before?.quantity ?? 0);
    const billedQuantity = decimalText(new BigNumber(period.billedQuantity).minus(quantity));
    changes.patch('usagePeriod', period.id, { billedQuantity, billedAmount: period.billedAmount - amount });
  }
}

/** The unbilled usage of an item's running span up to `to`, and its amount. */
export function unbilledUsage(rows: Rows, item: SubscriptionItem, to: number): { quantity: BigNumber; amount: number } {
  const billed = findPeriod(rows, item);
  const { meter, dimension_filters: filters } = sourceOf(rows.get('price', item.price));
  const { quantity } = facts(rows).in({ meter, filters, from: item.usageFrom ?? to, to });
  const { full } = rate(priceOf(rows, item), quantity);
  return { quantity: new BigNumber(quantity).minus(billed?.billedQuantity ?? 0), amount: full - (billed?.billedAmount ?? 0) };
}

/** A span without usage can have a price, too: a first tier's flat amount. */
function isBilled(rows: Rows, span: UsagePeriod): boolean {
  const { quantity } = usageIn(rows, span);
  const { currency } = rows.get('subscription', span.subscription);
  return quantity === span.billedQuantity && rate(priceIn(rows.get('price', span.price), currency), quantity).full === span.billedAmount;
}

/** Late usage has the discounts of its item, while that exists. */
function reducedAs(rows: Rows, { subscriptionItem }: UsagePeriod): Pick<LineContent, 'discounts' | 'metadata'> {
  return { discounts: rows.find('subscriptionItem', subscriptionItem)?.discounts ?? [], metadata: {} };
}

function billSpan(
  changes: ChangeSet,
  span: UsagePeriod,
  before: UsagePeriod,
  { discounts, metadata }: Pick<LineContent, 'discounts' | 'metadata'>,
): LineContent {
  const { currency } = changes.rows.get('subscription', span.subscription);
  const price = priceIn(changes.rows.get('price', span.price), currency);
  const usage = usageIn(changes.rows, span);
  const basis = usageBasis(price, span, before, usage);
  changes.put('usagePeriod', { ...span, billedQuantity: usage.quantity, billedAmount: basis.full, bills: before.bills + 1 });
  return {
    ...priced(changes, price, basis),
    currency,
    discountable: true,
    discounts,
    taxRates: span.taxRates,
    price: price.id,
    product: price.product,
    unitAmountDecimal: price.unitAmountDecimal,
    taxBehavior: price.taxBehavior,
    taxCode: null,
    subscription: span.subscription,
    subscriptionItem: span.subscriptionItem,
    proration: false,
    prorationDetails: null,
    periodStart: basis.usage.billed_before && span.periodEnd > before.periodEnd ? before.periodEnd : span.periodStart,
    periodEnd: span.periodEnd,
    metadata,
  };
}

type UsageLineBasis = LineBasis & Required<Pick<LineBasis, 'usage'>>;

function usageBasis(price: Price, span: UsagePeriod, before: UsagePeriod, usage: Usage): UsageLineBasis {
  const wasBilled = before.billedAmount !== 0 || before.billedQuantity !== '0';
  return {
    ...rate(price, usage.quantity),
    usage: {
      period: span.id,
      meter: span.meter,
      dimension_filters: span.dimensionFilters,
      from: span.periodStart,
      to: span.periodEnd,
      events: usage.events,
      billed_before: wasBilled ? { quantity: before.billedQuantity, amount: before.billedAmount } : null,
    },
  };
}

/** The line shows the new usage; its basis shows all of it. */
function priced(
  changes: ChangeSet,
  price: Price,
  basis: UsageLineBasis,
): Pick<LineContent, 'amount' | 'quantity' | 'description' | 'basis'> {
  const { billed_before: billed } = basis.usage;
  const quantity = new BigNumber(basis.quantity ?? 0).minus(BigNumber.max(billed?.quantity ?? 0, 0));
  const name = changes.rows.get('product', price.product).name;
  return {
    amount: basis.full - (billed?.amount ?? 0),
    // Stripe's integer quantity omits the decimals.
    quantity: limited(quantity, LIMITS.usageQuantity.max).integerValue(BigNumber.ROUND_DOWN).toNumber(),
    description: periodDescription(name, decimalText(quantity), price),
    basis,
  };
}

function recount(changes: ChangeSet, line: InvoiceLineItem, period: UsagePeriod): void {
  const { currency } = line;
  const price = priceIn(changes.rows.get('price', period.price), currency);
  const usage = usageIn(changes.rows, period);
  const { quantity = '0', amount = 0 } = line.basis?.usage?.billed_before ?? {};
  const basis = usageBasis(price, period, { ...period, billedQuantity: quantity, billedAmount: amount }, usage);
  const content = priced(changes, price, basis);
  changes.patch('invoiceLineItem', line.id, { ...content, subtotal: content.amount });
  if (line.invoiceItem !== null) changes.patch('invoiceItem', line.invoiceItem, { ...content, quantity: content.quantity ?? 0 });
  changes.patch('usagePeriod', period.id, { billedQuantity: usage.quantity, billedAmount: basis.full });
}

/** The item's running span: the one that was billed last, or a new one. */
function periodOf(changes: ChangeSet, item: SubscriptionItem, from: number): UsagePeriod {
  const found = findPeriod(changes.rows, item);
  if (found) return found;
  const { meter, dimension_filters: dimensionFilters } = sourceOf(changes.rows.get('price', item.price));
  const { subscription, id: subscriptionItem, price, taxRates } = item;
  const span = { meter, dimensionFilters, periodStart: from, periodEnd: from, closed: false };
  return {
    ...changes.resource('up'),
    subscription,
    subscriptionItem,
    price,
    ...span,
    billedQuantity: '0',
    billedAmount: 0,
    bills: 0,
    taxRates,
  };
}

export function findPeriod(rows: Rows, item: SubscriptionItem): UsagePeriod | undefined {
  return rows.first('usagePeriod', (period) => isOf(period, item));
}

function isOf({ subscriptionItem, price, periodStart }: UsagePeriod, item: SubscriptionItem): boolean {
  return subscriptionItem === item.id && price === item.price && periodStart === item.usageFrom;
}

/** True while the item is still counting in this period; its next bill will include any new usage. */
export function isRunning(rows: Rows, period: UsagePeriod): boolean {
  const item = rows.find('subscriptionItem', period.subscriptionItem);
  return item !== undefined && !item.deleted && isOf(period, item);
}

/** A draft is recounted when it becomes final; an invoice item, together with the invoice that takes it. */
export function isOnDraft(rows: Rows, period: string): boolean {
  return isOnLine(rows, period) || rows.where('invoiceItem', bills(period)).some((item) => item.invoice === null && !item.deleted);
}

/** Whether it is on a draft of its subscription, which will be recounted. */
function isOnLine(rows: Rows, period: string): boolean {
  return rows.where('invoiceLineItem', bills(period)).some((line) => rows.find('invoice', line.invoice)?.status === 'draft');
}

const bills =
  (period: string) =>
  (content: LineContent): boolean =>
    content.basis?.usage?.period === period;

export function usageIn(rows: Rows, { meter, dimensionFilters: filters, periodStart: from, periodEnd: to }: UsagePeriod): Usage {
  return facts(rows).in({ meter, filters, from, to });
}

export function sourceOf({ id, recurring }: Price): { meter: string; dimension_filters: Record<string, string> } {
  if (!recurring || recurring.meter === null) throw new Error(`price ${id} has no meter`);
  return { meter: recurring.meter, dimension_filters: recurring.dimension_filters };
}

function facts(rows: Rows): NonNullable<Rows['usage']> {
  if (!rows.usage) throw new Error('usage is not among the loaded facts');
  return rows.usage;
}
