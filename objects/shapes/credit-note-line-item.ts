import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { creditedPretaxCredit, discountAmount, tax } from './amounts';
import { decimal, integer, metadata, minorUnits } from './parts';
import { taxRate } from './tax-rate';

export const creditNoteLineItem = z
  .strictObject({
    id: z.string(),
    object: z.literal('credit_note_line_item'),
    amount: minorUnits(),
    description: z.string().nullable(),
    discount_amount: minorUnits(),
    discount_amounts: z.array(discountAmount()),
    invoice_line_item: z.string().optional(),
    livemode: z.boolean(),
    metadata: metadata(),
    pretax_credit_amounts: z.array(creditedPretaxCredit()),
    quantity: integer().nullable(),
    tax_rates: z.array(taxRate),
    taxes: z.array(tax()),
    type: z.enum(['custom_line_item', 'invoice_line_item']),
    unit_amount: minorUnits().nullable(),
    unit_amount_decimal: decimal().nullable(),
  })
  .meta({ id: 'credit_note_line_item' }) satisfies z.ZodType<Wire<Stripe.CreditNoteLineItem>>;
export type WireCreditNoteLineItem = z.output<typeof creditNoteLineItem>;
