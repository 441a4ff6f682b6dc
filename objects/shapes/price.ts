import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, decimal, epoch, integer, metadata, minorUnits } from './parts';

/** The bounds of a customer-chosen amount. */
const customUnitAmount = () =>
  z.strictObject({ maximum: minorUnits().nullable(), minimum: minorUnits().nullable(), preset: minorUnits().nullable() });

/** `tiers` of a price and of a plan, shown only when expanded. */
export const tier = z
  .strictObject({
    flat_amount: minorUnits().nullable(),
    flat_amount_decimal: decimal().nullable(),
    unit_amount: minorUnits().nullable(),
    unit_amount_decimal: decimal().nullable(),
    up_to: integer().nullable(),
  })
  .meta({ id: 'price_tier' }) satisfies z.ZodType<Wire<Stripe.Price.Tier>>;
export type WireTier = z.output<typeof tier>;

/** `currency_options` of a price, by currency, shown only when expanded. */
export const currencyOptions = z.record(
  z.string(),
  z.strictObject({
    custom_unit_amount: customUnitAmount().nullable(),
    tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']),
    tiers: z.array(tier).optional(),
    unit_amount: minorUnits().nullable(),
    unit_amount_decimal: decimal().nullable(),
  }),
) satisfies z.ZodType<Wire<NonNullable<Stripe.Price['currency_options']>>>;
export type WireCurrencyOptions = z.output<typeof currencyOptions>;

export const price = z
  .strictObject({
    id: z.string(),
    object: z.literal('price'),
    active: z.boolean(),
    billing_scheme: z.enum(['per_unit', 'tiered']),
    created: epoch(),
    currency: currency(),
    custom_unit_amount: customUnitAmount().nullable(),
    livemode: z.boolean(),
    lookup_key: z.string().nullable(),
    metadata: metadata(),
    nickname: z.string().nullable(),
    product: z.string(),
    recurring: z
      .strictObject({
        dimension_filters: z.record(z.string(), z.string()).optional(),
        interval: z.enum(['day', 'month', 'week', 'year']),
        interval_count: integer(),
        meter: z.string().nullable(),
        trial_period_days: integer().nullable(),
        usage_type: z.enum(['licensed', 'metered']),
      })
      .nullable(),
    tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']),
    tiers_mode: z.enum(['graduated', 'volume']).nullable(),
    transform_quantity: z.strictObject({ divide_by: integer(), round: z.enum(['down', 'up']) }).nullable(),
    type: z.enum(['one_time', 'recurring']),
    unit_amount: minorUnits().nullable(),
    unit_amount_decimal: decimal().nullable(),
  })
  .meta({ id: 'price' }) satisfies z.ZodType<Wire<Stripe.Price>>;
export type WirePrice = z.output<typeof price>;
