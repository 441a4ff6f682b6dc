/**
 * An invoice before it is final: the lines passed in plus the customer's pending invoice items, and their total. A renewal of 1000 with a
 * pending proration of 313 drafts 1313.
 */
import { availableGrants } from '../credit/balance';
import { isChange } from './change-proration';
import type { Customer } from '../rows/customer';
import { balanceIn } from '../customer/balance';
import { taxIdsOf } from '../customer/tax-ids';
import { dueDateOf } from '../invoice-rules/due-date';
import { renderingFor, wordingOf } from '../invoice-rules/wording';
import { isInForce, detachExpired, spendOnce } from '../discount/life';
import type { Invoice, InvoiceItem, InvoiceLineItem, LineContent } from '../rows/invoice';
import { automaticTermsOf, estimatedTax, supplyOf } from './automatic-tax';
import { calculateInvoice, type CalculationInput, type CalculationLine } from './calculation';
import { isEstimated, termsOfTaxes, termsToday } from './credit-terms';
import { balanceOfRevised, balanceTowards } from './balance';
import { shippingCostOf } from './shipping';
import type { CalculateTax } from './tax-input';
import type { ChangeSet } from '../core/change-set';
import { requireBilledHere } from '../core/fence';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { taxProviderOf } from '../tax/provider';
import { currentPhase } from '../rows/subscription-schedule';
import { assertDiscountsWithin } from '../money/bounds';
import { LIMITS } from '../core/limits';

export interface InvoiceDraft {
  customer: Customer;
  subscription: Subscription | null;
  currency: string;
  billingReason: Invoice['billingReason'];
  collectionMethod: Invoice['collectionMethod'];
  daysUntilDue: number | null;
  dueDate?: number | null;
  autoAdvance: boolean;
  /** Null if it stays a draft until a caller finalizes it. */
  automaticallyFinalizesAt: number | null;
  /** The instant of the billed cycle. */
  cycleAt?: number;
  period: { start: number; end: number };
  lines: LineContent[];
  /** Pending invoice items to include. */
  items: InvoiceItem[];
  discounts: string[];
  defaultTaxRates: string[];
  automaticTax?: boolean;
  hidden?: boolean;
  changes?: Partial<Invoice>;
}

/** What the draft of an invoice that belongs to no subscription has, unless a caller wants something else. */
export const draftApart = (now: number): Apart => ({
  subscription: null,
  billingReason: 'manual',
  collectionMethod: 'charge_automatically',
  daysUntilDue: null,
  automaticallyFinalizesAt: null,
  period: { start: now, end: now },
  defaultTaxRates: [],
});

type Apart = Pick<
  InvoiceDraft,
  'automaticallyFinalizesAt' | 'billingReason' | 'collectionMethod' | 'daysUntilDue' | 'defaultTaxRates' | 'period' | 'subscription'
>;

/** Only the line content of a row. */
export function lineContentOf(row: LineContent): LineContent {
  const { amount, currency, description, quantity, discountable, discounts, taxRates, price, product } = row;
  const { unitAmountDecimal, taxBehavior, taxCode, subscription, subscriptionItem, proration, prorationDetails } = row;
  const { basis, periodStart, periodEnd, metadata } = row;
  const what = { amount, currency, description, quantity, discountable, discounts, taxRates, price, product };
  const how = { unitAmountDecimal, taxBehavior, taxCode, subscription, subscriptionItem, proration, prorationDetails };
  return { ...what, ...how, basis, periodStart, periodEnd, metadata };
}

/**
 * Puts the draft with its lines and totals, and emits `invoice.created`.
 *
 * @throws BillingError customer_billed_elsewhere, but not in a preview
 */
export function draftInvoice(changes: ChangeSet, draft: InvoiceDraft): Invoice {
  requireBilledHere(changes, draft.customer);
  const { id } = changes.put('invoice', newInvoice(changes, draft));
  fillDraft(changes, id, draft);
  changes.emit('invoice.created', 'invoice', id);
  return changes.rows.get('invoice', id);
}

/** Puts the lines and items of `draft` behind those that the invoice has, and counts it. */
export function fillDraft(changes: ChangeSet, invoice: string, draft: InvoiceDraft): void {
  const { customer, subscription } = draft;
  const present = linesOf(changes.rows, invoice);
  // Items beyond the limit of one invoice wait for the next.
  const items = fittingItems(draft, present);
  items.forEach((item) => changes.put('invoiceItem', { ...item, invoice }));
  const contents = [
    ...items.map((item) => ({ content: lineContentOf(item), invoiceItem: item.id })),
    ...draft.lines.map((content) => ({ content, invoiceItem: null })),
  ].map((each) => withDiscountsAt(changes.rows, each, draft.cycleAt ?? changes.now));
  const from = (present.at(-1)?.position ?? -1) + 1;
  contents.forEach((each, index) => putLine(changes, invoice, from + index, each));
  if (customer.currency === null) changes.patch('customer', customer.id, { currency: draft.currency });
  recalculateInvoice(changes, invoice);
  if (subscription) changes.patch('subscription', subscription.id, { latestInvoice: invoice });
  spendOnce(changes, invoice);
  detachExpired(changes, subscription, draft.cycleAt ?? changes.now);
}

/** The items that fit on one invoice; the others wait for the next. */
function fittingItems({ items, lines }: InvoiceDraft, present: LineContent[]): InvoiceItem[] {
  const room = Math.max(0, LIMITS.invoiceLines.max - lines.length - present.length);
  const discounts = new Set([...present, ...lines].flatMap((line) => line.discounts));
  const full = items.findIndex((item) => {
    for (const discount of item.discounts) discounts.add(discount);
    return discounts.size > LIMITS.invoiceDiscounts.max;
  });
  return items.slice(0, full < 0 ? room : Math.min(room, full));
}

/**
 * Checks that the lines of a changed draft do not name too many discounts.
 *
 * @throws BillingError too_many_items
 */
export function assertDiscountsFit(rows: Rows, invoice: string): void {
  assertDiscountsWithin(new Set(linesOf(rows, invoice).flatMap((line) => line.discounts)).size, 'discounts');
}

/**
 * A charge gets the discounts in force when it is billed, not when it was created. A credit gets the discounts of the charge it reverses; a
 * proration, those in force at the time of the change.
 */
function withDiscountsAt<C extends { content: LineContent }>(rows: Rows, each: C, at: number): C {
  const { content } = each;
  if (content.amount < 0 || isChange(content)) return each;
  return { ...each, content: { ...content, discounts: content.discounts.filter((id) => isInForce(rows, id, at)) } };
}

export function putLine(
  changes: ChangeSet,
  invoice: string,
  position: number,
  { content, invoiceItem }: { content: LineContent; invoiceItem: string | null },
): InvoiceLineItem {
  const { amount } = content;
  return changes.put('invoiceLineItem', {
    ...changes.resource('il'),
    ...content,
    invoice,
    position,
    subtotal: amount,
    invoiceItem,
    discountAmounts: [],
    creditAmounts: [],
    taxes: [],
    deferred: 0,
    deferredFrom: 0,
    writtenOff: 0,
  });
}

/** Recalculates a draft from its lines: discounts, credits that would be used, taxes, totals, and the use of the customer's balance. */
export function recalculateInvoice(
  changes: ChangeSet,
  invoiceId: string,
  calculateTax: CalculateTax = (input) => estimatedTax(changes, input),
): void {
  const { rows } = changes;
  const invoice = rows.get('invoice', invoiceId);
  const customer = rows.get('customer', invoice.customer);
  const lines = linesOf(rows, invoiceId);
  const automatic = automaticOf(changes, invoice);
  const estimated = new Map(lines.filter((line) => isEstimated(rows, line)).map((line) => [line.id, line]));
  const today = { taxExempt: customer.taxExempt, isAutomatic: automatic.automatic !== undefined };
  const { lines: calculated, ...totals } = calculateInvoice({
    currency: invoice.currency,
    lines: lines.map((line): CalculationLine => ({
      ...lineContentOf(line),
      ...(estimated.has(line.id) ? termsToday(rows, line, today) : {}),
      key: line.id,
    })),
    discounts: appliedDiscounts(rows, invoice.discounts),
    lineDiscounts: appliedDiscounts(rows, [...new Set(lines.flatMap((line) => line.discounts))]),
    // A preview of the next cycle uses the credit of that instant, without grants that expire before.
    credits: availableGrants(rows, customer.id, invoice.currency, Math.max(changes.now, invoice.cycleAt ?? 0)),
    customerTaxExempt: customer.taxExempt,
    taxRates: new Map(rows.all('taxRate').map((rate) => [rate.id, rate])),
    defaultTaxRates: invoice.defaultTaxRates,
    ...automatic,
    calculateTax,
  });
  for (const { key, discountAmounts, creditAmounts, taxes } of calculated) {
    const credit = estimated.get(key);
    changes.patch('invoiceLineItem', key, { discountAmounts, creditAmounts, taxes, ...(credit ? termsOfTaxes(credit, taxes) : {}) });
  }
  const startingBalance = balanceIn(customer, invoice.currency) - balanceOfRevised(rows, invoice);
  const { amountDue } = balanceTowards(totals.total, startingBalance, invoice.currency);
  const automaticTax = { ...invoice.automaticTax, status: taxStatusOf(invoice, automatic), provider: providerOf(rows, invoice) };
  const shippingCost = shippingCostOf(linesOf(rows, invoiceId));
  changes.patch('invoice', invoiceId, { ...totals, shippingCost, automaticTax, startingBalance, amountDue, amountRemaining: amountDue });
  // A first invoice that was free when it was drafted may have lines that cost something now.
  if (invoice.billingReason === 'subscription_create') spendOnce(changes, invoiceId);
}

/** Nothing without automatic tax, and nothing while a place is unknown: the draft then shows no tax. */
function automaticOf(changes: ChangeSet, invoice: Invoice): Pick<CalculationInput, 'automatic'> {
  const terms = invoice.automaticTax.enabled ? automaticTermsOf(changes, invoice) : null;
  return terms === null ? {} : { automatic: { terms, supplyOf: (line) => supplyOf(changes.rows, line) } };
}

function taxStatusOf(
  { automaticTax, taxAwaitedSince }: Invoice,
  { automatic }: Pick<CalculationInput, 'automatic'>,
): Invoice['automaticTax']['status'] {
  if (!automaticTax.enabled) return null;
  if (!automatic) return 'requires_location_inputs';
  return taxAwaitedSince === null ? 'complete' : 'failed';
}

function providerOf(rows: Rows, invoice: Invoice): Invoice['automaticTax']['provider'] {
  return invoice.automaticTax.enabled ? taxProviderOf(rows, invoice) : null;
}

/** In the order in which the invoice shows them. */
export function linesOf(rows: Rows, invoice: string): InvoiceLineItem[] {
  return rows.where('invoiceLineItem', (line) => line.invoice === invoice).sort((a, b) => a.position - b.position);
}

/** Items that wait for the next invoice of this subscription (or, with null, of the customer) in this currency. */
export function pendingItems(rows: Rows, customer: string, subscription: string | null, currency: string): InvoiceItem[] {
  return rows.where(
    'invoiceItem',
    (item) =>
      item.customer === customer &&
      item.invoice === null &&
      !item.deleted &&
      item.currency === currency &&
      (item.subscription === null || item.subscription === subscription),
  );
}

/** The discounts of an invoice at `at`: the subscription's own, or else the customer's. */
export function discountsAt(rows: Rows, customer: Customer, subscription: Subscription | null, at: number): string[] {
  const own = (subscription?.discounts ?? []).filter((id) => isInForce(rows, id, at));
  if (own.length > 0 || customer.discount === null || inheritsNone(rows, subscription)) return own;
  return isInForce(rows, customer.discount, at) ? [customer.discount] : [];
}

/** The schedule's current phase sets `discounts=''`. */
function inheritsNone(rows: Rows, subscription: Subscription | null): boolean {
  const schedule = rows.find('subscriptionSchedule', subscription?.schedule ?? null);
  return schedule !== undefined && currentPhase(schedule)?.discounts?.length === 0;
}

function appliedDiscounts(rows: Rows, ids: string[]): CalculationInput['discounts'] {
  return ids.map((id) => ({ id, coupon: rows.get('coupon', rows.get('discount', id).coupon) }));
}

/** The row of a draft before its lines are counted. */
export function newInvoice(changes: ChangeSet, draft: InvoiceDraft): Invoice {
  const { customer, subscription, currency, billingReason, collectionMethod, autoAdvance, automaticallyFinalizesAt } = draft;
  return {
    ...changes.resource('in'),
    ...ZERO,
    hidden: draft.hidden ?? false,
    customer: customer.id,
    subscription: subscription?.id ?? null,
    testClock: customer.testClock,
    commitKey: changes.context.commitKey,
    cycleAt: draft.cycleAt ?? null,
    currency,
    billingReason,
    collectionMethod,
    autoAdvance,
    automaticallyFinalizesAt,
    periodStart: draft.period.start,
    periodEnd: draft.period.end,
    dueDate: dueDateOf({ collectionMethod, created: changes.now }, draft),
    defaultTaxRates: draft.defaultTaxRates,
    automaticTax: { enabled: draft.automaticTax ?? false, status: null, disabled_reason: null, provider: null },
    discounts: draft.discounts,
    paymentSettings: paymentSettingsOf(subscription),
    subscriptionMetadata: subscription ? subscription.metadata : null,
    customerDetails: customerDetailsOf(customer),
    shippingDetails: null,
    customerTaxIds: taxIdsOf(changes.rows, customer.id),
    ...wordingOf(changes.rows, customer),
    rendering: renderingFor(changes.rows, customer),
    ...draft.changes,
  };
}

function paymentSettingsOf(subscription: Subscription | null): Invoice['paymentSettings'] {
  return {
    default_mandate: null,
    payment_method_options: null,
    payment_method_types: subscription?.paymentSettings.payment_method_types ?? null,
  };
}

/** The customer's details that the invoice stores; taken again when it is finalized. */
export function customerDetailsOf(customer: Customer): Invoice['customerDetails'] {
  const { address, email, name, phone, shipping, taxExempt } = customer;
  return { address, email, name, phone, shipping, tax_exempt: taxExempt };
}

const ZERO = {
  deleted: false,
  consolidates: [],
  quote: null,
  fromInvoice: null,
  latestRevision: null,
  number: null,
  status: 'draft',
  attemptCount: 0,
  attempted: false,
  nextPaymentAttempt: null,
  effectiveAt: null,
  finalizedAt: null,
  lastFinalizationError: null,
  taxAwaitedSince: null,
  nationalTax: null,
  paidAt: null,
  voidedAt: null,
  markedUncollectibleAt: null,
  webhooksDeliveredAt: null,
  willBeDueAt: null,
  pastDueAt: null,
  subtotal: 0,
  subtotalExcludingTax: 0,
  total: 0,
  totalExcludingTax: 0,
  totalDiscountAmounts: [],
  totalCreditAmounts: [],
  totalTaxes: [],
  startingBalance: 0,
  endingBalance: null,
  amountDue: 0,
  amountPaid: 0,
  amountRemaining: 0,
  amountOverpaid: 0,
  amountPaidOffStripe: 0,
  prePaymentCreditNotesAmount: 0,
  postPaymentCreditNotesAmount: 0,
  shippingCost: null,
  refundParts: [],
  paidOutOfBand: false,
  paymentIntent: null,
  defaultPaymentMethod: null,
  accountTaxIds: null,
  sellerDetails: null,
  pageSize: null,
  receiptNumber: null,
  statementDescriptor: null,
  metadata: {},
} satisfies Partial<Invoice>;
