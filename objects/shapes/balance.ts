import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, minorUnits } from './parts';

const funds = () =>
  z.array(z.strictObject({ amount: minorUnits(), currency: currency(), source_types: z.strictObject({ card: minorUnits() }) }));

/** The account's own funds. */
export const balance = z
  .strictObject({ object: z.literal('balance'), available: funds(), livemode: z.boolean(), pending: funds() })
  .meta({ id: 'balance' }) satisfies z.ZodType<Wire<Stripe.Balance>>;
