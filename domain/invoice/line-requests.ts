/** A caller's change of one line, as a change of its content: an amount, or a unit price times a quantity, and its other fields. */
import { assertLineAmount, refuseFreeAmount } from '../price/amount-limits';
import { assertDiscountable } from '../line/change-proration';
import { requestedDiscounts } from '../discount/requests';
import { BillingError } from '../core/errors';
import { putLinePrice } from './line-price';
import type { LineContent } from '../rows/invoice';
import type { LineParameters } from './parameters';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import { currenciesOf, priceIn, type Price } from '../rows/price';
import { rate, unitPrice, whole } from '../price/rating';

/** For a line, or the invoice item behind it, which always has a quantity. */
type Change = Partial<Omit<LineContent, 'quantity'> & { quantity: number }>;

/**
 * Absent parameters keep their values. `holder` is the invoice item that new discounts belong to, or the line if it has none.
 *
 * @throws BillingError parameters_exclusive, resource_missing, currency_mismatch, parameter_invalid
 */
export function lineChange(changes: ChangeSet, row: LineContent, params: LineParameters, holder: string): Change {
  assertDiscountable(row, params);
  return { ...taxedBy(row, params.tax_rates), ...pricedContent(changes, row, params), ...wording(changes, row, params, holder) };
}

/**
 * Refuses a new line without an amount or a price.
 *
 * @throws BillingError parameter_missing
 */
export function assertPriced({ amount, pricing, price_data: data }: LineParameters): void {
  if (amount !== undefined || pricing?.price !== undefined || data) return;
  throw new BillingError('parameter_missing', 'Missing required param: amount. A line needs an amount or a price.', { param: 'amount' });
}

type Amounts = Pick<LineContent, 'amount' | 'description' | 'price' | 'product' | 'taxBehavior' | 'unitAmountDecimal' | 'basis'> & {
  quantity: number;
};

function pricedContent(changes: ChangeSet, row: LineContent, params: LineParameters): Partial<Amounts> {
  const { amount, quantity } = params;
  const price = priceOf(changes, row.currency, params);
  if (amount !== undefined) return justAmount(amount, price, quantity);
  if (price) return ofPrice(changes, price, quantity ?? row.quantity ?? 1, row.description);
  return quantity === undefined ? {} : ofQuantity(changes, row, quantity);
}

function justAmount(amount: number, price: Price | null, quantity: number | undefined): Partial<Amounts> {
  if (price) throw exclusive('amount', 'pricing', 'price_data');
  if (quantity !== undefined) throw exclusive('amount', 'quantity');
  assertLineAmount(unitPrice(String(amount)), 1, 'amount');
  return { amount, quantity: 1, price: null, product: null, unitAmountDecimal: String(amount), basis: null };
}

function ofQuantity(changes: ChangeSet, row: LineContent, quantity: number): Partial<Amounts> {
  const price = row.price === null ? null : changes.rows.find('price', row.price);
  const priced = price ? priceIn(price, row.currency) : row.unitAmountDecimal !== null && unitPrice(row.unitAmountDecimal);
  if (priced && !row.proration && !row.basis?.usage) {
    assertLineAmount(priced, quantity, 'quantity');
    return { quantity, ...whole(rate(priced, quantity)) };
  }
  throw new BillingError('parameter_invalid', 'The quantity of a line without a unit price, or of a proration, cannot be changed.', {
    param: 'quantity',
  });
}

function priceOf(changes: ChangeSet, currency: string, { pricing, price_data: data }: LineParameters): Price | null {
  if (data && pricing?.price !== undefined) throw exclusive('pricing', 'price_data');
  if (data) return sameCurrency(putLinePrice(changes, data), currency, 'price_data[currency]');
  if (pricing?.price === undefined) return null;
  const price = changes.rows.find('price', pricing.price);
  if (!price) throw new BillingError('resource_missing', `No such price: '${pricing.price}'`, { param: 'pricing[price]' });
  if (price.type === 'one_time') return sameCurrency(price, currency, 'pricing[price]');
  const message = 'The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.';
  throw new BillingError('parameter_invalid', message, { param: 'pricing[price]' });
}

function sameCurrency(price: Price, currency: string, param: string): Price {
  if (!currenciesOf(price).includes(currency)) throw otherCurrency(price.currency, currency, param);
  refuseFreeAmount(price, param);
  return priceIn(price, currency);
}

/** An existing description stays. */
function ofPrice(changes: ChangeSet, price: Price, quantity: number, words: string | null): Amounts {
  const { id, product, taxBehavior, unitAmountDecimal } = price;
  assertLineAmount(price, quantity, 'quantity');
  const description = words ?? changes.rows.get('product', product).name;
  return { ...whole(rate(price, quantity)), quantity, description, price: id, product, taxBehavior, unitAmountDecimal };
}

/** The line's fields besides its amount. */
function wording(changes: ChangeSet, row: LineContent, params: LineParameters, holder: string): Change {
  const { description, discountable, discounts, metadata } = params;
  return {
    ...periodOf(params),
    ...(description === undefined ? {} : { description }),
    ...(discountable === undefined ? {} : { discountable }),
    ...(discounts === undefined
      ? {}
      : { discounts: requestedDiscounts(changes, discounts ?? [], { invoiceItem: holder }, { currency: row.currency }) }),
    ...(metadata === undefined ? {} : { metadata: mergeMetadata(row.metadata, metadata) }),
  };
}

/** Rates in a request are used as they are today, even for a credit, whose other rates are those of the charge that it gives back. */
export function taxedBy(
  { basis }: Pick<LineContent, 'basis'>,
  params: string[] | null | undefined,
): Partial<Pick<LineContent, 'taxRates' | 'basis'>> {
  if (params === undefined) return {};
  const taxRates = params ?? [];
  if (basis?.taxed === undefined) return { taxRates };
  const rest = { ...basis };
  delete rest.taxed;
  return { taxRates, basis: rest };
}

function periodOf({ period }: LineParameters): Change {
  if (!period) return {};
  if (period.end >= period.start) return { periodStart: period.start, periodEnd: period.end };
  throw new BillingError('parameter_invalid', 'A period ends when it starts, or later.', { param: 'period[end]' });
}

const exclusive = (...names: [string, string, ...string[]]): BillingError =>
  new BillingError('parameters_exclusive', `You may only specify one of these parameters: ${names.join(', ')}.`, { param: names[1] });

export const otherCurrency = (currency: string, ofInvoice: string, param: string): BillingError =>
  new BillingError('currency_mismatch', `The currency \`${currency}\` doesn't match the invoice's: \`${ofInvoice}\`.`, { param });

/** An empty new line. */
export const BLANK_LINE = {
  amount: 0,
  description: null,
  quantity: 1,
  discountable: true,
  discounts: [],
  taxRates: [],
  price: null,
  product: null,
  unitAmountDecimal: null,
  taxBehavior: null,
  taxCode: null,
  subscriptionItem: null,
  proration: false,
  prorationDetails: null,
  basis: null,
  metadata: {},
} satisfies Partial<LineContent>;
