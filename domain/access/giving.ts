/** Which subscriptions give access to what their products have. */
import type { Subscription, SubscriptionStatus } from '../rows/subscription';

export const GIVING: readonly SubscriptionStatus[] = ['trialing', 'active', 'past_due'];

/** As on Stripe: while the seller still tries to collect. A recovery program may end it before. A subscription that is unpaid, paused or over gives nothing. */
export const givesAccess = ({ accessEndedAt, hidden, status }: Pick<Subscription, 'accessEndedAt' | 'hidden' | 'status'>): boolean =>
  !hidden && GIVING.includes(status) && (status !== 'past_due' || accessEndedAt === null);
