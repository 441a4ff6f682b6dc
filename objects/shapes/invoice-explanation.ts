import { z } from 'zod';
import { creditedItems } from './amounts';
import { lineNumbers, lineRule, usageBasis } from './line-basis';
import { WAITING_REASONS } from '../../domain/rows/waiting';
import { currency, epoch, minorUnits, period } from './parts';

const explainedTax = () =>
  z.strictObject({
    amount: minorUnits(),
    step: z.string(),
    tax_behavior: z.enum(['exclusive', 'inclusive']),
    tax_rate: z.string(),
    taxability_reason: z.string(),
    taxable_amount: minorUnits().nullable(),
    waived: minorUnits(),
  });

const explainedLine = z
  .strictObject({
    amount: minorUnits(),
    credited_items: creditedItems().nullable(),
    credits: z.array(z.strictObject({ amount: minorUnits(), credit_grant: z.string(), step: z.string() })),
    description: z.string().nullable(),
    discounts: z.array(z.strictObject({ amount: minorUnits(), discount: z.string(), step: z.string() })),
    line_item: z.string(),
    numbers: lineNumbers(),
    period: period(),
    price: z.string().nullable(),
    product: z.string().nullable(),
    rule: lineRule(),
    steps: z.array(z.string()),
    subscription_item: z.string().nullable(),
    taxes: z.array(explainedTax()),
    usage: usageBasis().nullable(),
  })
  .meta({ id: 'explained_line' });

/** Dunlin's own: how an invoice was calculated, line by line. */
export const invoiceExplanation = z
  .strictObject({
    object: z.literal('invoice_explanation'),
    currency: currency(),
    invoice: z.string(),
    lines: z.array(explainedLine),
    livemode: z.boolean(),
    payment_waits: z
      .strictObject({ processor: z.string(), reason: z.enum(WAITING_REASONS), sends_at: epoch().nullable(), since: epoch() })
      .nullable(),
    national_tax: z.strictObject({ amount: minorUnits().nullable(), currency: currency(), step: z.string() }).nullable(),
    status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']),
    totals: z.array(
      z.strictObject({
        amount: minorUnits(),
        of: z.enum(['amount_due', 'balance', 'credit_notes', 'credits', 'discounts', 'subtotal', 'tax', 'total']),
        step: z.string(),
      }),
    ),
  })
  .meta({ id: 'invoice_explanation' });
