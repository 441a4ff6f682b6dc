import type { EarlyFraudWarning, Review } from '../domain/rows/review';
import type { WireEarlyFraudWarning, WireReview } from './shapes/review';

/** Stripe's review, with who decides and by when. Dunlin knows neither the browser nor the address that a payment came from. */
export function toStripeReview(review: Review): WireReview {
  const { id, charge, created, livemode, open, owner } = review;
  return {
    ...{ id, object: 'review', billing_zip: review.billingZip, charge, closed_at: review.closedAt, closed_reason: review.closedReason },
    ...{ created, decide_by: review.decideBy, default_decision: review.defaultDecision, ip_address: null, ip_address_location: null },
    ...{ livemode, missed_at: review.missedAt, open, opened_reason: review.openedReason, owner, payment_intent: review.paymentIntent },
    ...{ reason: review.closedReason ?? review.openedReason, session: null },
  };
}

export function toStripeEarlyFraudWarning(warning: EarlyFraudWarning): WireEarlyFraudWarning {
  const { id, actionable, charge, created, fraudType, livemode, paymentIntent } = warning;
  return {
    ...{ id, object: 'radar.early_fraud_warning', actionable, charge, created, fraud_type: fraudType, livemode },
    payment_intent: paymentIntent,
  };
}
