import { z } from 'zod';
import { PAST_OUTCOMES } from '../../domain/fraud/backtest';
import { RULE_ACTIONS } from '../../domain/rows/radar';
import { csv } from './ledger';
import { currency, epoch, integer, minorUnits } from './parts';

/** Dunlin's own. */
export const backtest = z
  .strictObject({
    object: z.literal('radar.backtest'),
    action: z.enum(RULE_ACTIONS),
    complete: z.boolean(),
    from: epoch(),
    livemode: z.boolean(),
    matched: integer(),
    outcomes: z.array(
      z.strictObject({
        amounts: z.record(z.string(), minorUnits()),
        examples: z.array(z.string()),
        outcome: z.enum(PAST_OUTCOMES),
        overridden: integer(),
        payments: integer(),
      }),
    ),
    payments: integer(),
    predicate: z.string(),
    to: epoch(),
  })
  .meta({ id: 'radar.backtest' });
export type WireBacktest = z.output<typeof backtest>;

/** Dunlin's own. Rates are between 0 and 1; null: nothing was paid. */
export const rulesReport = z
  .strictObject({
    object: z.literal('radar.report'),
    csv: csv(),
    from: epoch(),
    livemode: z.boolean(),
    rules: z.array(
      z.strictObject({
        approved: integer(),
        blocked: integer(),
        blocked_amount: minorUnits(),
        currency: currency(),
        dispute_rate: z.number().nullable(),
        disputed: integer(),
        disputed_amount: minorUnits(),
        false_positives: integer(),
        matched: integer(),
        reviewed: integer(),
        rule: z.string(),
        shadow: integer(),
        succeeded: integer(),
      }),
    ),
    to: epoch(),
  })
  .meta({ id: 'radar.report' });
export type WireRulesReport = z.output<typeof rulesReport>;
