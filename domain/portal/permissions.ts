/** Which subscriptions a customer may change or cancel on the portal, and to what. One answer for the API, the page and its forms. */
import { defaultMethodOf, type Customer } from '../rows/customer';
import type { PaymentMethod } from '../rows/payment-method';
import type { PortalConfiguration, PortalProduct } from '../rows/portal';
import { isMetered, isOfferedIn, priceIn, type Price } from '../rows/price';
import type { Rows } from '../rows/rows';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { ownSchedule, plannedChange } from './planned-change';

/** Why the customer cannot change the subscription; null: it can. */
export function updateObstacle(rows: Rows, { features }: PortalConfiguration, subscription: Subscription): string | null {
  const reason = features.subscription_update.enabled
    ? unchangeable(rows, subscription)
    : 'the subscription update feature in the portal configuration is disabled';
  return reason === null ? null : `This subscription cannot be updated because ${reason}.`;
}

function unchangeable(rows: Rows, subscription: Subscription): string | null {
  const { status, collectionMethod, pendingUpdate } = subscription;
  if (status !== 'active' && status !== 'trialing') return `it is ${status}`;
  const [item, ...others] = itemsOf(rows, subscription);
  if (item === undefined || others.length > 0) return 'it has several items';
  if (isMetered(rows.get('price', item.price))) return 'its price is metered';
  if (collectionMethod === 'send_invoice') return 'its invoices are sent to the customer';
  if (isManaged(rows, subscription)) return MANAGED;
  if (plannedChange(rows, subscription) !== null) return 'another change waits for the end of the period';
  return pendingUpdate === null ? null : 'another update waits for its payment';
}

const MANAGED = 'it is managed by a subscription schedule';
const isManaged = (rows: Rows, subscription: Subscription): boolean =>
  subscription.schedule !== null && ownSchedule(rows, subscription) === null;

/** Why the customer cannot cancel the subscription; null: it can. */
export function cancelObstacle(rows: Rows, { features }: PortalConfiguration, subscription: Subscription): string | null {
  if (!features.subscription_cancel.enabled) {
    return 'This subscription cannot be canceled because the subscription cancellation feature in the portal configuration is disabled.';
  }
  if (hasEnded(subscription)) return `This subscription cannot be canceled because it is ${subscription.status}.`;
  if (isSetToEnd(subscription)) return `The subscription \`${subscription.id}\` is already set to be canceled at period end.`;
  return isManaged(rows, subscription) ? `This subscription cannot be canceled because ${MANAGED}.` : null;
}

/** Whether the customer may pause what is charged. A pause ends by itself. */
export function canBePaused({ features }: PortalConfiguration, subscription: Subscription): boolean {
  const { status, pauseCollection, schedule, collectionMethod } = subscription;
  const isPlain = pauseCollection === null && schedule === null && collectionMethod === 'charge_automatically';
  return features.subscription_pause.enabled && status === 'active' && isPlain && !isSetToEnd(subscription);
}

/** Whether the customer may end the pause early. */
export function canBeResumed({ features }: PortalConfiguration, { pauseCollection, status }: Subscription): boolean {
  return features.subscription_pause.enabled && status === 'active' && pauseCollection !== null;
}

/** Whether the customer may take the cancellation back. */
export function canBeRenewed({ features }: PortalConfiguration, subscription: Subscription): boolean {
  return features.subscription_cancel.enabled && !hasEnded(subscription) && isSetToEnd(subscription) && subscription.schedule === null;
}

export const isSetToEnd = ({ cancelAt, cancelAtPeriodEnd }: Subscription): boolean => cancelAtPeriodEnd || cancelAt !== null;

const hasEnded = ({ status }: Subscription): boolean => status === 'canceled' || status === 'incomplete_expired';

export const isCodeAllowed = ({ features }: PortalConfiguration): boolean =>
  features.subscription_update.default_allowed_updates.includes('promotion_code');

export function itemsOf(rows: Rows, { id }: Pick<Subscription, 'id'>): SubscriptionItem[] {
  return rows.where('subscriptionItem', (item) => item.subscription === id && !item.deleted);
}

/** The prices that the customer may choose instead of the item's, which is among them. */
export function offeredPrices(rows: Rows, { features }: PortalConfiguration, subscription: Subscription, item: SubscriptionItem): Price[] {
  const { default_allowed_updates: allowed, products } = features.subscription_update;
  const present = rows.get('price', item.price);
  const offered = allowed.includes('price') ? products.flatMap(({ prices }) => prices) : [];
  const others = [...new Set(offered)]
    .filter((id) => id !== present.id)
    .flatMap((id) => rows.find('price', id) ?? [])
    .filter((price) => fits(price, present, subscription));
  return [present, ...others];
}

/** A plan in another currency, or taxed in another way, is another contract. */
function fits(price: Price, present: Price, { currency }: Subscription): boolean {
  return price.active && isOfferedIn(price, currency) && priceIn(price, currency).taxBehavior === priceIn(present, currency).taxBehavior;
}

/** How many units of a price the customer may have; null: the quantity stays as it is. */
export function quantityRange(
  { features }: PortalConfiguration,
  price: Pick<Price, 'product'>,
): PortalProduct['adjustable_quantity'] | null {
  const { default_allowed_updates: allowed, products } = features.subscription_update;
  const quantity = products.find(({ product }) => product === price.product)?.adjustable_quantity;
  return allowed.includes('quantity') && quantity?.enabled === true ? quantity : null;
}

/** Whether the customer may remove the card. What still runs must be able to be paid. */
export function canRemoveCard(
  { features }: PortalConfiguration,
  { id, isSource }: Pick<PaymentMethod, 'id' | 'isSource'>,
  { customer, subscriptions }: { customer: Customer; subscriptions: readonly Subscription[] },
): boolean {
  if (!features.payment_method_update.enabled || isSource) return false;
  const isNeeded = subscriptions.some(({ defaultPaymentMethod: own }) => (own ?? defaultMethodOf(customer)) === id);
  return !isNeeded;
}

export interface PlanChoice {
  price: string;
  quantity: number | null;
}

/** Why the customer cannot have this price and quantity; null: it can. Says which part of the choice is at fault. */
export function choiceObstacle(
  rows: Rows,
  configuration: PortalConfiguration,
  { subscription, item }: { subscription: Subscription; item: SubscriptionItem },
  { price: id, quantity }: PlanChoice,
): { of: 'price' | 'quantity'; message: string } | null {
  const price = offeredPrices(rows, configuration, subscription, item).find((each) => each.id === id);
  if (price === undefined) {
    const message = `This subscription cannot be updated to the price '${id}', because the portal configuration does not offer it.`;
    return { of: 'price', message };
  }
  if (quantity === item.quantity) return null;
  const range = quantityRange(configuration, price);
  if (range === null || quantity === null) {
    return { of: 'quantity', message: 'The portal configuration does not allow another quantity of this product.' };
  }
  if (quantity >= range.minimum && quantity <= (range.maximum ?? Infinity)) return null;
  const most = range.maximum === null ? '' : ` and at most ${String(range.maximum)}`;
  return { of: 'quantity', message: `The quantity must be at least ${String(range.minimum)}${most}.` };
}
