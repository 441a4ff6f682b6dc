import type { RowKind } from '../rows/rows';
import type { DiscountParameters } from '../rows/subscription-parameters';

/** The rows that requested discounts reference, coupons by their ids. Related rows (a code's coupon) are found through these. */
export function discountReferences(
  params: readonly DiscountParameters[],
): Required<Pick<Partial<Record<RowKind, string[]>>, 'coupon' | 'promotionCode' | 'discount'>> {
  return {
    coupon: params.flatMap(({ coupon }) => (coupon ? [coupon] : [])),
    promotionCode: params.flatMap(({ promotion_code: code }) => (code ? [code] : [])),
    discount: params.flatMap(({ discount }) => (discount ? [discount] : [])),
  };
}
