/**
 * Getting an open invoice paid: by its payment method, or in other ways, or giving it up. What the attempt came to is told here by
 * the payment that made it.
 */
import { isCollected } from '../invoice-rules/collection';
import { BillingError } from '../core/errors';
import { beginDunning, isRecoverable, noteFailedRetry } from './dunning';
import { endDunning } from '../invoice/dunning-end';
import { finalizeInvoice } from '../invoice/finalization';
import { postOutOfBand, postRecoveredDebt, postUncollectible, postVoid } from '../invoice/ledger';
import { giveCreditsBack } from '../invoice/credits';
import { cancelPurchase, pauseUnpaid } from '../invoice/credit-purchase-settlement';
import { settlePaid } from '../invoice/settlement';
import type { Invoice } from '../rows/invoice';
import { putBalanceTransaction } from '../customer/balance';
import type { PaymentError } from '../rows/payment-intent';
import type { PaymentMethod } from '../rows/payment-method';
import { cancelIntent, openAttempt } from '../payment/intents';
import type { Plan } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { wakeSubscription } from '../core/wakes';

/** What is charged by default: the invoice's own method, else the subscription's, else the customer's. */
export function paymentMethodOf(rows: Rows, invoice: Invoice): PaymentMethod | undefined {
  const subscription = rows.find('subscription', invoice.subscription);
  const customer = rows.get('customer', invoice.customer);
  const id = invoice.defaultPaymentMethod ?? subscription?.defaultPaymentMethod ?? customer.invoiceSettings.default_payment_method;
  return rows.find('paymentMethod', id);
}

/** What a subscription's next invoice would be charged by. */
export function paymentMethodOfSubscription(rows: Rows, subscription: Subscription): PaymentMethod | undefined {
  const customer = rows.get('customer', subscription.customer);
  return rows.find('paymentMethod', subscription.defaultPaymentMethod ?? customer.invoiceSettings.default_payment_method);
}

/** Charges what is collected automatically, by its payment method; without any, the attempt has failed already. Leaves alone what is not. */
export function collectInvoice(plan: Plan, invoiceId: string, { offSession }: { offSession: boolean }): void {
  if (plan.context.preview) return;
  const invoice = plan.rows.get('invoice', invoiceId);
  if (!isCollected(plan.rows, invoice)) return;
  const method = paymentMethodOf(plan.rows, invoice);
  if (method) chargeInvoice(plan, invoice, { offSession, paymentMethod: method.id });
  else invoicePaymentFailed(plan, invoiceId, { error: NO_METHOD, requiresAction: false });
}

/**
 * Opens an attempt at the invoice's payment, however it is collected; the workflow that commits this makes the charge.
 *
 * @throws resource_missing where the customer is deleted, payment_attempt_in_progress, payment_method_unusable
 */
export function chargeInvoice(plan: Plan, invoice: Invoice, by: { offSession: boolean; paymentMethod: string }): void {
  if (invoice.paymentIntent === null) throw new Error(`invoice ${invoice.id} has nothing due`);
  openAttempt(plan, { intent: invoice.paymentIntent, ...by, workflow: plan.context.workflow });
}

const NO_METHOD: PaymentError = {
  type: 'invalid_request_error',
  code: 'payment_intent_payment_attempt_failed',
  decline_code: null,
  message: 'The customer has no payment method to charge.',
  payment_method: null,
  charge: null,
};

/** A payment of the invoice has succeeded; the payment posts the money, this says what it paid for. */
export function invoicePaid(plan: Plan, invoiceId: string): void {
  if (plan.rows.get('invoice', invoiceId).status === 'draft') finalizeInvoice(plan, invoiceId);
  const invoice = plan.rows.get('invoice', invoiceId);
  if (invoice.status === 'uncollectible') postRecoveredDebt(plan, invoice);
  for (const payment of plan.rows.where('invoicePayment', (each) => each.invoice === invoiceId && each.status === 'open')) {
    plan.patch('invoicePayment', payment.id, { status: 'paid', paidAt: plan.now, amountPaid: invoice.amountRemaining });
  }
  settlePaid(plan, invoiceId, { attemptCount: Math.max(1, invoice.attemptCount) });
}

/** An attempt at it has failed, or waits for the payer: it is told, and its recovery begins where there is one. */
export function invoicePaymentFailed(
  plan: Plan,
  invoiceId: string,
  failure: { error: PaymentError | null; requiresAction: boolean },
): void {
  const before = plan.rows.get('invoice', invoiceId);
  if (before.status !== 'open' || before.hidden) return;
  const invoice = plan.patch('invoice', invoiceId, { attempted: true, attemptCount: Math.max(1, before.attemptCount) });
  const dunning = plan.rows.find('dunning', invoiceId);
  if (dunning?.status === 'running') noteFailedRetry(plan, invoice, failure.error);
  else if (isRecoverable(plan.rows, invoice)) beginDunning(plan, invoice, failure.error);
  if (!plan.rows.get('customer', invoice.customer).delinquent) plan.patch('customer', invoice.customer, { delinquent: true });
  plan.emit(failure.requiresAction ? 'invoice.payment_action_required' : 'invoice.payment_failed', 'invoice', invoiceId);
  plan.emitUpdated('invoice.updated', 'invoice', invoiceId);
  pauseUnpaid(plan, invoiceId, failure.requiresAction ? 'payment_action_required' : 'payment_failed');
  wakeSubscription(plan, invoice.subscription);
}

/** Throws invoice_not_payable unless it is open or uncollectible. */
export function payOutOfBand(plan: Plan, invoiceId: string): void {
  const invoice = plan.rows.get('invoice', invoiceId);
  if (invoice.status === 'uncollectible') postRecoveredDebt(plan, invoice);
  releaseIntent(plan, invoice);
  postOutOfBand(plan, invoice);
  settlePaid(plan, invoiceId, { paidOutOfBand: true, amountPaid: invoice.amountRemaining });
}

/** Final: nothing was ever owed. Balance and credits that it used are given back. Throws invoice_not_payable where it is a draft or paid. */
export function voidInvoice(plan: Plan, invoiceId: string): void {
  const invoice = plan.rows.get('invoice', invoiceId);
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw new BillingError('invoice_not_payable', `You can only void open or uncollectible invoices; this one is ${invoice.status}.`);
  }
  releaseIntent(plan, invoice);
  if (invoice.status === 'uncollectible') postRecoveredDebt(plan, invoice);
  postVoid(plan, invoice);
  giveBalanceBack(plan, invoice);
  giveCreditsBack(plan, invoice);
  plan.patch('invoice', invoiceId, { status: 'void', voidedAt: plan.now, nextPaymentAttempt: null, autoAdvance: false });
  endDunning(plan, invoiceId, 'stopped');
  plan.emit('invoice.voided', 'invoice', invoiceId);
  cancelPurchase(plan, invoiceId);
  wakeSubscription(plan, invoice.subscription);
}

/** Given up as bad debt; it can still be paid or voided. */
export function markUncollectible(plan: Plan, invoiceId: string): void {
  const invoice = plan.rows.get('invoice', invoiceId);
  if (invoice.status !== 'open') {
    throw new BillingError('invoice_not_payable', `You can only mark open invoices as uncollectible; this one is ${invoice.status}.`);
  }
  postUncollectible(plan, invoice);
  const change = { status: 'uncollectible', markedUncollectibleAt: plan.now, nextPaymentAttempt: null, autoAdvance: false } as const;
  plan.patch('invoice', invoiceId, change);
  endDunning(plan, invoiceId, 'stopped');
  plan.emit('invoice.marked_uncollectible', 'invoice', invoiceId);
  wakeSubscription(plan, invoice.subscription);
}

/** Nobody collects it any more, but it stays open and can be paid by hand: its subscription has ended. */
export function stopCollecting(plan: Plan, invoiceId: string): void {
  const invoice = plan.rows.get('invoice', invoiceId);
  if (invoice.status !== 'open' && invoice.status !== 'draft') return;
  plan.patch('invoice', invoiceId, { autoAdvance: false, nextPaymentAttempt: null, automaticallyFinalizesAt: null });
  endDunning(plan, invoiceId, 'stopped');
  plan.emitUpdated('invoice.updated', 'invoice', invoiceId);
}

/** An intent that nobody may pay any more; an attempt that is on its way refuses. */
function releaseIntent(plan: Plan, invoice: Invoice): void {
  const intent = plan.rows.find('paymentIntent', invoice.paymentIntent);
  if (!intent || intent.status === 'canceled' || intent.status === 'succeeded') return;
  cancelIntent(plan, intent.id, 'void_invoice');
  for (const payment of plan.rows.where('invoicePayment', (each) => each.invoice === invoice.id && each.status === 'open')) {
    plan.patch('invoicePayment', payment.id, { status: 'canceled', canceledAt: plan.now });
  }
}

function giveBalanceBack(plan: Plan, invoice: Invoice): void {
  const used = invoice.total - invoice.amountDue;
  if (used === 0) return;
  const change = { amount: -used, currency: invoice.currency, type: 'unapplied_from_invoice', invoice: invoice.id } as const;
  putBalanceTransaction(plan, invoice.customer, change);
  const entry = { currency: invoice.currency, invoice: invoice.id };
  plan.post('balance_unapplied', invoice.id, invoice.customer, [
    { ...entry, ledgerAccount: 'customer_balance', amount: -used },
    { ...entry, ledgerAccount: 'receivable', amount: used },
  ]);
}
