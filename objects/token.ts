import type { PaymentMethod } from '../domain/rows/payment-method';
import { toStripeCard } from './card';
import type { WireToken } from './shapes/token';

/** A token represents a card and can be used once. Its id is derived from the card's id. */
export function toStripeToken(method: PaymentMethod): WireToken {
  return {
    id: method.id.replace(/^card_/, 'tok_'),
    object: 'token',
    // The token shows the card as it was when the token was created: without a customer.
    card: toStripeCard({ ...method, customer: null }),
    client_ip: null,
    created: method.created,
    livemode: method.livemode,
    type: 'card',
    used: method.token !== 'unused',
  };
}
