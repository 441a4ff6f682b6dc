import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, pagination, parameters } from '../../http/parameters';

/**
 * Lists licenses, newest first. A success page finds those of its purchase by `checkout_session`.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listLicenses = operation({
  method: 'get',
  path: '/v1/licenses',
  summary: 'List licenses',
  tag: 'Licenses',
  own: true,
  parameters: parameters({
    ...pagination,
    checkout_session: id().optional(),
    customer: id().optional(),
    product: id().optional(),
    status: oneOf(['active', 'revoked', 'suspended']).optional(),
    subscription: id().optional(),
  }),
  shows: 'license',
  handle(request) {
    const { checkout_session: session, customer, product, status, subscription } = request.parameters;
    return list(request, 'license', [
      equals('checkoutSession', session),
      equals('customer', customer),
      equals('product', product),
      equals('status', status),
      equals('subscription', subscription),
    ]);
  },
});
