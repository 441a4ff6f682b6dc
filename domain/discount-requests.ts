import { discountEnd } from './discount-duration';
import { BillingError } from './errors';
import type { Discount } from './discount';
import type { Plan } from './plan';
import type { DiscountParameters } from './subscription-parameters';

type Holder = Partial<Pick<Discount, 'customer' | 'subscription' | 'subscriptionItem' | 'invoice' | 'invoiceItem'>>;

/**
 * The discounts that a caller asks for: existing ones stay, a coupon makes a new one. Throws resource_missing, and coupon_expired
 * where it cannot be redeemed any more.
 */
export function requestedDiscounts(plan: Plan, asked: DiscountParameters[], holder: Holder): string[] {
  return asked.map(({ coupon, discount }, index) => {
    const param = `discounts[${String(index)}]`;
    if (discount !== undefined) return existing(plan, discount, `${param}[discount]`);
    if (coupon !== undefined) return redeem(plan, coupon, holder, `${param}[coupon]`);
    throw new BillingError('parameter_missing', 'A discount needs a coupon or an existing discount.', { param });
  });
}

function existing(plan: Plan, id: string, param: string): string {
  if (plan.rows.find('discount', id)) return id;
  throw new BillingError('resource_missing', `No such discount: '${id}'`, { param });
}

function redeem(plan: Plan, couponId: string, holder: Holder, param: string): string {
  const coupon = plan.rows.first('coupon', (candidate) => candidate.id === couponId && !candidate.deleted);
  if (!coupon) throw new BillingError('resource_missing', `No such coupon: '${couponId}'`, { param });
  const isSpent = coupon.maxRedemptions !== null && coupon.timesRedeemed >= coupon.maxRedemptions;
  if (isSpent || (coupon.redeemBy !== null && coupon.redeemBy < plan.now)) {
    throw new BillingError('coupon_expired', `Coupon expired: ${couponId}`, { param });
  }
  plan.redeem(coupon.key, 1);
  const nobody = { customer: null, subscription: null, subscriptionItem: null, invoice: null, invoiceItem: null };
  const { id } = plan.put('discount', {
    ...plan.resource('di'),
    ...nobody,
    ...holder,
    deleted: false,
    coupon: coupon.key,
    startsAt: plan.now,
    endsAt: discountEnd(coupon, plan.now),
  });
  return id;
}
