import type Stripe from 'stripe';
import { z } from 'zod';
import type { WireWithout } from '../wire';
import { methodType } from './bank-accounts';
import { cardChecks, funding } from './cards';
import { epoch, integer } from './parts';
import { paymentError } from './payment-error';
import { setupWallet } from './wallet';

/** One confirmation of a setup intent. */
export const setupAttempt = z
  .strictObject({
    id: z.string(),
    object: z.literal('setup_attempt'),
    application: z.null(),
    created: epoch(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    flow_directions: z.null(),
    livemode: z.boolean(),
    on_behalf_of: z.null(),
    payment_method: z.string(),
    payment_method_details: z.strictObject({
      acss_debit: z.strictObject({}).optional(),
      au_becs_debit: z.strictObject({}).optional(),
      bacs_debit: z.strictObject({}).optional(),
      card: z
        .strictObject({
          brand: z.string(),
          checks: cardChecks(),
          country: z.string(),
          exp_month: integer(),
          exp_year: integer(),
          fingerprint: z.string(),
          funding: funding(),
          last4: z.string(),
          network: z.string(),
          three_d_secure: z
            .strictObject({
              authentication_flow: z.literal('challenge'),
              electronic_commerce_indicator: z.literal('05').nullable(),
              result: z.enum(['authenticated', 'failed']),
              result_reason: z.literal('rejected').nullable(),
              transaction_id: z.null(),
              version: z.literal('2.2.0'),
            })
            .nullable(),
          wallet: setupWallet(),
        })
        .optional(),
      link: z.strictObject({}).optional(),
      sepa_debit: z.strictObject({}).optional(),
      type: methodType(),
      us_bank_account: z.strictObject({}).optional(),
    }),
    setup_error: paymentError.nullable(),
    setup_intent: z.string(),
    status: z.enum(['abandoned', 'failed', 'processing', 'requires_action', 'succeeded']),
    usage: z.enum(['off_session', 'on_session']),
  })
  .meta({ id: 'setup_attempt' }) satisfies z.ZodType<WireWithout<Stripe.SetupAttempt, never>>;
export type WireSetupAttempt = z.output<typeof setupAttempt>;
