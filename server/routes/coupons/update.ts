import { couponLock, lockCoupon } from '../../../db/coupons';
import { updateCoupon } from '../../../domain/discount/coupon-changes';
import { operation } from '../../http/operation';
import { emptyable, metadata, name, parameters } from '../../http/parameters';
import { couponReply, livingCoupon } from './reply';
import { amountsByCurrency } from '../../schemas/coupon';

/**
 * Renames a coupon, changes its metadata, or adds amounts in other currencies; its terms never change.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const updateCouponOperation = operation({
  method: 'post',
  path: '/v1/coupons/:coupon',
  summary: 'Update a coupon',
  tag: 'Coupons',
  parameters: parameters({
    currency_options: amountsByCurrency().optional(),
    metadata: metadata().optional(),
    name: emptyable(name({ max: 40 })).optional(),
  }),
  shows: 'coupon',
  async handle(request) {
    const id = request.pathId('coupon');
    const { rows } = await request.change({
      step: 'updateCoupon',
      customer: null,
      subject: couponLock(request.scope, id),
      load: (tx) => lockCoupon(tx, request.scope, id),
      plan: (changes) => {
        const coupon = livingCoupon(changes.rows, id);
        const { currency_options: currencyOptions, ...params } = request.parameters;
        updateCoupon(changes, coupon, { ...params, currencyOptions });
      },
    });
    return couponReply(request, rows, id);
  },
});
