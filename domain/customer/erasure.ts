/**
 * Erases what a customer has told the seller about itself. Final invoices, credit notes and tax records stay as the law of bookkeeping asks, and so do
 * declarations, which are proof.
 */
import type { ChangeSet } from '../core/change-set';
import type { BillingDetails } from '../rows/payment-method';
import { deleteCustomer } from './changes';

const NOBODY: BillingDetails = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

/** Deletes the customer, if it is not yet, and empties its details wherever they are not part of the books. */
export function eraseCustomer(changes: ChangeSet, id: string): void {
  if (!changes.rows.get('customer', id).deleted) deleteCustomer(changes, id);
  changes.patch('customer', id, {
    ...{ name: null, email: null, phone: null, description: null, address: null, shipping: null, taxIpAddress: null },
    metadata: {},
  });
  for (const method of changes.rows.all('paymentMethod')) changes.patch('paymentMethod', method.id, { billingDetails: NOBODY });
  for (const charge of changes.rows.all('charge')) {
    changes.patch('charge', charge.id, { billingDetails: NOBODY, receiptEmail: null, shipping: null });
  }
  for (const intent of changes.rows.all('paymentIntent')) changes.patch('paymentIntent', intent.id, { receiptEmail: null, shipping: null });
  for (const session of changes.rows.all('checkoutSession')) {
    changes.patch('checkoutSession', session.id, { customerDetails: null, shippingDetails: null });
  }
  for (const taxId of changes.rows.where('taxId', ({ deleted }) => !deleted)) changes.patch('taxId', taxId.id, { deleted: true });
}
