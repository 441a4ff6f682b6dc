import type { Metadata, Resource } from './resource';

export type Interval = 'day' | 'week' | 'month' | 'year';

export interface Recurring {
  interval: Interval;
  interval_count: number;
  /** `licensed`: a quantity, billed in advance. `metered`: a meter's usage, billed in arrears. */
  usage_type: 'licensed' | 'metered';
  trial_period_days: number | null;
  /** The meter of a metered price; null for a licensed one. */
  meter: string | null;
  /** Dunlin's own: only events whose payload has these values count. Empty: all of the meter's events. */
  dimension_filters: Record<string, string>;
}

export type TaxBehavior = 'inclusive' | 'exclusive' | 'unspecified';

/** One tier: quantities up to and including `up_to`; null: no upper end. Amounts are minor units with up to 12 decimals, as text. */
export interface PriceTier {
  up_to: number | null;
  unit_amount_decimal: string | null;
  /** For the tier as a whole, once a unit falls into it. */
  flat_amount_decimal: string | null;
}

/** Bounds of a customer-chosen amount, minor units; null: no bound, no preset. */
export interface CustomUnitAmount {
  minimum: number | null;
  maximum: number | null;
  preset: number | null;
}

export interface TransformQuantity {
  divide_by: number;
  round: 'up' | 'down';
}

/** The amounts of a price in one more currency. */
export interface CurrencyOption {
  unit_amount_decimal: string | null;
  tiers: PriceTier[] | null;
  custom_unit_amount: CustomUnitAmount | null;
  tax_behavior: TaxBehavior;
}

/**
 * What a product costs: an amount per unit, tiers, or a customer-chosen amount. `unitAmount` is null if `unitAmountDecimal` has a fraction
 * of a minor unit; both are null with tiers and with a customer-chosen amount.
 */
export interface Price extends Resource {
  /** Only plans can be deleted. */
  deleted: boolean;
  product: string;
  active: boolean;
  type: 'one_time' | 'recurring';
  currency: string;
  billingScheme: 'per_unit' | 'tiered';
  unitAmount: number | null;
  /** Minor units with up to 12 decimals, as text. */
  unitAmountDecimal: string | null;
  tiersMode: 'graduated' | 'volume' | null;
  tiers: PriceTier[] | null;
  /** Packages: the quantity is divided and rounded before it is priced. */
  transformQuantity: TransformQuantity | null;
  customUnitAmount: CustomUnitAmount | null;
  /** Amounts in other currencies, by currency. */
  currencyOptions: Record<string, CurrencyOption>;
  recurring: Recurring | null;
  taxBehavior: TaxBehavior;
  nickname: string | null;
  lookupKey: string | null;
  metadata: Metadata;
}

export function currenciesOf(price: Price): string[] {
  return [price.currency, ...Object.keys(price.currencyOptions)];
}

export function isOfferedIn(price: Price, currency: string | null): boolean {
  return currency !== null && currenciesOf(price).includes(currency);
}

/**
 * The price in one of its currencies.
 *
 * @throws Error if it has none in this currency; callers refuse that before
 */
export function priceIn(price: Price, currency: string): Price {
  if (price.currency === currency) return price;
  const option = price.currencyOptions[currency];
  if (!option) throw new Error(`price ${price.id} is not offered in ${currency}`);
  const { unit_amount_decimal: unitAmountDecimal, tiers, custom_unit_amount: customUnitAmount, tax_behavior: taxBehavior } = option;
  return { ...price, currency, unitAmount: wholeAmount(unitAmountDecimal), unitAmountDecimal, tiers, customUnitAmount, taxBehavior };
}

/** An amount as an integer of minor units; null if it has a fraction or is null. */
export function wholeAmount(decimal: string | null): number | null {
  return decimal === null || decimal.includes('.') ? null : Number(decimal);
}

export function isMetered(price: Pick<Price, 'recurring'>): boolean {
  return price.recurring?.usage_type === 'metered';
}
