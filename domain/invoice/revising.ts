/**
 * Revisions: a draft with the lines of a final invoice, which replaces it. The original becomes void when the revision becomes final, so that
 * the customer never owes both. Credit notes and payments do not move to the revision.
 */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { inProgress, isInFlight } from '../payment/intents';
import { isCreditedWhole } from '../line/issued-notes';
import { subscriptionsOf, type Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import { voidInvoice } from './voiding';

/**
 * Why an invoice cannot be revised; null if it can. Subscriptions' invoices follow their subscription, so they are not revised.
 */
function refusalToRevise(invoice: Invoice): BillingError | null {
  const problem = problemOf(invoice);
  if (problem === null) return null;
  const message = `Invoice ${invoice.id} cannot be revised, because ${problem}.`;
  return new BillingError('parameter_invalid', message, { param: 'from_invoice[invoice]' });
}

/** @throws BillingError parameter_invalid */
export function refuseUnrevisable(invoice: Invoice): void {
  const refusal = refusalToRevise(invoice);
  if (refusal !== null) throw refusal;
}

function problemOf(invoice: Invoice): string | null {
  const { status, amountPaid } = invoice;
  if (subscriptionsOf(invoice).length > 0) return 'it is the invoice of a subscription';
  if (status !== 'open' && status !== 'uncollectible') return `it is ${status}; only open or uncollectible invoices can be revised`;
  return amountPaid > 0 ? 'it is partly paid; issue a credit note instead' : null;
}

/**
 * Why a draft cannot replace the invoice that it revises: that one was paid or voided meanwhile, or is being paid now. Null if it can, or if
 * it revises none.
 */
export function refusalToReplace(rows: Rows, { fromInvoice }: Invoice): BillingError | null {
  const original = rows.find('invoice', fromInvoice);
  if (!original || isCreditedWhole(rows, original)) return null;
  const refusal = refusalToRevise(original);
  if (refusal !== null || original.paymentIntent === null) return refusal;
  return isInFlight(rows, original.paymentIntent) ? inProgress({ id: original.paymentIntent }) : null;
}

/**
 * Voids the invoice that this draft revises, and links both. The balance and credits that the original used are the customer's again. An
 * original that was credited whole is only linked.
 *
 * @throws BillingError as `refusalToReplace`
 */
export function replaceRevised(changes: ChangeSet, draft: Invoice): void {
  const { id, fromInvoice } = draft;
  if (fromInvoice === null) return;
  const refusal = refusalToReplace(changes.rows, draft);
  if (refusal !== null) throw refusal;
  const original = changes.rows.get('invoice', fromInvoice);
  const isVoided = !isCreditedWhole(changes.rows, original);
  if (isVoided) voidInvoice(changes, original.id);
  const earlier = changes.rows.where('invoice', (each) => each.id === original.id || each.latestRevision === original.id);
  for (const { id: revised } of earlier) changes.patch('invoice', revised, { latestRevision: id });
  if (isVoided) changes.wake('invoice', original.id, original);
  else changes.emitUpdated('invoice.updated', 'invoice', original.id);
}
