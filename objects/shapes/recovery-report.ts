import { z } from 'zod';
import { RECOVERY_GROUPS } from '../../domain/rows/recovery-report';
import { csv } from './ledger';
import { currency, decimal, epoch, integer, minorUnits } from './parts';

const figures = {
  amount: minorUnits(),
  amount_credited: minorUnits(),
  amount_lost: minorUnits(),
  amount_open: minorUnits(),
  amount_recovered: minorUnits(),
  currency: currency(),
  exhausted: integer(),
  invoices: integer(),
  recovered: integer(),
  /** Percent of the recoveries that have ended, and of their money. Null: none has ended. */
  recovery_rate: decimal().nullable(),
  recovery_rate_of_amount: decimal().nullable(),
  running: integer(),
  stopped: integer(),
};

export const recoveryReport = z
  .strictObject({
    object: z.literal('recovery_report'),
    csv: csv(),
    from: epoch(),
    group_by: z.enum(RECOVERY_GROUPS),
    /** `group` is null for what no retry, card or payment has recovered, and for a first failure without a code. */
    groups: z.array(z.strictObject({ ...figures, group: z.string().nullable() })),
    livemode: z.boolean(),
    to: epoch(),
    totals: z.array(z.strictObject(figures)),
  })
  .meta({ id: 'recovery_report' });
export type WireRecoveryReport = z.output<typeof recoveryReport>;
