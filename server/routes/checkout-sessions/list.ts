import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, object, oneOf, pagination, parameters, range } from '../../http/parameters';
import { email } from '../../http/text-parameters';

/**
 * Lists checkout sessions, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listCheckoutSessions = operation({
  method: 'get',
  path: '/v1/checkout/sessions',
  summary: 'List checkout sessions',
  tag: 'Checkout',
  parameters: parameters({
    ...pagination,
    created: range().optional(),
    customer: id().optional(),
    customer_details: object({ email: email() }).optional(),
    payment_intent: id().optional(),
    payment_link: id().optional(),
    status: oneOf(['complete', 'expired', 'open']).optional(),
    subscription: id().optional(),
  }),
  shows: 'checkoutSession',
  unsupported: ['customer_account'],
  handle(request) {
    const params = request.parameters;
    return list(request, 'checkoutSession', [
      rangeFilter('created', params.created),
      equals('customer', params.customer),
      equals('customerDetails', params.customer_details?.email, ['email']),
      equals('paymentIntent', params.payment_intent),
      equals('paymentLink', params.payment_link),
      equals('status', params.status),
      equals('subscription', params.subscription),
    ]);
  },
});
