/** Customers' cards and bank accounts: created from a processor's data, attached, changed, detached. */
import { attachCard, wakeForCard, forgetFailure } from './cards';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { BillingDetails, Card, PaymentMethod } from '../rows/payment-method';
import type { ChangeSet } from '../core/change-set';
import { NO_ADDRESS, type Metadata, type Resource } from '../rows/resource';
import { endMandate } from './mandates';
import { announceChangedSource, announceLostSource } from './source-events';

export type NewPaymentMethod = Pick<PaymentMethod, 'bankAccount' | 'card' | 'gateway' | 'gatewayReference' | 'riskLevel' | 'type'> &
  Partial<Pick<PaymentMethod, 'allowRedisplay' | 'billingDetails' | 'metadata' | 'token'>>;

export const NO_BILLING_DETAILS: BillingDetails = {
  address: NO_ADDRESS,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

/**
 * A card or bank account without a customer. As on Stripe, no event reports it before it is attached.
 *
 * @param kept the id and time that it has elsewhere
 */
export function newPaymentMethod(changes: ChangeSet, of: NewPaymentMethod, kept?: Pick<PaymentMethod, 'created' | 'id'>): PaymentMethod {
  return putMethod(changes, of, { ...changes.resource('pm'), ...kept, isSource: false });
}

/** A card as a source, with an id `card_…`. A token refers to such a card. */
export function newSource(changes: ChangeSet, of: NewPaymentMethod): PaymentMethod {
  return putMethod(changes, of, { ...changes.resource('card'), isSource: true });
}

function putMethod(changes: ChangeSet, of: NewPaymentMethod, as: Resource & Pick<PaymentMethod, 'isSource'>): PaymentMethod {
  return changes.put('paymentMethod', {
    allowRedisplay: 'unspecified',
    billingDetails: NO_BILLING_DETAILS,
    metadata: {},
    token: null,
    ...of,
    ...as,
    customer: null,
    mandate: null,
    setUp: false,
    expiryToldFor: null,
  });
}

/** @throws BillingError resource_missing if the customer is deleted, payment_method_unusable if the card is another customer's */
export function attachPaymentMethod(changes: ChangeSet, paymentMethod: string, customerId: string): void {
  const customer = changes.rows.find('customer', customerId);
  if (!customer || customer.deleted) throw new BillingError('resource_missing', `No such customer: '${customerId}'`, { param: 'customer' });
  attachCard(changes, paymentMethod, customerId);
}

/** Detaches a card from its customer for good, and from every object that uses it by default. */
export function detachPaymentMethod(changes: ChangeSet, id: string): void {
  const { customer } = changes.rows.get('paymentMethod', id);
  if (takePaymentMethod(changes, id)) changes.emitUpdated('customer.updated', 'customer', customer ?? '');
}

/**
 * Detaches a card without an event of the customer.
 *
 * @returns whether the customer changed; the caller must then emit `customer.updated`
 * @throws BillingError payment_method_unusable
 */
export function takePaymentMethod(changes: ChangeSet, id: string): boolean {
  const method = changes.rows.get('paymentMethod', id);
  if (method.customer === null) {
    throw new BillingError(
      'payment_method_unusable',
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  const { customer } = method;
  announceLostSource(changes, id);
  endMandate(changes, method.mandate);
  changes.patch('paymentMethod', id, { customer: null });
  const wasDefault = forgetDefault(changes, customer, id);
  for (const subscription of changes.rows.where('subscription', (each) => each.defaultPaymentMethod === id)) {
    changes.patch('subscription', subscription.id, { defaultPaymentMethod: null });
    changes.emitUpdated('customer.subscription.updated', 'subscription', subscription.id);
  }
  for (const topUp of changes.rows.where('creditTopUp', (each) => each.defaultPaymentMethod === id)) {
    changes.patch('creditTopUp', topUp.id, { defaultPaymentMethod: null, updated: changes.now });
    changes.emitUpdated('billing.credit_top_up.updated', 'creditTopUp', topUp.id);
  }
  changes.emitUpdated('payment_method.detached', 'paymentMethod', id);
  return wasDefault;
}

function forgetDefault(changes: ChangeSet, customer: string, id: string): boolean {
  const { invoiceSettings, defaultSource } = changes.rows.get('customer', customer);
  const isDefault = invoiceSettings.default_payment_method === id;
  if (!isDefault && defaultSource !== id) return false;
  changes.patch('customer', customer, {
    invoiceSettings: isDefault ? { ...invoiceSettings, default_payment_method: null } : invoiceSettings,
    defaultSource: defaultSource === id ? null : defaultSource,
  });
  return true;
}

/** The card's bank has replaced or renewed it: what waits for a working card tries it again. */
export function renewStoredCard(changes: ChangeSet, id: string, card: Card): void {
  const method = changes.rows.get('paymentMethod', id);
  if ((['exp_month', 'exp_year', 'fingerprint', 'last4'] as const).every((part) => method.card?.[part] === card[part])) return;
  changes.patch('paymentMethod', id, { card });
  changes.emitUpdated('payment_method.automatically_updated', 'paymentMethod', id);
  announceChangedSource(changes, id);
  forgetFailure(changes, id);
  if (method.customer !== null) wakeForCard(changes, method.customer);
}

export interface PaymentMethodChange {
  allowRedisplay?: PaymentMethod['allowRedisplay'] | undefined;
  billingDetails?: Partial<BillingDetails> | undefined;
  expMonth?: number | undefined;
  expYear?: number | undefined;
  metadata?: Metadata | null | undefined;
}

export function updatePaymentMethod(changes: ChangeSet, id: string, change: PaymentMethodChange): void {
  const method = changes.rows.get('paymentMethod', id);
  const { card } = method;
  changes.patch('paymentMethod', id, {
    allowRedisplay: change.allowRedisplay ?? method.allowRedisplay,
    billingDetails: { ...method.billingDetails, ...change.billingDetails },
    card: card && { ...card, exp_month: change.expMonth ?? card.exp_month, exp_year: change.expYear ?? card.exp_year },
    metadata: mergeMetadata(method.metadata, change.metadata),
  });
  changes.emitUpdated('payment_method.updated', 'paymentMethod', id);
  announceChangedSource(changes, id);
}
