/** A seller may limit customers to one subscription: who has one is led to where it is changed, and is sold no other. */
import { BillingError } from '../core/errors';
import type { CheckoutSession } from '../rows/checkout-session';
import type { SubscriptionStatus } from '../rows/subscription';

/** A subscription in one of them is one that its customer has. */
export const SUBSCRIBED_STATUSES: readonly SubscriptionStatus[] = ['active', 'past_due', 'paused', 'trialing', 'unpaid'];

/** Who buys in a session: the customer, if there is one yet, and the address that was entered or is known. */
export type Buyer = Pick<CheckoutSession, 'customer' | 'id' | 'subscription'> & { email: string | null };

/** @param entered in the form that is being sent */
export function buyerOf({ customer, customerDetails, id, settings, subscription }: CheckoutSession, entered: string | null = null): Buyer {
  return { customer, id, subscription, email: entered ?? customerDetails?.email ?? settings.customer_email };
}

/** `elsewhere`: the buyer is subscribing in another session at this moment. */
export type Subscribed = 'elsewhere' | 'no' | 'yes';

/** @throws BillingError parameter_invalid, payment_attempt_in_progress */
export function assertNotSubscribed(subscribed: Subscribed): void {
  if (subscribed === 'elsewhere') {
    throw new BillingError('payment_attempt_in_progress', 'This customer is subscribing in another checkout session at this moment.');
  }
  if (subscribed === 'no') return;
  const message =
    'This customer already has a subscription, and the account allows one: see `checkout[subscribers_go_to]` of the account settings.';
  throw new BillingError('parameter_invalid', message, { param: 'customer_email' });
}

/**
 * Where a buyer goes who has subscribed already.
 *
 * @param place the seller's setting
 * @param login the address at which customers ask for a link to the portal
 * @returns null: there is no such place, and the checkout itself says so
 */
export function placeOfSubscribers(place: string | null, login: string | null, { id, email }: Buyer): string | null {
  if (place === null || place === 'portal') return place && login;
  const of: Record<string, string> = { '{CHECKOUT_SESSION_ID}': id, '{CUSTOMER_EMAIL}': encodeURIComponent(email ?? '') };
  return place.replaceAll(/\{CHECKOUT_SESSION_ID\}|\{CUSTOMER_EMAIL\}/g, (name) => of[name] ?? name);
}
