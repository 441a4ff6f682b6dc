import { z } from 'zod';
import { integer } from './parts';

/** Dunlin's own. `points` are added to the log-odds of fraud. */
export const chargeRisk = z
  .strictObject({
    object: z.literal('charge_risk'),
    charge: z.string(),
    contributions: z.array(z.strictObject({ feature: z.string(), points: z.number() })),
    livemode: z.boolean(),
    risk_level: z.enum(['elevated', 'highest', 'normal']).nullable(),
    risk_score: integer().nullable(),
    scored_by: z.string().nullable(),
  })
  .meta({ id: 'charge_risk' });
export type WireChargeRisk = z.output<typeof chargeRisk>;
