import { couponKey } from '../../../db/lookup';
import { byKey, loadMatching, lockCoupon } from '../../../db/matching';
import { updateCoupon } from '../../../domain/discount/coupon-changes';
import { operation } from '../../http/operation';
import { emptyable, metadata, name, parameters } from '../../http/parameters';
import { present } from '../../http/request';
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
    const key = couponKey(request.scope, id);
    await request.change({
      step: 'updateCoupon',
      customer: null,
      subject: key,
      load: async (tx) => {
        const [, coupons] = await Promise.all([lockCoupon(tx, key), loadMatching(tx, request.scope, [byKey('coupon', key)])]);
        return coupons;
      },
      plan: (changes) => {
        present(changes, 'coupon', key, { id });
        const { currency_options: currencyOptions, ...params } = request.parameters;
        updateCoupon(changes, key, { ...params, currencyOptions });
      },
    });
    return { kind: 'coupon', key };
  },
});
