import { loadCustomerFacts } from '../../../db/customers';
import { couponKey } from '../../../db/lookup';
import { byKey, loadMatching, lockCoupon } from '../../../db/matching';
import { startCustomerDiscount } from '../../../domain/customer-changes';
import { operation } from '../../operation';
import { id, parameters } from '../../parameters';
import { present } from '../../request';

/**
 * Gives a customer a coupon's discount, in place of an earlier one: every subscription and invoice without a discount of its own
 * has it. Dunlin's own: this version of Stripe's API reads and ends such discounts, but has no parameter that begins one.
 *
 * Answers `resource_missing`, `coupon_expired`, `lock_timeout`.
 */
export const createCustomerDiscount = operation({
  method: 'post',
  path: '/v1/customers/:customer/discount',
  summary: 'Give a customer a discount',
  tag: 'Customers',
  own: true,
  parameters: parameters({ coupon: id() }),
  shows: 'discount',
  async handle(request) {
    const customer = request.pathId('customer');
    const { coupon } = request.parameters;
    const key = couponKey(request.scope, coupon);
    await request.change({
      step: 'createCustomerDiscount',
      customer,
      load: async (tx) => {
        const [, facts, coupons] = await Promise.all([
          lockCoupon(tx, key),
          loadCustomerFacts(tx, request.scope, customer),
          loadMatching(tx, request.scope, [byKey('coupon', key)]),
        ]);
        for (const row of coupons.all('coupon')) facts.put('coupon', row);
        return facts;
      },
      plan: (plan) => {
        present(plan, 'customer', customer);
        present(plan, 'coupon', key, { id: coupon, param: 'coupon' });
        startCustomerDiscount(plan, customer, key);
      },
    });
    return { kind: 'discount', key: request.newId('di') };
  },
});
