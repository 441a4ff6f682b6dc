import type Stripe from 'stripe';
import { z } from 'zod';
import { TAX_ID_TYPES } from '../../domain/rows/tax-id';
import type { Wire } from '../wire';
import { epoch } from './parts';

export const taxId = z
  .strictObject({
    id: z.string(),
    object: z.literal('tax_id'),
    country: z.string().nullable(),
    created: epoch(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    livemode: z.boolean(),
    owner: z.strictObject({ customer: z.string().optional(), customer_account: z.null(), type: z.enum(['customer', 'self']) }),
    type: z.enum(TAX_ID_TYPES),
    value: z.string(),
    verification: z
      .strictObject({
        status: z.enum(['pending', 'unavailable', 'unverified', 'verified']),
        verified_address: z.string().nullable(),
        verified_name: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'tax_id' }) satisfies z.ZodType<Wire<Stripe.TaxId>>;
export type WireTaxId = z.output<typeof taxId>;
