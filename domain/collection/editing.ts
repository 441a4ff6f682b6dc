/** Manual invoices: made, edited while they are drafts, and deleted as long as nobody owes them. */
import { cancelPurchase } from '../invoice/credit-purchase-settlement';
import { isBeingPaid, isCollected } from '../invoice-rules/collection';
import { dueDateOf } from '../invoice-rules/due-date';
import { endDunning } from '../invoice/dunning-end';
import { resumeDunning } from './dunning';
import { BillingError } from '../core/errors';
import { collectInvoice } from './collection';
import { draftInvoice, discountsAt, linesOf, pendingItems, recalculateInvoice, type InvoiceDraft } from '../line/draft';
import { requestedDiscounts } from '../discount/requests';
import type { CreateInvoiceParameters, InvoiceSettingsParameters } from '../invoice/parameters';
import type { Invoice, InvoiceItem } from '../rows/invoice';
import { otherCurrency } from '../invoice/line-requests';
import type { Customer } from '../rows/customer';
import { mergeMetadata } from '../core/metadata';
import { sumOf } from '../money/money';
import type { Plan } from '../core/change-set';
import type { StepInput } from '../core/steps';
import type { Subscription } from '../rows/subscription';
import type { DiscountParameters } from '../rows/subscription-parameters';

const HOUR = 3600;

export function createInvoice(plan: Plan, { subject, parameters }: StepInput): void {
  const asked = parameters as unknown as CreateInvoiceParameters;
  const customer = plan.rows.get('customer', asked.customer);
  const subscription = asked.subscription ? plan.rows.get('subscription', asked.subscription) : null;
  const currency = asked.currency ?? usualCurrency(plan, customer, subscription);
  if (subscription && subscription.currency !== currency) throw otherCurrency(currency, subscription.currency, 'currency');
  draftInvoice(plan, {
    customer,
    subscription,
    currency,
    billingReason: 'manual',
    ...howToCollect(plan, asked),
    period: { start: plan.now, end: plan.now },
    lines: [],
    items: itemsAskedFor(plan, asked, currency),
    discounts: discountsOf(plan, subject, asked, { customer, subscription, currency }),
    defaultTaxRates: asked.default_tax_rates ?? subscription?.defaultTaxRates ?? [],
    changes: { id: subject, ...editableFields(plan, asked, null) },
  });
}

/** Those that were asked for, be it none; else those that are at work on the subscription or the customer. */
function discountsOf(
  plan: Plan,
  invoice: string,
  asked: CreateInvoiceParameters,
  of: { customer: Customer; subscription: Subscription | null; currency: string },
): string[] {
  if (asked.discounts === undefined) return discountsAt(plan.rows, of.customer, of.subscription, plan.now);
  const amount = sumOf(itemsAskedFor(plan, asked, of.currency).map((item) => item.amount));
  return requestedDiscounts(plan, asked.discounts ?? [], { invoice }, { purchase: { amount, currency: of.currency } });
}

function usualCurrency(plan: Plan, customer: Customer, subscription: Subscription | null): string {
  return subscription?.currency ?? customer.currency ?? plan.rows.get('account', plan.context.account).defaultCurrency;
}

/** What waits is taken where it is asked for, and by an invoice of a subscription. */
function itemsAskedFor(
  plan: Plan,
  { pending_invoice_items_behavior, customer, subscription }: CreateInvoiceParameters,
  currency: string,
): InvoiceItem[] {
  if (pending_invoice_items_behavior !== 'include' && !subscription) return [];
  return pendingItems(plan.rows, customer, subscription ?? null, currency);
}

type Collecting = Pick<InvoiceDraft, 'collectionMethod' | 'daysUntilDue' | 'dueDate' | 'autoAdvance' | 'automaticallyFinalizesAt'>;

function howToCollect(plan: Plan, asked: CreateInvoiceParameters): Collecting {
  const collectionMethod = asked.collection_method ?? 'charge_automatically';
  const autoAdvance = asked.auto_advance ?? asked.automatically_finalizes_at !== undefined;
  return {
    collectionMethod,
    daysUntilDue: collectionMethod === 'send_invoice' ? (asked.days_until_due ?? null) : null,
    dueDate: asked.due_date ?? null,
    autoAdvance,
    automaticallyFinalizesAt: autoAdvance ? (asked.automatically_finalizes_at ?? plan.now + HOUR) : null,
  };
}

/** Throws invoice_not_editable: of a final invoice only metadata and how it is collected may change. */
export function updateInvoice(plan: Plan, invoiceId: string, parameters: Record<string, unknown>): void {
  const asked = parameters as InvoiceSettingsParameters;
  const invoice = plan.rows.get('invoice', invoiceId);
  if (invoice.status !== 'draft') assertEditable(invoice, parameters);
  plan.patch('invoice', invoiceId, { ...editableFields(plan, asked, invoice), ...draftFields(plan, asked, invoice) });
  if (invoice.status === 'draft') recalculateInvoice(plan, invoiceId);
  if (invoice.status === 'open') followAutoAdvance(plan, invoice);
  // An attempt that failed for want of a card has told it.
  const isTold = plan.events.some(({ type, objectId }) => type === 'invoice.updated' && objectId === invoiceId);
  if (!isTold) plan.emitUpdated('invoice.updated', 'invoice', invoiceId);
}

const EDITABLE_WHEN_FINAL = new Set([
  'path',
  'expand',
  'metadata',
  'auto_advance',
  'default_payment_method',
  'payment_settings',
  'footer',
  'custom_fields',
]);

/** Off: no retry, and no charge of a new card. On: charged now, and tried again as ever where that is declined. */
function followAutoAdvance(plan: Plan, { id, autoAdvance: before }: Invoice): void {
  const invoice = plan.rows.get('invoice', id);
  if (invoice.autoAdvance === before) return;
  if (!invoice.autoAdvance) {
    plan.patch('invoice', id, { nextPaymentAttempt: null });
    endDunning(plan, id, 'stopped');
  }
  if (!isCollected(plan.rows, invoice) || isBeingPaid(plan.rows, invoice)) return;
  resumeDunning(plan, invoice);
  collectInvoice(plan, id, { offSession: true });
}

function assertEditable(invoice: Invoice, parameters: Record<string, unknown>): void {
  const isOver = invoice.status !== 'open' && parameters['auto_advance'] === true;
  const param = isOver ? 'auto_advance' : Object.keys(parameters).find((name) => !EDITABLE_WHEN_FINAL.has(name));
  if (param === undefined) return;
  throw new BillingError(
    'invoice_not_editable',
    `Finalized invoices can't be updated in this way: \`${param}\` of a ${invoice.status} invoice.`,
    { param },
  );
}

function editableFields(plan: Plan, asked: InvoiceSettingsParameters, current: Invoice | null): Partial<Invoice> {
  return defined<Partial<Invoice>>({
    metadata: asked.metadata === undefined ? undefined : mergeMetadata(current?.metadata ?? {}, asked.metadata),
    defaultPaymentMethod: asked.default_payment_method === undefined ? undefined : ownMethod(plan, asked.default_payment_method),
    description: asked.description,
    footer: asked.footer,
    customFields: asked.custom_fields,
    statementDescriptor: asked.statement_descriptor,
    effectiveAt: asked.effective_at,
    paymentSettings: asked.payment_settings && { ...EMPTY_PAYMENT_SETTINGS, ...current?.paymentSettings, ...asked.payment_settings },
  });
}

const EMPTY_PAYMENT_SETTINGS = { default_mandate: null, payment_method_options: null, payment_method_types: null };

function draftFields(plan: Plan, asked: InvoiceSettingsParameters, invoice: Invoice): Partial<Invoice> {
  const collectionMethod = asked.collection_method ?? invoice.collectionMethod;
  const autoAdvance = asked.auto_advance ?? (asked.automatically_finalizes_at !== undefined || invoice.autoAdvance);
  return defined<Partial<Invoice>>({
    collectionMethod,
    autoAdvance,
    automaticallyFinalizesAt: finalizesAt(plan, asked, invoice, autoAdvance),
    dueDate: dueDateAfter({ ...invoice, collectionMethod }, asked),
    defaultTaxRates: asked.default_tax_rates === undefined ? undefined : (asked.default_tax_rates ?? []),
    discounts: asked.discounts === undefined ? undefined : changedDiscounts(plan, invoice, asked.discounts ?? []),
  });
}

/** @throws parameter_invalid where what is charged would be due, parameter_missing where what is sent would not */
function dueDateAfter(invoice: Invoice, asked: InvoiceSettingsParameters): number | null {
  const { due_date: dueDate, days_until_due: daysUntilDue, collection_method: method } = asked;
  const named = dueDate === undefined ? (daysUntilDue === undefined ? null : 'days_until_due') : 'due_date';
  if (named !== null && invoice.collectionMethod === 'charge_automatically') {
    const message = `You can only set \`${named}\` if \`collection_method\` is \`send_invoice\`.`;
    throw new BillingError('parameter_invalid', message, { param: named });
  }
  const due = dueDateOf(invoice, named === null ? { dueDate: invoice.dueDate } : { dueDate, daysUntilDue });
  if (due !== null || method !== 'send_invoice') return due;
  throw new BillingError('parameter_missing', 'If invoices are sent, `days_until_due` or `due_date` must be set.', {
    param: 'days_until_due',
  });
}

function changedDiscounts(plan: Plan, { id, subtotal, currency }: Invoice, asked: DiscountParameters[]): string[] {
  return requestedDiscounts(plan, asked, { invoice: id }, { purchase: { amount: subtotal, currency } });
}

function finalizesAt(plan: Plan, asked: InvoiceSettingsParameters, invoice: Invoice, autoAdvance: boolean): number | null {
  if (invoice.status !== 'draft' || !autoAdvance) return null;
  return asked.automatically_finalizes_at ?? invoice.automaticallyFinalizesAt ?? plan.now + HOUR;
}

/** Throws invoice_not_editable unless it is a draft that no subscription made. Its items wait for the next invoice again. */
export function deleteDraft(plan: Plan, invoiceId: string): void {
  const invoice = plan.rows.get('invoice', invoiceId);
  if (invoice.status !== 'draft') throw new BillingError('invoice_not_editable', 'You can only delete draft invoices.');
  if (invoice.billingReason !== 'manual' && invoice.billingReason !== 'quote_accept') {
    throw new BillingError('invoice_not_editable', 'Only manual drafts can be deleted; void or finalize an invoice of a subscription.');
  }
  plan.patch('invoice', invoiceId, { deleted: true, autoAdvance: false, automaticallyFinalizesAt: null });
  for (const line of linesOf(plan.rows, invoiceId)) {
    const item = plan.rows.find('invoiceItem', line.invoiceItem);
    if (item) plan.patch('invoiceItem', item.id, { invoice: null });
  }
  plan.emit('invoice.deleted', 'invoice', invoiceId);
  cancelPurchase(plan, invoiceId);
}

function ownMethod(plan: Plan, id: string | null): string | null {
  if (id === null || plan.rows.find('paymentMethod', id)) return id;
  throw new BillingError('resource_missing', `No such PaymentMethod: '${id}'`, { param: 'default_payment_method' });
}

/** What was not sent stays as it is. */
function defined<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
