import type { Card, PaymentMethod } from '../domain/rows/payment-method';
import type { WirePaymentMethod } from './shapes/payment-method';

/** A customer's card, with the fields that may be shown. */
export function toStripePaymentMethod(method: PaymentMethod): WirePaymentMethod {
  return {
    id: method.id,
    object: 'payment_method',
    allow_redisplay: method.allowRedisplay,
    billing_details: method.billingDetails,
    card: toStripeCard(method.card),
    created: method.created,
    customer: method.customer,
    customer_account: null,
    livemode: method.livemode,
    metadata: method.metadata,
    type: method.type,
  };
}

/** Of a payment method, or of its preview. */
export function toStripeCard(card: Card): WirePaymentMethod['card'] {
  return {
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    display_brand: card.brand,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint,
    funding: card.funding,
    generated_from: null,
    last4: card.last4,
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: card.three_d_secure_supported },
    wallet: null,
  };
}
