/**
 * Erases what a customer has told the seller about itself. Final invoices, credit notes and tax records stay as the law of bookkeeping asks, and so do
 * declarations, which are proof.
 */
import type { ChangeSet } from '../core/change-set';
import { closeReview } from '../fraud/review-endings';
import type { MailContent } from '../rows/mail';
import { closeTicket } from '../support/tickets';
import { deleteCustomer } from './changes';
import { NO_BILLING_DETAILS } from './payment-methods';

/** Deletes the customer, if it is not yet, and empties its details wherever they are not part of the books. */
export function eraseCustomer(changes: ChangeSet, id: string): void {
  if (!changes.rows.get('customer', id).deleted) deleteCustomer(changes, id);
  changes.patch('customer', id, {
    ...{ name: null, email: null, phone: null, description: null, address: null, shipping: null, taxIpAddress: null },
    metadata: {},
  });
  for (const method of changes.rows.all('paymentMethod')) changes.patch('paymentMethod', method.id, { billingDetails: NO_BILLING_DETAILS });
  for (const charge of changes.rows.all('charge')) {
    changes.patch('charge', charge.id, { billingDetails: NO_BILLING_DETAILS, receiptEmail: null, shipping: null });
  }
  for (const intent of changes.rows.all('paymentIntent')) changes.patch('paymentIntent', intent.id, { receiptEmail: null, shipping: null });
  for (const session of changes.rows.all('checkoutSession')) {
    changes.patch('checkoutSession', session.id, { customerDetails: null, shippingDetails: null });
  }
  for (const taxId of changes.rows.where('taxId', ({ deleted }) => !deleted)) changes.patch('taxId', taxId.id, { deleted: true });
  for (const { id: activation } of changes.rows.all('licenseActivation')) {
    changes.patch('licenseActivation', activation, { deleted: true, fingerprint: '', name: null });
  }
  eraseReviews(changes);
  eraseMails(changes);
  eraseTickets(changes);
}

/** Nobody can decide on a payer of whom nothing is known. What rules have decided stays, without the values at which they looked. */
function eraseReviews(changes: ChangeSet): void {
  for (const { id, charge } of changes.rows.all('review')) {
    changes.patch('review', id, { billingZip: null });
    closeReview(changes, charge, 'redacted');
  }
  for (const { id } of changes.rows.all('fraudDecision')) changes.patch('fraudDecision', id, { values: {} });
  for (const { id } of changes.rows.all('paymentEvaluation')) changes.patch('paymentEvaluation', id, { details: {} });
}

const NO_WORDS: MailContent = { subject: '', text: '', html: '' };

/** It stays that and when the customer was told, and that it does not want to be written to. A mail that waits is not sent any more. */
function eraseMails(changes: ChangeSet): void {
  for (const { id, status } of changes.rows.all('mail')) {
    changes.patch('mail', id, {
      ...{ recipient: '', locales: [], facts: {}, problem: null, content: NO_WORDS },
      ...(status === 'pending' ? { status: 'kept', nextTryAt: null } : {}),
    });
  }
  for (const { id } of changes.rows.where('mailSuppression', ({ reason }) => reason === 'bounce')) {
    changes.patch('mailSuppression', id, { deleted: true, email: '' });
  }
}

/** It stays how soon questions were answered. Nobody waits for an answer any more. */
function eraseTickets(changes: ChangeSet): void {
  for (const { id } of changes.rows.all('supportMessage')) {
    changes.patch('supportMessage', id, { message: '', name: null, mailId: null });
  }
  for (const { id } of changes.rows.all('supportTicket')) {
    changes.patch('supportTicket', id, { subject: '', email: null });
    closeTicket(changes, id);
  }
}
