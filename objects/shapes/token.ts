import type Stripe from 'stripe';
import { z } from 'zod';
import type { WireWithout } from '../wire';
import { card } from './card';
import { epoch } from './parts';

export const token = z
  .strictObject({
    id: z.string(),
    object: z.literal('token'),
    card,
    client_ip: z.null(),
    created: epoch(),
    livemode: z.boolean(),
    type: z.literal('card'),
    used: z.boolean(),
  })
  .meta({ id: 'token' }) satisfies z.ZodType<WireWithout<Stripe.Token, 'bank_account' | 'card'>>;
export type WireToken = z.output<typeof token>;
