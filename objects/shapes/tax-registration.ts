import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch } from './parts';

/** The options of the one country that the registration is in, under its code in lower case. */
const options = z.strictObject({
  province_standard: z.strictObject({ province: z.string() }).optional(),
  standard: z.strictObject({ place_of_supply_scheme: z.enum(['inbound_goods', 'small_seller', 'standard']) }).optional(),
  state: z.string().optional(),
  type: z.enum(['igic', 'ioss', 'oss_non_union', 'oss_union', 'province_standard', 'simplified', 'standard', 'state_sales_tax']),
});
export type WireRegistrationOptions = z.output<typeof options>;

export const taxRegistration = z
  .strictObject({
    id: z.string(),
    object: z.literal('tax.registration'),
    active_from: epoch(),
    country: z.string(),
    country_options: z.record(z.string(), options),
    created: epoch(),
    expires_at: epoch().nullable(),
    livemode: z.boolean(),
    status: z.enum(['active', 'expired', 'scheduled']),
  })
  // Stripe's type lists every country by name.
  .meta({ id: 'tax.registration' }) satisfies z.ZodType<Omit<Wire<Stripe.Tax.Registration>, 'country_options'>>;
export type WireTaxRegistration = z.output<typeof taxRegistration>;
