import type { PaymentEvaluation } from '../domain/rows/payment-evaluation';
import type { WirePaymentEvaluation } from './shapes/payment-evaluation';

export function toStripePaymentEvaluation(evaluation: PaymentEvaluation): WirePaymentEvaluation {
  const { id, created, details, livemode, metadata, outcome, recommendedAction, risk } = evaluation;
  return {
    ...{ id, object: 'radar.payment_evaluation', created_at: created, events: [], livemode, metadata, outcome, ...details },
    recommended_action: recommendedAction,
    signals: { fraudulent_payment: { evaluated_at: created, risk_level: risk.riskLevel, score: risk.riskScore } },
  };
}
