import type { NextAction } from '../domain/rows/payment-intent';
import type { WireNextAction } from './shapes/next-action';

/** Where the payer authenticates: a page for a redirect, or the same page for Stripe.js to open. */
export function toStripeNextAction(action: NextAction | null): WireNextAction | null {
  if (action === null) return null;
  const { type, url, return_url } = action;
  if (type === 'redirect_to_url') return { type, redirect_to_url: { return_url, url } };
  return { type, use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } };
}
