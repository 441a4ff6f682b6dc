import type { Interval, TaxBehavior } from '../../../domain/price';
import type { PriceTerms } from '../../../domain/price-changes';
import { ParameterError } from '../../parameter-error';
import { currency, decimal, integer, object, oneOf } from '../../parameters';

const UNIT_AMOUNT_MAX = 999_999_999_999;

export const taxBehavior = () => oneOf(['exclusive', 'inclusive', 'unspecified']);

export const recurring = () =>
  object({
    interval: oneOf(['day', 'week', 'month', 'year']),
    interval_count: integer({ min: 1 }).default(1),
  });

/** What one unit costs, and how often: the terms that `default_price_data` and `price_data` share with a price. */
export const priceTerms = {
  currency: currency(),
  tax_behavior: taxBehavior().optional(),
  unit_amount: integer({ min: 0, max: UNIT_AMOUNT_MAX }).optional(),
  unit_amount_decimal: decimal({ decimals: 12, min: 0, max: UNIT_AMOUNT_MAX }).optional(),
};

interface Terms {
  currency: string;
  recurring?: { interval: Interval; interval_count: number; trial_period_days?: number | undefined } | undefined;
  tax_behavior?: TaxBehavior | undefined;
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
}

export function toPriceTerms(given: Terms): PriceTerms {
  return {
    currency: given.currency,
    unitAmount: given.unit_amount,
    unitAmountDecimal: given.unit_amount_decimal,
    recurring: given.recurring && {
      interval: given.recurring.interval,
      intervalCount: given.recurring.interval_count,
      trialPeriodDays: given.recurring.trial_period_days,
    },
    taxBehavior: given.tax_behavior,
  };
}

/** What later issues bring: tiers, packages, metering, free amounts, several currencies. */
export const UNSUPPORTED_TERMS = [
  'currency_options',
  'custom_unit_amount',
  'tiers',
  'tiers_mode',
  'transform_quantity',
  'recurring[meter]',
];

/** A value that Stripe has and Dunlin does not yet. */
export function refuseValue(param: string, value: string | undefined, unsupported: string): void {
  if (value !== unsupported) return;
  throw new ParameterError(
    'parameter_unsupported',
    `${param}=${unsupported} is part of Stripe's API, but not supported by Dunlin yet.`,
    param,
  );
}
