/** Sources: the older way to keep a customer's card. Each source is also a payment method, and is charged as one. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { wakeForCard } from './cards';
import { attachPaymentMethod, takePaymentMethod } from './payment-methods';

/**
 * Attaches a source to a customer. The first one becomes the default.
 *
 * @returns whether the customer changed; the caller must then emit `customer.updated`
 * @throws BillingError resource_missing, payment_method_unusable
 */
export function addSource(changes: ChangeSet, customerId: string, source: string): boolean {
  attachPaymentMethod(changes, source, customerId);
  if (changes.rows.get('customer', customerId).defaultSource !== null) return false;
  useAsDefault(changes, customerId, source);
  return true;
}

/** Attaches a source as the default and removes the earlier default. The caller must emit `customer.updated`. */
export function replaceDefaultSource(changes: ChangeSet, customerId: string, source: string): void {
  const { defaultSource: before } = changes.rows.get('customer', customerId);
  attachPaymentMethod(changes, source, customerId);
  if (before !== null && before !== source) takePaymentMethod(changes, before);
  useAsDefault(changes, customerId, source);
}

/**
 * Makes one of the customer's own sources the default.
 *
 * @throws BillingError resource_missing
 */
export function chooseDefaultSource(changes: ChangeSet, customerId: string, source: string): void {
  const method = changes.rows.find('paymentMethod', source);
  if (method?.customer !== customerId || !method.isSource) {
    throw new BillingError('resource_missing', `No such source: '${source}'`, { param: 'default_source' });
  }
  useAsDefault(changes, customerId, source);
}

function useAsDefault(changes: ChangeSet, customerId: string, source: string): void {
  changes.patch('customer', customerId, { defaultSource: source });
  wakeForCard(changes, customerId);
}

/**
 * Marks the token of a card as used. A token works once.
 *
 * @throws BillingError token_already_used
 */
export function spendToken(changes: ChangeSet, source: string, token: string): void {
  const { token: state } = changes.rows.get('paymentMethod', source);
  if (state !== 'unused') {
    throw new BillingError('token_already_used', `You cannot use a token more than once: ${token}.`, { param: 'source' });
  }
  changes.patch('paymentMethod', source, { token: 'used' });
}
