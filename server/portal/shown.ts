/** Rows of the customer as the portal shows them. */
import {
  canBePaused,
  canBeRenewed,
  canBeResumed,
  cancelObstacle,
  canRemoveCard,
  isSetToEnd,
  itemsOf,
  updateObstacle,
} from '../../domain/portal/permissions';
import { plannedChange } from '../../domain/portal/planned-change';
import { rate } from '../../domain/price/rating';
import { defaultMethodOf } from '../../domain/rows/customer';
import type { Invoice } from '../../domain/rows/invoice';
import { priceIn } from '../../domain/rows/price';
import type { PaymentIntent } from '../../domain/rows/payment-intent';
import type { Rows } from '../../domain/rows/rows';
import type { Address } from '../../domain/rows/resource';
import type { Subscription } from '../../domain/rows/subscription';
import type { LinkTo } from '../../objects/wire';
import type { EnteredAddress } from '../../web/components/address-fields';
import type { PortalCard, PortalDetails, PortalInvoice, PortalItem, PortalSubscription } from '../../web/portal/model';
import { shownMethod } from '../checkout/saved-cards';
import type { PortalRows } from './rows';

/** @param next what is charged next, if it is known */
export function subscriptionOf(
  { rows, configuration }: PortalRows,
  subscription: Subscription,
  next: PortalSubscription['next'] = null,
): PortalSubscription {
  const items = itemsOf(rows, subscription);
  const shown = items.map(({ price, quantity }) => itemOf(rows, subscription, { price, quantity }));
  const planned = plannedChange(rows, subscription);
  return {
    id: subscription.id,
    name: shown.map(({ name }) => name).join(', '),
    currency: subscription.currency,
    items: shown,
    state: subscription.status as PortalSubscription['state'],
    next,
    endsAt: isSetToEnd(subscription) ? (subscription.cancelAt ?? periodEndOf(rows, subscription)) : null,
    planned: planned === null ? null : { item: itemOf(rows, subscription, planned), at: planned.at },
    paused: subscription.pauseCollection === null ? null : { until: subscription.pauseCollection.resumes_at },
    can: {
      change: updateObstacle(rows, configuration, subscription) === null,
      cancel: cancelObstacle(rows, configuration, subscription) === null,
      keep: canBeRenewed(configuration, subscription),
      pause: canBePaused(configuration, subscription),
      resume: canBeResumed(configuration, subscription),
      unplan: planned !== null && configuration.features.subscription_update.enabled,
    },
  };
}

/** When the present period ends, of the items that end last. Epoch seconds. */
export function periodEndOf(rows: Rows, subscription: Subscription): number {
  return Math.max(0, ...itemsOf(rows, subscription).map(({ currentPeriodEnd }) => currentPeriodEnd));
}

/** A price with a quantity, as one buys it. */
export function itemOf(rows: Rows, { currency }: Subscription, of: { price: string; quantity: number | null }): PortalItem {
  const price = rows.get('price', of.price);
  const { interval = 'month', interval_count: count = 1, usage_type: usage = 'licensed' } = price.recurring ?? {};
  const amount = usage === 'metered' || of.quantity === null ? null : rate(priceIn(price, currency), of.quantity).full;
  const name = rows.find('product', price.product)?.name ?? '';
  return { name, quantity: of.quantity, amount, every: { interval, count } };
}

export function cardsOf(found: PortalRows): PortalCard[] {
  const { cards, configuration, customer } = found;
  return cards.map((method) => ({
    id: method.id,
    ...shownMethod(method),
    isDefault: method.id === defaultMethodOf(customer),
    canBeRemoved: canRemoveCard(configuration, method, found),
  }));
}

export function invoiceOf(
  { id, number, created, total, currency, status, finalizedAt, paymentIntent }: Invoice,
  { rows, linkTo }: { rows: Rows; linkTo: LinkTo },
): PortalInvoice {
  const page = linkTo(id);
  return {
    id,
    number: number ?? '',
    at: finalizedAt ?? created,
    amount: total,
    currency,
    status: status as PortalInvoice['status'],
    isCollected: status === 'open' && isCollected(rows.find('paymentIntent', paymentIntent)),
    page,
    pdf: `${page}/pdf`,
  };
}

/** Who has a voucher has still to pay. */
const isCollected = (intent: PaymentIntent | undefined): boolean => (intent?.debitedAt ?? null) !== null && intent?.nextAction === null;

const addressOf = (address: Address | null | undefined): EnteredAddress => {
  const of = (part: keyof EnteredAddress): string => address?.[part] ?? '';
  return { line1: of('line1'), postal_code: of('postal_code'), city: of('city'), state: of('state'), country: of('country') };
};

export function detailsOf({ rows, configuration, customer: { name, email, phone, address, shipping } }: PortalRows): PortalDetails {
  return {
    allowed: configuration.features.customer_update.allowed_updates,
    called: name ?? '',
    email: email ?? '',
    phone: phone ?? '',
    address: addressOf(address),
    shipping: { name: shipping?.name ?? '', address: addressOf(shipping?.address) },
    taxIds: rows.all('taxId').map(({ id, value }) => ({ id, value })),
  };
}
