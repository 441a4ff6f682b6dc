/** Discounts of a quote are offered, and redeemed by its acceptance: until then their coupons count nothing. */
import { discountEnd } from '../discount/duration';
import { requestedDiscounts, type RedemptionTerms } from '../discount/requests';
import type { ChangeSet } from '../core/change-set';
import type { Quote } from '../rows/quote';
import type { DiscountParameters } from '../rows/subscription-parameters';

/** Throws what redeeming them now would. `purchase` is absent for a line's: no code with a minimum can be redeemed there. */
export function offeredDiscounts(
  changes: ChangeSet,
  params: DiscountParameters[],
  { customer, ...terms }: { customer: string | null } & RedemptionTerms,
): string[] {
  const ids = requestedDiscounts(changes, params, { customer }, terms);
  for (const id of ids.filter((each) => !changes.base.find('discount', each))) {
    const { coupon, promotionCode } = changes.rows.get('discount', id);
    changes.redeem(coupon, -1, promotionCode);
  }
  return ids;
}

/** How an acceptance asks for them: by coupon or code, but the customer's own is there already. */
export function redemptionOf(changes: ChangeSet, customer: string | null) {
  return (ids: string[]): DiscountParameters[] => ids.map((id) => redemption(changes, id, customer));
}

function redemption({ rows }: ChangeSet, id: string, customer: string | null): DiscountParameters {
  if (rows.find('customer', customer)?.discount === id) return { discount: id };
  const { promotionCode, coupon } = rows.get('discount', id);
  return promotionCode === null ? { coupon: rows.get('coupon', coupon).id } : { promotion_code: promotionCode };
}

/** Of a quote that takes effect later: redeemed now, so that they are not lost meanwhile, and at work from then on. */
export function redeemedFrom(changes: ChangeSet, customer: string, at: number, { amounts, currency }: Quote) {
  const ask = redemptionOf(changes, customer);
  const purchase = { amount: amounts.subtotal, currency: currency ?? '' };
  return (ids: string[]): DiscountParameters[] =>
    requestedDiscounts(changes, ask(ids), { customer }, { purchase }).map((discount) => {
      const { coupon } = changes.rows.get('discount', discount);
      if (!changes.base.find('discount', discount)) {
        changes.patch('discount', discount, { startsAt: at, endsAt: discountEnd(changes.rows.get('coupon', coupon), at) });
      }
      return { discount };
    });
}

export const discountsOf = ({ discounts, lineItems }: Quote): string[] => [...discounts, ...lineItems.flatMap((line) => line.discounts)];
