import { z } from 'zod';
import { csv } from './ledger';
import { currency, epoch, integer, minorUnits } from './parts';

export const disputeRate = z
  .strictObject({
    object: z.literal('dispute_rate'),
    count: integer(),
    disputes: integer(),
    early_fraud_warnings: integer(),
    livemode: z.boolean(),
    month: z.string(),
    network: z.string().nullable(),
    program: z.string(),
    rate: z.string().nullable(),
    status: z.enum(['approaching', 'below', 'reached']),
    threshold: z.strictObject({ count: integer(), percent: z.string() }),
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
  win_rate: z.string().nullable(),
  won: integer(),
};

export const disputeReport = z
  .strictObject({
    object: z.literal('dispute_report'),
    csv: csv(),
    from: epoch(),
    group_by: z.enum(['country', 'product', 'reason']),
    groups: z.array(z.strictObject({ ...figures, group: z.string().nullable() })),
    livemode: z.boolean(),
    to: epoch(),
    totals: z.array(z.strictObject(figures)),
  })
  .meta({ id: 'dispute_report' });
export type WireDisputeReport = z.output<typeof disputeReport>;
