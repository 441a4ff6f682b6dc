import { loadPortalFacts } from '../../../db/portal';
import { createPortalSession } from '../../../domain/portal/sessions';
import { operation } from '../../http/operation';
import { array, id, name, object, oneOf, parameters, quantity, text } from '../../http/parameters';
import { httpUrl } from '../../http/text-parameters';
import { checkReferences, customerNamed, type Reference } from '../../writes/references';

const subscription = { subscription: id() };

const flowData = () =>
  object({
    after_completion: object({
      hosted_confirmation: object({ custom_message: text({ max: 500 }).optional() }).optional(),
      redirect: object({ return_url: httpUrl({ max: 5000 }) }).optional(),
      type: oneOf(['hosted_confirmation', 'portal_homepage', 'redirect']),
    }).optional(),
    subscription_cancel: object(subscription).optional(),
    subscription_update: object(subscription).optional(),
    subscription_update_confirm: object({
      ...subscription,
      items: array(object({ id: id(), price: id().optional(), quantity: quantity().optional() })),
    }).optional(),
    type: oneOf(['customer_update', 'payment_method_update', 'subscription_cancel', 'subscription_update', 'subscription_update_confirm']),
  });

/**
 * Makes an address at which the customer manages its subscriptions, cards, invoices and details. Without `configuration` it has the
 * features of the default one, which the first such session makes.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const createPortalSessionOperation = operation({
  method: 'post',
  path: '/v1/billing_portal/sessions',
  summary: 'Create a portal session',
  tag: 'Customer portal',
  parameters: parameters({
    configuration: id().optional(),
    customer: id(),
    flow_data: flowData().optional(),
    locale: name({ max: 10 }).optional(),
    return_url: httpUrl({ max: 5000 }).optional(),
  }),
  shows: 'portalSession',
  unsupported: [
    'customer_account',
    'flow_data[subscription_cancel][retention]',
    'flow_data[subscription_update_confirm][discounts]',
    'on_behalf_of',
  ],
  async handle(request) {
    const { customer, configuration, flow_data: flow } = request.parameters;
    const named: Reference[] =
      configuration === undefined ? [] : [{ kind: 'portalConfiguration', id: configuration, param: 'configuration' }];
    await checkReferences(request, [customerNamed(customer), ...named]);
    const details = flow?.subscription_cancel ?? flow?.subscription_update ?? flow?.subscription_update_confirm;
    await request.change({
      step: 'createPortalSession',
      customer: null,
      load: (tx) =>
        loadPortalFacts(tx, request.scope, {
          configuration: configuration ?? null,
          subscriptions: details === undefined ? null : { column: 'id', equals: details.subscription },
        }),
      plan: (changes) => {
        createPortalSession(changes, request.parameters, request.origin);
      },
    });
    return { kind: 'portalSession', key: request.newId('bps') };
  },
});
