/** Cards as sources of a customer: the older way to keep a card. Each is a payment method too, and charged as one. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { wakeForCard } from './cards';
import { attachPaymentMethod, takePaymentMethod } from './payment-methods';

/**
 * Keeps a source with a customer. The first is the default. Says whether the customer has changed with it: that is for the caller to
 * tell of.
 *
 * @throws BillingError resource_missing, payment_method_unusable
 */
export function addSource(changes: ChangeSet, customerId: string, source: string): boolean {
  attachPaymentMethod(changes, source, customerId);
  if (changes.rows.get('customer', customerId).defaultSource !== null) return false;
  changes.patch('customer', customerId, { defaultSource: source });
  return true;
}

/** Keeps a source with a customer as the default, in place of the earlier one, which goes. `customer.updated` is the caller's to tell. */
export function replaceDefaultSource(changes: ChangeSet, customerId: string, source: string): void {
  const { defaultSource: before } = changes.rows.get('customer', customerId);
  attachPaymentMethod(changes, source, customerId);
  if (before !== null && before !== source) takePaymentMethod(changes, before);
  changes.patch('customer', customerId, { defaultSource: source });
}

/** Makes one of the customer's own sources the default. @throws BillingError resource_missing */
export function chooseDefaultSource(changes: ChangeSet, customerId: string, source: string): void {
  const method = changes.rows.find('paymentMethod', source);
  if (method?.customer !== customerId || !method.isSource) {
    throw new BillingError('resource_missing', `No such source: '${source}'`, { param: 'default_source' });
  }
  changes.patch('customer', customerId, { defaultSource: source });
  wakeForCard(changes, customerId);
}

/** Spends the token of a card, which works once. @throws BillingError token_already_used */
export function spendToken(changes: ChangeSet, source: string, token: string): void {
  const { token: state } = changes.rows.get('paymentMethod', source);
  if (state !== 'unused') {
    throw new BillingError('token_already_used', `You cannot use a token more than once: ${token}.`, { param: 'source' });
  }
  changes.patch('paymentMethod', source, { token: 'used' });
}
