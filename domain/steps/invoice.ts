/** The steps of an invoice: those that callers request, and those on its agenda. */
import { discountReferences } from '../discount/references';
import { refuseDeletedCustomer } from '../invoice-rules/collection';
import { BillingError } from '../core/errors';
import type {
  CreateInvoiceParameters,
  FinalizeInvoiceParameters,
  PayInvoiceParameters,
  UpdateInvoiceParameters,
} from '../invoice/parameters';
import { attachPayment, type AttachPaymentParameters } from '../collection/attaching';
import { chargeInvoice, collectInvoice, markUncollectible, payOutOfBand, stopCollecting } from '../collection/collection';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import { voidInvoice } from '../invoice/voiding';
import { issueCreditNote } from '../credit-note/issuing';
import type { CreditNoteParameters } from '../credit-note/parameters';
import { voidCreditNote } from '../credit-note/voiding';
import { createInvoice, deleteDraft, updateInvoice } from '../collection/editing';
import { finalizeInvoice, finalizeOrLeave } from '../invoice/finalization';
import type { Invoice } from '../rows/invoice';
import type { ChangeSet } from '../core/change-set';
import { step, type AnyStep, type Named, type StepInput } from '../core/steps';
import { wakeSubscriptionsOf } from '../core/wakes';

export const invoiceSteps: Record<string, AnyStep> = {
  createInvoice: step<CreateInvoiceParameters>({ plan: createInvoice, references: namedRows }),
  updateInvoice: step<UpdateInvoiceParameters>({
    plan: (changes, input) => updateInvoice(changes, idOf(input), input.parameters),
    references: namedRows,
  }),
  deleteInvoice: { plan: (changes, input) => deleteDraft(changes, idOf(input)) },
  finalizeInvoice: step<FinalizeInvoiceParameters>({
    plan: (changes, input) => finalizeOnRequest(changes, idOf(input), input.parameters),
  }),
  finalizeDraft: { plan: (changes, input) => finalizeAndCollect(changes, idOf(input)) },
  payInvoice: step<PayInvoiceParameters>({
    plan: (changes, input) => payInvoice(changes, idOf(input), input.parameters),
    references: namedRows,
  }),
  attachPayment: step<AttachPaymentParameters>({
    plan: (changes, input) => attachPayment(changes, idOf(input), input.parameters),
    references: ({ payment_intent: intent, payment_record: record }) => ({
      paymentIntent: intent === undefined ? [] : [intent],
      paymentRecord: record === undefined ? [] : [record],
    }),
  }),
  sendInvoice: { plan: (changes, input) => sendInvoice(changes, idOf(input)) },
  voidInvoice: { plan: (changes, input) => voidInvoice(changes, idOf(input)) },
  markInvoiceUncollectible: { plan: (changes, input) => markUncollectible(changes, idOf(input)) },
  createCreditNote: step<CreditNoteParameters>({
    plan: (changes, input) => issueCreditNote(changes, idOf(input), input.parameters),
    references: ({ lines = [] }) => ({ taxRate: lines.flatMap((line) => line.tax_rates ?? []) }),
  }),
  voidCreditNote: step<{ path: { credit_note: string } }>({
    plan: (changes, { parameters }) => voidCreditNote(changes, parameters.path.credit_note),
  }),
  stopCollecting: { plan: (changes, input) => stopCollecting(changes, idOf(input)) },
  remindOfDueDate: { plan: (changes, input) => remindOfDueDate(changes, idOf(input)) },
  invoicePastDue: { plan: (changes, input) => markPastDue(changes, idOf(input)) },
};

const idOf = (input: StepInput): string => input.target ?? input.subject;

/** The draft's hour is over: it is finalized, and collected if that is automatic. */
function finalizeAndCollect(changes: ChangeSet, invoiceId: string): void {
  finalizeOrLeave(changes, invoiceId);
  collectInvoice(changes, invoiceId, { offSession: true });
}

/** With `auto_advance` the charge follows within the hour, as at Stripe; without it, the invoice waits for a request. */
function finalizeOnRequest(changes: ChangeSet, invoiceId: string, { auto_advance }: FinalizeInvoiceParameters): void {
  if (auto_advance !== undefined) changes.patch('invoice', invoiceId, { autoAdvance: auto_advance });
  finalizeInvoice(changes, invoiceId);
  collectInvoice(changes, invoiceId, { offSession: true });
}

function payInvoice(changes: ChangeSet, invoiceId: string, parameters: PayInvoiceParameters): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  if (invoice.status === 'paid') {
    if (isPaidAsAsked(changes, invoice, parameters)) return;
    throw new BillingError('invoice_already_paid', 'Invoice is already paid');
  }
  if (invoice.status === 'void') throw new BillingError('invoice_not_payable', 'Invoice is void and cannot be paid.');
  if (!parameters.paid_out_of_band) refuseDeletedCustomer(changes.rows, invoice.customer);
  if (invoice.status === 'draft') finalizeInvoice(changes, invoiceId);
  const open = changes.rows.get('invoice', invoiceId);
  if (open.status === 'paid') return;
  if (parameters.paid_out_of_band) payOutOfBand(changes, invoiceId);
  else payByCard(changes, open, parameters);
}

function payByCard(changes: ChangeSet, invoice: Invoice, { payment_method, off_session }: PayInvoiceParameters): void {
  const method = payment_method ?? paymentMethodOf(changes.rows, invoice)?.id;
  if (method === undefined) throw new BillingError('customer_missing_payment_method', NO_METHOD);
  chargeInvoice(changes, invoice, { offSession: off_session ?? true, paymentMethod: usable(changes, method, invoice.customer) });
}

/**
 * A new card makes the invoice's dunning try it at once. If a caller then asks to pay with that same card, the request is already
 * fulfilled.
 */
function isPaidAsAsked(changes: ChangeSet, invoice: Invoice, { payment_method }: PayInvoiceParameters): boolean {
  const recovered = changes.rows.find('dunning', invoice.id)?.status === 'recovered';
  return (
    recovered && payment_method !== undefined && changes.rows.find('paymentIntent', invoice.paymentIntent)?.paymentMethod === payment_method
  );
}

const NO_METHOD =
  'There is no `default_payment_method` set on this Customer or Invoice. Please set either field with a Payment Method prior to paying the Invoice.';

function usable(changes: ChangeSet, method: string, customer: string): string {
  if (changes.rows.find('paymentMethod', method)?.customer === customer) return method;
  throw new BillingError('resource_missing', `No such PaymentMethod: '${method}'`, { param: 'payment_method' });
}

/** Sends the invoice (finalizing it first). The mail follows from the event. */
function sendInvoice(changes: ChangeSet, invoiceId: string): void {
  if (changes.rows.get('invoice', invoiceId).status === 'draft') finalizeInvoice(changes, invoiceId);
  const { status } = changes.rows.get('invoice', invoiceId);
  if (status !== 'open' && status !== 'paid') throw new BillingError('invoice_not_editable', `A ${status} invoice cannot be sent.`);
  changes.emit('invoice.sent', 'invoice', invoiceId);
}

/** Once per invoice: the reminder is off its agenda in the same commit. */
function remindOfDueDate(changes: ChangeSet, invoiceId: string): void {
  changes.patch('invoice', invoiceId, { willBeDueAt: null });
  changes.emit('invoice.will_be_due', 'invoice', invoiceId);
}

/** A sent invoice was not paid by its due date, so its subscription becomes past due. */
function markPastDue(changes: ChangeSet, invoiceId: string): void {
  const invoice = changes.patch('invoice', invoiceId, { pastDueAt: changes.now });
  changes.emit('invoice.overdue', 'invoice', invoiceId);
  wakeSubscriptionsOf(changes, invoice);
}

/** The rows that an invoice's parameters reference. */
function namedRows(parameters: Partial<CreateInvoiceParameters & PayInvoiceParameters>): Named {
  const { subscription, payment_method: method, default_payment_method: defaultMethod } = parameters;
  return {
    subscription: subscription === undefined ? [] : [subscription],
    paymentMethod: [method, defaultMethod].filter((id) => typeof id === 'string'),
    ...(parameters.from_invoice ? { invoice: [parameters.from_invoice.invoice] } : {}),
    taxRate: parameters.default_tax_rates ?? [],
    invoiceRenderingTemplate: parameters.rendering?.template ? [parameters.rendering.template] : [],
    shippingRate: parameters.shipping_cost?.shipping_rate === undefined ? [] : [parameters.shipping_cost.shipping_rate],
    ...discountReferences(parameters.discounts ?? []),
  };
}
