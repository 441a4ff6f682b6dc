import { z } from 'zod';
import { RULE_ACTIONS } from '../../domain/rows/radar';
import { epoch, integer, metadata } from './parts';

/** Dunlin's own: Stripe has its rules in the Dashboard. */
export const radarRule = z
  .strictObject({
    id: z.string(),
    object: z.literal('radar.rule'),
    action: z.enum(RULE_ACTIONS),
    active: z.boolean(),
    created: epoch(),
    livemode: z.boolean(),
    metadata: metadata(),
    predicate: z.string(),
    shadow: z.boolean(),
    version: integer(),
  })
  .meta({ id: 'radar.rule' });
export type WireRadarRule = z.output<typeof radarRule>;

/** Dunlin's own. */
export const fraudDecision = z
  .strictObject({
    id: z.string(),
    object: z.literal('radar.decision'),
    created: epoch(),
    decision: z.enum(['allow', 'block', 'require_3ds', 'review']),
    livemode: z.boolean(),
    matched_rules: z.array(
      z.strictObject({
        id: z.string(),
        action: z.enum(RULE_ACTIONS),
        predicate: z.string(),
        shadow: z.literal(true).optional(),
        version: integer(),
      }),
    ),
    payment_intent: z.string().nullable(),
    reason: z.string().nullable(),
    risk_level: z.enum(['elevated', 'highest', 'normal']),
    risk_score: integer(),
    round: z.enum(['after_authentication', 'after_authorization', 'before']),
    rule: z.string().nullable(),
    setup_intent: z.string().nullable(),
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'radar.decision' });
export type WireFraudDecision = z.output<typeof fraudDecision>;
