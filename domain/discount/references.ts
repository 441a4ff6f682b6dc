import type { RowKind } from '../rows/rows';
import type { DiscountParameters } from '../rows/subscription-parameters';

/** A coupon's primary key: another account or mode may have a coupon with the same id. */
function couponKey(scope: { account: string; livemode: boolean }, coupon: string): string {
  return `${scope.account}/${scope.livemode ? 'live' : 'test'}/${coupon}`;
}

/** The rows that requested discounts reference. Related rows (a code's coupon) are found through these. */
export function discountReferences(
  params: readonly DiscountParameters[],
  scope: { account: string; livemode: boolean },
): Required<Pick<Partial<Record<RowKind, string[]>>, 'coupon' | 'promotionCode' | 'discount'>> {
  return {
    coupon: params.flatMap(({ coupon }) => (coupon ? [couponKey(scope, coupon)] : [])),
    promotionCode: params.flatMap(({ promotion_code: code }) => (code ? [code] : [])),
    discount: params.flatMap(({ discount }) => (discount ? [discount] : [])),
  };
}
