import { couponKey } from '../../../db/lookup';
import { byKey, loadMatching, lockCoupon } from '../../../db/matching';
import { updateCoupon } from '../../../domain/coupon-changes';
import { operation } from '../../operation';
import { emptyable, metadata, parameters, text } from '../../parameters';
import { present } from '../../request';

/** Renames a coupon or changes its metadata; its terms never change. Answers `resource_missing`. */
export const updateCouponOperation = operation({
  method: 'post',
  path: '/v1/coupons/:coupon',
  summary: 'Update a coupon',
  tag: 'Coupons',
  parameters: parameters({ metadata: metadata().optional(), name: emptyable(text({ max: 40 })).optional() }),
  shows: 'coupon',
  unsupported: ['currency_options'],
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
      plan: (plan) => {
        present(plan, 'coupon', key, { id });
        updateCoupon(plan, key, request.parameters);
      },
    });
    return { kind: 'coupon', key };
  },
});
