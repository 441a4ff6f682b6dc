/** What clients of older releases of the API call: subscriptions under their customer's path. Each does what the present operation does. */
import { operation, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';
import { cancelSubscription } from '../subscriptions/cancel';
import { createParameters, createSubscription, startSubscription } from '../subscriptions/create';
import { deleteSubscriptionDiscount } from '../subscriptions/delete-discount';
import { updateSubscription } from '../subscriptions/update';

/**
 * Starts a subscription of the customer in the path, as `POST /v1/subscriptions` does.
 *
 * @throws BillingError as that does, and resource_missing (404) for the customer
 */
export const createCustomerSubscription = operation({
  method: 'post',
  path: '/v1/customers/:customer/subscriptions',
  summary: "Create a customer's subscription",
  tag: 'Customers',
  parameters: createParameters.omit({ customer: true }),
  shows: 'subscription',
  through: 'workflow',
  unsupported: createSubscription.unsupported.filter((name) => name !== 'customer_account'),
  stored: (parameters, { customer }) => ({ ...parameters, customer }),
  async handle(request) {
    const { id: customer } = await request.find('customer', request.pathId('customer'));
    return startSubscription(request.withParameters({ ...request.parameters, customer }));
  },
});

/** The operations on one subscription, at `/v1/customers/:customer/subscriptions/:subscription`. */
export const customerSubscriptionOperations: Operation[] = [
  underCustomer(updateSubscription, "Update a customer's subscription"),
  underCustomer(cancelSubscription, "Cancel a customer's subscription"),
  underCustomer(deleteSubscriptionDiscount, "Delete the discount of a customer's subscription"),
];

/**
 * Retrieves the discount of a customer's subscription; of several, the last one.
 *
 * @throws BillingError resource_missing, also if there is none
 */
export const retrieveCustomerSubscriptionDiscount = operation({
  method: 'get',
  path: '/v1/customers/:customer/subscriptions/:subscription/discount',
  summary: "Retrieve the discount of a customer's subscription",
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'discount',
  async handle(request) {
    const { id, customer, discounts } = await request.find('subscription', request.pathId('subscription'));
    if (customer !== request.pathId('customer')) return missing('subscription', id);
    const discount = discounts.at(-1);
    return discount === undefined ? missing('discount', id) : { kind: 'discount', key: discount };
  },
});

/** The operation at the path under the customer. A subscription of another customer is not found there. */
function underCustomer(of: Operation, summary: string): Operation {
  return {
    ...of,
    path: of.path.replace('/v1/subscriptions/', '/v1/customers/:customer/subscriptions/'),
    summary,
    tag: 'Customers',
    async handle(request) {
      const { id, customer } = await request.find('subscription', request.pathId('subscription'));
      return customer === request.pathId('customer') ? of.handle(request) : missing('subscription', id);
    },
  };
}
