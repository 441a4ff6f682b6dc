/**
 * Charges and credits that wait for an invoice: an amount, or a unit price times a quantity. 250 × 2 waits as 500. One that was
 * put on a draft changes with its line; on a final invoice it cannot change any more.
 */
import { assertLineAmount, refuseFreeAmount } from '../price/amount-limits';
import { assertDiscountable } from '../line/change-proration';
import { requestedDiscounts } from '../discount/requests';
import { planAddLines } from './draft-lines';
import { BillingError } from '../core/errors';
import { given } from '../core/omit-undefined';
import { putInlinePrice, type PriceData } from '../price/inline-price';
import type { InvoiceItem, InvoiceLineItem, LineContent } from '../rows/invoice';
import { lineContentOf, recalculateInvoice } from '../line/draft';
import { taxedBy } from './line-requests';
import { mergeMetadata } from '../core/metadata';
import type { Plan } from '../core/change-set';
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
 * Puts an item for the customer, on a draft where one is named.
 *
 * @throws parameter_missing, parameters_exclusive, currency_mismatch, resource_missing, coupon_expired, invoice_not_editable
 */
export function createInvoiceItem(
  plan: Plan,
  of: { customer: string; invoice: string | null; subscription: string | null },
  asked: InvoiceItemParameters,
): InvoiceItem {
  assertPeriod(asked.period);
  if (of.invoice === null) assertFewWaiting(plan);
  const customer = plan.rows.get('customer', of.customer);
  const invoice = plan.rows.find('invoice', of.invoice);
  const holder = plan.rows.find('subscription', of.subscription);
  const currency = asked.currency ?? (invoice ?? holder)?.currency;
  const amounts = amountsOf(plan, asked, { currency, preferred: customer.currency, quantity: 1 });
  if (holder) assertBilled(holder, amounts.currency);
  const resource = plan.resource('ii');
  const item = plan.put('invoiceItem', {
    ...resource,
    ...amounts,
    ...wording(plan, asked, amounts, resource.id),
    deleted: false,
    customer: customer.id,
    testClock: customer.testClock,
    invoice: null,
    subscription: of.subscription ?? invoice?.subscription ?? null,
    subscriptionItem: null,
    proration: false,
    prorationDetails: null,
  });
  if (invoice) calledBy({ lines: 'invoice' }, () => planAddLines(plan, invoice.id, [{ invoice_item: item.id }]));
  plan.emit('invoiceitem.created', 'invoiceItem', item.id);
  return item;
}

function assertFewWaiting({ rows }: Plan): void {
  const { max } = LIMITS.pendingInvoiceItems;
  if (rows.where('invoiceItem', ({ invoice, deleted }) => invoice === null && !deleted).length < max) return;
  const message = `${String(max)} invoice items wait for the customer's next invoices, which is the most there can be.`;
  throw new BillingError('too_many_items', message, { param: 'customer' });
}

/** A subscription is billed in one currency: what waits for it in another would wait for ever. */
function assertBilled({ currency: billed }: Subscription, currency: string): void {
  if (currency === billed) return;
  throw new BillingError('currency_mismatch', `The subscription is billed in \`${billed}\`: use the same currency.`, { param: 'currency' });
}

function assertPeriod(period: { start: number; end: number } | undefined): void {
  if (period === undefined || period.start <= period.end) return;
  throw new BillingError('parameter_invalid', 'Invalid period: it must not end before it starts.', { param: 'period[end]' });
}

/** What an item says beside its amount; a credit is not discounted unless it says so. */
function wording(plan: Plan, asked: InvoiceItemParameters, amounts: Amounts, id: string) {
  const { description, discountable = amounts.amount >= 0, period = { start: plan.now, end: plan.now } } = asked;
  return {
    description: description ?? amounts.description,
    discountable,
    discounts: requestedDiscounts(plan, asked.discounts ?? [], { invoiceItem: id }, { currency: amounts.currency }),
    taxRates: asked.tax_rates ?? [],
    periodStart: period.start,
    periodEnd: period.end,
    metadata: mergeMetadata({}, asked.metadata),
  };
}

/** @throws invoice_not_editable where its invoice is final; parameters_exclusive, currency_mismatch, resource_missing */
export function updateInvoiceItem(plan: Plan, id: string, asked: InvoiceItemParameters): void {
  const item = plan.rows.get('invoiceItem', id);
  assertEditable(plan, item);
  assertDiscountable(item, asked);
  assertPeriod(asked.period);
  const changed = plan.patch('invoiceItem', id, {
    ...taxedBy(item, asked.tax_rates),
    ...newAmounts(plan, item, asked),
    ...given({ description: asked.description, discountable: asked.discountable, taxBehavior: asked.tax_behavior }),
    ...(asked.discounts === undefined
      ? {}
      : { discounts: requestedDiscounts(plan, asked.discounts ?? [], { invoiceItem: id }, { currency: item.currency }) }),
    ...(asked.period === undefined ? {} : { periodStart: asked.period.start, periodEnd: asked.period.end }),
    metadata: mergeMetadata(item.metadata, asked.metadata),
  });
  const line = lineOf(plan, id);
  if (line) {
    plan.patch('invoiceLineItem', line.id, { ...lineContentOf(changed), subtotal: changed.amount });
    recalculate(plan, line.invoice);
  }
  plan.emitUpdated('invoiceitem.updated', 'invoiceItem', id);
}

/** @throws invoice_not_editable where its invoice is final */
export function deleteInvoiceItem(plan: Plan, id: string): void {
  assertEditable(plan, plan.rows.get('invoiceItem', id));
  const line = lineOf(plan, id);
  plan.patch('invoiceItem', id, { deleted: true, invoice: null });
  if (line) {
    plan.remove('invoiceLineItem', line.id);
    recalculate(plan, line.invoice);
  }
  plan.emit('invoiceitem.deleted', 'invoiceItem', id);
}

function recalculate(plan: Plan, invoice: string): void {
  recalculateInvoice(plan, invoice);
  plan.emitUpdated('invoice.updated', 'invoice', invoice);
}

const lineOf = (plan: Plan, item: string): InvoiceLineItem | undefined =>
  plan.rows.first('invoiceLineItem', (line) => line.invoiceItem === item);

function assertEditable(plan: Plan, item: InvoiceItem): void {
  if (item.invoice === null || plan.rows.get('invoice', item.invoice).status === 'draft') return;
  throw new BillingError('invoice_not_editable', 'This invoice item can no longer change, because its invoice has been finalized.');
}

/** What was not asked for stays: a new quantity keeps the unit price, a new price keeps the quantity. */
function newAmounts(plan: Plan, item: InvoiceItem, asked: InvoiceItemParameters): Partial<Amounts> {
  const { amount, pricing, price_data, unit_amount_decimal, quantity } = asked;
  if ([amount, pricing?.price, price_data, unit_amount_decimal].some((each) => each !== undefined)) {
    const { description, taxBehavior, ...amounts } = amountsOf(plan, asked, item);
    return { ...amounts, ...(item.description === null ? { description } : {}), ...(amounts.price === null ? {} : { taxBehavior }) };
  }
  if (quantity === undefined) return {};
  if (item.proration) throw new BillingError('parameter_invalid', 'The quantity of a proration cannot be changed.', { param: 'quantity' });
  const price = plan.rows.find('price', item.price);
  if (price) return { quantity, ...charged(priceIn(price, item.currency), quantity) };
  const unitAmountDecimal = item.unitAmountDecimal ?? String(item.amount);
  return { quantity, unitAmountDecimal, ...charged(unitPrice(unitAmountDecimal), quantity) };
}

function charged(price: RatedPrice, quantity: number): Charged {
  assertLineAmount(price, quantity, 'quantity');
  return whole(rate(price, quantity));
}

/** The currency is that which is said, or of what it belongs to; else the customer's, where the price is offered in it. */
interface Before {
  currency?: string | undefined;
  preferred?: string | null;
  quantity: number;
}

function amountsOf(plan: Plan, asked: InvoiceItemParameters, before: Before): Amounts {
  const { amount, unit_amount_decimal: decimal, quantity = before.quantity, tax_behavior: taxBehavior = null } = asked;
  refuseSeveral(asked);
  const price = priceOf(plan, asked);
  if (price) return ofPrice(plan, price, quantity, before.currency ?? preferredOf(price, before));
  const { currency } = before;
  if (currency === undefined) throw new BillingError('parameter_missing', 'Missing required param: currency.', { param: 'currency' });
  const nothing = { price: null, product: null, description: null, currency, taxBehavior };
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

function priceOf(plan: Plan, { pricing, price_data: data }: InvoiceItemParameters): Price | null {
  if (data) return putInlinePrice(plan, data);
  if (pricing?.price === undefined) return null;
  const price = plan.rows.find('price', pricing.price);
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

function ofPrice(plan: Plan, named: Price, quantity: number, currency: string): Amounts {
  if (!isOfferedIn(named, currency)) {
    throw new BillingError('currency_mismatch', `The currency \`${named.currency}\` of the price doesn't match \`${currency}\`.`, {
      param: 'currency',
    });
  }
  refuseFreeAmount(named, 'pricing[price]');
  const price = priceIn(named, currency);
  const { id, product, taxBehavior, unitAmountDecimal } = price;
  const description = plan.rows.get('product', product).name;
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
