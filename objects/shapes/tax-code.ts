import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';

export const taxCode = z
  .strictObject({ id: z.string(), object: z.literal('tax_code'), description: z.string(), name: z.string() })
  .meta({ id: 'tax_code' }) satisfies z.ZodType<Wire<Stripe.TaxCode>>;
export type WireTaxCode = z.output<typeof taxCode>;
