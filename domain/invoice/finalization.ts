/**
 * What turns a draft into a demand for money: its number, the customer's credits and balance, the payment intent. Nothing is due after the
 * balance: it is paid at once.
 */
import { settingsOf } from '../rows/account';
import { BillingError } from '../core/errors';
import type { Customer } from '../rows/customer';
import type { Invoice } from '../rows/invoice';
import { balanceTowards, type BalanceUse } from '../line/balance';
import { useCredits } from './credits';
import { settlePaid } from './settlement';
import { customerDetailsOf, recalculateInvoice } from '../line/draft';
import { postFinalization } from './ledger';
import { newPaymentIntent } from '../payment/intents';
import type { Plan } from '../core/change-set';
import { balanceIn, putBalanceTransaction } from '../customer/balance';
import { recountSpend } from '../usage/spend-recount';
import { recountUsage } from '../usage/billing';
import { assertChargeable } from '../line/amount-limits';

/** Throws invoice_already_finalized, amount_too_large. An invoice without lines is paid at once. */
export function finalizeInvoice(plan: Plan, invoiceId: string): Invoice {
  const draft = plan.rows.get('invoice', invoiceId);
  if (draft.status !== 'draft') throw new BillingError('invoice_already_finalized', 'This invoice is already finalized.');
  if (recountUsage(plan, invoiceId)) recountSpend(plan, draft);
  recalculateInvoice(plan, invoiceId);
  if (plan.context.preview) return plan.rows.get('invoice', invoiceId);
  const invoice = plan.rows.get('invoice', invoiceId);
  assertChargeable(plan.rows, invoice);
  useCredits(plan, invoice);
  const open = plan.patch('invoice', invoiceId, {
    status: 'open',
    number: takeNumber(plan, plan.rows.get('customer', invoice.customer)),
    finalizedAt: plan.now,
    effectiveAt: invoice.effectiveAt ?? plan.now,
    automaticallyFinalizesAt: null,
    lastFinalizationError: null,
    customerDetails: customerDetailsOf(plan.rows.get('customer', invoice.customer)),
    ...useBalance(plan, invoice),
  });
  if (open.amountDue > 0 && open.paymentIntent === null) putInvoiceIntent(plan, open);
  plan.emit('invoice.finalized', 'invoice', invoiceId);
  if (open.amountDue === 0) settlePaid(plan, invoiceId);
  return plan.rows.get('invoice', invoiceId);
}

/** Where nobody is there to refuse to: what cannot be charged at once is for a person to divide. The draft stays, and says why. */
export function finalizeOrLeave(plan: Plan, invoiceId: string): Invoice {
  try {
    return finalizeInvoice(plan, invoiceId);
  } catch (error) {
    if (!(error instanceof BillingError) || error.code !== 'amount_too_large') throw error;
    return leaveAsDraft(plan, invoiceId, error);
  }
}

function leaveAsDraft(plan: Plan, invoiceId: string, { code, message }: BillingError): Invoice {
  plan.patch('invoice', invoiceId, { automaticallyFinalizesAt: null, lastFinalizationError: { code, message } });
  plan.emit('invoice.finalization_failed', 'invoice', invoiceId);
  plan.outcome = `not finalized: ${code}`;
  return plan.rows.get('invoice', invoiceId);
}

/** What was charged before the invoice was final (`error_if_incomplete`) is what is due; balance covers exactly the rest. */
function useBalance(plan: Plan, invoice: Invoice): Partial<Invoice> {
  const customer = plan.rows.get('customer', invoice.customer);
  const startingBalance = balanceIn(customer, invoice.currency);
  const intent = plan.rows.find('paymentIntent', invoice.paymentIntent);
  const { applied, tooSmall, amountDue, endingBalance } = intent
    ? charged(intent.amount, invoice.total, startingBalance)
    : balanceTowards(invoice.total, startingBalance, invoice.currency);
  postFinalization(plan, invoice, applied);
  const change = { currency: invoice.currency, invoice: invoice.id };
  if (applied !== tooSmall) putBalanceTransaction(plan, customer.id, { ...change, amount: applied - tooSmall, type: 'applied_to_invoice' });
  if (tooSmall > 0) putBalanceTransaction(plan, customer.id, { ...change, amount: tooSmall, type: 'invoice_too_small' });
  return { startingBalance, endingBalance, amountDue, amountRemaining: amountDue };
}

function charged(amountDue: number, total: number, balance: number): BalanceUse {
  return { applied: total - amountDue, tooSmall: 0, amountDue, endingBalance: balance + total - amountDue };
}

/** Gapless per customer, or per account where the account numbers all its invoices in one row. */
function takeNumber(plan: Plan, customer: Customer): string {
  const account = plan.rows.get('account', plan.context.account);
  const { numbering, prefix } = settingsOf(account, plan.context).invoices;
  if (numbering === 'account') {
    const counter = plan.context.livemode ? 'nextInvoiceSequence' : 'nextTestInvoiceSequence';
    plan.patch('account', account.id, { [counter]: account[counter] + 1 });
    return `${prefix}-${fourDigits(account[counter])}`;
  }
  plan.patch('customer', customer.id, { nextInvoiceSequence: customer.nextInvoiceSequence + 1 });
  return `${customer.invoicePrefix}-${fourDigits(customer.nextInvoiceSequence)}`;
}

const fourDigits = (sequence: number): string => String(sequence).padStart(4, '0');

/** The payment intent that collects it, and the invoice payment that ties the two. */
export function putInvoiceIntent(plan: Plan, invoice: Invoice): void {
  const intent = newPaymentIntent(plan, {
    customer: invoice.customer,
    amount: invoice.amountDue,
    currency: invoice.currency,
    invoice: invoice.id,
    paymentMethod: null,
    setupFutureUsage: invoice.subscription ? 'off_session' : null,
    paymentMethodTypes: invoice.paymentSettings.payment_method_types ?? ['card'],
    description: descriptionOf(invoice),
  });
  plan.patch('invoice', invoice.id, { paymentIntent: intent.id });
  plan.put('invoicePayment', {
    ...plan.resource('inpay'),
    invoice: invoice.id,
    paymentIntent: intent.id,
    amountRequested: invoice.amountDue,
    amountPaid: null,
    currency: invoice.currency,
    isDefault: true,
    status: 'open',
    paidAt: null,
    canceledAt: null,
  });
}

function descriptionOf(invoice: Invoice): string {
  if (invoice.billingReason === 'subscription_create') return 'Subscription creation';
  if (invoice.billingReason === 'manual' || invoice.billingReason === 'quote_accept')
    return `Payment for Invoice ${invoice.number ?? invoice.id}`;
  return 'Subscription update';
}
