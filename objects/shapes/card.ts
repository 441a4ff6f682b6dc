import type Stripe from 'stripe';
import { z } from 'zod';
import type { WireWithout } from '../wire';
import { check, funding } from './cards';
import { integer, metadata } from './parts';

/** A card in its older form: a source of a customer, or the content of a token. */
export const card = z
  .strictObject({
    id: z.string(),
    object: z.literal('card'),
    address_city: z.string().nullable(),
    address_country: z.string().nullable(),
    address_line1: z.string().nullable(),
    address_line1_check: check(),
    address_line2: z.string().nullable(),
    address_state: z.string().nullable(),
    address_zip: z.string().nullable(),
    address_zip_check: check(),
    allow_redisplay: z.literal('unspecified'),
    brand: z.enum(['American Express', 'Diners Club', 'Discover', 'JCB', 'MasterCard', 'UnionPay', 'Unknown', 'Visa']),
    country: z.string(),
    customer: z.string().nullable(),
    cvc_check: check(),
    dynamic_last4: z.null(),
    exp_month: integer(),
    exp_year: integer(),
    fingerprint: z.string(),
    funding: funding(),
    last4: z.string(),
    metadata: metadata(),
    name: z.string().nullable(),
    networks: z.strictObject({ preferred: z.null() }),
    regulated_status: z.literal('unregulated'),
    tokenization_method: z.null(),
  })
  .meta({ id: 'card' }) satisfies z.ZodType<WireWithout<Stripe.Card, 'account' | 'deleted'>>;
export type WireCard = z.output<typeof card>;
