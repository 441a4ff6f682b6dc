import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, pagination, parameters } from '../../http/parameters';

/**
 * Lists payment method configurations, newest first. The account's default is the oldest.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listPaymentMethodConfigurations = operation({
  method: 'get',
  path: '/v1/payment_method_configurations',
  summary: 'List payment method configurations',
  tag: 'Payment method configurations',
  parameters: parameters({ ...pagination, active: boolean().optional() }),
  shows: 'paymentMethodConfiguration',
  unsupported: ['application'],
  handle: (request) => list(request, 'paymentMethodConfiguration', [equals('active', request.parameters.active)]),
});
