import { toStripeCashBalance } from '../../../objects/customer';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * The money that is held for a customer, which is none.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCashBalance = operation({
  method: 'get',
  path: '/v1/customers/:customer/cash_balance',
  summary: "Retrieve a customer's cash balance",
  tag: 'Customers',
  parameters: parameters({}),
  async handle(request) {
    return { body: { ...toStripeCashBalance(await request.find('customer', request.pathId('customer'))) } };
  },
});
