/** Manual invoices: created, edited while they are drafts, and deleted before they are owed. */
import { cancelPurchase } from '../invoice/credit-purchase-settlement';
import { isBeingPaid, isCollected } from '../invoice-rules/collection';
import { renderingAfter, renderingFor, rewordedBy, wordingOf } from '../invoice-rules/wording';
import { dueDateOf, requireTimesAhead } from '../invoice-rules/due-date';
import { endDunning } from '../invoice/dunning-end';
import { resumeDunning } from './dunning';
import { BillingError } from '../core/errors';
import { collectInvoice } from './collection';
import { draftRevision } from './revision';
import { changeShipping, shippingAsked } from './shipping-cost';
import { requireAutomaticOnly, requireTaxLocation } from '../line/automatic-tax';
import { draftInvoice, discountsAt, linesOf, pendingItems, recalculateInvoice, type InvoiceDraft } from '../line/draft';
import { requestedDiscounts } from '../discount/requests';
import type { CreateInvoiceParameters, InvoiceSettingsParameters } from '../invoice/parameters';
import type { Invoice, InvoiceItem, InvoiceLineItem } from '../rows/invoice';
import { chooseNumber } from '../invoice/numbering';
import { otherCurrency } from '../invoice/line-requests';
import type { Customer } from '../rows/customer';
import type { Rows } from '../rows/rows';
import { mergeMetadata } from '../core/metadata';
import { sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import { shippingOf } from '../rows/resource';
import type { Subscription } from '../rows/subscription';
import type { DiscountParameters } from '../rows/subscription-parameters';

const HOUR = 3600;

/** Drafts an invoice: a new one, or a revision of another one. */
export function createInvoice(changes: ChangeSet, { subject, parameters: params }: StepInput<CreateInvoiceParameters>): void {
  if (params.from_invoice) return draftRevision(changes, subject, params.from_invoice.invoice);
  requireTimesAhead(changes.now, params);
  const customer = changes.rows.get('customer', params.customer ?? 'no customer');
  const subscription = params.subscription ? changes.rows.get('subscription', params.subscription) : null;
  const currency = params.currency ?? usualCurrency(changes, params, { customer, subscription });
  if (subscription && subscription.currency !== currency) throw otherCurrency(currency, subscription.currency, 'currency');
  draftInvoice(changes, {
    customer,
    subscription,
    currency,
    billingReason: 'manual',
    ...howToCollect(changes, params),
    period: { start: changes.now, end: changes.now },
    lines: shippingAsked(changes, params, currency),
    items: itemsAskedFor(changes, params, currency),
    discounts: discountsOf(changes, subject, params, { customer, subscription, currency }),
    ...howToTax(params, subscription),
    changes: {
      id: subject,
      ...renderingFields(changes.rows, params, blankTextsOf(changes.rows, customer)),
      ...editableFields(changes, params, null),
    },
  });
  checkAutomaticTax(changes, subject, params);
}

/** With automatic tax, the subscription's own rates do not apply. */
function howToTax(
  { automatic_tax: automatic, default_tax_rates: rates }: CreateInvoiceParameters,
  subscription: Subscription | null,
): Pick<InvoiceDraft, 'automaticTax' | 'defaultTaxRates'> {
  const automaticTax = automatic?.enabled ?? false;
  const inherited = automaticTax ? [] : (subscription?.defaultTaxRates ?? []);
  return { automaticTax, defaultTaxRates: rates ?? inherited };
}

/** The discounts of the request, even an empty list; otherwise those in force for the subscription or the customer. */
function discountsOf(
  changes: ChangeSet,
  invoice: string,
  params: CreateInvoiceParameters,
  of: { customer: Customer; subscription: Subscription | null; currency: string },
): string[] {
  if (params.discounts === undefined) return discountsAt(changes.rows, of.customer, of.subscription, changes.now);
  const amount = sumOf(itemsAskedFor(changes, params, of.currency).map((item) => item.amount));
  return requestedDiscounts(changes, params.discounts ?? [], { invoice }, { purchase: { amount, currency: of.currency } });
}

/** A customer who was never billed has the currency of what waits for this invoice. */
function usualCurrency(
  changes: ChangeSet,
  params: CreateInvoiceParameters,
  { customer, subscription }: { customer: Customer; subscription: Subscription | null },
): string {
  const billed = subscription?.currency ?? customer.currency;
  if (billed !== null) return billed;
  const isAsked = params.pending_invoice_items_behavior === 'include';
  const waits = (item: InvoiceItem): boolean => item.customer === customer.id && item.invoice === null && !item.deleted;
  const waiting = isAsked ? changes.rows.first('invoiceItem', waits) : undefined;
  return waiting?.currency ?? changes.rows.get('account', changes.context.account).defaultCurrency;
}

/** Pending items are included if the request says so; an invoice of a subscription has those of the subscription, and no others. */
function itemsAskedFor(
  changes: ChangeSet,
  { pending_invoice_items_behavior, customer = 'no customer', subscription }: CreateInvoiceParameters,
  currency: string,
): InvoiceItem[] {
  if (subscription) return pendingItems(changes.rows, customer, subscription, currency).filter((item) => item.subscription !== null);
  return pending_invoice_items_behavior === 'include' ? pendingItems(changes.rows, customer, null, currency) : [];
}

type Collecting = Pick<InvoiceDraft, 'collectionMethod' | 'daysUntilDue' | 'dueDate' | 'autoAdvance' | 'automaticallyFinalizesAt'>;

function howToCollect(changes: ChangeSet, params: CreateInvoiceParameters): Collecting {
  const collectionMethod = params.collection_method ?? 'charge_automatically';
  const autoAdvance = params.auto_advance ?? params.automatically_finalizes_at !== undefined;
  return {
    collectionMethod,
    daysUntilDue: collectionMethod === 'send_invoice' ? (params.days_until_due ?? null) : null,
    dueDate: params.due_date ?? null,
    autoAdvance,
    automaticallyFinalizesAt: autoAdvance ? (params.automatically_finalizes_at ?? changes.now + HOUR) : null,
  };
}

/**
 * On a final invoice, only metadata and the settings of its collection may change.
 *
 * @throws BillingError invoice_not_editable
 */
export function updateInvoice(changes: ChangeSet, invoiceId: string, params: InvoiceSettingsParameters): void {
  requireTimesAhead(changes.now, params);
  const invoice = changes.rows.get('invoice', invoiceId);
  if (invoice.status !== 'draft') assertEditable(invoice, params);
  changes.patch('invoice', invoiceId, {
    ...renderingFields(changes.rows, params, invoice),
    ...editableFields(changes, params, invoice),
    ...draftFields(changes, params, invoice),
  });
  changeShipping(changes, invoiceId, params);
  if (invoice.status === 'draft') recalculateInvoice(changes, invoiceId);
  checkAutomaticTax(changes, invoiceId, params);
  if (invoice.status === 'open') followAutoAdvance(changes, invoice);
  // An attempt that failed because there is no card has already emitted the event.
  const isTold = changes.events.some(({ type, objectId }) => type === 'invoice.updated' && objectId === invoiceId);
  if (!isTold) changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
}

/** @throws BillingError parameter_invalid with manual tax rates or without a head office, customer_tax_location_invalid */
function checkAutomaticTax(changes: ChangeSet, id: string, { automatic_tax: asked }: InvoiceSettingsParameters): void {
  const invoice = changes.rows.get('invoice', id);
  if (invoice.status !== 'draft' || !invoice.automaticTax.enabled) return;
  requireAutomaticOnly(changes.rows, [...invoice.defaultTaxRates, ...linesOf(changes.rows, id).flatMap((line) => manualRatesOf(line))]);
  if (asked?.enabled) requireTaxLocation(changes, id);
}

/** A credit has the rates of the charge that it gives back. */
const manualRatesOf = ({ taxRates, basis }: InvoiceLineItem): string[] => (basis?.taxed === undefined ? taxRates : []);

const EDITABLE_WHEN_FINAL = new Set([
  'path',
  'expand',
  'metadata',
  'auto_advance',
  'default_payment_method',
  'payment_settings',
  'rendering',
  'rendering[pdf]',
]);

/** Off: no retry, and no charge of a new card. On: charged now, and retried as usual if that is declined. */
function followAutoAdvance(changes: ChangeSet, { id, autoAdvance: before }: Invoice): void {
  const invoice = changes.rows.get('invoice', id);
  if (invoice.autoAdvance === before) return;
  if (!invoice.autoAdvance) {
    changes.patch('invoice', id, { nextPaymentAttempt: null });
    endDunning(changes, id, 'stopped');
  }
  if (!isCollected(changes.rows, invoice) || isBeingPaid(changes.rows, invoice)) return;
  resumeDunning(changes, invoice);
  collectInvoice(changes, id, { offSession: true });
}

function assertEditable(invoice: Invoice, params: InvoiceSettingsParameters): void {
  const isOver = invoice.status !== 'open' && params.auto_advance === true;
  const names = [...Object.keys(params), ...Object.keys(params.rendering ?? {}).map((name) => `rendering[${name}]`)];
  const param = isOver ? 'auto_advance' : names.find((name) => !EDITABLE_WHEN_FINAL.has(name));
  if (param === undefined) return;
  throw new BillingError(
    'invoice_not_editable',
    `Finalized invoices can't be updated in this way: \`${param}\` of a ${invoice.status} invoice.`,
    { param },
  );
}

function editableFields(changes: ChangeSet, params: InvoiceSettingsParameters, current: Invoice | null): Partial<Invoice> {
  return defined<Partial<Invoice>>({
    metadata: params.metadata === undefined ? undefined : mergeMetadata(current?.metadata ?? {}, params.metadata),
    defaultPaymentMethod: params.default_payment_method === undefined ? undefined : ownMethod(changes, params.default_payment_method),
    accountTaxIds: params.account_tax_ids,
    number: numberAfter(changes, params, current),
    description: params.description,
    footer: params.footer,
    customFields: params.custom_fields,
    pageSize: params.rendering?.pdf?.page_size,
    shippingDetails: params.shipping_details && shippingOf(params.shipping_details),
    statementDescriptor: params.statement_descriptor,
    effectiveAt: params.effective_at,
    paymentSettings: params.payment_settings && { ...EMPTY_PAYMENT_SETTINGS, ...current?.paymentSettings, ...params.payment_settings },
  });
}

/** An empty number is given back: the draft gets an automatic one when it becomes final. */
function numberAfter(changes: ChangeSet, { number }: InvoiceSettingsParameters, current: Invoice | null): string | null | undefined {
  if (!number || number === current?.number) return number;
  return chooseNumber(changes, number);
}

const EMPTY_PAYMENT_SETTINGS = { default_mandate: null, payment_method_options: null, payment_method_types: null };

/** Another template brings its texts; those of the same request come before them. */
function renderingFields(
  rows: Rows,
  { rendering: chosen = {} }: InvoiceSettingsParameters,
  draft: Parameters<typeof rewordedBy>[1],
): Partial<Invoice> {
  const rendering = renderingAfter(rows, draft.rendering, chosen);
  return { rendering, ...(chosen.template === undefined ? {} : rewordedBy(rows, draft, chosen.template)) };
}

/** What a new draft of the customer has without parameters. */
const blankTextsOf = (rows: Rows, customer: Customer): Parameters<typeof rewordedBy>[1] => ({
  customer: customer.id,
  rendering: renderingFor(rows, customer),
  ...wordingOf(rows, customer),
});

function draftFields(changes: ChangeSet, params: InvoiceSettingsParameters, invoice: Invoice): Partial<Invoice> {
  const collectionMethod = params.collection_method ?? invoice.collectionMethod;
  const autoAdvance = params.auto_advance ?? (params.automatically_finalizes_at !== undefined || invoice.autoAdvance);
  return defined<Partial<Invoice>>({
    collectionMethod,
    autoAdvance,
    automaticallyFinalizesAt: finalizesAt(changes, params, invoice, autoAdvance),
    dueDate: dueDateAfter({ ...invoice, collectionMethod }, params),
    defaultTaxRates: params.default_tax_rates === undefined ? undefined : (params.default_tax_rates ?? []),
    automaticTax: params.automatic_tax && { enabled: params.automatic_tax.enabled, status: null, disabled_reason: null, provider: null },
    discounts: params.discounts === undefined ? undefined : changedDiscounts(changes, invoice, params.discounts ?? []),
  });
}

/** @throws BillingError parameter_invalid if a charged invoice would have a due date, parameter_missing if a sent one would have none */
function dueDateAfter(invoice: Invoice, params: InvoiceSettingsParameters): number | null {
  const { due_date: dueDate, days_until_due: daysUntilDue, collection_method: method } = params;
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

function changedDiscounts(changes: ChangeSet, invoice: Invoice, params: DiscountParameters[]): string[] {
  const { id, subtotal, shippingCost, currency } = invoice;
  const amount = subtotal - (shippingCost?.amount_subtotal ?? 0);
  return requestedDiscounts(changes, params, { invoice: id }, { purchase: { amount, currency } });
}

function finalizesAt(changes: ChangeSet, params: InvoiceSettingsParameters, invoice: Invoice, autoAdvance: boolean): number | null {
  if (invoice.status !== 'draft' || !autoAdvance) return null;
  return params.automatically_finalizes_at ?? invoice.automaticallyFinalizesAt ?? changes.now + HOUR;
}

/**
 * Deletes a draft; its items wait for the next invoice again, and its number is free again.
 *
 * @throws BillingError invoice_not_editable unless it is a draft that no subscription made
 */
export function deleteDraft(changes: ChangeSet, invoiceId: string): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  if (invoice.status !== 'draft') throw new BillingError('invoice_not_editable', 'You can only delete draft invoices.');
  if (invoice.billingReason !== 'manual' && invoice.billingReason !== 'quote_accept') {
    throw new BillingError('invoice_not_editable', 'Only manual drafts can be deleted; void or finalize an invoice of a subscription.');
  }
  changes.patch('invoice', invoiceId, { deleted: true, number: null, autoAdvance: false, automaticallyFinalizesAt: null });
  for (const line of linesOf(changes.rows, invoiceId)) {
    const item = changes.rows.find('invoiceItem', line.invoiceItem);
    if (item) changes.patch('invoiceItem', item.id, { invoice: null });
  }
  changes.emit('invoice.deleted', 'invoice', invoiceId);
  cancelPurchase(changes, invoiceId);
}

function ownMethod(changes: ChangeSet, id: string | null): string | null {
  if (id === null || changes.rows.find('paymentMethod', id)) return id;
  throw new BillingError('resource_missing', `No such PaymentMethod: '${id}'`, { param: 'default_payment_method' });
}

/** Absent parameters keep their values. */
function defined<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
