import { loadCustomerFacts } from '../../../db/customers';
import { createCustomerSession } from '../../../domain/customer/customer-sessions';
import { operation } from '../../http/operation';
import { array, boolean, id, integer, object, oneOf, parameters } from '../../http/parameters';
import { allowRedisplay } from '../../schemas/payment-method';
import { checkReferences, customerNamed } from '../../writes/references';

const part = () => object({ enabled: boolean() }).optional();
const onOrOff = () => oneOf(['disabled', 'enabled']).optional();
const sheet = {
  payment_method_allow_redisplay_filters: array(allowRedisplay(), { max: 3 }).optional(),
  payment_method_remove: onOrOff(),
};

/**
 * Makes a secret with which a page of the seller knows this customer for half an hour.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid if no component is enabled
 */
export const createCustomerSessionOperation = operation({
  method: 'post',
  path: '/v1/customer_sessions',
  summary: 'Create a customer session',
  tag: 'Customer sessions',
  parameters: parameters({
    components: object({
      active_entitlements: part(),
      buy_button: part(),
      customer_portal: part(),
      customer_sheet: object({ enabled: boolean(), features: object(sheet).optional() }).optional(),
      mobile_payment_element: object({
        enabled: boolean(),
        features: object({
          ...sheet,
          payment_method_redisplay: onOrOff(),
          payment_method_save: onOrOff(),
          payment_method_save_allow_redisplay_override: allowRedisplay().optional(),
        }).optional(),
      }).optional(),
      payment_element: object({
        enabled: boolean(),
        features: object({
          ...sheet,
          payment_method_redisplay: onOrOff(),
          payment_method_redisplay_limit: integer({ min: 1, max: 10 }).optional(),
          payment_method_save: onOrOff(),
          payment_method_save_usage: oneOf(['off_session', 'on_session']).optional(),
        }).optional(),
      }).optional(),
      pricing_table: part(),
    }),
    customer: id(),
  }),
  shows: 'customerSession',
  unsupported: ['customer_account'],
  async handle(request) {
    const { customer, components } = request.parameters;
    await checkReferences(request, [customerNamed(customer)]);
    await request.change({
      step: 'createCustomerSession',
      customer,
      load: (tx) => loadCustomerFacts(tx, request.scope, customer),
      plan: (changes) => void createCustomerSession(changes, customer, components),
    });
    return { kind: 'customerSession', key: request.newId('cuss') };
  },
});
