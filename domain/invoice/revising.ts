/**
 * Revisions: a draft with the lines of a final invoice, which replaces it. The original becomes void when the revision becomes final, so that
 * the customer never owes both. Credit notes and payments do not move to the revision.
 */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { Invoice } from '../rows/invoice';
import { voidInvoice } from './voiding';

/**
 * Subscriptions' invoices follow their subscription, so they are not revised.
 *
 * @throws BillingError parameter_invalid
 */
export function refuseUnrevisable(invoice: Invoice): void {
  const problem = problemOf(invoice);
  if (problem === null) return;
  throw new BillingError('parameter_invalid', `Invoice ${invoice.id} cannot be revised, because ${problem}.`, {
    param: 'from_invoice[invoice]',
  });
}

function problemOf({ status, subscription, amountPaid }: Invoice): string | null {
  if (subscription !== null) return 'it is the invoice of a subscription';
  if (status !== 'open' && status !== 'uncollectible') return `it is ${status}; only open or uncollectible invoices can be revised`;
  return amountPaid > 0 ? 'it is partly paid; issue a credit note instead' : null;
}

/**
 * Voids the invoice that this draft revises, and links both. The balance and credits that the original used are the customer's again.
 *
 * @throws BillingError parameter_invalid if the original was paid or voided meanwhile, payment_attempt_in_progress
 */
export function replaceRevised(changes: ChangeSet, { id, fromInvoice }: Invoice): void {
  if (fromInvoice === null) return;
  const original = changes.rows.get('invoice', fromInvoice);
  refuseUnrevisable(original);
  voidInvoice(changes, original.id);
  const earlier = changes.rows.where('invoice', (each) => each.id === original.id || each.latestRevision === original.id);
  for (const { id: revised } of earlier) changes.patch('invoice', revised, { latestRevision: id });
  changes.wake('invoice', original.id, original);
}
