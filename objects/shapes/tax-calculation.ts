import type Stripe from 'stripe';
import { z } from 'zod';
import { TAX_ID_TYPES } from '../../domain/rows/tax-id';
import type { Wire } from '../wire';
import { address, currency, decimal, epoch, integer, metadata, minorUnits } from './parts';

export const customerDetails = z.strictObject({
  address: address().nullable(),
  address_source: z.enum(['billing', 'shipping']).nullable(),
  ip_address: z.string().nullable(),
  tax_ids: z.array(z.strictObject({ type: z.enum(TAX_ID_TYPES), value: z.string() })),
  taxability_override: z.enum(['customer_exempt', 'none', 'reverse_charge']),
});

const lineBreakdown = () =>
  z.array(
    z.strictObject({
      amount: minorUnits(),
      jurisdiction: z.strictObject({
        country: z.string(),
        display_name: z.string(),
        level: z.enum(['city', 'country', 'county', 'district', 'state']),
        state: z.string().nullable(),
      }),
      sourcing: z.enum(['destination', 'origin']),
      tax_rate_details: z.strictObject({ display_name: z.string(), percentage_decimal: decimal(), tax_type: z.string() }).nullable(),
      taxability_reason: z.string(),
      taxable_amount: minorUnits(),
    }),
  );

const shippingCost = () =>
  z.strictObject({
    amount: minorUnits(),
    amount_tax: minorUnits(),
    tax_behavior: z.enum(['exclusive', 'inclusive']),
    tax_breakdown: lineBreakdown(),
    tax_code: z.string(),
  });

export const taxCalculation = z
  .strictObject({
    id: z.string(),
    object: z.literal('tax.calculation'),
    amount_total: minorUnits(),
    currency: currency(),
    customer: z.string().nullable(),
    customer_details: customerDetails,
    expires_at: epoch(),
    livemode: z.boolean(),
    ship_from_details: z.null(),
    shipping_cost: shippingCost().nullable(),
    tax_amount_exclusive: minorUnits(),
    tax_amount_inclusive: minorUnits(),
    tax_breakdown: z.array(
      z.strictObject({
        amount: minorUnits(),
        inclusive: z.boolean(),
        tax_rate_details: z.strictObject({
          country: z.string(),
          flat_amount: z.null(),
          percentage_decimal: decimal(),
          rate_type: z.literal('percentage'),
          state: z.string().nullable(),
          tax_type: z.string().nullable(),
        }),
        taxability_reason: z.string(),
        taxable_amount: minorUnits(),
      }),
    ),
    tax_date: epoch(),
  })
  .meta({ id: 'tax.calculation' }) satisfies z.ZodType<Wire<Stripe.Tax.Calculation>>;
export type WireTaxCalculation = z.output<typeof taxCalculation>;

export const taxCalculationLine = z
  .strictObject({
    id: z.string(),
    object: z.literal('tax.calculation_line_item'),
    amount: minorUnits(),
    amount_tax: minorUnits(),
    livemode: z.boolean(),
    metadata: metadata().nullable(),
    product: z.string().nullable(),
    quantity: integer(),
    reference: z.string(),
    tax_behavior: z.enum(['exclusive', 'inclusive']),
    tax_breakdown: lineBreakdown(),
    tax_code: z.string(),
  })
  .meta({ id: 'tax.calculation_line_item' }) satisfies z.ZodType<Wire<Stripe.Tax.CalculationLineItem>>;
export type WireTaxCalculationLine = z.output<typeof taxCalculationLine>;
