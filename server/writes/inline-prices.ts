/**
 * Inline prices (`price_data`). Before the call to a workflow they become rows, inactive so that no other request can use them, and the
 * workflow's parameters reference them by id.
 */
import { loadRows } from '../../db/related';
import { BillingError } from '../../domain/core/errors';
import { putInlinePrice, within, type PriceData } from '../../domain/price/inline-price';
import type { ChangeSet } from '../../domain/core/change-set';
import { atLeastOne, onlyOne } from '../http/exclusive';
import { taxRates, type Reference } from './references';
import type { ApiRequest } from '../http/request';

/** An item with a price: by id, or inline. */
export interface Priced {
  price?: string | undefined;
  price_data?: PriceData | undefined;
}

/** `described` says to the planner that the price belongs to this request, although it is inactive. */
type Named<P> = Omit<P, 'price_data'> & { described?: boolean };

/**
 * Checks that a line or an item has exactly one complete price.
 *
 * @throws BillingError parameters_exclusive, parameter_missing
 */
export function checkPriced(priced: Priced, param: string): void {
  onlyOne(priced, ['price', 'price_data'], param);
  const { price_data: data } = priced;
  if (!data) return;
  const nested = param === '' ? 'price_data' : `${param}[price_data]`;
  onlyOne(data, ['unit_amount', 'unit_amount_decimal'], nested);
  atLeastOne(data, ['unit_amount', 'unit_amount_decimal'], nested);
}

/** The product of an inline price. */
export function productOf({ price_data: data }: Priced, param: string): Reference[] {
  const nested = param === '' ? 'price_data' : `${param}[price_data]`;
  return data ? [{ kind: 'product', id: data.product, param: `${nested}[product]` }] : [];
}

/** What a line of an offer references: its price, the product that it describes a price of, and its tax rates. */
export function pricedReferences({ price, price_data: data, tax_rates: rates }: OfferedLine, param: string): Reference[] {
  return [
    ...(price === undefined ? [] : [{ kind: 'price' as const, id: price, param: `${param}[price]` }]),
    ...(data?.product === undefined ? [] : [{ kind: 'product' as const, id: data.product, param: `${param}[price_data][product]` }]),
    ...taxRates(rates, `${param}[tax_rates]`),
  ];
}

interface OfferedLine {
  price?: string | undefined;
  price_data?: { product?: string | undefined } | undefined;
  tax_rates?: string[] | null | undefined;
}

/**
 * The items with each inline price replaced by the id of its row. A repeated request finds the rows of the first one.
 *
 * @param places the path of each, for errors; empty for the request itself
 * @throws BillingError as the creation of a price does, with `price_data` under the item's path
 */
export async function namePrices<P extends Priced>(
  request: ApiRequest<unknown>,
  customer: string,
  priced: readonly P[],
  places: readonly string[],
): Promise<Named<P>[]> {
  const described = priced.flatMap(({ price_data: data }, index) => (data ? [{ data, place: places[index] ?? '' }] : []));
  if (described.length === 0) return [...priced];
  await request.change({
    step: 'describePrices',
    customer: null,
    now: await request.now(customer),
    load: (tx) =>
      loadRows(
        tx,
        'product',
        request.scope,
        described.map(({ data }) => data.product),
      ),
    plan: (changes) => {
      for (const { data, place } of described) putAt(changes, data, place);
    },
  });
  let ordinal = 0;
  return priced.map(({ price_data: data, ...rest }) =>
    data ? { ...rest, price: request.newId('price', ordinal++), described: true } : rest,
  );
}

function putAt(changes: ChangeSet, data: PriceData, place: string): void {
  try {
    putInlinePrice(changes, data);
  } catch (error) {
    throw error instanceof BillingError && place !== '' ? within(place, error) : error;
  }
}
