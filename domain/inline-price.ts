/** A price that a caller describes instead of naming: a row like any other, but inactive, so that nobody else uses it. */
import { BillingError } from './errors';
import type { Plan } from './plan';
import type { Interval, Price, TaxBehavior } from './price';
import { createPrice } from './price-changes';

/** Stripe's `price_data`, as a route's schema parsed it. */
export interface PriceData {
  currency: string;
  product: string;
  tax_behavior?: TaxBehavior | undefined;
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
  /** Absent where it is billed once. */
  recurring?: { interval: Interval; interval_count?: number | undefined } | undefined;
}

/** Throws what a price refuses, under `price_data[…]`. Its product must be among the rows. */
export function putInlinePrice(plan: Plan, data: PriceData): Price {
  const { product, currency, recurring } = data;
  try {
    return createPrice(plan, {
      product,
      currency,
      active: false,
      unitAmount: data.unit_amount,
      unitAmountDecimal: data.unit_amount_decimal,
      taxBehavior: data.tax_behavior,
      recurring: recurring && { interval: recurring.interval, intervalCount: recurring.interval_count ?? 1 },
    });
  } catch (error) {
    throw error instanceof BillingError ? within('price_data', error) : error;
  }
}

/** The same refusal, of a parameter that is nested: `product` of `lines[0]` is `lines[0][product]`. */
export function within(prefix: string, error: BillingError): BillingError {
  const { param } = error.details;
  if (param === undefined) return error;
  const [first = '', ...rest] = param.split('[');
  const nested = `${prefix}[${first}]${rest.map((part) => `[${part}`).join('')}`;
  return new BillingError(error.code, error.message, { ...error.details, param: nested });
}
