/** Dunlin's own: figures of the business. Amounts are minor units; rates are percentages. */
import { z } from 'zod';
import { currency, decimal, epoch, integer, minorUnits } from './parts';
import { MOVEMENTS } from '../../domain/rows/mrr-movement';
import { csv } from './ledger';

export const mrrMovement = z
  .strictObject({
    id: z.string(),
    object: z.literal('insight.mrr_movement'),
    amount: minorUnits(),
    created: epoch(),
    currency: currency(),
    customer: z.string(),
    customer_mrr: minorUnits(),
    livemode: z.boolean(),
    subscription: z.string(),
    subscription_mrr: minorUnits(),
    test_clock: z.string().nullable(),
    type: z.enum(MOVEMENTS),
  })
  .meta({ id: 'insight.mrr_movement' });
export type WireMrrMovement = z.output<typeof mrrMovement>;

const movement = () => z.strictObject({ amount: minorUnits(), count: integer() });

const mrrRates = () =>
  z.strictObject({
    customer_churn: decimal().nullable(),
    gross_churn: decimal().nullable(),
    gross_retention: decimal().nullable(),
    net_churn: decimal().nullable(),
    net_retention: decimal().nullable(),
  });

export const mrrReport = z
  .strictObject({
    object: z.literal('insight.mrr'),
    csv: csv(),
    currency: currency(),
    livemode: z.boolean(),
    periods: z.array(
      z.strictObject({
        closing_customers: integer(),
        closing_mrr: minorUnits(),
        end: epoch(),
        movements: z.strictObject({
          churn: movement(),
          contraction: movement(),
          expansion: movement(),
          new: movement(),
          reactivation: movement(),
        }),
        opening_customers: integer(),
        opening_mrr: minorUnits(),
        rates: mrrRates(),
        start: epoch(),
      }),
    ),
    test_clock: z.string().nullable(),
  })
  .meta({ id: 'insight.mrr' });
export type WireMrrReport = z.output<typeof mrrReport>;

export const cohortReport = z
  .strictObject({
    object: z.literal('insight.cohorts'),
    cohorts: z.array(
      z.strictObject({
        customers: integer(),
        month: z.string(),
        months: z.array(z.strictObject({ age: integer(), customers: integer(), mrr: minorUnits(), retention: decimal().nullable() })),
      }),
    ),
    csv: csv(),
    currency: currency(),
    livemode: z.boolean(),
    test_clock: z.string().nullable(),
  })
  .meta({ id: 'insight.cohorts' });
export type WireCohortReport = z.output<typeof cohortReport>;

export const insightSummary = z
  .strictObject({
    object: z.literal('insight.summary'),
    arr: minorUnits(),
    as_of: epoch(),
    average_revenue_per_customer: minorUnits().nullable(),
    currencies: z.array(currency()),
    currency: currency(),
    customers: integer(),
    last_30_days: mrrRates(),
    lifetime_value: minorUnits().nullable(),
    livemode: z.boolean(),
    mrr: minorUnits(),
    test_clock: z.string().nullable(),
    trials: z.strictObject({ conversion: decimal().nullable(), converted: integer(), ended: integer() }),
  })
  .meta({ id: 'insight.summary' });
export type WireInsightSummary = z.output<typeof insightSummary>;
