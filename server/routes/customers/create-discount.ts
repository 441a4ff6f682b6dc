import { loadCustomerFacts } from '../../../db/customers';
import { rowsFromJson } from '../../../db/json-rows';
import { loadRedeeming } from '../../../db/redemptions';
import { startCustomerDiscount } from '../../../domain/customer/changes';
import { discountReferences } from '../../../domain/discount/references';
import { atLeastOne, onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Gives a customer the discount of a coupon or of a promotion code, which replaces an earlier one. It applies to every subscription and
 * invoice without a discount of its own. Dunlin's own: this version of Stripe's API can read and remove such discounts, but has no
 * parameter that creates one.
 *
 * @throws BillingError resource_missing, coupon_expired, promotion_code_customer_not_first_time, parameter_invalid, parameter_missing,
 * parameters_exclusive, lock_timeout
 */
export const createCustomerDiscount = operation({
  method: 'post',
  path: '/v1/customers/:customer/discount',
  summary: 'Give a customer a discount',
  tag: 'Customers',
  own: true,
  parameters: parameters({ coupon: id().optional(), promotion_code: id().optional() }),
  shows: 'discount',
  async handle(request) {
    const customer = request.pathId('customer');
    const { coupon = '', promotion_code: promotionCode } = request.parameters;
    onlyOne(request.parameters, ['coupon', 'promotion_code']);
    atLeastOne(request.parameters, ['coupon', 'promotion_code']);
    await request.change({
      step: 'createCustomerDiscount',
      customer,
      load: async (tx) => {
        const redeemed = rowsFromJson(await loadRedeeming(tx, request.scope, customer, discountReferences([request.parameters])));
        const facts = await loadCustomerFacts(tx, request.scope, customer);
        for (const kind of ['coupon', 'promotionCode', 'charge', 'invoice'] as const)
          for (const row of redeemed.all(kind)) facts.put(kind, row);
        return facts;
      },
      plan: (changes) => {
        present(changes, 'customer', customer);
        startCustomerDiscount(changes, customer, promotionCode === undefined ? { coupon } : { promotionCode });
      },
    });
    return { kind: 'discount', key: request.newId('di') };
  },
});
