/**
 * Prices that a request describes instead of naming (`price_data`). They become rows of their own before a workflow is asked,
 * inactive so that nobody else uses them, and what the workflow reads then names them.
 */
import { loadRows } from '../../db/related';
import { BillingError } from '../../domain/core/errors';
import { putInlinePrice, within, type PriceData } from '../../domain/price/inline-price';
import type { ChangeSet } from '../../domain/core/change-set';
import { atLeastOne, onlyOne } from '../http/exclusive';
import type { Reference } from './references';
import type { ApiRequest } from '../http/request';

/** Something that has a price: by name, or described. */
export interface Priced {
  price?: string | undefined;
  price_data?: PriceData | undefined;
}

/** `described` tells the planner that the price is this request's own, though it is inactive. */
type Named<P> = Omit<P, 'price_data'> & { described?: boolean };

/**
 * The price of a line or an item, said once and completely.
 *
 * @throws parameters_exclusive, parameter_missing
 */
export function checkPriced(priced: Priced, param: string): void {
  onlyOne(priced, ['price', 'price_data'], param);
  const { price_data: data } = priced;
  if (!data) return;
  const nested = param === '' ? 'price_data' : `${param}[price_data]`;
  onlyOne(data, ['unit_amount', 'unit_amount_decimal'], nested);
  atLeastOne(data, ['unit_amount', 'unit_amount_decimal'], nested);
}

/** The product that a described price is for. */
export function productOf({ price_data: data }: Priced, param: string): Reference[] {
  const nested = param === '' ? 'price_data' : `${param}[price_data]`;
  return data ? [{ kind: 'product', id: data.product, param: `${nested}[product]` }] : [];
}

/**
 * The same with every described price named by the row that it became. Asked again, it finds the rows of the first time.
 *
 * @param places what each is nested in, for refusals; empty for the request itself
 * @throws what a price cannot be, under `price_data` of its place
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
