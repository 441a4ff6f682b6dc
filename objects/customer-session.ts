import type { CustomerSession } from '../domain/rows/customer-session';
import type { WireCustomerSession } from './shapes/customer-session';

/** Stripe's customer session, which has no id in the API. */
export function toStripeCustomerSession({
  clientSecret,
  components,
  created,
  customer,
  expiresAt,
  livemode,
}: CustomerSession): WireCustomerSession {
  return {
    object: 'customer_session',
    client_secret: clientSecret,
    components,
    created,
    customer,
    customer_account: null,
    expires_at: expiresAt,
    livemode,
  };
}
