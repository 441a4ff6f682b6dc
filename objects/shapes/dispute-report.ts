import { z } from 'zod';
import { DISPUTE_GROUPS } from '../../domain/rows/dispute-rate';
import { csv } from './ledger';
import { currency, decimal, epoch, integer, minorUnits } from './parts';

export const disputeRate = z
  .strictObject({
    object: z.literal('dispute_rate'),
    amount: minorUnits().nullable(),
    count: integer(),
    disputes: integer(),
    early_fraud_warnings: integer(),
    livemode: z.boolean(),
    month: z.string(),
    network: z.string().nullable(),
    program: z.string(),
    rate: decimal().nullable(),
    rate_of: z.enum(['payments', 'volume']),
    status: z.enum(['approaching', 'below', 'reached']),
    threshold: z.strictObject({ amount: minorUnits().nullable(), count: integer(), percent: decimal() }),
    transactions: integer(),
    transactions_of: z.enum(['month', 'month_before']),
  })
  .meta({ id: 'dispute_rate' });

const figures = {
  amount: minorUnits(),
  amount_lost: minorUnits(),
  amount_won: minorUnits(),
  currency: currency(),
  disputes: integer(),
  fees: minorUnits(),
  inquiries: integer(),
  lost: integer(),
  open: integer(),
  prevented: integer(),
  seconds_to_decision: integer().nullable(),
  /** Percent of those that are decided. Null: none is. */
  win_rate: decimal().nullable(),
  won: integer(),
};

export const disputeReport = z
  .strictObject({
    object: z.literal('dispute_report'),
    csv: csv(),
    from: epoch(),
    group_by: z.enum(DISPUTE_GROUPS),
    groups: z.array(z.strictObject({ ...figures, group: z.string().nullable() })),
    livemode: z.boolean(),
    to: epoch(),
    totals: z.array(z.strictObject(figures)),
  })
  .meta({ id: 'dispute_report' });
export type WireDisputeReport = z.output<typeof disputeReport>;
