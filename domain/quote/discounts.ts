/** A quote offers discounts, and its acceptance redeems them. Until then their coupons count no redemption. */
import { discountEnd } from '../discount/duration';
import { requestedDiscounts, type RedemptionTerms } from '../discount/requests';
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { Quote } from '../rows/quote';
import type { DiscountParameters } from '../rows/subscription-parameters';

/**
 * `purchase` is absent for a line's discounts, where no code with a minimum can be redeemed.
 *
 * @throws BillingError as redeeming them now does
 */
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

/** The discounts as parameters of the acceptance: by coupon or code, except the customer's own, which exists already. */
export function redemptionOf(changes: ChangeSet, customer: string | null) {
  return (ids: string[]): DiscountParameters[] => ids.map((id) => redemption(changes, id, customer));
}

function redemption({ rows }: ChangeSet, id: string, customer: string | null): DiscountParameters {
  if (rows.find('customer', customer)?.discount === id) return { discount: id };
  const { promotionCode, coupon: key } = rows.get('discount', id);
  if (promotionCode !== null) return { promotion_code: promotionCode };
  const coupon = rows.get('coupon', key);
  // Another coupon may have its id by now, which is not what was offered.
  if (coupon.deleted) throw new BillingError('resource_missing', `No such coupon: '${coupon.id}'`);
  return { coupon: coupon.id };
}

/**
 * For a quote that takes effect later: the discounts are redeemed now, so that they are not lost meanwhile, and are in force from `at` on.
 */
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
