import { z } from 'zod';
import { currency, decimal, minorUnits, period } from './parts';

/** Dunlin's own: the seller's earnings in a period. Costs and margins are exact decimals of minor units. */
export const margin = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing.margin'),
    cost: decimal(),
    currency: currency(),
    customer: z.string().optional(),
    margin: decimal(),
    margin_percent: decimal().nullable(),
    meter: z.string().nullable().optional(),
    other_costs: z.array(z.strictObject({ cost: decimal(), currency: currency() })),
    period: period(),
    product: z.string().nullable().optional(),
    revenue: minorUnits(),
  })
  .meta({ id: 'billing.margin' });
export type WireMargin = z.output<typeof margin>;
