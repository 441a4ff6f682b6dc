import type { FraudDecision, RadarRule } from '../domain/rows/radar';
import type { WireFraudDecision, WireRadarRule } from './shapes/radar';

export function toRadarRule({ id, action, active, created, livemode, metadata, predicate, shadow, version }: RadarRule): WireRadarRule {
  return { id, object: 'radar.rule', action, active, created, livemode, metadata, predicate, shadow, version };
}

/** What the rules decided, with the values at which they looked. */
export function toFraudDecision({
  id,
  assessment,
  created,
  livemode,
  matched,
  paymentIntent: intent,
  round,
  values,
}: FraudDecision): WireFraudDecision {
  const { decision, reason, riskLevel, riskScore, rule } = assessment;
  const [payment_intent, setup_intent] = intent.startsWith('seti_') ? [null, intent] : [intent, null];
  return {
    ...{ id, object: 'radar.decision', created, decision, livemode, matched_rules: matched, payment_intent, reason },
    ...{ risk_level: riskLevel, risk_score: riskScore, round, rule, setup_intent, values },
  };
}
