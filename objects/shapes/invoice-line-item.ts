import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { creditedItems, discountAmount, pretaxCredit, pricing, tax } from './amounts';
import { currency, decimal, integer, metadata, minorUnits, period } from './parts';

export const invoiceLineItem = z
  .strictObject({
    id: z.string(),
    object: z.literal('line_item'),
    amount: minorUnits(),
    currency: currency(),
    description: z.string().nullable(),
    discount_amounts: z.array(discountAmount()),
    discountable: z.boolean(),
    discounts: z.array(z.string()),
    invoice: z.string(),
    livemode: z.boolean(),
    metadata: metadata(),
    parent: z
      .union([
        z.strictObject({
          invoice_item_details: z.null(),
          subscription_item_details: z.strictObject({
            invoice_item: z.string().nullable(),
            proration: z.boolean(),
            proration_details: z.strictObject({ credited_items: creditedItems().nullable() }),
            subscription: z.string().nullable(),
            subscription_item: z.string(),
          }),
          type: z.literal('subscription_item_details'),
        }),
        z.strictObject({
          invoice_item_details: z.strictObject({
            invoice_item: z.string(),
            proration: z.boolean(),
            proration_details: z.strictObject({ credited_items: creditedItems().nullable() }),
            subscription: z.string().nullable(),
          }),
          subscription_item_details: z.null(),
          type: z.literal('invoice_item_details'),
        }),
      ])
      .nullable(),
    period: period(),
    pretax_credit_amounts: z.array(pretaxCredit()),
    pricing: pricing().nullable(),
    quantity: integer().nullable(),
    quantity_decimal: decimal().nullable(),
    subscription: z.string().nullable(),
    subtotal: minorUnits(),
    taxes: z.array(tax()),
  })
  .meta({ id: 'line_item' }) satisfies z.ZodType<Wire<Stripe.InvoiceLineItem>>;
export type WireInvoiceLineItem = z.output<typeof invoiceLineItem>;
