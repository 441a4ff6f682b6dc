/** Discounts of a quote are offered, and redeemed by its acceptance: until then their coupons count nothing. */
import { amountOffIn } from './discount-amounts';
import { requestedDiscounts } from './discount-requests';
import { BillingError } from './errors';
import type { Plan } from './plan';
import type { Purchase } from './promotion-code-redemption';
import type { Quote } from './quote';
import type { DiscountParameters } from './subscription-parameters';

/** Throws what redeeming them now would. */
export function offeredDiscounts(
  plan: Plan,
  asked: DiscountParameters[],
  { customer, purchase, param }: { customer: string | null; purchase: Purchase; param: string },
): string[] {
  const ids = requestedDiscounts(plan, asked, { customer }, { purchase, param });
  ids.forEach((id, index) => {
    const discount = plan.rows.get('discount', id);
    const coupon = plan.rows.get('coupon', discount.coupon);
    if (coupon.amountOff !== null && amountOffIn(coupon, purchase.currency) === null) {
      throw new BillingError('currency_mismatch', `The coupon ${coupon.id} has no amount in ${purchase.currency}.`, {
        param: `${param}[${String(index)}]`,
      });
    }
    if (!plan.base.find('discount', id)) plan.redeem(discount.coupon, -1, discount.promotionCode);
  });
  return ids;
}

/** How the acceptance asks for them: by coupon or code, but the customer's own is there already. */
export function redemptionOf(plan: Plan, customer: string | null) {
  return (ids: string[]): DiscountParameters[] => ids.map((id) => redemption(plan, id, customer));
}

function redemption({ rows }: Plan, id: string, customer: string | null): DiscountParameters {
  if (rows.find('customer', customer)?.discount === id) return { discount: id };
  const { promotionCode, coupon } = rows.get('discount', id);
  return promotionCode === null ? { coupon: rows.get('coupon', coupon).id } : { promotion_code: promotionCode };
}

export const discountsOf = ({ discounts, lineItems }: Quote): string[] => [...discounts, ...lineItems.flatMap((line) => line.discounts)];
