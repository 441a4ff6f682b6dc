import { loadPortalFacts } from '../../../db/portal';
import type { z } from 'zod';
import { PORTAL_LOCALES } from '../../../domain/checkout/locales';
import { createPortalSession } from '../../../domain/portal/sessions';
import { PORTAL_FLOWS } from '../../../domain/rows/portal';
import { operation } from '../../http/operation';
import { array, id, object, oneOf, parameters, quantity, text } from '../../http/parameters';
import { httpUrl } from '../../http/text-parameters';
import { checkReferences, customerNamed, discounts, type Reference } from '../../writes/references';

const subscription = { subscription: id() };

const flowData = () =>
  object({
    after_completion: object({
      hosted_confirmation: object({ custom_message: text({ max: 500 }).optional() }).optional(),
      redirect: object({ return_url: httpUrl({ max: 5000 }) }).optional(),
      type: oneOf(['hosted_confirmation', 'portal_homepage', 'redirect']),
    }).optional(),
    subscription_cancel: object({
      ...subscription,
      retention: object({ coupon_offer: object({ coupon: id() }).optional(), type: oneOf(['coupon_offer']) }).optional(),
    }).optional(),
    subscription_pause: object(subscription).optional(),
    subscription_update: object(subscription).optional(),
    subscription_update_confirm: object({
      ...subscription,
      discounts: array(object({ coupon: id().optional(), promotion_code: id().optional() })).optional(),
      items: array(object({ id: id(), price: id().optional(), quantity: quantity().optional() })),
    }).optional(),
    type: oneOf(PORTAL_FLOWS),
  });

function referencesOf(flow: z.output<ReturnType<typeof flowData>> | undefined): Reference[] {
  const coupon = flow?.subscription_cancel?.retention?.coupon_offer?.coupon;
  const param = 'flow_data[subscription_cancel][retention][coupon_offer][coupon]';
  return [
    ...(coupon === undefined ? [] : [{ kind: 'coupon' as const, id: coupon, param }]),
    ...discounts(flow?.subscription_update_confirm?.discounts, 'flow_data[subscription_update_confirm][discounts]'),
  ];
}

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
    locale: oneOf(PORTAL_LOCALES).optional(),
    return_url: httpUrl({ max: 5000 }).optional(),
  }),
  shows: 'portalSession',
  unsupported: ['customer_account', 'on_behalf_of'],
  async handle(request) {
    const { customer, configuration, flow_data: flow } = request.parameters;
    const named: Reference[] =
      configuration === undefined ? [] : [{ kind: 'portalConfiguration', id: configuration, param: 'configuration' }];
    await checkReferences(request, [customerNamed(customer), ...named, ...referencesOf(flow)]);
    const details = flow?.subscription_cancel ?? flow?.subscription_pause ?? flow?.subscription_update ?? flow?.subscription_update_confirm;
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
