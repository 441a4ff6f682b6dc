/**
 * The cost of a change in the middle of a period, to the second: the old price's unused time is credited, the new one's remaining time is
 * charged. From 1000 to 3000 with 20 of 30 days left: -667 and +2000. Each line is its full amount × (end - at) ÷ (end - start), rounded
 * once.
 */
import { addInterval, billingPeriod, type BillingInterval, type Period } from '../money/billing-period';
import type { LineContent, ProrationDetails } from '../rows/invoice';
import { periodDescription, remainingTimeDescription, unusedTimeDescription } from '../line/description';
import type { LineBasis } from '../rows/line-basis';
import type { Price } from '../rows/price';
import { creditOf, isFree, partOf, rate, whole, type Charged, type RatedPrice } from '../price/rating';
import type { Metadata } from '../rows/resource';
import type { SubscriptionItem } from '../rows/subscription';

/** The billing of a subscription item, before or after a change. */
export interface BilledItem {
  price: Pick<Price, 'id' | 'product' | 'currency' | 'taxBehavior' | 'recurring'> & RatedPrice;
  productName: string;
  quantity: number;
  /** The whole period of the full price, even if the change is in the middle of it. */
  period: Period;
  /** Where the item begins within the period, and where a planned end cuts it off. No time outside is charged. */
  from?: number;
  until?: number;
  taxRates: SubscriptionItem['taxRates'];
  discounts: SubscriptionItem['discounts'];
}

/**
 * A debit of time: the charged amount, net of discounts and without exclusive tax; the span that it paid for (after an upgrade on the 11th:
 * the 11th to the end); and the lines that charged it.
 */
export interface DebitedPeriod {
  amount: number;
  period: Period;
  /** The part of the span that was neither given back nor charged again since. */
  inEffect: Period;
  invoice: string;
  lines: string[];
  /** Discounts are off already, so that none apply to a credit. */
  isNet: boolean;
  /** Its tax rates; for a pending item, the rates that it references. */
  taxRates: string[];
  /** The payer's tax status then; null for a pending item. */
  taxed: 'none' | 'exempt' | 'reverse' | null;
}

export interface ItemProration {
  /** Null if the change adds the item. */
  before: BilledItem | null;
  /** Null if the change removes the item. */
  after: BilledItem | null;
  at: number;
  subscription: string;
  subscriptionItem: string;
  /** Flexible billing mode: the debits to give back; if there are none, the credit is zero. Null: credit the old price (classic). */
  debited: DebitedPeriod[] | null;
  /** Classic billing mode: the debit whose tax the credit has. Null: nothing was debited, so the credit has the tax of today. */
  charged: DebitedPeriod | null;
  /** The billing cycle starts again at `at`, so the time after it is charged in full, as an ordinary line. */
  restartsCycle?: boolean;
  metadata?: Metadata;
}

/** The seconds of `period` left at `at`, and its total: all of them before the period, none after it. */
export function timeLeft(period: Period, at: number): [seconds: number, of: number] {
  return [period.end - Math.min(Math.max(at, period.start), period.end), period.end - period.start];
}

/** The seconds left of an item, whose span may be a part of its period. */
function leftOf(item: BilledItem, at: number): [seconds: number, of: number] {
  const { period } = item;
  return [endOf(item) - startOf(item, at), period.end - period.start];
}

/**
 * The credit and the debit of one changed item, in this order; no lines if price, quantity and period stay the same. A side without time
 * left has no line. A credit for a debit is already net, so no further discounts apply to it. They apply to the other lines as to the
 * charges that those divide. Flexible billing mode keeps the anchor when the interval changes: `after.period` is then the new interval's
 * period that contains `at` (`periodAfterChange`).
 */
export function planItemProration(change: ItemProration): LineContent[] {
  const { before, after } = change;
  if (before && after && isSame(before, after)) return [];
  const lines: LineContent[] = [];
  if (before && endOf(before) > change.at) lines.push(...unusedTime(before, change));
  if (after && endOf(after) > change.at) lines.push(change.restartsCycle ? newCycle(after, change) : remainingTime(after, change));
  return lines;
}

export interface ChangedCycle {
  anchor: number;
  /** From the subscription's `billing_cycle_anchor_config`. */
  dayOfMonth?: number;
  recurring: BillingInterval;
  at: number;
  restartsCycle: boolean;
}

/** The period of the new price: the one of the anchor's grid that contains `at`, or one that starts at `at` if the cycle restarts. */
export function periodAfterChange({ anchor, dayOfMonth, recurring, at, restartsCycle }: ChangedCycle): Period {
  if (restartsCycle) return { start: at, end: addInterval(at, recurring, 1) };
  return billingPeriod(anchor, recurring, at, dayOfMonth);
}

/**
 * Whether a change of price restarts the billing cycle. In flexible billing mode it never does; in classic it does if the interval changes
 * or a free price becomes a paid one (docs.stripe.com/billing/subscriptions/prorations).
 */
export function priceChangeRestartsCycle(mode: 'classic' | 'flexible', before: BilledItem['price'], after: BilledItem['price']): boolean {
  if (mode === 'flexible') return false;
  const becomesPaid = isFree(before) && !isFree(after);
  return becomesPaid || !isSameInterval(before.recurring, after.recurring);
}

function unusedTime(before: BilledItem, change: ItemProration): LineContent[] {
  const { at, debited, charged } = change;
  const content = {
    ...lineOf(before, change),
    description: unusedTimeDescription(before.productName, before.quantity, at),
    proration: true,
    prorationDetails: details(null),
  };
  if (debited) return debited.filter(({ inEffect }) => inEffect.end > at).map((debit) => ({ ...content, ...creditOfDebit(debit, at) }));
  return [{ ...content, ...creditOfPrice(before, charged, leftOf(before, at)) }];
}

/** The credit of a part of the present price. Its tax is that of the debit, because rates and the payer's tax status may have changed since. */
export function creditOfPrice(
  { price, quantity }: Pick<BilledItem, 'price' | 'quantity'>,
  charged: DebitedPeriod | null,
  [seconds, of]: [seconds: number, of: number],
): Charged & Partial<Pick<LineContent, 'taxRates'>> {
  const { amount, basis } = creditOf(rate(price, quantity), seconds, of);
  if (charged === null) return { amount, basis };
  const { invoice, lines, taxRates, taxed } = charged;
  return { amount, basis: taxed === null ? basis : { ...basis, debited: { invoice, lines }, taxed }, taxRates };
}

type Credit = Charged &
  Pick<LineContent, 'prorationDetails' | 'periodStart' | 'periodEnd'> &
  Pick<LineContent, 'taxRates'> &
  Partial<Pick<LineContent, 'discountable' | 'discounts'>>;

/** The credit for the time from `at` on of a debit. It is net, so no further discounts apply. */
export function creditOfDebit({ amount, period, inEffect, invoice, lines, isNet, taxRates, taxed }: DebitedPeriod, at: number): Credit {
  const start = Math.max(at, inEffect.start);
  const basis: LineBasis = { rule: 'debited', full: amount, debited: { invoice, lines }, ...(taxed === null ? {} : { taxed }) };
  return {
    ...creditOf(basis, inEffect.end - start, period.end - period.start),
    // A pending debit is discounted on its invoice, and so is its credit. An invoiced debit is net already.
    ...(isNet ? { discountable: false, discounts: [] } : {}),
    // The debit's own rates, because rates and the payer's tax status may have changed since.
    taxRates,
    prorationDetails: details(lines.length > 0 ? { invoice, invoice_line_items: lines } : null),
    periodStart: start,
    periodEnd: inEffect.end,
  };
}

function remainingTime(after: BilledItem, change: ItemProration): LineContent {
  return {
    ...lineOf(after, change),
    ...partOf(rate(after.price, after.quantity), ...leftOf(after, change.at)),
    description: remainingTimeDescription(after.productName, after.quantity, change.at),
    proration: true,
    prorationDetails: details(null),
  };
}

function newCycle(after: BilledItem, change: ItemProration): LineContent {
  const line = { ...lineOf(after, change), periodStart: after.period.start };
  if (endOf(after) === after.period.end) return line;
  return { ...line, ...partOf(rate(after.price, after.quantity), ...leftOf(after, change.at)) };
}

/** An ordinary line for the whole period, starting at the change. */
function lineOf(item: BilledItem, change: ItemProration): LineContent {
  const { price, quantity, productName } = item;
  return {
    ...whole(rate(price, quantity)),
    currency: price.currency,
    description: periodDescription(productName, quantity, price),
    quantity,
    discountable: true,
    discounts: item.discounts,
    taxRates: item.taxRates,
    price: price.id,
    product: price.product,
    unitAmountDecimal: price.unitAmountDecimal,
    taxBehavior: price.taxBehavior,
    taxCode: null,
    subscription: change.subscription,
    subscriptionItem: change.subscriptionItem,
    proration: false,
    prorationDetails: null,
    periodStart: startOf(item, change.at),
    periodEnd: endOf(item),
    metadata: change.metadata ?? {},
  };
}

function details(credited: ProrationDetails['credited_items']): ProrationDetails {
  return { credited_items: credited };
}

const endOf = ({ period, until }: BilledItem): number => Math.min(period.end, until ?? Infinity);

/** When a change at `at` starts to affect the cost of the item. */
const startOf = (item: BilledItem, at: number): number => Math.min(Math.max(at, item.period.start, item.from ?? -Infinity), endOf(item));

function isSame(before: BilledItem, after: BilledItem): boolean {
  const samePeriod = before.period.start === after.period.start && endOf(before) === endOf(after);
  return samePeriod && before.price.id === after.price.id && before.quantity === after.quantity;
}

function isSameInterval(before: BillingInterval | null, after: BillingInterval | null): boolean {
  return before?.interval === after?.interval && before?.interval_count === after?.interval_count;
}
