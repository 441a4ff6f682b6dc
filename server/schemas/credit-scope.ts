/** The usage that a grant pays: of every metered price, or of some. */
import { isMetered } from '../../domain/rows/price';
import { array, id, object, oneOf } from '../http/parameters';
import { ParameterError } from '../http/parameter-error';
import type { ApiRequest } from '../http/request';

/** Stripe's limit. */
const PRICES_MAX = 20;

export const scopeShape = {
  price_type: oneOf(['metered']).optional(),
  prices: array(object({ id: id() }), { max: PRICES_MAX }).optional(),
};

interface Scope {
  price_type?: 'metered' | undefined;
  prices?: { id: string }[] | undefined;
}

/**
 * The prices, or null for every metered one.
 *
 * @throws BillingError parameter_missing, parameters_exclusive, resource_missing, parameter_invalid (the price is not metered)
 */
export async function pricesOf(request: ApiRequest<unknown>, params: Scope, param: string): Promise<string[] | null> {
  const { price_type: type, prices = [] } = params;
  if (type !== undefined && prices.length > 0) {
    throw new ParameterError(
      'parameters_exclusive',
      'You may only specify one of these parameters: price_type, prices.',
      `${param}[prices]`,
    );
  }
  if (type !== undefined) return null;
  if (prices.length === 0)
    throw new ParameterError('parameter_missing', `Missing required param: ${param}[price_type].`, `${param}[price_type]`);
  for (const [index, { id: price }] of prices.entries()) {
    const name = `${param}[prices][${String(index)}][id]`;
    const row = await request.find('price', price, name);
    if (!isMetered(row)) throw new ParameterError('parameter_invalid', `The price ${price} is not metered.`, name);
  }
  return prices.map((price) => price.id);
}
