import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { creditedItems, pricing } from './amounts';
import { currency, decimal, epoch, integer, metadata, minorUnits, none, period } from './parts';
import { taxRate } from './tax-rate';

export const invoiceItem = z
  .strictObject({
    id: z.string(),
    object: z.literal('invoiceitem'),
    amount: minorUnits(),
    currency: currency(),
    customer: z.string(),
    customer_account: z.null(),
    date: epoch(),
    description: z.string().nullable(),
    discountable: z.boolean(),
    discounts: z.array(z.string()),
    frozen_fields: none(),
    invoice: z.string().nullable(),
    invoicing_rules: none(),
    livemode: z.boolean(),
    metadata: metadata(),
    parent: z
      .strictObject({
        subscription_details: z.strictObject({ subscription: z.string(), subscription_item: z.string().optional() }),
        type: z.literal('subscription_details'),
      })
      .nullable(),
    period: period(),
    pricing: pricing().nullable(),
    proration: z.boolean(),
    proration_details: z
      .strictObject({
        credited_items: z.strictObject({ invoice_line_item_details: creditedItems(), type: z.literal('invoice_line_items') }).nullable(),
        discount_amounts: none(),
      })
      .optional(),
    quantity: integer(),
    quantity_decimal: decimal(),
    tax_rates: z.array(taxRate),
    test_clock: z.string().nullable(),
  })
  .meta({ id: 'invoiceitem' }) satisfies z.ZodType<Wire<Stripe.InvoiceItem>>;
export type WireInvoiceItem = z.output<typeof invoiceItem>;
