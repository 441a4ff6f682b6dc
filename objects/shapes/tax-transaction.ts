import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, epoch, integer, metadata, minorUnits } from './parts';
import { customerDetails } from './tax-calculation';

const amounts = {
  amount: minorUnits(),
  amount_tax: minorUnits(),
  tax_behavior: z.enum(['exclusive', 'inclusive']),
  tax_code: z.string(),
};

export const taxTransaction = z
  .strictObject({
    id: z.string(),
    object: z.literal('tax.transaction'),
    created: epoch(),
    currency: currency(),
    customer: z.string().nullable(),
    customer_details: customerDetails,
    livemode: z.boolean(),
    metadata: metadata(),
    posted_at: epoch(),
    reference: z.string(),
    reversal: z.strictObject({ original_transaction: z.string() }).nullable(),
    ship_from_details: z.null(),
    shipping_cost: z.strictObject(amounts).nullable(),
    tax_date: epoch(),
    type: z.enum(['reversal', 'transaction']),
  })
  .meta({ id: 'tax.transaction' }) satisfies z.ZodType<Wire<Stripe.Tax.Transaction>>;
export type WireTaxTransaction = z.output<typeof taxTransaction>;

export const taxTransactionLine = z
  .strictObject({
    id: z.string(),
    object: z.literal('tax.transaction_line_item'),
    ...amounts,
    livemode: z.boolean(),
    metadata: metadata().nullable(),
    product: z.string().nullable(),
    quantity: integer(),
    reference: z.string(),
    reversal: z.strictObject({ original_line_item: z.string() }).nullable(),
    type: z.enum(['reversal', 'transaction']),
  })
  .meta({ id: 'tax.transaction_line_item' }) satisfies z.ZodType<Wire<Stripe.Tax.TransactionLineItem>>;
export type WireTaxTransactionLine = z.output<typeof taxTransactionLine>;
