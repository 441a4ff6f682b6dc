/** Dunlin's own: tax returns and the exchange rates that they use. Amounts are positive for sales and for tax that is owed. */
import { z } from 'zod';
import { currency, decimal, epoch, minorUnits } from './parts';

const amounts = { currency: currency(), tax_amount: minorUnits(), taxable_amount: minorUnits() };

export const taxReturn = z
  .strictObject({
    id: z.string().nullable(),
    object: z.literal('tax_return'),
    boxes: z.record(z.string(), z.string()).nullable(),
    closed_at: epoch().nullable(),
    csv: z.string().optional(),
    currency: currency().nullable(),
    form: z.enum(['oss_union', 'gb_vat', 'us_sales_tax', 'ec_sales_list', 'summary']),
    lines: z.array(
      z.strictObject({
        ...amounts,
        account: z.string(),
        country: z.string().nullable(),
        original_period: z.string().nullable(),
        part: z.enum(['sales', 'corrections']),
        rate: decimal(),
        reason: z.string().nullable(),
        sources: z.array(z.strictObject(amounts)),
        state: z.string().nullable(),
        tax_id: z.string().nullable(),
      }),
    ),
    livemode: z.boolean(),
    missing_exchange_rates: z.array(z.strictObject({ date: z.string(), from: currency(), to: currency() })),
    period: z.string(),
    status: z.enum(['open', 'closed']),
    totals: z.array(z.strictObject({ ...amounts, country: z.string().nullable() })),
  })
  .meta({ id: 'tax_return' });
export type WireTaxReturn = z.output<typeof taxReturn>;

export const exchangeRate = z
  .strictObject({
    id: z.string(),
    object: z.literal('exchange_rate'),
    created: epoch(),
    date: z.string(),
    from: currency(),
    livemode: z.boolean(),
    rate: decimal(),
    source: z.string().nullable(),
    to: currency(),
  })
  .meta({ id: 'exchange_rate_of_day' });
export type WireExchangeRate = z.output<typeof exchangeRate>;
