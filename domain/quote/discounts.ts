/** Discounts of a quote are offered, and redeemed by its acceptance: until then their coupons count nothing. */
import { discountEnd } from '../discount/duration';
import { requestedDiscounts, type RedemptionTerms } from '../discount/requests';
import type { Plan } from '../core/change-set';
import type { Quote } from '../rows/quote';
import type { DiscountParameters } from '../rows/subscription-parameters';

/** Throws what redeeming them now would. `purchase` is absent for a line's: no code with a minimum can be redeemed there. */
export function offeredDiscounts(
  plan: Plan,
  asked: DiscountParameters[],
  { customer, ...terms }: { customer: string | null } & RedemptionTerms,
): string[] {
  const ids = requestedDiscounts(plan, asked, { customer }, terms);
  for (const id of ids.filter((each) => !plan.base.find('discount', each))) {
    const { coupon, promotionCode } = plan.rows.get('discount', id);
    plan.redeem(coupon, -1, promotionCode);
  }
  return ids;
}

/** How an acceptance asks for them: by coupon or code, but the customer's own is there already. */
export function redemptionOf(plan: Plan, customer: string | null) {
  return (ids: string[]): DiscountParameters[] => ids.map((id) => redemption(plan, id, customer));
}

function redemption({ rows }: Plan, id: string, customer: string | null): DiscountParameters {
  if (rows.find('customer', customer)?.discount === id) return { discount: id };
  const { promotionCode, coupon } = rows.get('discount', id);
  return promotionCode === null ? { coupon: rows.get('coupon', coupon).id } : { promotion_code: promotionCode };
}

/** Of a quote that takes effect later: redeemed now, so that they are not lost meanwhile, and at work from then on. */
export function redeemedFrom(plan: Plan, customer: string, at: number, { amounts, currency }: Quote) {
  const ask = redemptionOf(plan, customer);
  const purchase = { amount: amounts.subtotal, currency: currency ?? '' };
  return (ids: string[]): DiscountParameters[] =>
    requestedDiscounts(plan, ask(ids), { customer }, { purchase }).map((discount) => {
      const { coupon } = plan.rows.get('discount', discount);
      if (!plan.base.find('discount', discount)) {
        plan.patch('discount', discount, { startsAt: at, endsAt: discountEnd(plan.rows.get('coupon', coupon), at) });
      }
      return { discount };
    });
}

export const discountsOf = ({ discounts, lineItems }: Quote): string[] => [...discounts, ...lineItems.flatMap((line) => line.discounts)];
