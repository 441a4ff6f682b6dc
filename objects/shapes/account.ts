import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch, integer, type Fits } from './parts';

export const account = z
  .strictObject({
    id: z.string(),
    object: z.literal('account'),
    charges_enabled: z.literal(true),
    country: z.string(),
    created: epoch(),
    default_currency: z.string(),
    details_submitted: z.literal(true),
    email: z.null(),
    payouts_enabled: z.literal(true),
    type: z.literal('standard'),
  })
  .meta({ id: 'account' });
export type WireAccount = Fits<Wire<Stripe.Account>, z.output<typeof account>>;

export const accountSettings = z
  .strictObject({
    object: z.literal('account_settings'),
    account: z.string(),
    disputes: z.strictObject({ subscription: z.enum(['cancel', 'none', 'pause_collection']) }),
    dunning: z.strictObject({
      ends_in: z.enum(['cancel', 'past_due', 'unpaid']),
      retry_after_seconds: z.array(integer()),
      version: z.string(),
    }),
    fraud: z.strictObject({
      block_if_cvc_fails: z.boolean(),
      block_if_postal_code_fails: z.boolean(),
      blocked_card_fingerprints: z.array(z.string()),
      card_attempts_per_hour: integer(),
      elevated_risk: z.enum(['allow', 'block', 'require_3ds', 'review']),
    }),
    invoices: z.strictObject({ numbering: z.enum(['account', 'customer']), prefix: z.string() }),
    livemode: z.boolean(),
    name: z.string(),
  })
  .meta({ id: 'account_settings' });
export type WireAccountSettings = z.output<typeof accountSettings>;
