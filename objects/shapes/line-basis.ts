/** How an amount was calculated, for explanations of invoices and for usage so far. */
import { z } from 'zod';
import { decimal, epoch, integer, minorUnits } from './parts';

export const lineRule = () =>
  z.enum(['amount', 'debited', 'free', 'graduated', 'maximum_spend', 'minimum_commitment', 'package', 'per_unit', 'volume']);

/** The amount of one tier's units. */
export const ratedTier = z
  .strictObject({
    above: integer(),
    amount_decimal: decimal(),
    flat_amount_decimal: decimal().nullable(),
    quantity: decimal(),
    unit_amount_decimal: decimal().nullable(),
    up_to: integer().nullable(),
  })
  .meta({ id: 'rated_tier' });

/** The usage that was priced. */
export const usageBasis = () =>
  z.strictObject({
    billed_before: z.strictObject({ amount: minorUnits(), quantity: decimal() }).nullable(),
    dimension_filters: z.record(z.string(), z.string()),
    events: integer(),
    from: epoch(),
    meter: z.string(),
    period: z.string(),
    to: epoch(),
  });

/** The numbers of a sum; the rule determines which are present. */
export const lineNumbers = () =>
  z.strictObject({
    beyond: z.literal(true).optional(),
    credit: z.boolean().optional(),
    debited: z.strictObject({ invoice: z.string(), lines: z.array(z.string()) }).optional(),
    exact: decimal().optional(),
    full: minorUnits(),
    off: z.record(z.string(), minorUnits()).optional(),
    package: z.strictObject({ divide_by: integer(), packages: decimal(), round: z.enum(['down', 'up']) }).optional(),
    quantity: decimal().optional(),
    rule: lineRule(),
    share: z.strictObject({ of: integer(), seconds: integer() }).optional(),
    spend: z.strictObject({ billed_before: minorUnits().optional(), bound: minorUnits(), spent: minorUnits() }).optional(),
    taxed: z.enum(['exempt', 'none', 'reverse']).optional(),
    tiers: z.array(ratedTier).optional(),
    unit_amount_decimal: decimal().optional(),
  });
