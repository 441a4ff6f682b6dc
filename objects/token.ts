import type Stripe from 'stripe';
import type { PaymentMethod } from '../domain/rows/payment-method';
import { toStripeCard } from './card';
import type { Wire } from './wire';

export type WireToken = Omit<Wire<Stripe.Token>, 'bank_account' | 'card'> & { card: ReturnType<typeof toStripeCard> };

/** A token, which stands for a card until it is used once. Its id follows from the card's. */
export function toStripeToken(method: PaymentMethod): WireToken {
  return {
    id: method.id.replace(/^card_/, 'tok_'),
    object: 'token',
    // A token was made before its card had a customer, and still shows it so.
    card: toStripeCard({ ...method, customer: null }),
    client_ip: null,
    created: method.created,
    livemode: method.livemode,
    type: 'card',
    used: method.token !== 'unused',
  };
}
