import type { ShippingRate } from '../domain/rows/shipping-rate';
import type { WireShippingRate } from './shapes/shipping-rate';

/** Stripe's shipping rate. Its other currencies are shown only when expanded. */
export function toStripeShippingRate(rate: ShippingRate): WireShippingRate {
  const { id, active, created, livemode, metadata, amount, currency } = rate;
  return {
    id,
    object: 'shipping_rate',
    active,
    created,
    delivery_estimate: rate.deliveryEstimate,
    display_name: rate.displayName,
    fixed_amount: { amount, currency },
    livemode,
    metadata,
    tax_behavior: rate.taxBehavior,
    tax_code: rate.taxCode,
    type: 'fixed_amount',
  };
}
