/** What can be asked of an invoice, and what it does by itself when its time has come. */
import { discountReferences } from '../discount/references';
import { refuseGone } from '../invoice-rules/collection';
import { BillingError } from '../core/errors';
import type { FinalizeInvoiceParameters, PayInvoiceParameters } from '../invoice/parameters';
import {
  chargeInvoice,
  collectInvoice,
  markUncollectible,
  payOutOfBand,
  paymentMethodOf,
  stopCollecting,
  voidInvoice,
} from '../collection/collection';
import { createInvoice, deleteDraft, updateInvoice } from '../collection/editing';
import { finalizeInvoice, finalizeOrLeave } from '../invoice/finalization';
import type { Invoice } from '../rows/invoice';
import type { Plan } from '../core/change-set';
import type { RowKind } from '../rows/rows';
import type { Step, StepInput } from '../core/steps';
import type { DiscountParameters } from '../rows/subscription-parameters';
import { wakeSubscription } from '../core/wakes';

type Scope = { account: string; livemode: boolean };

export const invoiceSteps: Record<string, Step> = {
  createInvoice: { plan: (plan, input) => createInvoice(plan, input), references: namedRows },
  updateInvoice: { plan: (plan, input) => updateInvoice(plan, idOf(input), input.parameters), references: namedRows },
  deleteInvoice: { plan: (plan, input) => deleteDraft(plan, idOf(input)) },
  finalizeInvoice: {
    plan: (plan, input) => finalizeOnRequest(plan, idOf(input), input.parameters as unknown as FinalizeInvoiceParameters),
  },
  finalizeDraft: { plan: (plan, input) => finalizeAndCollect(plan, idOf(input)) },
  payInvoice: {
    plan: (plan, input) => payInvoice(plan, idOf(input), input.parameters as unknown as PayInvoiceParameters),
    references: namedRows,
  },
  sendInvoice: { plan: (plan, input) => sendInvoice(plan, idOf(input)) },
  voidInvoice: { plan: (plan, input) => voidInvoice(plan, idOf(input)) },
  markInvoiceUncollectible: { plan: (plan, input) => markUncollectible(plan, idOf(input)) },
  stopCollecting: { plan: (plan, input) => stopCollecting(plan, idOf(input)) },
  invoicePastDue: { plan: (plan, input) => markPastDue(plan, idOf(input)) },
};

const idOf = (input: StepInput): string => input.target ?? input.subject;

/** The draft's hour is over: it is finalized, and collected where that is automatic. */
function finalizeAndCollect(plan: Plan, invoiceId: string): void {
  finalizeOrLeave(plan, invoiceId);
  collectInvoice(plan, invoiceId, { offSession: true });
}

/** With `auto_advance` the charge follows within the hour, as Stripe does; without, it waits for somebody. */
function finalizeOnRequest(plan: Plan, invoiceId: string, { auto_advance }: FinalizeInvoiceParameters): void {
  if (auto_advance !== undefined) plan.patch('invoice', invoiceId, { autoAdvance: auto_advance });
  finalizeInvoice(plan, invoiceId);
  collectInvoice(plan, invoiceId, { offSession: true });
}

function payInvoice(plan: Plan, invoiceId: string, parameters: PayInvoiceParameters): void {
  const invoice = plan.rows.get('invoice', invoiceId);
  if (invoice.status === 'paid') {
    if (isPaidAsAsked(plan, invoice, parameters)) return;
    throw new BillingError('invoice_already_paid', 'Invoice is already paid');
  }
  if (invoice.status === 'void') throw new BillingError('invoice_not_payable', 'Invoice is void and cannot be paid.');
  if (!parameters.paid_out_of_band) refuseGone(plan.rows, invoice.customer);
  if (invoice.status === 'draft') finalizeInvoice(plan, invoiceId);
  const open = plan.rows.get('invoice', invoiceId);
  if (open.status === 'paid') return;
  if (parameters.paid_out_of_band) payOutOfBand(plan, invoiceId);
  else payByCard(plan, open, parameters);
}

function payByCard(plan: Plan, invoice: Invoice, { payment_method, off_session }: PayInvoiceParameters): void {
  const method = payment_method ?? paymentMethodOf(plan.rows, invoice)?.id;
  if (method === undefined) throw new BillingError('customer_missing_payment_method', NO_METHOD);
  chargeInvoice(plan, invoice, { offSession: off_session ?? true, paymentMethod: usable(plan, method, invoice.customer) });
}

/** A new card is tried by the invoice's recovery at once: who then asks to pay with that very card has what was asked for. */
function isPaidAsAsked(plan: Plan, invoice: Invoice, { payment_method }: PayInvoiceParameters): boolean {
  const recovered = plan.rows.find('dunning', invoice.id)?.status === 'recovered';
  return (
    recovered && payment_method !== undefined && plan.rows.find('paymentIntent', invoice.paymentIntent)?.paymentMethod === payment_method
  );
}

const NO_METHOD =
  'There is no `default_payment_method` set on this Customer or Invoice. Please set either field with a Payment Method prior to paying the Invoice.';

function usable(plan: Plan, method: string, customer: string): string {
  if (plan.rows.find('paymentMethod', method)?.customer === customer) return method;
  throw new BillingError('resource_missing', `No such PaymentMethod: '${method}'`, { param: 'payment_method' });
}

/** Sends (finalizing first); what sends it is the event, for whoever mails. */
function sendInvoice(plan: Plan, invoiceId: string): void {
  if (plan.rows.get('invoice', invoiceId).status === 'draft') finalizeInvoice(plan, invoiceId);
  const { status } = plan.rows.get('invoice', invoiceId);
  if (status !== 'open' && status !== 'paid') throw new BillingError('invoice_not_editable', `A ${status} invoice cannot be sent.`);
  plan.emit('invoice.sent', 'invoice', invoiceId);
}

/** Sent, and not paid by its due date: its subscription is past due. */
function markPastDue(plan: Plan, invoiceId: string): void {
  const invoice = plan.patch('invoice', invoiceId, { pastDueAt: plan.now });
  plan.emit('invoice.overdue', 'invoice', invoiceId);
  wakeSubscription(plan, invoice.subscription);
}

/** The rows that an invoice's parameters name. */
function namedRows(parameters: Record<string, unknown>, scope: Scope): Partial<Record<RowKind, string[]>> {
  const discounts = (parameters['discounts'] as DiscountParameters[] | null | undefined) ?? [];
  const method = [parameters['payment_method'], parameters['default_payment_method']].filter((id) => typeof id === 'string');
  const { subscription } = parameters;
  return {
    subscription: typeof subscription === 'string' ? [subscription] : [],
    paymentMethod: method,
    taxRate: (parameters['default_tax_rates'] as string[] | null | undefined) ?? [],
    ...discountReferences(discounts, scope),
  };
}
