import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves a coupon; a deleted one is not found.
 *
 * @throws BillingError resource_missing, also for one that was deleted
 */
export const retrieveCoupon = operation({
  method: 'get',
  path: '/v1/coupons/:coupon',
  summary: 'Retrieve a coupon',
  tag: 'Coupons',
  parameters: parameters({}),
  shows: 'coupon',
  async handle(request) {
    const coupon = await request.find('coupon', request.pathId('coupon'));
    return coupon.deleted ? missing('coupon', coupon.id) : { kind: 'coupon', key: coupon.key };
  },
});
