/**
 * What a change in the middle of a period costs, to the second: the old price's unused time is credited, the new one's remaining
 * time is charged. From 1000 to 3000 with 20 of 30 days left: -667 and +2000. Each line is its full amount × (end - at) ÷ (end -
 * start), rounded once.
 */
import { addInterval, billingPeriod, type BillingInterval, type Period } from '../money/billing-period';
import type { LineContent, ProrationDetails } from '../rows/invoice';
import { periodDescription, remainingTimeDescription, unusedTimeDescription } from '../line/description';
import type { LineBasis } from '../rows/line-basis';
import type { Price } from '../rows/price';
import { creditOf, isFree, partOf, rate, whole, type Charged, type RatedPrice } from '../price/rating';
import type { Metadata } from '../rows/resource';
import type { SubscriptionItem } from '../rows/subscription';

/** What a subscription item is billed by, before or after a change. */
export interface BilledItem {
  price: Pick<Price, 'id' | 'product' | 'currency' | 'taxBehavior' | 'recurring'> & RatedPrice;
  productName: string;
  quantity: number;
  /** The whole period of the full price, also where the change is in the middle of it. */
  period: Period;
  /** Where it begins within the period, and where a planned end cuts that: nothing is charged before and beyond. */
  from?: number;
  until?: number;
  taxRates: SubscriptionItem['taxRates'];
  discounts: SubscriptionItem['discounts'];
}

/**
 * A debit of time: what was charged, net of discounts and without exclusive tax, over the span that it paid for (after an upgrade
 * on the 11th: the 11th to the end), and the lines that charged it.
 */
export interface DebitedPeriod {
  amount: number;
  period: Period;
  /** The part of it that was not given back and not charged anew since. */
  stands: Period;
  invoice: string;
  lines: string[];
  /** That it was taxed by; where it waits for its invoice, those that it names. */
  taxRates: string[];
  /** How its payer stood to tax then; null where it waits for its invoice. */
  taxed: 'none' | 'exempt' | 'reverse' | null;
}

export interface ItemProration {
  /** Null where the change adds the item. */
  before: BilledItem | null;
  /** Null where it removes the item. */
  after: BilledItem | null;
  at: number;
  subscription: string;
  subscriptionItem: string;
  /** Flexible billing mode: what was debited is given back, and nothing where nothing was. Null: from the old price (classic). */
  debited: DebitedPeriod[] | null;
  /** The billing cycle starts anew at `at`: what follows is charged in full, as an ordinary line. */
  restartsCycle?: boolean;
  metadata?: Metadata;
}

/** The seconds that are left of `period` at `at`, of so many: all of them before the period, none after it. */
export function timeLeft(period: Period, at: number): [seconds: number, of: number] {
  return [period.end - Math.min(Math.max(at, period.start), period.end), period.end - period.start];
}

/** The same of an item, whose span may be a part of its period. */
function leftOf(item: BilledItem, at: number): [seconds: number, of: number] {
  const { period } = item;
  return [endOf(item) - startOf(item, at), period.end - period.start];
}

/**
 * The credit and the debit of one changed item, in this order; nothing where price, quantity and period stay. A side without
 * time left has no line. A credit of what was debited is already net, so it takes no further discounts; the others do, as the
 * charges that they divide would. Flexible billing mode keeps the anchor when the interval changes: `after.period` is then the
 * new interval's period that `at` is in (`periodAfterChange`).
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
  /** Of the subscription's `billing_cycle_anchor_config`. */
  dayOfMonth?: number;
  recurring: BillingInterval;
  at: number;
  restartsCycle: boolean;
}

/** The period of the new price: the one of the anchor's grid that `at` is in, or one that starts at `at` where the cycle does. */
export function periodAfterChange({ anchor, dayOfMonth, recurring, at, restartsCycle }: ChangedCycle): Period {
  if (restartsCycle) return { start: at, end: addInterval(at, recurring, 1) };
  return billingPeriod(anchor, recurring, at, dayOfMonth);
}

/**
 * Whether a change of price starts the billing cycle anew: never in flexible billing mode; in classic, where the interval changes
 * or a free price becomes a paid one (docs.stripe.com/billing/subscriptions/prorations).
 */
export function priceChangeRestartsCycle(mode: 'classic' | 'flexible', before: BilledItem['price'], after: BilledItem['price']): boolean {
  if (mode === 'flexible') return false;
  const becomesPaid = isFree(before) && !isFree(after);
  return becomesPaid || !isSameInterval(before.recurring, after.recurring);
}

function unusedTime(before: BilledItem, change: ItemProration): LineContent[] {
  const { at, debited } = change;
  const content = {
    ...lineOf(before, change),
    description: unusedTimeDescription(before.productName, before.quantity, at),
    proration: true,
    prorationDetails: details(null),
  };
  if (debited) return debited.filter(({ stands }) => stands.end > at).map((debit) => ({ ...content, ...creditOfDebit(debit, at) }));
  return [{ ...content, ...creditOf(rate(before.price, before.quantity), ...leftOf(before, at)) }];
}

type Credit = Charged &
  Pick<LineContent, 'prorationDetails' | 'periodStart' | 'periodEnd'> &
  Pick<LineContent, 'taxRates'> &
  Partial<Pick<LineContent, 'discountable' | 'discounts'>>;

/** What was debited for the time from `at` on, given back: net, so that it takes no further discounts. */
export function creditOfDebit({ amount, period, stands, invoice, lines, taxRates, taxed }: DebitedPeriod, at: number): Credit {
  const start = Math.max(at, stands.start);
  const basis: LineBasis = { rule: 'debited', full: amount, debited: { invoice, lines }, ...(taxed === null ? {} : { taxed }) };
  return {
    ...creditOf(basis, stands.end - start, period.end - period.start),
    // What waits for its invoice is discounted there, and so is the credit for it; what was billed was net.
    ...(lines.length > 0 ? { discountable: false, discounts: [] } : {}),
    // Rates, and whether there is tax at all, may have changed since.
    taxRates,
    prorationDetails: details(lines.length > 0 ? { invoice, invoice_line_items: lines } : null),
    periodStart: start,
    periodEnd: stands.end,
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

/** The whole period as an ordinary line, but starting at the change. */
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

/** From when on a change at `at` changes what the item costs. */
const startOf = (item: BilledItem, at: number): number => Math.min(Math.max(at, item.period.start, item.from ?? -Infinity), endOf(item));

function isSame(before: BilledItem, after: BilledItem): boolean {
  const samePeriod = before.period.start === after.period.start && endOf(before) === endOf(after);
  return samePeriod && before.price.id === after.price.id && before.quantity === after.quantity;
}

function isSameInterval(before: BillingInterval | null, after: BillingInterval | null): boolean {
  return before?.interval === after?.interval && before?.interval_count === after?.interval_count;
}
