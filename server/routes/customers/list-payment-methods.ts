import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { name, oneOf, pagination, parameters } from '../../http/parameters';

/**
 * Lists a customer's payment methods, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listCustomerPaymentMethods = operation({
  method: 'get',
  path: '/v1/customers/:customer/payment_methods',
  summary: "List a customer's payment methods",
  tag: 'Customers',
  parameters: parameters({
    ...pagination,
    allow_redisplay: oneOf(['always', 'limited', 'unspecified']).optional(),
    type: name({ max: 100 }).optional(),
  }),
  shows: 'paymentMethod',
  async handle(request) {
    const { id } = await request.find('customer', request.pathId('customer'));
    const { allow_redisplay, type } = request.parameters;
    return list(request, 'paymentMethod', [equals('customer', id), equals('allowRedisplay', allow_redisplay), equals('type', type)]);
  },
});
