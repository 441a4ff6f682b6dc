import { couponLock, lockCoupon } from '../../../db/coupons';
import { deleteCoupon } from '../../../domain/discount/coupon-changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { couponReply, livingCoupon } from './reply';

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
    const { rows } = await request.change({
      step: 'deleteCoupon',
      customer: null,
      subject: couponLock(request.scope, id),
      load: (tx) => lockCoupon(tx, request.scope, id),
      plan: (changes) => {
        const coupon = livingCoupon(changes.rows, id);
        deleteCoupon(changes, coupon);
      },
    });
    return couponReply(request, rows, id);
  },
});
