import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { creditedPretaxCredit, discountAmount, nationalTax, shippingCost, tax } from './amounts';
import { creditNoteLineItem } from './credit-note-line-item';
import { currency, epoch, listShape, metadata, minorUnits } from './parts';

export const creditNote = z
  .strictObject({
    id: z.string(),
    object: z.literal('credit_note'),
    amount: minorUnits(),
    amount_shipping: minorUnits(),
    created: epoch(),
    currency: currency(),
    customer: z.string(),
    customer_account: z.null(),
    customer_balance_transaction: z.string().nullable(),
    discount_amount: minorUnits(),
    discount_amounts: z.array(discountAmount()),
    effective_at: epoch().nullable(),
    invoice: z.string(),
    lines: listShape(creditNoteLineItem),
    livemode: z.boolean(),
    memo: z.string().nullable(),
    metadata: metadata(),
    /** Dunlin's own. */
    national_tax: nationalTax().optional(),
    number: z.string(),
    out_of_band_amount: minorUnits().nullable(),
    pdf: z.string(),
    post_payment_amount: minorUnits(),
    pre_payment_amount: minorUnits(),
    pretax_credit_amounts: z.array(creditedPretaxCredit()),
    reason: z.enum(['duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory']).nullable(),
    refunds: z.array(
      z.strictObject({
        amount_refunded: minorUnits(),
        payment_record_refund: z.null(),
        refund: z.string(),
        type: z.literal('refund'),
      }),
    ),
    shipping_cost: shippingCost().nullable(),
    status: z.enum(['issued', 'void']),
    subtotal: minorUnits(),
    subtotal_excluding_tax: minorUnits(),
    total: minorUnits(),
    total_excluding_tax: minorUnits(),
    total_taxes: z.array(tax()),
    type: z.enum(['mixed', 'post_payment', 'pre_payment']),
    voided_at: epoch().nullable(),
  })
  .meta({ id: 'credit_note' }) satisfies z.ZodType<Wire<Stripe.CreditNote>>;
export type WireCreditNote = z.output<typeof creditNote>;
