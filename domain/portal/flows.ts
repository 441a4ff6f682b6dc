/** What a portal session may be opened for: one thing, after which the customer goes on to where the seller says. */
import { BillingError } from '../core/errors';
import type { PortalAfterCompletion, PortalConfiguration, PortalFlow, PortalFlowItem } from '../rows/portal';
import type { Rows } from '../rows/rows';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { canBePaused, cancelObstacle, choiceObstacle, itemsOf, updateObstacle } from './permissions';

export interface PortalFlowParameters {
  type: PortalFlow['type'];
  after_completion?: PortalAfterCompletionParameters | undefined;
  subscription_cancel?:
    { subscription: string; retention?: { type: 'coupon_offer'; coupon_offer?: { coupon: string } | undefined } | undefined } | undefined;
  subscription_pause?: { subscription: string } | undefined;
  subscription_update?: { subscription: string } | undefined;
  subscription_update_confirm?:
    { subscription: string; items: PortalFlowItemParameters[]; discounts?: PortalFlowDiscountParameters[] | undefined } | undefined;
}

export interface PortalFlowItemParameters {
  id: string;
  price?: string | undefined;
  quantity?: number | undefined;
}

export interface PortalFlowDiscountParameters {
  coupon?: string | undefined;
  promotion_code?: string | undefined;
}

interface PortalAfterCompletionParameters {
  type: PortalAfterCompletion['type'];
  redirect?: { return_url: string } | undefined;
  hosted_confirmation?: { custom_message?: string | undefined } | undefined;
}

const NOTHING_CHOSEN = { subscription: null, items: null, discounts: null, retention: null };

/**
 * The flow, if the configuration allows it.
 *
 * @throws BillingError parameter_missing, parameter_invalid; resource_missing for another customer's subscription
 */
export function portalFlow(rows: Rows, configuration: PortalConfiguration, customer: string, params: PortalFlowParameters): PortalFlow {
  const flow = { type: params.type, after_completion: afterOf(params.after_completion), ...NOTHING_CHOSEN };
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
  const obstacle = OBSTACLES[params.type](rows, configuration, subscription);
  if (obstacle !== null) throw new BillingError('parameter_invalid', obstacle, { param: `${path}[subscription]` });
  const chosen = { ...flow, subscription: subscription.id };
  if ('items' in details) {
    const discounts = discountsOf(details.discounts);
    return { ...chosen, items: [itemOf(rows, configuration, subscription, details)], discounts };
  }
  return { ...chosen, retention: 'retention' in details ? offered(details.retention) : null };
}

type Obstacle = (rows: Rows, configuration: PortalConfiguration, subscription: Subscription) => string | null;

const OBSTACLES: Record<Exclude<PortalFlow['type'], 'customer_update' | 'payment_method_update'>, Obstacle> = {
  subscription_cancel: cancelObstacle,
  subscription_pause: (_rows, configuration, subscription) =>
    canBePaused(configuration, subscription) ? null : 'This subscription cannot be paused on the portal.',
  subscription_update: updateObstacle,
  subscription_update_confirm: updateObstacle,
};

/** The coupon of an offer. That it exists is checked with the other references. */
function offered(retention: NonNullable<PortalFlowParameters['subscription_cancel']>['retention']): string | null {
  if (retention === undefined) return null;
  const param = 'flow_data[subscription_cancel][retention][coupon_offer]';
  if (retention.coupon_offer !== undefined) return retention.coupon_offer.coupon;
  throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
}

function discountsOf([first, ...others]: PortalFlowDiscountParameters[] = []): PortalFlow['discounts'] {
  if (first === undefined) return null;
  const param = 'flow_data[subscription_update_confirm][discounts]';
  if (others.length > 0) throw new BillingError('parameter_invalid', 'At most one discount may be specified.', { param });
  const { coupon, promotion_code: code } = first;
  if (coupon !== undefined && code === undefined) return [{ coupon }];
  if (code !== undefined && coupon === undefined) return [{ promotion_code: code }];
  const message = 'You must specify exactly one of `coupon` and `promotion_code`.';
  throw new BillingError('parameter_invalid', message, { param: `${param}[0]` });
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

const ITEMS = 'flow_data[subscription_update_confirm][items]';

/** What the customer is asked to confirm. */
function itemOf(
  rows: Rows,
  configuration: PortalConfiguration,
  subscription: Subscription,
  { items, discounts = [] }: { items: PortalFlowItemParameters[]; discounts?: PortalFlowDiscountParameters[] | undefined },
): PortalFlowItem {
  const { chosen, item } = itemAsked(rows, subscription, items);
  const choice = { price: chosen.price ?? item.price, quantity: chosen.quantity ?? item.quantity };
  if (choice.price === item.price && choice.quantity === item.quantity && discounts.length === 0) {
    const message = 'This subscription cannot be updated because there are no changes to confirm.';
    throw new BillingError('parameter_invalid', message, { param: ITEMS });
  }
  const obstacle = choiceObstacle(rows, configuration, { subscription, item }, choice);
  if (obstacle !== null) throw new BillingError('parameter_invalid', obstacle.message, { param: `${ITEMS}[0][${obstacle.of}]` });
  return { id: item.id, ...choice };
}

function itemAsked(
  rows: Rows,
  subscription: Subscription,
  [chosen, ...others]: PortalFlowItemParameters[],
): { chosen: PortalFlowItemParameters; item: SubscriptionItem } {
  if (chosen === undefined || others.length > 0) {
    throw new BillingError('parameter_invalid', 'Exactly one item must be specified.', { param: ITEMS });
  }
  const item = itemsOf(rows, subscription).find(({ id }) => id === chosen.id);
  if (item !== undefined) return { chosen, item };
  throw new BillingError('resource_missing', `No such subscription item: '${chosen.id}'`, { param: `${ITEMS}[0][id]` });
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
