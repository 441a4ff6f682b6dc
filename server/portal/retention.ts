/** The offer to a customer who wants to cancel: it is answered once, and the answer is kept. */
import { couponToOffer } from '../../domain/portal/retention';
import { cancelObstacle } from '../../domain/portal/permissions';
import type { Coupon } from '../../domain/rows/discount';
import type { Subscription } from '../../domain/rows/subscription';
import type { RetentionAnswer } from '../../domain/rows/subscription-parameters';
import type { Call } from '../forms/call-once';
import { updateSubscription } from '../routes/subscriptions/update';
import { change, customerNow, type Visit } from './operations';
import { done, nothing, type Outcome } from './outcome';
import type { PortalRows } from './rows';
import { chosen, type Submission } from './submission';

/** The coupon that the page offers; null: none. */
export async function offerFor({ deps, session }: Visit, { rows }: PortalRows, subscription: Subscription): Promise<Coupon | null> {
  if (session.flow?.retention === null || session.flow === null) return null;
  return couponToOffer(rows, session.flow, subscription, await customerNow(deps, session));
}

/** The customer stays, and has the coupon. */
export async function stay(submission: Submission): Promise<Outcome> {
  const { visit, found, key } = submission;
  const subscription = chosen(submission);
  if (subscription === undefined || cancelObstacle(found.rows, found.configuration, subscription) !== null) return nothing();
  const coupon = await offerFor(visit, found, subscription);
  if (coupon === null) return done(null, true);
  const discounts = [...subscription.discounts.map((discount) => ({ discount })), { coupon: coupon.id }];
  const { problem } = await change(visit, key, {
    operation: updateSubscription,
    path: { subscription: subscription.id },
    parameters: { discounts },
    ...answerOf(visit, coupon, 'accepted'),
  });
  return done(problem, true);
}

/** What canceling answers to the offer of a coupon; nothing if none is made. */
export async function declined({ visit, found }: Submission, subscription: Subscription): Promise<Pick<Call, 'also'>> {
  const coupon = await offerFor(visit, found, subscription);
  return coupon === null ? {} : answerOf(visit, coupon, 'declined');
}

/** It is recorded with the change, so that neither is without the other. */
function answerOf({ session }: Visit, coupon: Coupon, status: RetentionAnswer['status']): Pick<Call, 'also'> {
  const answer: RetentionAnswer = { coupon: coupon.id, session: session.id, status };
  return { also: { retention_answer: answer } };
}
