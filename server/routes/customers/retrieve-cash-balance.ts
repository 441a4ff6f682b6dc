import { toStripeCashBalance } from '../../../objects/customer';
import { cashBalance } from '../../../objects/shapes/customer';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * The customer's cash balance, which is always empty.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCashBalance = operation({
  method: 'get',
  path: '/v1/customers/:customer/cash_balance',
  summary: "Retrieve a customer's cash balance",
  tag: 'Customers',
  parameters: parameters({}),
  answer: cashBalance,
  async handle(request) {
    return { body: toStripeCashBalance(await request.find('customer', request.pathId('customer'))) };
  },
});
