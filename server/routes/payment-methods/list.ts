import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, name, pagination, parameters } from '../../http/parameters';
import { allowRedisplay } from '../../schemas/payment-method';

/**
 * Lists payment methods, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listPaymentMethods = operation({
  method: 'get',
  path: '/v1/payment_methods',
  summary: 'List payment methods',
  tag: 'Payment methods',
  parameters: parameters({
    ...pagination,
    allow_redisplay: allowRedisplay().optional(),
    customer: id().optional(),
    type: name({ max: 100 }).optional(),
  }),
  shows: 'paymentMethod',
  unsupported: ['customer_account'],
  async handle(request) {
    const { customer, type, allow_redisplay } = request.parameters;
    if (customer !== undefined) await request.find('customer', customer, 'customer');
    return list(request, 'paymentMethod', [
      customer === undefined ? { column: 'customer', isNull: false } : equals('customer', customer),
      equals('type', type),
      equals('allowRedisplay', allow_redisplay),
    ]);
  },
});
