/** What a portal session may be opened for: one thing, after which the customer goes on to where the seller says. */
import { BillingError } from '../core/errors';
import type { PortalAfterCompletion, PortalConfiguration, PortalFlow, PortalFlowItem } from '../rows/portal';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { cancelObstacle, choiceObstacle, itemsOf, updateObstacle } from './permissions';

export interface PortalFlowParameters {
  type: PortalFlow['type'];
  after_completion?: PortalAfterCompletionParameters | undefined;
  subscription_cancel?: { subscription: string } | undefined;
  subscription_update?: { subscription: string } | undefined;
  subscription_update_confirm?: { subscription: string; items: PortalFlowItemParameters[] } | undefined;
}

export interface PortalFlowItemParameters {
  id: string;
  price?: string | undefined;
  quantity?: number | undefined;
}

interface PortalAfterCompletionParameters {
  type: PortalAfterCompletion['type'];
  redirect?: { return_url: string } | undefined;
  hosted_confirmation?: { custom_message?: string | undefined } | undefined;
}

/**
 * The flow, if the configuration allows it.
 *
 * @throws BillingError parameter_missing, parameter_invalid; resource_missing for another customer's subscription
 */
export function portalFlow(rows: Rows, configuration: PortalConfiguration, customer: string, params: PortalFlowParameters): PortalFlow {
  const flow = { type: params.type, after_completion: afterOf(params.after_completion), subscription: null, items: null };
  const { features } = configuration;
  if (params.type === 'payment_method_update') {
    requireFeature(features.payment_method_update.enabled, 'payment method update');
    return flow;
  }
  if (params.type === 'customer_update') {
    requireFeature(features.customer_update.enabled, 'customer update');
    return flow;
  }
  const { [params.type]: details } = params;
  const path = `flow_data[${params.type}]`;
  if (details === undefined) throw new BillingError('parameter_missing', `Missing required param: ${path}.`, { param: path });
  const subscription = subscriptionOf(rows, customer, details.subscription, `${path}[subscription]`);
  const obstacle =
    params.type === 'subscription_cancel' ? cancelObstacle(configuration, subscription) : updateObstacle(rows, configuration, subscription);
  if (obstacle !== null) throw new BillingError('parameter_invalid', obstacle, { param: `${path}[subscription]` });
  const items = 'items' in details ? [itemOf(rows, configuration, subscription, details.items)] : null;
  return { ...flow, subscription: subscription.id, items };
}

function requireFeature(isEnabled: boolean, name: string): void {
  if (isEnabled) return;
  const message = `This flow cannot be used because the ${name} feature in the portal configuration is disabled.`;
  throw new BillingError('parameter_invalid', message, { param: 'flow_data[type]' });
}

function subscriptionOf(rows: Rows, customer: string, id: string, param: string): Subscription {
  const subscription = rows.find('subscription', id);
  if (subscription?.customer === customer && !subscription.hidden) return subscription;
  throw new BillingError('resource_missing', `No such subscription: '${id}'`, { param });
}

/** What the customer is asked to confirm. */
function itemOf(
  rows: Rows,
  configuration: PortalConfiguration,
  subscription: Subscription,
  items: PortalFlowItemParameters[],
): PortalFlowItem {
  const path = 'flow_data[subscription_update_confirm][items]';
  const [chosen, ...others] = items;
  if (chosen === undefined || others.length > 0) {
    throw new BillingError('parameter_invalid', 'Exactly one item must be specified.', { param: path });
  }
  const item = itemsOf(rows, subscription).find(({ id }) => id === chosen.id);
  if (item === undefined)
    throw new BillingError('resource_missing', `No such subscription item: '${chosen.id}'`, { param: `${path}[0][id]` });
  const choice = { price: chosen.price ?? item.price, quantity: chosen.quantity ?? item.quantity };
  if (choice.price === item.price && choice.quantity === item.quantity) {
    const message = 'This subscription cannot be updated because there are no changes to confirm.';
    throw new BillingError('parameter_invalid', message, { param: path });
  }
  const obstacle = choiceObstacle(rows, configuration, { subscription, item }, choice);
  if (obstacle !== null) throw new BillingError('parameter_invalid', obstacle.message, { param: `${path}[0][${obstacle.of}]` });
  return { id: item.id, ...choice };
}

function afterOf(
  { type, redirect, hosted_confirmation: hosted }: PortalAfterCompletionParameters = { type: 'portal_homepage' },
): PortalAfterCompletion {
  const param = 'flow_data[after_completion][redirect]';
  if (type === 'portal_homepage') return { type };
  if (type === 'hosted_confirmation') return { type, custom_message: hosted?.custom_message ?? null };
  if (redirect === undefined) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  return { type, return_url: redirect.return_url };
}
