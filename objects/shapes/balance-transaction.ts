import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, epoch, minorUnits } from './parts';

export const balanceTransaction = z
  .strictObject({
    id: z.string(),
    object: z.literal('balance_transaction'),
    amount: minorUnits(),
    available_on: epoch(),
    balance_type: z.literal('payments'),
    created: epoch(),
    currency: currency(),
    description: z.string().nullable(),
    exchange_rate: z.null(),
    fee: minorUnits(),
    fee_details: z.array(
      z.strictObject({
        amount: minorUnits(),
        application: z.null(),
        currency: currency(),
        description: z.string(),
        type: z.string(),
      }),
    ),
    net: minorUnits(),
    reporting_category: z.string(),
    source: z.string(),
    status: z.enum(['available', 'pending']),
    type: z.enum(['adjustment', 'charge', 'payment_failure_refund', 'refund', 'refund_failure']),
  })
  .meta({ id: 'balance_transaction' }) satisfies z.ZodType<Wire<Stripe.BalanceTransaction>>;
export type WireBalanceTransaction = z.output<typeof balanceTransaction>;
