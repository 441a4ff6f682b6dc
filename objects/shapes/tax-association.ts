import type Stripe from 'stripe';
import { z } from 'zod';

const attempt = z.strictObject({
  committed: z.strictObject({ transaction: z.string() }).optional(),
  errored: z
    .strictObject({
      reason: z.enum([
        'another_payment_associated_with_calculation',
        'calculation_expired',
        'currency_mismatch',
        'original_transaction_voided',
        'unique_reference_violation',
      ]),
    })
    .optional(),
  source: z.string(),
  status: z.enum(['committed', 'errored']),
});

/** What was recorded of a payment intent's tax calculation. */
export const taxAssociation = z
  .strictObject({
    id: z.string(),
    object: z.literal('tax.association'),
    calculation: z.string(),
    payment_intent: z.string(),
    tax_transaction_attempts: z.array(attempt),
  })
  .meta({ id: 'tax.association' }) satisfies z.ZodType<Stripe.Tax.Association>;

export type WireTaxAssociation = z.output<typeof taxAssociation>;
