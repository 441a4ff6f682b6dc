/** Voids final invoices: they were never owed. */
import { wakeSubscriptionsOf } from '../core/wakes';
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { putBalanceTransaction } from '../customer/balance';
import { cancelIntent } from '../payment/intents';
import type { Invoice } from '../rows/invoice';
import { cancelPurchase } from './credit-purchase-settlement';
import { balanceUsed } from './credited';
import { giveCreditsBack } from './credits';
import { endDunning } from './dunning-end';
import { postRestoredDebt, postVoid } from './ledger';
import { recordAtProvider } from './tax-records';

/**
 * Voids a final invoice: it was never owed. The balance and credits that it used are given back.
 *
 * @throws BillingError invoice_not_payable if it is a draft, or paid wholly or in part
 */
export function voidInvoice(changes: ChangeSet, invoiceId: string): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw new BillingError('invoice_not_payable', `You can only void open or uncollectible invoices; this one is ${invoice.status}.`);
  }
  refusePartlyPaid(invoice);
  releasePayments(changes, invoice);
  if (invoice.status === 'uncollectible') postRestoredDebt(changes, invoice);
  postVoid(changes, invoice);
  recordAtProvider(changes, invoiceId, 'void');
  giveBalanceBack(changes, invoice);
  giveCreditsBack(changes, invoice);
  changes.patch('invoice', invoiceId, { status: 'void', voidedAt: changes.now, nextPaymentAttempt: null, autoAdvance: false });
  endDunning(changes, invoiceId, 'stopped');
  changes.emit('invoice.voided', 'invoice', invoiceId);
  cancelPurchase(changes, invoiceId);
  wakeSubscriptionsOf(changes, invoice);
}

/** Its payments would be left without a purpose. A credit note takes back the rest, and gives back what was paid. */
function refusePartlyPaid({ id, amountPaid }: Invoice): void {
  if (amountPaid === 0) return;
  const message = `Invoice ${id} cannot be voided, because ${String(amountPaid)} of it was paid. Issue a credit note instead.`;
  throw new BillingError('invoice_not_payable', message);
}

/**
 * Cancels an invoice's intent, so that it can no longer be paid, and lets go of attached payments that have brought nothing yet.
 *
 * @throws BillingError payment_attempt_in_progress
 */
export function releasePayments(changes: ChangeSet, invoice: Invoice): void {
  const intent = changes.rows.find('paymentIntent', invoice.paymentIntent);
  if (intent && intent.status !== 'canceled' && intent.status !== 'succeeded') cancelIntent(changes, intent.id, 'void_invoice');
  for (const payment of changes.rows.where('invoicePayment', (each) => each.invoice === invoice.id && each.status === 'open')) {
    changes.patch('invoicePayment', payment.id, { status: 'canceled', canceledAt: changes.now });
  }
}

function giveBalanceBack(changes: ChangeSet, invoice: Invoice): void {
  const used = balanceUsed(invoice);
  if (used === 0) return;
  const change = { amount: -used, currency: invoice.currency, type: 'unapplied_from_invoice', invoice: invoice.id } as const;
  putBalanceTransaction(changes, invoice.customer, change);
  const entry = { currency: invoice.currency, invoice: invoice.id };
  changes.post('balance_unapplied', invoice.id, invoice.customer, [
    { ...entry, ledgerAccount: 'customer_balance', amount: -used },
    { ...entry, ledgerAccount: 'receivable', amount: used },
  ]);
}
