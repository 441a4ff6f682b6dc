import { z } from 'zod';
import { currency, epoch, integer, metadata, minorUnits } from './parts';

export const creditTopUp = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing.credit_top_up'),
    amount: minorUnits(),
    created: epoch(),
    credit_grant: z.strictObject({
      applicability_config: z.strictObject({
        scope: z.union([
          z.strictObject({ price_type: z.literal('metered') }),
          z.strictObject({ prices: z.array(z.strictObject({ id: z.string() })) }),
        ]),
      }),
      expires_after_days: integer().nullable(),
      name: z.string().nullable(),
      priority: integer(),
    }),
    currency: currency(),
    customer: z.string(),
    default_payment_method: z.string().nullable(),
    default_tax_rates: z.array(z.string()),
    latest_credit_grant: z.string().nullable(),
    latest_invoice: z.string().nullable(),
    livemode: z.boolean(),
    metadata: metadata(),
    month: z.strictObject({ spent: minorUnits(), start: epoch() }).nullable(),
    monthly_limit: minorUnits(),
    pause_reason: z.enum(['payment_action_required', 'payment_failed', 'requested']).nullable(),
    pending_invoice: z.string().nullable(),
    status: z.enum(['active', 'paused']),
    test_clock: z.string().nullable(),
    threshold: minorUnits(),
    unit_amount: minorUnits(),
    updated: epoch(),
  })
  .meta({ id: 'billing.credit_top_up' });
export type WireCreditTopUp = z.output<typeof creditTopUp>;
