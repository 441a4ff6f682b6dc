/** Dunlin's own: what running subscriptions will be billed. Amounts are minor units. */
import { z } from 'zod';
import { FORECAST_STATUSES } from '../../domain/rows/forecast';
import { csv } from './ledger';
import { currency, decimal, epoch, integer, listShape, minorUnits } from './parts';

const month = () =>
  z.strictObject({
    cash: minorUnits(),
    currency: currency(),
    end: epoch(),
    invoices: integer(),
    mrr: minorUnits(),
    revenue: minorUnits(),
    start: epoch(),
    tax: minorUnits(),
  });

const changes = () =>
  z.strictObject({
    prices: z.array(z.strictObject({ from: z.string(), to: z.string().nullable(), unit_amount_decimal: decimal().nullable() })),
    settings: z.strictObject({
      dunning: z
        .strictObject({ ends_in: z.enum(['cancel', 'past_due', 'unpaid']).optional(), retry_after_seconds: z.array(integer()).optional() })
        .optional(),
      invoices: z.strictObject({ consolidation: z.enum(['none', 'same_day']).optional() }).optional(),
    }),
    tax_rates: z.array(z.strictObject({ percentage: decimal(), tax_rate: z.string() })),
    tax_registrations: z.array(
      z.strictObject({ country: z.string(), scheme: z.string().nullable(), state: z.string().nullable(), type: z.string() }),
    ),
  });

export const forecast = z
  .strictObject({
    id: z.string(),
    object: z.literal('forecast'),
    assumptions: z.array(z.string()),
    changes: changes().nullable(),
    created: epoch(),
    csv: csv(),
    customers: z.array(z.string()).nullable(),
    ended_at: epoch().nullable(),
    failure: z.string().nullable(),
    livemode: z.boolean(),
    months: z.array(month()),
    months_changed: z.array(month()).nullable(),
    prices: z.array(z.string()).nullable(),
    progress: z.strictObject({
      percent: decimal(),
      subscription_months: integer(),
      subscription_months_done: integer(),
      subscriptions: integer(),
      subscriptions_done: integer(),
    }),
    start: epoch(),
    status: z.enum(FORECAST_STATUSES),
    test_clock: z.string().nullable(),
  })
  .meta({ id: 'forecast' });
export type WireForecast = z.output<typeof forecast>;
export const forecasts = listShape(forecast);

const amounts = () => z.strictObject({ revenue: minorUnits(), tax: minorUnits(), total: minorUnits() });

export const forecastDifferences = z
  .strictObject({
    object: z.literal('forecast.differences'),
    csv: csv(),
    data: z.array(
      z.strictObject({
        ...{ currency: currency(), customer: z.string(), customer_name: z.string().nullable() },
        ...{ difference: amounts(), now: amounts(), then: amounts() },
      }),
    ),
    forecast: z.string(),
    has_more: z.boolean(),
    livemode: z.boolean(),
    totals: z.array(
      z.strictObject({
        ...{ currency: currency(), customers: integer(), customers_less: integer(), customers_more: integer() },
        ...{ difference: amounts(), now: amounts(), then: amounts() },
      }),
    ),
  })
  .meta({ id: 'forecast.differences' });
export type WireForecastDifferences = z.output<typeof forecastDifferences>;
