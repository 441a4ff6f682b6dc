/** A caller's terms of a price, as a route's schema parsed them. Absent means not sent; amounts are minor units. */
import type { Price, Recurring, TaxBehavior } from '../rows/price';

export interface TierTerms {
  /** `inf`: no upper end. */
  up_to: number | 'inf';
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
  flat_amount?: number | undefined;
  flat_amount_decimal?: string | undefined;
}

export interface CustomUnitAmountTerms {
  enabled: boolean;
  minimum?: number | undefined;
  maximum?: number | undefined;
  preset?: number | undefined;
}

/** The amounts in one currency: a unit amount in one of two notations, tiers, or a customer-chosen amount. */
export interface AmountTerms {
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
  tiers?: TierTerms[] | undefined;
  custom_unit_amount?: CustomUnitAmountTerms | undefined;
  tax_behavior?: TaxBehavior | undefined;
}

export interface RecurringTerms extends Pick<Recurring, 'interval'> {
  interval_count?: number | undefined;
  usage_type?: Recurring['usage_type'] | undefined;
  meter?: string | undefined;
  dimension_filters?: Record<string, string> | undefined;
  /** Applies to subscriptions that request it (`trial_from_plan`). */
  trial_period_days?: number | undefined;
}

export interface PriceTerms extends AmountTerms {
  currency: string;
  billing_scheme?: Price['billingScheme'] | undefined;
  tiers_mode?: Price['tiersMode'] | undefined;
  transform_quantity?: Price['transformQuantity'] | undefined;
  /** Amounts in other currencies, by currency. */
  currency_options?: Record<string, AmountTerms> | undefined;
  /** Absent for a one-time price. */
  recurring?: RecurringTerms | undefined;
}
