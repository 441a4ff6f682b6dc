import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves one of a customer's payment methods.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCustomerPaymentMethod = operation({
  method: 'get',
  path: '/v1/customers/:customer/payment_methods/:payment_method',
  summary: "Retrieve a customer's payment method",
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'paymentMethod',
  async handle(request) {
    const { id: customer } = await request.find('customer', request.pathId('customer'));
    const method = await request.find('paymentMethod', request.pathId('payment_method'));
    return method.customer === customer ? { kind: 'paymentMethod', key: method.id } : missing('paymentMethod', method.id);
  },
});
