import { couponKey } from '../../../db/lookup';
import { byKey, loadMatching, lockCoupon } from '../../../db/matching';
import { deleteCoupon } from '../../../domain/discount/coupon-changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Deletes a coupon: it can no longer be redeemed, and existing discounts stay in force.
 *
 * @throws BillingError resource_missing
 */
export const deleteCouponOperation = operation({
  method: 'delete',
  path: '/v1/coupons/:coupon',
  summary: 'Delete a coupon',
  tag: 'Coupons',
  parameters: parameters({}),
  shows: 'coupon',
  async handle(request) {
    const id = request.pathId('coupon');
    const key = couponKey(request.scope, id);
    await request.change({
      step: 'deleteCoupon',
      customer: null,
      subject: key,
      load: async (tx) => {
        const [, coupons] = await Promise.all([lockCoupon(tx, key), loadMatching(tx, request.scope, [byKey('coupon', key)])]);
        return coupons;
      },
      plan: (changes) => {
        present(changes, 'coupon', key, { id });
        deleteCoupon(changes, key);
      },
    });
    return { kind: 'coupon', key };
  },
});
