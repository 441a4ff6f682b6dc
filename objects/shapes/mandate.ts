import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { methodType } from './bank-accounts';
import { currency, epoch, minorUnits } from './parts';

/** What the holder of a bank account has agreed to. */
export const mandate = z
  .strictObject({
    id: z.string(),
    object: z.literal('mandate'),
    customer_acceptance: z.strictObject({
      accepted_at: epoch(),
      offline: z.strictObject({}).optional(),
      online: z.strictObject({ ip_address: z.string().nullable(), user_agent: z.string().nullable() }).optional(),
      type: z.enum(['offline', 'online']),
    }),
    livemode: z.boolean(),
    multi_use: z.strictObject({}).optional(),
    payment_method: z.string(),
    payment_method_details: z.strictObject({
      acss_debit: z
        .strictObject({
          interval_description: z.string().nullable(),
          payment_schedule: z.enum(['combined', 'interval', 'sporadic']),
          transaction_type: z.enum(['business', 'personal']),
        })
        .optional(),
      au_becs_debit: z.strictObject({ url: z.string() }).optional(),
      bacs_debit: z
        .strictObject({
          display_name: z.null(),
          network_status: z.enum(['accepted', 'pending', 'revoked']),
          reference: z.string(),
          revocation_reason: z.null(),
          service_user_number: z.null(),
          url: z.string(),
        })
        .optional(),
      sepa_debit: z.strictObject({ reference: z.string(), url: z.string() }).optional(),
      type: methodType(),
      us_bank_account: z.strictObject({}).optional(),
    }),
    single_use: z.strictObject({ amount: minorUnits(), currency: currency() }).optional(),
    status: z.enum(['active', 'inactive', 'pending']),
    type: z.enum(['multi_use', 'single_use']),
  })
  .meta({ id: 'mandate' }) satisfies z.ZodType<Wire<Stripe.Mandate>>;
export type WireMandate = z.output<typeof mandate>;
