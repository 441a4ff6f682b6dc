/**
 * Collects an open invoice: charges its payment method, records other payments, or gives it up. The payment that made an attempt reports
 * the outcome here.
 */
import { isCollected } from '../invoice-rules/collection';
import { BillingError } from '../core/errors';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import { beginDunning, isRecoverable, noteFailedRetry } from './dunning';
import { followRemaining, receivePayment } from './receiving';
import { endDunning } from '../invoice/dunning-end';
import { finalizeInvoice } from '../invoice/finalization';
import { postAttached, postOutOfBand, postRecovered, postUncollectible } from '../invoice/ledger';
import { pauseUnpaid } from '../invoice/credit-purchase-settlement';
import { settlePaid } from '../invoice/settlement';
import type { Invoice } from '../rows/invoice';
import type { PaymentError, PaymentIntent } from '../rows/payment-intent';
import { debitObstacle } from '../payment/bank-debits';
import { openAttempt } from '../payment/intents';
import { releasePayments } from '../invoice/voiding';
import type { ChangeSet } from '../core/change-set';
import { wakeSubscriptionsOf } from '../core/wakes';

/**
 * Charges the payment method of an invoice that is collected automatically, and does nothing for others. Without a payment method the
 * attempt fails at once.
 */
export function collectInvoice(changes: ChangeSet, invoiceId: string, { offSession }: { offSession: boolean }): void {
  if (changes.context.preview) return;
  const invoice = changes.rows.get('invoice', invoiceId);
  if (!isCollected(changes.rows, invoice)) return;
  const method = paymentMethodOf(changes.rows, invoice);
  const error = method ? debitObstacle(method, invoice.currency) : NO_METHOD;
  if (method && error === null) chargeInvoice(changes, invoice, { offSession, paymentMethod: method.id });
  else invoicePaymentFailed(changes, invoiceId, { error, requiresAction: false });
}

/**
 * Opens an attempt at the invoice's payment, however it is collected. The workflow that runs this commit makes the charge.
 *
 * @throws BillingError resource_missing if the customer is deleted, payment_attempt_in_progress, payment_method_unusable
 */
export function chargeInvoice(changes: ChangeSet, invoice: Invoice, by: { offSession: boolean; paymentMethod: string }): void {
  if (invoice.paymentIntent === null) throw new Error(`invoice ${invoice.id} has nothing due`);
  openAttempt(changes, { intent: invoice.paymentIntent, ...by, workflow: changes.context.workflow });
}

const NO_METHOD: PaymentError = {
  type: 'invalid_request_error',
  code: 'payment_intent_payment_attempt_failed',
  decline_code: null,
  message: 'The customer has no payment method to charge.',
  payment_method: null,
  charge: null,
};

/**
 * An intent has received money: the invoice that it was made for, or that it was attached to, receives it. An intent without an invoice pays
 * nobody's.
 *
 * @param amount minor units, as the charge posted them
 */
export function intentPaid(changes: ChangeSet, { id, invoice: own }: PaymentIntent, amount: number): void {
  if (own !== null) {
    if (changes.rows.get('invoice', own).status === 'draft') finalizeInvoice(changes, own);
    const { attemptCount } = changes.rows.get('invoice', own);
    changes.patch('invoice', own, { attemptCount: Math.max(1, attemptCount) });
  }
  const payment = changes.rows.first('invoicePayment', (each) => each.paymentIntent === id && each.status === 'open');
  if (!payment) return;
  if (own === null) postAttached(changes, changes.rows.get('invoice', payment.invoice), amount);
  receivePayment(changes, payment, amount);
}

/** A bank collects the invoice: it is final and stays open, and nothing else charges it until the bank has decided. */
export function noteDebit(changes: ChangeSet, invoiceId: string): void {
  if (changes.rows.get('invoice', invoiceId).status === 'draft') finalizeInvoice(changes, invoiceId);
  const before = changes.rows.get('invoice', invoiceId);
  const change = { attempted: true, attemptCount: Math.max(1, before.attemptCount), nextPaymentAttempt: null };
  const invoice = changes.patch('invoice', invoiceId, change);
  changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
  wakeSubscriptionsOf(changes, invoice);
}

/** Records that an attempt has failed, or waits for the payer: emits the event, and starts dunning if the invoice is recoverable. */
export function invoicePaymentFailed(
  changes: ChangeSet,
  invoiceId: string,
  failure: { error: PaymentError | null; requiresAction: boolean },
): void {
  followRemaining(changes, invoiceId);
  const before = changes.rows.get('invoice', invoiceId);
  if (before.status !== 'open' || before.hidden) return;
  const invoice = changes.patch('invoice', invoiceId, { attempted: true, attemptCount: Math.max(1, before.attemptCount) });
  const dunning = changes.rows.find('dunning', invoiceId);
  if (dunning?.status === 'running') noteFailedRetry(changes, invoice, failure.error);
  else if (isRecoverable(changes.rows, invoice)) beginDunning(changes, invoice, failure.error);
  if (!changes.rows.get('customer', invoice.customer).delinquent) changes.patch('customer', invoice.customer, { delinquent: true });
  changes.emit(failure.requiresAction ? 'invoice.payment_action_required' : 'invoice.payment_failed', 'invoice', invoiceId);
  changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
  pauseUnpaid(changes, invoiceId, failure.requiresAction ? 'payment_action_required' : 'payment_failed');
  wakeSubscriptionsOf(changes, invoice);
}

/** @throws BillingError invoice_not_payable unless it is open or uncollectible */
export function payOutOfBand(changes: ChangeSet, invoiceId: string): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  const { status, amountRemaining, amountPaidOffStripe } = invoice;
  if (status === 'uncollectible') postRecovered(changes, invoice, amountRemaining);
  releasePayments(changes, invoice);
  postOutOfBand(changes, invoice, amountRemaining);
  settlePaid(changes, invoiceId, { paidOutOfBand: true, amountPaidOffStripe: amountPaidOffStripe + amountRemaining });
}

/** Gives the invoice up as bad debt; it can still be paid or voided. */
export function markUncollectible(changes: ChangeSet, invoiceId: string): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  if (invoice.status !== 'open') {
    throw new BillingError('invoice_not_payable', `You can only mark open invoices as uncollectible; this one is ${invoice.status}.`);
  }
  postUncollectible(changes, invoice);
  const change = { status: 'uncollectible', markedUncollectibleAt: changes.now, nextPaymentAttempt: null, autoAdvance: false } as const;
  changes.patch('invoice', invoiceId, change);
  endDunning(changes, invoiceId, 'stopped');
  changes.emit('invoice.marked_uncollectible', 'invoice', invoiceId);
  wakeSubscriptionsOf(changes, invoice);
}

/** Stops automatic collection because the subscription has ended. The invoice stays open and can be paid by hand. */
export function stopCollecting(changes: ChangeSet, invoiceId: string): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  if (invoice.status !== 'open' && invoice.status !== 'draft') return;
  changes.patch('invoice', invoiceId, { autoAdvance: false, nextPaymentAttempt: null, automaticallyFinalizesAt: null });
  endDunning(changes, invoiceId, 'stopped');
  changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
}
