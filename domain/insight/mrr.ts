/**
 * Monthly recurring revenue by Stripe's definition: what the recurring prices of a subscription come to in a month, before tax, while it is
 * active or past due. Trials, metered prices and one-time prices do not count. Coupons that last for ever count; others do not, because the
 * revenue comes back when they end. 1200 a year and 30 a week are 100 + 130 a month.
 */
import BigNumber from 'bignumber.js';
import { amountOffIn } from '../discount/amounts';
import { discountsAt } from '../line/draft';
import { roundHalfUp } from '../money/money';
import { exactAmountOf } from '../price/rating';
import type { Coupon } from '../rows/discount';
import { isMetered, priceIn, type Recurring } from '../rows/price';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

/** Months in a year over intervals in a year. A year has 52 weeks and 365 days here, as in Stripe's reports. */
const MONTHS_IN: Record<Recurring['interval'], BigNumber> = {
  day: new BigNumber(12).dividedBy(365),
  week: new BigNumber(12).dividedBy(52),
  month: new BigNumber(1),
  year: new BigNumber(12),
};

const monthsIn = ({ interval, interval_count: count }: Pick<Recurring, 'interval' | 'interval_count'>): BigNumber =>
  MONTHS_IN[interval].times(count);

/** Whether the subscription counts at all. */
const countsAsRecurring = ({ status, hidden }: Pick<Subscription, 'status' | 'hidden'>): boolean =>
  !hidden && (status === 'active' || status === 'past_due');

/** What one item comes to in a month, after the discounts that only it has. */
interface Part {
  monthly: BigNumber;
  product: string;
  months: BigNumber;
}

/**
 * Minor units of the subscription's currency, rounded once, half up. Null: a price or a coupon of it is not among the rows, so nobody can say.
 */
export function mrrOf(rows: Rows, subscription: Subscription, now: number): number | null {
  if (!countsAsRecurring(subscription)) return 0;
  const customer = rows.find('customer', subscription.customer);
  if (!customer) return null;
  const parts = partsOf(rows, subscription);
  const coupons = lasting(rows, discountsAt(rows, customer, subscription, now));
  if (parts === null || coupons === null) return null;
  const discounted = coupons.reduce((before, coupon) => reduced(before, coupon, subscription.currency), parts);
  return Math.max(0, roundHalfUp(discounted.reduce((sum, { monthly }) => sum.plus(monthly), new BigNumber(0))));
}

function partsOf(rows: Rows, { id, currency }: Subscription): Part[] | null {
  const parts: Part[] = [];
  for (const item of rows.where('subscriptionItem', (each) => each.subscription === id && !each.deleted)) {
    const found = rows.find('price', item.price);
    const coupons = lasting(rows, item.discounts);
    if (!found || coupons === null) return null;
    const price = priceIn(found, currency);
    if (price.recurring === null || isMetered(price)) continue;
    const months = monthsIn(price.recurring);
    const whole = { monthly: exactAmountOf(price, item.quantity ?? 0).dividedBy(months), product: price.product, months };
    parts.push(...coupons.reduce<Part[]>((before, coupon) => reduced(before, coupon, currency), [whole]));
  }
  return parts;
}

/** The coupons of those discounts that never end. Null: one is not among the rows. */
function lasting(rows: Rows, discounts: readonly string[]): Coupon[] | null {
  const coupons: Coupon[] = [];
  for (const id of discounts) {
    const discount = rows.find('discount', id);
    const coupon = discount && rows.find('coupon', discount.coupon);
    if (!coupon) return null;
    if (coupon.duration === 'forever' && !discount.deleted) coupons.push(coupon);
  }
  return coupons;
}

/** A fixed amount is taken off each invoice, and the item with the shortest interval says how often there is one. */
function reduced(parts: Part[], coupon: Coupon, currency: string): Part[] {
  const isEligible = ({ product }: Part): boolean => coupon.appliesTo?.products.includes(product) ?? true;
  const eligible = parts.filter(isEligible);
  const before = eligible.reduce((sum, { monthly }) => sum.plus(monthly), new BigNumber(0));
  if (before.isZero()) return parts;
  const share = leftOf(before, coupon, currency, BigNumber.min(...eligible.map(({ months }) => months)));
  return parts.map((part) => (isEligible(part) ? { ...part, monthly: part.monthly.times(share) } : part));
}

/** The share of the amount that is left. */
function leftOf(before: BigNumber, coupon: Coupon, currency: string, months: BigNumber): BigNumber {
  if (coupon.percentOff !== null) return new BigNumber(100).minus(coupon.percentOff).dividedBy(100);
  const off = new BigNumber(amountOffIn(coupon, currency) ?? 0).dividedBy(months);
  return BigNumber.max(0, before.minus(off)).dividedBy(before);
}
