/**
 * What the buyer of a session will pay after today, as the page says it before the order: each period's price, and what discounts make of it
 * for how long. 1500 a month with 20% off for three months: 1200 until the third month ends, then 1500.
 */
import { discountApplies, discountEnd } from '../discount/duration';
import { amountAfterDiscounts, applyInvoiceDiscounts } from '../line/discounts';
import { anchorFromConfig, billingPeriod, nextBoundary, type BillingInterval } from '../money/billing-period';
import { sumOf } from '../money/money';
import { rate, whole } from '../price/rating';
import type { CheckoutLine, CheckoutSession } from '../rows/checkout-session';
import type { Coupon } from '../rows/discount';
import { isMetered, priceIn, type Price } from '../rows/price';
import type { Rows } from '../rows/rows';

/** Amounts are minor units of the session's currency, before exclusive tax; times are epoch seconds. */
export interface Renewal extends BillingInterval {
  /** Of each period, with the discounts that never end; null if usage decides it. */
  amount: number | null;
  /** What discounts make of the first ones: `amount` of each period that ends at `until` or before. */
  reduced: { amount: number; until: number } | null;
  /** When it is charged for the first time after today. */
  from: number;
}

const DAY = 86_400;

const UNREDUCED = { basis: null, discountable: true, discounts: [], prorationDetails: null, discountAmounts: [] };

/** Null without a trial. */
export function trialEndOf({ settings }: CheckoutSession, now: number): number | null {
  const { trial_end: end = null, trial_period_days: days = null } = settings.subscription_data ?? {};
  return end ?? (days === null ? null : now + days * DAY);
}

/**
 * Null if nothing recurs, or if the lines have several intervals.
 *
 * @param rows the prices of the session's lines, its promotion codes, its customer with the discount that the customer has, and all coupons
 */
export function renewalOf(session: CheckoutSession, rows: Rows, now: number): Renewal | null {
  const lines = recurringLines(session, rows);
  const [first, ...rest] = lines.flatMap(({ price }) => price.recurring ?? []);
  if (!first || rest.some((each) => each.interval !== first.interval || each.interval_count !== first.interval_count)) return null;
  const { interval, interval_count } = first;
  const trialEnd = trialEndOf(session, now);
  const from = trialEnd ?? billingPeriod(anchorOf(session, now), first, now).end;
  const reductions = reductionsOf(session, rows, now).map((reduction) => ({
    ...reduction,
    until: reducedUntil(reduction, session, { first, from, trialEnd }),
  }));
  const endless = reductions.filter(({ until }) => until === Infinity);
  const renewed = reductions.filter(({ until }) => until > from);
  const amount = amountOf(lines, endless);
  const reduced = amountOf(lines, renewed);
  const until = Math.max(...reductions.map((each) => each.until));
  const isReduced = amount !== null && reduced !== null && reduced < amount && Number.isFinite(until);
  return { interval, interval_count, amount, reduced: isReduced ? { amount: reduced, until } : null, from };
}

/** The price of the quantity before discounts; null if usage decides it. */
export function periodAmount({ quantity }: Pick<CheckoutLine, 'quantity'>, price: Price): number | null {
  return isMetered(price) || quantity === null ? null : whole(rate(price, quantity)).amount;
}

interface RecurringLine {
  line: CheckoutLine;
  price: Price;
}

function recurringLines({ lineItems, currency }: CheckoutSession, rows: Rows): RecurringLine[] {
  return lineItems.flatMap((line) => {
    const price = rows.find('price', line.price);
    return price?.recurring && line.quantity !== 0 ? [{ line, price: priceIn(price, currency ?? price.currency) }] : [];
  });
}

function amountOf(lines: readonly RecurringLine[], reductions: readonly Pick<Reduction, 'coupon'>[]): number | null {
  const priced = lines.map(({ line, price }) => {
    const { product, currency } = price;
    return { amount: periodAmount(line, price), product, currency, ...UNREDUCED };
  });
  const known = priced.flatMap(({ amount, ...line }) => (amount === null ? [] : [{ ...line, amount }]));
  if (known.length < priced.length) return null;
  const discounted = applyInvoiceDiscounts(
    known,
    reductions.map(({ coupon }) => ({ id: coupon.key, coupon })),
  );
  return sumOf(discounted.map(amountAfterDiscounts));
}

function anchorOf({ settings }: CheckoutSession, now: number): number {
  const { billing_cycle_anchor: anchor = null, billing_cycle_anchor_config: config = null } = settings.subscription_data ?? {};
  return anchor ?? (config === null ? now : anchorFromConfig(config, now));
}

interface Reduction {
  coupon: Coupon;
  /** Of one that lasts some months. Epoch seconds. */
  end: number | null;
}

/** The discounts of the session, or else that which its customer has already. */
function reductionsOf(session: CheckoutSession, rows: Rows, now: number): Reduction[] {
  if (session.discounts.length > 0) return couponsOf(session, rows).map((coupon) => ({ coupon, end: discountEnd(coupon, now) }));
  const discount = rows.find('discount', rows.find('customer', session.customer)?.discount ?? null);
  const coupon = rows.find('coupon', discount?.coupon ?? null);
  return discount && coupon && discountApplies(discount, coupon, now, false) ? [{ coupon, end: discount.endsAt }] : [];
}

function couponsOf({ discounts }: CheckoutSession, rows: Rows): Coupon[] {
  return discounts.flatMap(({ coupon, promotion_code: code }) => {
    const key = rows.find('promotionCode', code ?? null)?.coupon;
    return rows.where('coupon', (each) => each.key === key || (key === undefined && each.id === coupon && !each.deleted));
  });
}

interface Terms {
  first: BillingInterval;
  from: number;
  trialEnd: number | null;
}

/** When the last period ends that the coupon reduces: `Infinity` for one that never ends, zero for one that reduces no renewal. */
function reducedUntil({ coupon, end }: Reduction, { amounts }: CheckoutSession, { first, from, trialEnd }: Terms): number {
  if (coupon.duration === 'forever') return Infinity;
  // The free first invoice of a trial does not use it up; one that bills a setup fee does.
  const isKept = trialEnd !== null && amounts.subtotal === 0;
  if (coupon.duration === 'once') return isKept ? nextBoundary(from, first, from) : 0;
  return end !== null && end > from ? nextBoundary(from, first, end - 1) : 0;
}
