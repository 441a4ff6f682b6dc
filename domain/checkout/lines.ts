/** What a session sells: existing lines, named by their ids, and new ones; lines that the request omits are removed. */
import { BillingError } from '../core/errors';
import { nestedIn } from '../core/nested-refusal';
import { mergeMetadata } from '../core/metadata';
import { activePrice, putInlinePrice } from '../price/inline-price';
import { keptPrice, keptRates, namedLine, quantityFor } from '../price/offered-lines';
import { createProduct } from '../price/product-changes';
import type { ChangeSet } from '../core/change-set';
import type { AdjustableQuantity, CheckoutLine, CheckoutSession } from '../rows/checkout-session';
import type { Price } from '../rows/price';
import type { CheckoutLineParameters, CheckoutPriceData } from './parameters';

/** What Stripe allows of a line whose quantity the buyer may change, unless the seller says otherwise. */
const QUANTITY_MAXIMUM = 99;

/** @throws BillingError resource_missing, parameter_invalid, parameter_missing */
export function sessionLines(
  changes: ChangeSet,
  before: Pick<CheckoutSession, 'mode' | 'lineItems'>,
  params: readonly CheckoutLineParameters[],
): CheckoutLine[] {
  assertNamedOnce(params);
  const lines = params.map((each, index) => nestedIn(`line_items[${String(index)}]`, () => sessionLine(changes, before, each)));
  assertMode(before.mode, lines);
  return lines;
}

function assertNamedOnce(params: readonly CheckoutLineParameters[]): void {
  params.forEach(({ id }, index) => {
    if (id === undefined || params.findIndex((each) => each.id === id) === index) return;
    throw new BillingError('parameter_invalid', `The line item '${id}' is listed twice.`, { param: `line_items[${String(index)}][id]` });
  });
}

export function sessionLine(
  changes: ChangeSet,
  { lineItems }: Pick<CheckoutSession, 'lineItems'>,
  params: CheckoutLineParameters,
): CheckoutLine {
  const before = namedLine(lineItems, params.id);
  const price = priceOf(changes, params) ?? keptPrice(changes, before);
  const adjustable = adjustableOf(params.adjustable_quantity, before);
  const quantity = quantityFor(price, params.quantity, () => quantityBefore(before));
  assertQuantity(quantity, adjustable);
  return {
    id: before?.id ?? changes.id('li'),
    price: price.id,
    type: price.type,
    quantity,
    adjustable,
    ...(isInline(params, before) ? { inline: true as const } : {}),
    ...(before?.optional ? { optional: true as const } : {}),
    tax_rates: keptRates(params.tax_rates, before),
    description: changes.rows.get('product', price.product).name,
    metadata: mergeMetadata(before?.metadata ?? {}, params.metadata),
    ...{ subtotal: 0, discount: 0, tax: 0, total: 0 },
  };
}

const isInline = ({ price, price_data: data }: CheckoutLineParameters, before: CheckoutLine | null): boolean =>
  data !== undefined || (price === undefined && before?.inline === true);

/** @throws BillingError parameter_invalid */
export function adjustableOf(
  params: CheckoutLineParameters['adjustable_quantity'],
  before: CheckoutLine | null = null,
): AdjustableQuantity | null {
  if (!params) return before?.adjustable ?? null;
  const { enabled, minimum = 0, maximum = QUANTITY_MAXIMUM } = params;
  if (minimum > maximum) {
    throw new BillingError('parameter_invalid', '`minimum` must be at most `maximum`.', { param: 'adjustable_quantity[minimum]' });
  }
  return enabled ? { enabled, minimum, maximum } : null;
}

function priceOf(changes: ChangeSet, { price: id, price_data: data }: CheckoutLineParameters): Price | null {
  if (data) return putInlinePrice(changes, { ...data, product: productOf(changes, data) });
  return id === undefined ? null : activePrice(changes, id);
}

function productOf(changes: ChangeSet, { product, product_data: data }: CheckoutPriceData): string {
  if (product !== undefined) return product;
  if (!data) throw new BillingError('parameter_missing', 'Missing required param: product.', { param: 'price_data[product]' });
  return createProduct(changes, {
    name: data.name,
    description: data.description ?? null,
    metadata: data.metadata,
    active: false,
    ...(data.tax_code === undefined ? {} : { taxCode: data.tax_code }),
  }).id;
}

/** @throws BillingError parameter_missing for a new line without one */
function quantityBefore(before: CheckoutLine | null): number {
  if (before?.quantity !== undefined && before.quantity !== null) return before.quantity;
  throw new BillingError('parameter_missing', 'Quantity is required. Add `quantity` to this line item.', { param: 'quantity' });
}

function assertQuantity(quantity: number | null, adjustable: AdjustableQuantity | null): void {
  if (adjustable === null || quantity === null) return;
  const { minimum, maximum } = adjustable;
  if (quantity >= (minimum ?? 0) && quantity <= (maximum ?? quantity)) return;
  const message = `\`quantity\` must be between the \`minimum\` and the \`maximum\` of \`adjustable_quantity\`: ${String(minimum)} and ${String(maximum)}.`;
  throw new BillingError('parameter_invalid', message, { param: 'quantity' });
}

/** @throws BillingError parameter_invalid in Stripe's words */
export function assertMode(mode: CheckoutSession['mode'], lines: CheckoutLine[]): void {
  const recurring = lines.filter(({ type }) => type === 'recurring');
  if (mode === 'payment' && recurring.length > 0) throw new BillingError('parameter_invalid', RECURRING_IN_PAYMENT);
  if (mode === 'subscription' && recurring.length === 0) throw new BillingError('parameter_invalid', NOTHING_RECURRING);
}

const RECURRING_IN_PAYMENT =
  'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.';
const NOTHING_RECURRING = 'You must provide at least one recurring price in `subscription` mode when using prices.';

/**
 * A price that the seller has archived is no longer sold.
 *
 * @throws BillingError parameter_invalid
 */
export function assertForSale(changes: ChangeSet, lineItems: readonly CheckoutLine[]): void {
  for (const { price, inline } of lineItems) if (inline !== true) activePrice(changes, price);
}
