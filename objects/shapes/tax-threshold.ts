import { z } from 'zod';
import { epoch, integer } from './parts';

/** Dunlin's own. Amounts are minor units of `currency`, net of tax and of credit notes. */
export const taxThreshold = z
  .strictObject({
    object: z.literal('tax.threshold'),
    amount: integer(),
    area: z.string(),
    combines: z.enum(['and', 'or']),
    converted: z.array(z.strictObject({ amount: integer(), converted_amount: integer(), currency: z.string() })),
    counts: z.enum(['all', 'consumers', 'cross_border_consumers', 'worldwide']),
    currency: z.string(),
    left_out: z.array(z.strictObject({ amount: integer(), currency: z.string() })),
    limit: integer(),
    percent: integer(),
    period: z.strictObject({ end: epoch(), start: epoch() }),
    sales: integer(),
    sales_limit: integer().nullable(),
    source: z.string(),
    status: z.enum(['approaching', 'below', 'crossed', 'registered']),
    window: z.enum(['base_period', 'calendar_year', 'rolling_12_months', 'rolling_4_quarters', 'year_to_september']),
  })
  .meta({ id: 'tax.threshold' });
export type WireTaxThreshold = z.output<typeof taxThreshold>;
