/**
 * Erases what a customer, or a guest, has told the seller about itself. Final invoices, credit notes and tax records stay as the law of bookkeeping asks.
 * Mandates, evidence in disputes and declarations stay as long as they are proof (`db/retention.ts`).
 */
import type { ChangeSet } from '../core/change-set';
import { closeReview } from '../fraud/review-endings';
import type { MailContent } from '../rows/mail';
import type { IntentOptions } from '../rows/payment-intent';
import type { Metadata, Shipping } from '../rows/resource';
import { closeTicket } from '../support/tickets';
import { deleteCustomer } from './changes';
import { NO_BILLING_DETAILS } from './payment-methods';
import { wordsOf } from './words-of-person';

/**
 * Deletes the customer, if it is not yet, and empties its details wherever they are not part of the books. Its key is destroyed, so that nobody reads
 * any more who it was in copies that cannot be changed.
 */
export function eraseCustomer(changes: ChangeSet, id: string): void {
  changes.forgotten = wordsOf(changes.rows);
  if (!changes.rows.get('customer', id).deleted) deleteCustomer(changes, id);
  changes.patch('customer', id, {
    ...{ name: null, email: null, phone: null, description: null, address: null, shipping: null, taxIpAddress: null },
    invoiceSettings: { ...changes.rows.get('customer', id).invoiceSettings, custom_fields: null },
    metadata: {},
  });
  changes.erased.add(id);
  for (const { id: taxId } of changes.rows.all('taxId')) changes.patch('taxId', taxId, { deleted: true, value: '' });
  eraseRows(changes);
}

/** Empties what guests with an address have said of themselves. They have no key: what events say of them is emptied, too. */
export function eraseGuest(changes: ChangeSet, email: string): void {
  changes.forgotten = wordsOf(changes.rows).add(email);
  eraseRows(changes);
}

function eraseRows(changes: ChangeSet): void {
  erasePayments(changes);
  erasePurchases(changes);
  for (const { id } of changes.rows.all('licenseActivation')) {
    changes.patch('licenseActivation', id, { deleted: true, fingerprint: '', name: null });
  }
  eraseReviews(changes);
  eraseNotes(changes);
  eraseMails(changes);
  eraseTickets(changes);
}

function erasePayments(changes: ChangeSet): void {
  for (const method of changes.rows.all('paymentMethod')) changes.patch('paymentMethod', method.id, { billingDetails: NO_BILLING_DETAILS });
  for (const charge of changes.rows.all('charge')) {
    const metadata = withoutPlace(charge.metadata);
    changes.patch('charge', charge.id, { billingDetails: NO_BILLING_DETAILS, receiptEmail: null, shipping: null, metadata });
  }
  for (const { id, metadata, nextAction: next, paymentMethodOptions: options } of changes.rows.all('paymentIntent')) {
    changes.patch('paymentIntent', id, {
      ...{ receiptEmail: null, shipping: null, metadata: withoutPlace(metadata), paymentMethodOptions: withoutConfirmation(options) },
      nextAction: next?.type === 'pay_voucher' ? { ...next, confirmation: null } : next,
    });
  }
  for (const { id, metadata } of changes.rows.all('setupIntent')) changes.patch('setupIntent', id, { metadata: withoutPlace(metadata) });
  for (const { id, paymentMethodDetails: details } of changes.rows.all('paymentRecord')) {
    changes.patch('paymentRecord', id, {
      customerDetails: { email: null, name: null, phone: null },
      paymentMethodDetails: { ...details, billing_details: null },
      shipping: null,
    });
  }
  for (const { id, preview } of changes.rows.all('confirmationToken')) {
    changes.patch('confirmationToken', id, { preview: { ...preview, billing_details: NO_BILLING_DETAILS }, shipping: null });
  }
  for (const { id, customerDetails } of changes.rows.all('requestedTaxCalculation')) {
    changes.patch('requestedTaxCalculation', id, { customerDetails: { ...customerDetails, address: null, ip_address: null, tax_ids: [] } });
  }
}

const withoutPhone = (shipping: Shipping | null): Shipping | null => shipping && { ...shipping, phone: null };

/** Rules look for the payer's IP address in the metadata of a payment. */
const withoutPlace = (metadata: Metadata): Metadata => Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== 'ip_address'));

/** Most payers give their phone number to Konbini. */
function withoutConfirmation(options: IntentOptions | null): IntentOptions | null {
  return options?.konbini ? { ...options, konbini: { ...options.konbini, confirmation_number: null } } : options;
}

/** Law asks for the name and the address on an invoice, and for no way to reach its buyer. */
function erasePurchases(changes: ChangeSet): void {
  for (const { id, customerDetails, shippingDetails } of changes.rows.all('invoice')) {
    changes.patch('invoice', id, {
      customerDetails: { ...customerDetails, email: null, phone: null, shipping: withoutPhone(customerDetails.shipping) },
      shippingDetails: withoutPhone(shippingDetails),
    });
  }
  for (const { id, cancellationDetails } of changes.rows.all('subscription')) {
    changes.patch('subscription', id, { cancellationDetails: { ...cancellationDetails, comment: null } });
  }
  for (const { id, settings } of changes.rows.all('checkoutSession')) {
    const intent = settings.payment_intent_data;
    changes.patch('checkoutSession', id, {
      ...{ buyerIp: null, customerDetails: null, shippingDetails: null, customFields: settings.custom_fields },
      settings: {
        ...settings,
        customer_email: null,
        payment_method_options: withoutConfirmation(settings.payment_method_options),
        payment_intent_data: intent && { ...intent, receipt_email: null, shipping: null },
      },
    });
  }
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

/** What people of the seller have written about the person, and what files of evidence are called. */
function eraseNotes(changes: ChangeSet): void {
  for (const { id } of changes.rows.all('task')) changes.patch('task', id, { note: null });
  for (const { id } of changes.rows.all('file')) changes.patch('file', id, { filename: null });
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
