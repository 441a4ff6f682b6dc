import { couponLock, couponsNamed, newCouponKey } from '../../../db/coupons';
import { byKeys, loadMatching } from '../../../db/matching';
import { createCoupon } from '../../../domain/discount/coupon-changes';
import { operation } from '../../http/operation';
import {
  array,
  currency,
  decimal,
  emptyable,
  id as idParameter,
  integer,
  metadata,
  name,
  object,
  oneOf,
  parameters,
  timestamp,
} from '../../http/parameters';
import { amountsByCurrency } from '../../schemas/coupon';
import { LIMITS } from '../../../domain/core/limits';
import { couponReply } from './reply';
import { chosenId } from '../../http/text-parameters';

/**
 * Creates a coupon.
 *
 * @throws BillingError parameter_missing, parameter_invalid, parameters_exclusive, parameter_unsupported, resource_missing (a product that
 * it applies to), resource_already_exists (the id)
 */
export const createCouponOperation = operation({
  method: 'post',
  path: '/v1/coupons',
  summary: 'Create a coupon',
  tag: 'Coupons',
  parameters: parameters({
    amount_off: integer({ min: 1, max: LIMITS.chargeAmount.max }).optional(),
    applies_to: object({ products: array(idParameter()) }).optional(),
    currency: currency().optional(),
    currency_options: amountsByCurrency().optional(),
    duration: oneOf(['forever', 'once', 'repeating']).default('once'),
    duration_in_months: integer({ min: 1, max: 120 }).optional(),
    id: chosenId({ max: 200 }).optional(),
    max_redemptions: integer({ min: 1, max: 2_147_483_647 }).optional(),
    metadata: metadata().optional(),
    name: emptyable(name({ max: 40 })).optional(),
    percent_off: decimal({ decimals: 4, min: 0, max: 100 }).optional(),
    redeem_by: timestamp().optional(),
  }),
  shows: 'coupon',
  async handle(request) {
    const given = request.parameters;
    const id = given.id ?? request.newId('coupon');
    let key = '';
    const products = given.applies_to?.products ?? null;
    const { rows } = await request.change({
      step: 'createCoupon',
      customer: null,
      subject: couponLock(request.scope, id),
      load: async (tx) => {
        const [earlier, facts] = await Promise.all([
          couponsNamed(tx, request.scope, id),
          loadMatching(tx, request.scope, products ? [byKeys('product', products)] : []),
        ]);
        for (const coupon of earlier) facts.put('coupon', coupon);
        key = newCouponKey(request.scope, id, earlier.length);
        return facts;
      },
      plan: (changes) => {
        createCoupon(changes, key, {
          id,
          name: given.name ?? null,
          percentOff: given.percent_off ?? null,
          amountOff: given.amount_off ?? null,
          currency: given.currency ?? null,
          currencyOptions: given.currency_options ?? {},
          duration: given.duration,
          durationInMonths: given.duration_in_months ?? null,
          maxRedemptions: given.max_redemptions ?? null,
          redeemBy: given.redeem_by ?? null,
          products,
          metadata: given.metadata,
        });
      },
    });
    return couponReply(request, rows, id);
  },
});
