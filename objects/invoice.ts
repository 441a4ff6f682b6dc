import { taxIdsOf } from '../domain/customer/tax-ids';
import { isShipping } from '../domain/line/shipping';
import type { Invoice, InvoiceCustomerDetails, InvoiceLineItem } from '../domain/rows/invoice';
import type { Rows } from '../domain/rows/rows';
import { nationalTaxOf } from './national-tax';
import { toStripeInvoiceLineItem, toStripePretaxCredits, toStripeTax } from './invoice-line-item';
import { taxRatesOf } from './tax-rate';
import type { WireInvoice } from './shapes/invoice';
import { countedListOf, type LinkTo, type RenderContext } from './wire';

/** The number of lines that an invoice shows; the rest is at its list's URL. */
const LINES_SHOWN = 10;

/** Stripe's invoice with its first lines. Its payments and its confirmation secret are shown only when expanded. */
export function toStripeInvoice(invoice: Invoice, rows: Rows, { linkTo }: Pick<RenderContext, 'linkTo'>): WireInvoice {
  return {
    id: invoice.id,
    object: 'invoice',
    account_tax_ids: invoice.accountTaxIds,
    attempt_count: invoice.attemptCount,
    attempted: invoice.attempted,
    auto_advance: invoice.autoAdvance,
    automatically_finalizes_at: invoice.automaticallyFinalizesAt,
    billing_reason: invoice.billingReason,
    collection_method: invoice.collectionMethod,
    created: invoice.created,
    currency: invoice.currency,
    custom_fields: invoice.customFields,
    customer: invoice.customer,
    default_payment_method: invoice.defaultPaymentMethod,
    default_tax_rates: taxRatesOf(invoice.defaultTaxRates, rows),
    description: invoice.description,
    discounts: invoice.discounts,
    due_date: invoice.dueDate,
    effective_at: invoice.effectiveAt,
    footer: invoice.footer,
    from_invoice: invoice.fromInvoice === null ? null : { action: 'revision', invoice: invoice.fromInvoice },
    latest_revision: invoice.latestRevision,
    lines: lines(invoice, rows),
    livemode: invoice.livemode,
    metadata: invoice.metadata,
    ...nationalTaxOf(invoice),
    next_payment_attempt: invoice.nextPaymentAttempt,
    number: invoice.number,
    parent: parent(invoice),
    payment_settings: invoice.paymentSettings,
    period_end: invoice.periodEnd,
    period_start: invoice.periodStart,
    receipt_number: invoice.receiptNumber,
    rendering: renderingOf(invoice),
    statement_descriptor: invoice.statementDescriptor,
    status: invoice.status,
    test_clock: invoice.testClock,
    webhooks_delivered_at: invoice.webhooksDeliveredAt,
    ...amounts(invoice),
    ...seller(invoice, rows),
    ...buyer(invoice, rows),
    ...transitions(invoice),
    last_finalization_error: finalizationError(invoice),
    automatic_tax: automaticTaxOf(invoice),
    ...documents(invoice, linkTo),
    shipping_details: invoice.shippingDetails,
    ...UNUSED,
  };
}

/** The seller is liable for the tax: there is no Connect here. */
function automaticTaxOf({ automaticTax: { enabled, status, disabled_reason: reason, provider } }: Invoice): WireInvoice['automatic_tax'] {
  return { disabled_reason: reason, enabled, liability: enabled ? { type: 'self' } : null, provider, status };
}

/** Shown for an invoice that the seller created by hand, or for which something of it was chosen. */
function renderingOf({ billingReason, pageSize, rendering }: Invoice): WireInvoice['rendering'] {
  if (billingReason !== 'manual' && pageSize === null && rendering === null) return null;
  const { amount_tax_display = null, template = null, template_version = null } = rendering ?? {};
  return { amount_tax_display, pdf: { page_size: pageSize ?? 'auto' }, template, template_version };
}

const UNUSED = {
  application: null,
  customer_account: null,
  default_source: null,
  issuer: { type: 'self' },
  on_behalf_of: null,
} as const;

/** A draft has no documents, because it can still change. */
function documents({ id, status }: Invoice, linkTo: LinkTo): Pick<WireInvoice, 'hosted_invoice_url' | 'invoice_pdf'> {
  if (status === 'draft') return { hosted_invoice_url: null, invoice_pdf: null };
  const page = linkTo(id);
  return { hosted_invoice_url: page, invoice_pdf: `${page}/pdf` };
}

function finalizationError({ lastFinalizationError: error }: Invoice): WireInvoice['last_finalization_error'] {
  return error && { type: 'invalid_request_error', ...error };
}

function amounts(invoice: Invoice) {
  const { shippingCost: shipping } = invoice;
  return {
    amount_due: invoice.amountDue,
    amount_overpaid: invoice.amountOverpaid,
    amount_paid: invoice.amountPaid,
    amount_paid_off_stripe: invoice.amountPaidOffStripe,
    amount_remaining: invoice.amountRemaining,
    amount_shipping: shipping?.amount_subtotal ?? 0,
    ending_balance: invoice.endingBalance,
    post_payment_credit_notes_amount: invoice.postPaymentCreditNotesAmount,
    pre_payment_credit_notes_amount: invoice.prePaymentCreditNotesAmount,
    starting_balance: invoice.startingBalance,
    shipping_cost: shipping,
    ...subtotalsOf(invoice),
    total: invoice.total,
    total_discount_amounts: invoice.totalDiscountAmounts,
    total_excluding_tax: invoice.totalExcludingTax,
    total_pretax_credit_amounts: toStripePretaxCredits(invoice.totalDiscountAmounts, invoice.totalCreditAmounts),
    total_taxes: invoice.totalTaxes.map(toStripeTax),
  } satisfies Partial<WireInvoice>;
}

/** The subtotals are of the lines; the shipping cost stands apart. */
export function subtotalsOf({
  subtotal,
  subtotalExcludingTax,
  shippingCost: shipping,
}: Pick<Invoice, 'shippingCost' | 'subtotal' | 'subtotalExcludingTax'>): Pick<WireInvoice, 'subtotal' | 'subtotal_excluding_tax'> {
  return {
    subtotal: subtotal - (shipping?.amount_subtotal ?? 0),
    subtotal_excluding_tax: subtotalExcludingTax - (shipping === null ? 0 : shipping.amount_total - shipping.amount_tax),
  };
}

function seller(invoice: Invoice, rows: Rows) {
  const account = rows.find('account', invoice.account);
  return { account_country: account?.country ?? null, account_name: account?.name ?? null } satisfies Partial<WireInvoice>;
}

// A draft shows the customer's present details. From its finalization on, an invoice shows the details of that moment.
function buyer(invoice: Invoice, rows: Rows) {
  const customer = invoice.status === 'draft' ? rows.find('customer', invoice.customer) : undefined;
  const { address, email, name, phone, shipping }: Omit<InvoiceCustomerDetails, 'tax_exempt'> = customer ?? invoice.customerDetails;
  return {
    customer_address: address,
    customer_email: email,
    customer_name: name,
    customer_phone: phone,
    customer_shipping: shipping,
    customer_tax_exempt: customer?.taxExempt ?? invoice.customerDetails.tax_exempt,
    customer_tax_ids: customer ? taxIdsOf(rows, customer.id) : invoice.customerTaxIds,
  } satisfies Partial<WireInvoice>;
}

function transitions(invoice: Invoice): Pick<WireInvoice, 'status_transitions'> {
  return {
    status_transitions: {
      finalized_at: invoice.finalizedAt,
      marked_uncollectible_at: invoice.markedUncollectibleAt,
      paid_at: invoice.paidAt,
      voided_at: invoice.voidedAt,
    },
  };
}

function parent(invoice: Invoice): WireInvoice['parent'] {
  const { quote } = invoice;
  if (quote !== null) return { quote_details: { quote }, subscription_details: null, type: 'quote_details' };
  if (invoice.subscription === null) return null;
  return {
    quote_details: null,
    subscription_details: { metadata: invoice.subscriptionMetadata, subscription: invoice.subscription },
    type: 'subscription_details',
  };
}

function lines(invoice: Invoice, rows: Rows): WireInvoice['lines'] {
  const isOwn = (line: InvoiceLineItem): boolean => line.invoice === invoice.id && !isShipping(line);
  const all = rows.where('invoiceLineItem', isOwn).sort((one, other) => one.position - other.position);
  const shown = all.slice(0, LINES_SHOWN).map((line) => toStripeInvoiceLineItem(line, rows));
  return countedListOf(shown, `/v1/invoices/${invoice.id}/lines`, rows.lineCounts.get(invoice.id) ?? all.length);
}
