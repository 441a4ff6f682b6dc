import type { ShippingRate } from '../domain/rows/shipping-rate';
import type { WireShippingRate } from './shapes/shipping-rate';

export function toStripeShippingRate(rate: ShippingRate): WireShippingRate {
  const { id, active, created, livemode, metadata, amount, currency, currencyOptions } = rate;
  const others = Object.keys(currencyOptions).length > 0;
  return {
    id,
    object: 'shipping_rate',
    active,
    created,
    delivery_estimate: rate.deliveryEstimate,
    display_name: rate.displayName,
    fixed_amount: { amount, currency, ...(others ? { currency_options: currencyOptions } : {}) },
    livemode,
    metadata,
    tax_behavior: rate.taxBehavior,
    tax_code: rate.taxCode,
    type: 'fixed_amount',
  };
}
