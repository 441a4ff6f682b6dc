/** Buyers who have a subscription already, where the seller sells each customer one. */
import type { Sql, TransactionSql } from '../../db/connect';
import { findMailSeller } from '../../db/mails';
import { isSubscribed, isSubscribingElsewhere, lockBuyer } from '../../db/subscribers';
import { buyerOf, placeOfSubscribers, type Subscribed } from '../../domain/checkout/one-subscription';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { AccountSettings } from '../../domain/rows/account';

/** Whether a session that a buyer confirms would be one too many. The answer holds until the end of the transaction. */
export async function subscribedNow(
  tx: TransactionSql,
  session: CheckoutSession,
  { checkout }: Pick<AccountSettings, 'checkout'>,
  { email, since }: { email: string | null; since: number },
): Promise<Subscribed> {
  if (session.mode !== 'subscription' || checkout.subscribers_go_to === null) return 'no';
  const buyer = buyerOf(session, email);
  await lockBuyer(tx, session, buyer);
  if (await isSubscribed(tx, session, buyer)) return 'yes';
  return (await isSubscribingElsewhere(tx, session, buyer, since)) ? 'elsewhere' : 'no';
}

/** Whether the buyer of an open session is known to have a subscription before anything was confirmed. */
export async function isKnownSubscriber(sql: Sql, session: CheckoutSession): Promise<boolean> {
  if (session.mode !== 'subscription' || session.subscription !== null) return false;
  const { settings } = await findMailSeller(sql, session);
  return settings.checkout.subscribers_go_to !== null && isSubscribed(sql, session, buyerOf(session));
}

/** Null: there is nowhere to go. */
export async function placeOfBuyer(sql: Sql, session: CheckoutSession, email: string | null): Promise<string | null> {
  const { seller, settings } = await findMailSeller(sql, session);
  return placeOfSubscribers(settings.checkout.subscribers_go_to, seller.loginUrl, buyerOf(session, email));
}
