/**
 * Charges and credits that wait for an invoice: an amount, or a unit price times a quantity. 250 × 2 waits as 500. An item on a draft
 * changes together with its line; on a final invoice it cannot change any more.
 */
import { assertLineAmount, refuseFreeAmount } from '../price/amount-limits';
import { assertDiscountable } from '../line/change-proration';
import { requestedDiscounts } from '../discount/requests';
import { planAddLines } from './draft-lines';
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { putInlinePrice, type PriceData } from '../price/inline-price';
import type { InvoiceItem, InvoiceLineItem, LineContent } from '../rows/invoice';
import { assertDiscountsFit, lineContentOf, recalculateInvoice } from '../line/draft';
import { itemTax } from './item-tax';
import { otherCurrency, taxedBy } from './line-requests';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import { requireBilledHere } from '../core/fence';
import { isOfferedIn, priceIn, type Price, type TaxBehavior } from '../rows/price';
import { rate, unitPrice, whole, type Charged, type RatedPrice } from '../price/rating';
import type { Metadata } from '../rows/resource';
import type { Subscription } from '../rows/subscription';
import type { DiscountParameters } from '../rows/subscription-parameters';
import { calledBy } from '../core/nested-refusal';
import { LIMITS } from '../core/limits';

/** Stripe's parameters as the route parsed them; absent means not sent. */
export interface InvoiceItemParameters {
  amount?: number | undefined;
  currency?: string | undefined;
  description?: string | null | undefined;
  discountable?: boolean | undefined;
  discounts?: DiscountParameters[] | null | undefined;
  metadata?: Metadata | null | undefined;
  period?: { start: number; end: number } | undefined;
  price_data?: PriceData | undefined;
  pricing?: { price?: string | undefined } | undefined;
  quantity?: number | undefined;
  tax_behavior?: TaxBehavior | undefined;
  tax_code?: string | null | undefined;
  tax_rates?: string[] | null | undefined;
  unit_amount_decimal?: string | undefined;
}

type Amounts = Pick<LineContent, 'amount' | 'price' | 'product' | 'unitAmountDecimal' | 'basis'> & {
  quantity: number;
  currency: string;
  description: string | null;
  taxBehavior: TaxBehavior | null;
};

/**
 * Puts an item for the customer, on a draft if one is named.
 *
 * @throws BillingError parameter_missing, parameters_exclusive, currency_mismatch, resource_missing, coupon_expired, invoice_not_editable,
 * customer_billed_elsewhere
 */
export function createInvoiceItem(
  changes: ChangeSet,
  of: { customer: string; invoice: string | null; subscription: string | null },
  params: InvoiceItemParameters,
): InvoiceItem {
  assertPeriod(params.period);
  if (of.invoice === null) assertFewWaiting(changes);
  const customer = changes.rows.get('customer', of.customer);
  requireBilledHere(changes, customer);
  const invoice = changes.rows.find('invoice', of.invoice);
  const holder = changes.rows.find('subscription', of.subscription);
  const currency = params.currency ?? (invoice ?? holder)?.currency;
  const amounts = amountsOf(changes, params, { currency, preferred: customer.currency, quantity: 1 });
  if (holder) assertBilled(holder, amounts.currency);
  if (invoice && invoice.currency !== amounts.currency) throw otherCurrency(amounts.currency, invoice.currency, 'currency');
  const resource = changes.resource('ii');
  const item = changes.put('invoiceItem', {
    ...resource,
    ...amounts,
    taxCode: null,
    ...itemTax(amounts, params),
    ...wording(changes, params, amounts, resource.id),
    deleted: false,
    customer: customer.id,
    testClock: customer.testClock,
    invoice: null,
    subscription: of.subscription ?? invoice?.subscription ?? null,
    subscriptionItem: null,
    proration: false,
    prorationDetails: null,
  });
  if (invoice) calledBy({ lines: 'invoice' }, () => planAddLines(changes, invoice.id, [{ invoice_item: item.id }]));
  changes.emit('invoiceitem.created', 'invoiceItem', item.id);
  return item;
}

function assertFewWaiting({ rows }: ChangeSet): void {
  const { max } = LIMITS.pendingInvoiceItems;
  if (rows.where('invoiceItem', ({ invoice, deleted }) => invoice === null && !deleted).length < max) return;
  const message = `${String(max)} invoice items wait for the customer's next invoices, which is the most there can be.`;
  throw new BillingError('too_many_items', message, { param: 'customer' });
}

/** A subscription's invoices have one currency. An item in another currency would wait for them forever. */
function assertBilled({ currency: billed }: Subscription, currency: string): void {
  if (currency === billed) return;
  throw new BillingError('currency_mismatch', `The subscription is billed in \`${billed}\`: use the same currency.`, { param: 'currency' });
}

function assertPeriod(period: { start: number; end: number } | undefined): void {
  if (period === undefined || period.start <= period.end) return;
  throw new BillingError('parameter_invalid', 'Invalid period: it must not end before it starts.', { param: 'period[end]' });
}

/** The item's fields besides its amount. A credit is discountable only if the request says so. */
function wording(changes: ChangeSet, params: InvoiceItemParameters, amounts: Amounts, id: string) {
  const { description, discountable = amounts.amount >= 0, period = { start: changes.now, end: changes.now } } = params;
  return {
    description: description ?? amounts.description,
    discountable,
    discounts: requestedDiscounts(changes, params.discounts ?? [], { invoiceItem: id }, { currency: amounts.currency }),
    taxRates: params.tax_rates ?? [],
    periodStart: period.start,
    periodEnd: period.end,
    metadata: mergeMetadata({}, params.metadata),
  };
}

/** @throws BillingError invoice_not_editable if its invoice is final; parameters_exclusive, currency_mismatch, resource_missing */
export function updateInvoiceItem(changes: ChangeSet, id: string, params: InvoiceItemParameters): void {
  const item = changes.rows.get('invoiceItem', id);
  assertEditable(changes, item);
  assertDiscountable(item, params);
  assertPeriod(params.period);
  const amounts = newAmounts(changes, item, params);
  const changed = changes.patch('invoiceItem', id, {
    ...taxedBy(item, params.tax_rates),
    ...amounts,
    ...itemTax({ ...item, ...amounts }, params),
    ...omitUndefined({ description: params.description, discountable: params.discountable }),
    ...(params.discounts === undefined
      ? {}
      : { discounts: requestedDiscounts(changes, params.discounts ?? [], { invoiceItem: id }, { currency: item.currency }) }),
    ...(params.period === undefined ? {} : { periodStart: params.period.start, periodEnd: params.period.end }),
    metadata: mergeMetadata(item.metadata, params.metadata),
  });
  const line = lineOf(changes, id);
  if (line) {
    changes.patch('invoiceLineItem', line.id, { ...lineContentOf(changed), subtotal: changed.amount });
    recalculate(changes, line.invoice);
  }
  changes.emitUpdated('invoiceitem.updated', 'invoiceItem', id);
}

/** @throws BillingError invoice_not_editable if its invoice is final */
export function deleteInvoiceItem(changes: ChangeSet, id: string): void {
  assertEditable(changes, changes.rows.get('invoiceItem', id));
  const line = lineOf(changes, id);
  changes.patch('invoiceItem', id, { deleted: true, invoice: null });
  if (line) {
    changes.remove('invoiceLineItem', line.id);
    recalculate(changes, line.invoice);
  }
  changes.emit('invoiceitem.deleted', 'invoiceItem', id);
}

function recalculate(changes: ChangeSet, invoice: string): void {
  assertDiscountsFit(changes.rows, invoice);
  recalculateInvoice(changes, invoice);
  changes.emitUpdated('invoice.updated', 'invoice', invoice);
}

const lineOf = (changes: ChangeSet, item: string): InvoiceLineItem | undefined =>
  changes.rows.first('invoiceLineItem', (line) => line.invoiceItem === item);

function assertEditable(changes: ChangeSet, item: InvoiceItem): void {
  if (item.invoice === null || changes.rows.get('invoice', item.invoice).status === 'draft') return;
  throw new BillingError('invoice_not_editable', 'This invoice item can no longer change, because its invoice has been finalized.');
}

/** Absent parameters keep their values: a new quantity keeps the unit price, a new price keeps the quantity. */
function newAmounts(changes: ChangeSet, item: InvoiceItem, params: InvoiceItemParameters): Partial<Amounts> {
  const { amount, pricing, price_data, unit_amount_decimal, quantity } = params;
  if ([amount, pricing?.price, price_data, unit_amount_decimal].some((each) => each !== undefined)) {
    const { description, taxBehavior, ...amounts } = amountsOf(changes, params, item);
    return { ...amounts, ...(item.description === null ? { description } : {}), ...(amounts.price === null ? {} : { taxBehavior }) };
  }
  if (quantity === undefined) return {};
  if (item.proration) throw new BillingError('parameter_invalid', 'The quantity of a proration cannot be changed.', { param: 'quantity' });
  const price = changes.rows.find('price', item.price);
  if (price) return { quantity, ...charged(priceIn(price, item.currency), quantity) };
  const unitAmountDecimal = item.unitAmountDecimal ?? String(item.amount);
  return { quantity, unitAmountDecimal, ...charged(unitPrice(unitAmountDecimal), quantity) };
}

function charged(price: RatedPrice, quantity: number): Charged {
  assertLineAmount(price, quantity, 'quantity');
  return whole(rate(price, quantity));
}

/** The currency is that of the request, or of the item's subscription or draft; otherwise the customer's, if the price is offered in it. */
interface Before {
  currency?: string | undefined;
  preferred?: string | null;
  quantity: number;
}

function amountsOf(changes: ChangeSet, params: InvoiceItemParameters, before: Before): Amounts {
  const { amount, unit_amount_decimal: decimal, quantity = before.quantity } = params;
  refuseSeveral(params);
  const price = priceOf(changes, params);
  if (price) return ofPrice(changes, price, quantity, before.currency ?? preferredOf(price, before));
  const { currency } = before;
  if (currency === undefined) throw new BillingError('parameter_missing', 'Missing required param: currency.', { param: 'currency' });
  const nothing = { price: null, product: null, description: null, currency, taxBehavior: null };
  if (amount !== undefined) return { ...nothing, amount, quantity: 1, unitAmountDecimal: String(amount), basis: null };
  if (decimal !== undefined) return { ...nothing, ...charged(unitPrice(decimal), quantity), quantity, unitAmountDecimal: decimal };
  throw new BillingError('parameter_missing', 'Missing required param: amount. An invoice item needs an amount or a price.', {
    param: 'amount',
  });
}

function preferredOf(price: Price, { preferred = null }: Before): string {
  return preferred !== null && isOfferedIn(price, preferred) ? preferred : price.currency;
}

function refuseSeveral({ amount, pricing, price_data, unit_amount_decimal, quantity }: InvoiceItemParameters): void {
  const sent = Object.entries({ amount, pricing: pricing?.price, price_data, unit_amount_decimal }).filter(
    ([, value]) => value !== undefined,
  );
  const names = sent.map(([name]) => name);
  if (amount !== undefined && quantity !== undefined) names.push('quantity');
  if (names.length < 2) return;
  throw new BillingError('parameters_exclusive', `You may only specify one of these parameters: ${names.join(', ')}.`, {
    param: names[1] ?? '',
  });
}

function priceOf(changes: ChangeSet, { pricing, price_data: data }: InvoiceItemParameters): Price | null {
  if (data) return putInlinePrice(changes, data);
  if (pricing?.price === undefined) return null;
  const price = changes.rows.find('price', pricing.price);
  if (!price) throw new BillingError('resource_missing', `No such price: '${pricing.price}'`, { param: 'pricing[price]' });
  if (price.type === 'one_time' && price.active) return price;
  const what = price.active ? '`type=recurring`' : '`active=false`';
  throw new BillingError(
    'parameter_invalid',
    `The price specified is set to ${what} but this field only accepts active prices with \`type=one_time\`.`,
    {
      param: 'pricing[price]',
    },
  );
}

function ofPrice(changes: ChangeSet, named: Price, quantity: number, currency: string): Amounts {
  if (!isOfferedIn(named, currency)) {
    throw new BillingError('currency_mismatch', `The currency \`${named.currency}\` of the price doesn't match \`${currency}\`.`, {
      param: 'currency',
    });
  }
  refuseFreeAmount(named, 'pricing[price]');
  const price = priceIn(named, currency);
  const { id, product, taxBehavior, unitAmountDecimal } = price;
  const description = changes.rows.get('product', product).name;
  return {
    ...charged(price, quantity),
    quantity,
    currency: price.currency,
    price: id,
    product,
    unitAmountDecimal,
    taxBehavior,
    description,
  };
}
