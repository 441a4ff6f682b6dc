/**
 * Makes a draft final: assigns its number, uses the customer's credits and balance, creates the payment intent. If the balance covers
 * everything, the invoice is paid at once.
 */
import { BillingError, type BillingErrorCode } from '../core/errors';
import { statementOf } from '../invoice-rules/statement';
import { subscriptionsOf, type Invoice } from '../rows/invoice';
import type { PaymentIntent } from '../rows/payment-intent';
import { balanceTowards, type BalanceUse } from '../line/balance';
import { useCredits } from './credits';
import { refusalToReplace, replaceRevised } from './revising';
import { settlePaid } from './settlement';
import { settleCredits } from '../line/credit-terms';
import { customerDetailsOf } from '../line/draft';
import { nationalTaxAtFinalization } from './national-tax';
import { invoiceSettings, takeNumber } from './numbering';
import { keepLocationEvidence } from './location-evidence';
import { countWithTax, isUnavailable, switchTaxOff, taxDeadline } from './tax';
import { recordAtProvider } from './tax-records';
import { postFinalization } from './ledger';
import { newPaymentIntent, type NewPaymentIntent } from '../payment/intents';
import type { ChangeSet } from '../core/change-set';
import { reminderOf } from '../invoice-rules/due-date';
import { sellerDetailsOf } from '../invoice-rules/wording';
import { balanceIn, putBalanceTransaction } from '../customer/balance';
import { taxIdsOf } from '../customer/tax-ids';
import { assertChargeable } from '../line/amount-limits';

/**
 * An invoice without lines is paid at once.
 *
 * @throws BillingError invoice_already_finalized, amount_too_large, customer_tax_location_invalid, taxes_calculation_failed;
 * parameter_invalid or payment_attempt_in_progress if it revises an invoice that cannot become void
 */
export function finalizeInvoice(changes: ChangeSet, invoiceId: string): Invoice {
  const draft = changes.rows.get('invoice', invoiceId);
  if (draft.status !== 'draft') throw new BillingError('invoice_already_finalized', 'This invoice is already finalized.');
  countWithTax(changes, invoiceId);
  if (changes.context.preview) return changes.rows.get('invoice', invoiceId);
  const invoice = changes.rows.get('invoice', invoiceId);
  assertChargeable(changes.rows, invoice);
  replaceRevised(changes, invoice);
  useCredits(changes, invoice);
  keepLocationEvidence(changes, invoice);
  const open = changes.patch('invoice', invoiceId, {
    status: 'open',
    number: invoice.number ?? takeNumber(changes, changes.rows.get('customer', invoice.customer)),
    finalizedAt: changes.now,
    effectiveAt: invoice.effectiveAt ?? changes.now,
    automaticallyFinalizesAt: null,
    willBeDueAt: reminderOf(invoice, invoiceSettings(changes), changes.now),
    lastFinalizationError: null,
    taxAwaitedSince: null,
    nationalTax: nationalTaxAtFinalization(changes, invoice),
    automaticTax: { ...invoice.automaticTax, status: invoice.automaticTax.enabled ? 'complete' : null },
    customerDetails: customerDetailsOf(changes.rows.get('customer', invoice.customer)),
    customerTaxIds: taxIdsOf(changes.rows, invoice.customer),
    accountTaxIds: invoice.accountTaxIds ?? invoiceSettings(changes).default_account_tax_ids,
    sellerDetails: sellerDetailsOf(changes.rows),
    ...useBalance(changes, invoice),
  });
  settleCredits(changes, invoiceId);
  if (open.amountDue > 0 && open.paymentIntent === null) putInvoiceIntent(changes, open);
  recordAtProvider(changes, invoiceId, 'sale');
  changes.emit('invoice.finalized', 'invoice', invoiceId);
  if (open.amountDue === 0) settlePaid(changes, invoiceId);
  return changes.rows.get('invoice', invoiceId);
}

/**
 * Finalizes in a background step, which has no caller to refuse. If the amount is too large for one charge, if the customer's place for
 * automatic tax is unknown, or if the invoice that it revises can no longer be replaced, the draft stays, with the reason in
 * `last_finalization_error`. An invoice of a subscription goes out all the
 * same in the second case, without tax, and automatic tax is switched off. If the tax provider is unavailable, the draft stays and is tried
 * again.
 */
export function finalizeOrLeave(changes: ChangeSet, invoiceId: string): Invoice {
  const unrevisable = refusalToReplace(changes.rows, changes.rows.get('invoice', invoiceId));
  if (unrevisable !== null) return leaveAsDraft(changes, invoiceId, unrevisable);
  try {
    return finalizeInvoice(changes, invoiceId);
  } catch (error) {
    if (isUnavailable(error)) return waitForTax(changes, invoiceId, error);
    if (!(error instanceof BillingError) || !LEAVES_A_DRAFT.includes(error.code)) throw error;
    const subscriptions = subscriptionsOf(changes.rows.get('invoice', invoiceId));
    if (error.code !== 'customer_tax_location_invalid' || subscriptions.length === 0) return leaveAsDraft(changes, invoiceId, error);
    switchTaxOff(changes, invoiceId, 'finalization_requires_location_inputs');
    for (const subscription of subscriptions) {
      changes.patch('subscription', subscription, { automaticTax: { enabled: false, disabled_reason: 'requires_location_inputs' } });
    }
    changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
    return finalizeOrLeave(changes, invoiceId);
  }
}

const LEAVES_A_DRAFT: readonly BillingErrorCode[] = ['amount_too_large', 'customer_tax_location_invalid'];

/** The first tries follow each other closely: after as long as the draft has already waited, but at least and at most so many seconds. */
const TAX_PAUSE = { min: 300, max: 3600 };

function waitForTax(changes: ChangeSet, invoiceId: string, { code, message }: BillingError): Invoice {
  const invoice = changes.rows.get('invoice', invoiceId);
  const since = invoice.taxAwaitedSince ?? changes.now;
  const next = changes.now + Math.min(Math.max(changes.now - since, TAX_PAUSE.min), TAX_PAUSE.max);
  changes.patch('invoice', invoiceId, {
    taxAwaitedSince: since,
    automaticallyFinalizesAt: Math.min(next, taxDeadline(changes, invoice) ?? next),
    automaticTax: { ...invoice.automaticTax, status: 'failed' },
    lastFinalizationError: { code, message },
  });
  if (invoice.taxAwaitedSince === null) changes.emit('invoice.finalization_failed', 'invoice', invoiceId);
  changes.outcome = `invoice ${invoiceId} is not finalized: its tax provider is unavailable`;
  return changes.rows.get('invoice', invoiceId);
}

function leaveAsDraft(changes: ChangeSet, invoiceId: string, { code, message }: BillingError): Invoice {
  changes.patch('invoice', invoiceId, { automaticallyFinalizesAt: null, lastFinalizationError: { code, message } });
  changes.emit('invoice.finalization_failed', 'invoice', invoiceId);
  changes.outcome = `not finalized: ${code}`;
  return changes.rows.get('invoice', invoiceId);
}

/** If the invoice was charged before it was final (`error_if_incomplete`), that amount is due, and the balance covers exactly the rest. */
function useBalance(changes: ChangeSet, invoice: Invoice): Partial<Invoice> {
  const customer = changes.rows.get('customer', invoice.customer);
  const startingBalance = balanceIn(customer, invoice.currency);
  const intent = changes.rows.find('paymentIntent', invoice.paymentIntent);
  const { applied, tooSmall, amountDue, endingBalance } = intent
    ? charged(intent.amount, invoice.total, startingBalance)
    : balanceTowards(invoice.total, startingBalance, invoice.currency);
  postFinalization(changes, invoice, applied);
  const change = { currency: invoice.currency, invoice: invoice.id };
  if (applied !== tooSmall)
    putBalanceTransaction(changes, customer.id, { ...change, amount: applied - tooSmall, type: 'applied_to_invoice' });
  if (tooSmall > 0) putBalanceTransaction(changes, customer.id, { ...change, amount: tooSmall, type: 'invoice_too_small' });
  return { startingBalance, endingBalance, amountDue, amountRemaining: amountDue };
}

function charged(amountDue: number, total: number, balance: number): BalanceUse {
  return { applied: total - amountDue, tooSmall: 0, amountDue, endingBalance: balance + total - amountDue };
}

/**
 * Puts the payment intent that collects the invoice, and the invoice payment that links the two.
 *
 * @param own of the intent, in place of what follows from the invoice
 */
export function putInvoiceIntent(changes: ChangeSet, invoice: Invoice, own: Partial<NewPaymentIntent> = {}): PaymentIntent {
  const intent = newPaymentIntent(changes, {
    customer: invoice.customer,
    amount: invoice.amountDue,
    currency: invoice.currency,
    invoice: invoice.id,
    paymentMethod: null,
    setupFutureUsage: subscriptionsOf(invoice).length > 0 ? 'off_session' : null,
    checkoutSession: invoice.hidden ? (changes.rows.find('subscription', invoice.subscription)?.checkoutSession ?? null) : null,
    paymentMethodTypes: invoice.paymentSettings.payment_method_types ?? ['card'],
    description: descriptionOf(invoice),
    ...statementOf(changes.rows, invoice),
    ...own,
  });
  changes.patch('invoice', invoice.id, { paymentIntent: intent.id });
  changes.put('invoicePayment', {
    ...changes.resource('inpay'),
    invoice: invoice.id,
    paymentIntent: intent.id,
    paymentRecord: null,
    amountRequested: intent.amount,
    amountPaid: null,
    currency: invoice.currency,
    isDefault: true,
    status: 'open',
    paidAt: null,
    canceledAt: null,
  });
  return intent;
}

function descriptionOf(invoice: Invoice): string {
  if (invoice.billingReason === 'subscription_create') return 'Subscription creation';
  if (invoice.billingReason === 'manual' || invoice.billingReason === 'quote_accept')
    return `Payment for Invoice ${invoice.number ?? invoice.id}`;
  return 'Subscription update';
}
