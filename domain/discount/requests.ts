/** The discounts of a request: existing ones, or new ones, redeemed from a coupon or a promotion code. */
import { amountOffIn } from './amounts';
import { discountEnd } from './duration';
import { BillingError } from '../core/errors';
import type { Coupon, Discount } from '../rows/discount';
import type { ChangeSet } from '../core/change-set';
import { redeemableCode, type Purchase } from './promotion-code-redemption';
import { isRedeemable } from '../rows/redemption';
import type { DiscountParameters } from '../rows/subscription-parameters';

export type Holder = Partial<Pick<Discount, 'customer' | 'subscription' | 'subscriptionItem' | 'invoice' | 'invoiceItem'>>;

export interface RedemptionTerms {
  /** The purchase that a code's minimum is compared with; absent where Stripe allows no such code. */
  purchase?: Purchase | undefined;
  /** The currency of the lines to reduce. Absent for a purchase, which has its own, and for a customer's discount, where it is unknown. */
  currency?: string | undefined;
  /** The parameter that errors name. */
  param?: string;
}

/**
 * The ids, in the order of the request, which is the order of use.
 *
 * @throws BillingError resource_missing, coupon_expired, currency_mismatch, promotion_code_customer_not_first_time; parameter_invalid if a
 * coupon occurs twice, or a code does not apply
 */
export function requestedDiscounts(
  changes: ChangeSet,
  params: DiscountParameters[],
  holder: Holder,
  { purchase, currency = purchase?.currency, param = 'discounts' }: RedemptionTerms = {},
): string[] {
  const owned = { ...holder, customer: holder.customer ?? changes.rows.all('customer')[0]?.id ?? null };
  const discounts = params.map((each, index) =>
    requested(changes, each, owned, { param: `${param}[${String(index)}]`, purchase, currency: currency ?? currencyOf(changes, holder) }),
  );
  assertDifferent(changes, discounts, param);
  return discounts;
}

/** Puts a discount and counts its redemption. The caller has already checked that it may be redeemed. */
export function putDiscount(changes: ChangeSet, coupon: Coupon, promotionCode: string | null, holder: Holder): Discount {
  changes.redeem(coupon.key, 1, promotionCode);
  const nobody = { customer: null, subscription: null, subscriptionItem: null, invoice: null, invoiceItem: null };
  return changes.put('discount', {
    ...changes.resource('di'),
    ...nobody,
    ...holder,
    deleted: false,
    coupon: coupon.key,
    promotionCode,
    startsAt: changes.now,
    endsAt: discountEnd(coupon, changes.now),
  });
}

/** @throws BillingError resource_missing, coupon_expired */
export function redeemableCoupon(changes: ChangeSet, id: string, param: string): Coupon {
  const coupon = changes.rows.first('coupon', (candidate) => candidate.id === id && !candidate.deleted);
  if (!coupon) throw new BillingError('resource_missing', `No such coupon: '${id}'`, { param });
  if (isRedeemable(coupon, changes.now)) return coupon;
  throw new BillingError('coupon_expired', `Coupon expired: ${id}`, { param });
}

type Redeeming = Holder & { customer: string | null };

function requested(
  changes: ChangeSet,
  { coupon, discount, promotion_code: code }: DiscountParameters,
  holder: Redeeming,
  { param, purchase, currency }: { param: string; purchase: Purchase | undefined; currency: string | undefined },
): string {
  if (discount !== undefined) return existing(changes, discount, holder, `${param}[discount]`);
  if (code !== undefined) {
    const found = redeemableCode(changes, code, { customer: holder.customer, purchase, param: `${param}[promotion_code]` });
    assertCurrency(found.coupon, currency, `${param}[promotion_code]`);
    return putDiscount(changes, found.coupon, code, holder).id;
  }
  if (coupon === undefined) throw new BillingError('parameter_missing', 'A discount needs a coupon or an existing discount.', { param });
  const row = redeemableCoupon(changes, coupon, `${param}[coupon]`);
  assertCurrency(row, currency, `${param}[coupon]`);
  return putDiscount(changes, row, null, holder).id;
}

/** An existing discount of the same customer, whose holder is among the facts: the object itself or its owner. */
function existing(changes: ChangeSet, id: string, { customer }: Redeeming, param: string): string {
  const discount = changes.rows.find('discount', id);
  if (discount && !discount.deleted && discount.customer === customer && isOfFacts(changes, discount)) return id;
  throw new BillingError('resource_missing', `No such discount: '${id}'`, { param });
}

function isOfFacts({ rows }: ChangeSet, { subscription, subscriptionItem, invoice }: Discount): boolean {
  const isHere = (kind: 'subscription' | 'subscriptionItem' | 'invoice', id: string | null) =>
    id === null || rows.find(kind, id) !== undefined;
  return isHere('subscription', subscription) && isHere('subscriptionItem', subscriptionItem) && isHere('invoice', invoice);
}

function currencyOf({ rows }: ChangeSet, { subscription = null, invoice = null }: Holder): string | undefined {
  return (rows.find('subscription', subscription) ?? rows.find('invoice', invoice))?.currency;
}

/** A fixed amount has a value only in the currencies that the coupon lists. */
function assertCurrency(coupon: Coupon, currency: string | undefined, param: string): void {
  if (currency === undefined || coupon.amountOff === null || amountOffIn(coupon, currency) !== null) return;
  throw new BillingError('currency_mismatch', `The coupon ${coupon.id} has no amount in ${currency}.`, { param });
}

/** Stripe: a coupon reduces an object only once, whether by itself, by a code or by an existing discount. */
function assertDifferent(changes: ChangeSet, discounts: string[], param: string): void {
  const coupons = discounts.map((id) => changes.rows.get('discount', id).coupon);
  const again = coupons.findIndex((coupon, index) => coupons.indexOf(coupon) < index);
  if (again < 0) return;
  throw new BillingError('parameter_invalid', 'Each discount must come from a different coupon.', {
    param: `${param}[${String(again)}]`,
  });
}
