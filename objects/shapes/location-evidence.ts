import { z } from 'zod';
import { epoch } from './parts';

/** Dunlin's own: what showed where the customer of a taxed invoice was. */
export const locationEvidence = z
  .strictObject({
    object: z.literal('location_evidence'),
    contradicted: z.boolean(),
    country: z.string(),
    created: epoch(),
    invoice: z.string(),
    items: z.array(
      z.strictObject({
        country: z.string().nullable(),
        source: z.enum(['billing_address', 'card_country', 'ip_address', 'payment_method_address', 'shipping_address', 'tax_id']),
        value: z.string().nullable(),
      }),
    ),
    livemode: z.boolean(),
  })
  .meta({ id: 'location_evidence' });
