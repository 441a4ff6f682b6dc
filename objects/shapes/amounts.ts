/** The parts of an amount that lines, invoice items and invoices share. */
import { z } from 'zod';
import { currency, decimal, minorUnits } from './parts';

/** The reduction by one discount. */
export const discountAmount = () => z.strictObject({ amount: minorUnits(), discount: z.string() });

/** The tax of one tax rate, exclusive or inclusive. */
export const tax = () =>
  z.strictObject({
    amount: minorUnits(),
    tax_behavior: z.enum(['exclusive', 'inclusive']),
    tax_rate_details: z.strictObject({ tax_rate: z.string() }),
    taxability_reason: z.string(),
    taxable_amount: minorUnits().nullable(),
    type: z.literal('tax_rate_details'),
  });

/** The tax in the currency of its country. Amount and rate are null together: nobody had entered an exchange rate. */
export const nationalTax = () =>
  z.strictObject({
    amount: minorUnits().nullable(),
    currency: currency(),
    exchange_rate: z.strictObject({ date: z.string(), rate: decimal(), source: z.string().nullable() }).nullable(),
  });

/** A reduction before tax, by a discount or by a credit grant. */
export const pretaxCredit = () =>
  z.union([
    z.strictObject({ amount: minorUnits(), discount: z.string(), type: z.literal('discount') }),
    z.strictObject({
      amount: minorUnits(),
      credit_balance_transaction: z.string().nullable(),
      type: z.literal('credit_balance_transaction'),
    }),
  ]);

/** The same on a credit note, which only credits what was taken. */
export const creditedPretaxCredit = () =>
  z.union([
    z.strictObject({ amount: minorUnits(), discount: z.string(), type: z.literal('discount') }),
    z.strictObject({ amount: minorUnits(), credit_balance_transaction: z.string(), type: z.literal('credit_balance_transaction') }),
  ]);

/** The unit price; a one-off amount has no price. */
export const pricing = () =>
  z.strictObject({
    price_details: z.strictObject({ price: z.string(), product: z.string() }).optional(),
    type: z.literal('price_details'),
    unit_amount_decimal: decimal().nullable(),
  });

/** The lines of an earlier invoice that a proration gives back. */
export const creditedItems = () => z.strictObject({ invoice: z.string(), invoice_line_items: z.array(z.string()) });

export const shippingCost = () =>
  z.strictObject({ amount_subtotal: minorUnits(), amount_tax: minorUnits(), amount_total: minorUnits(), shipping_rate: z.string() });
