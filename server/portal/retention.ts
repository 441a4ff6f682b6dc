/** The offer to a customer who wants to cancel: it is answered once, and the answer is kept. */
import { loadRetentionFacts } from '../../db/portal';
import { recordRetentionOffer, couponToOffer } from '../../domain/portal/retention';
import { cancelObstacle } from '../../domain/portal/permissions';
import type { Coupon } from '../../domain/rows/discount';
import type { PortalRetentionOffer } from '../../domain/rows/portal';
import type { Subscription } from '../../domain/rows/subscription';
import { fromExchange, runOnce } from '../forms/run-once';
import { newRequestId } from '../http/context';
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
  });
  if (problem === null) await record(submission, subscription, { coupon: coupon.id, status: 'accepted' });
  return done(problem, true);
}

/** The customer has canceled, although a coupon was offered. */
export async function decline(submission: Submission, subscription: Subscription): Promise<void> {
  const coupon = await offerFor(submission.visit, submission.found, subscription);
  if (coupon !== null) await record(submission, subscription, { coupon: coupon.id, status: 'declined' });
}

async function record(
  { visit, key }: Submission,
  { id, customer, discounts }: Subscription,
  answer: Pick<PortalRetentionOffer, 'coupon' | 'status'>,
): Promise<void> {
  const { deps, session, request, response } = visit;
  await runOnce(
    deps,
    fromExchange({ request, response }),
    { ...session, page: 'portal' },
    {
      key: `${key}/offer`,
      requestId: newRequestId(),
      raw: { ...answer },
      work: (asked) =>
        asked
          .change({
            step: 'recordRetentionOffer',
            customer,
            load: (tx) => loadRetentionFacts(tx, asked.scope, { customer, coupon: answer.coupon, discounts }),
            plan: (changes) => {
              recordRetentionOffer(changes, { ...answer, customer, subscription: id, session: session.id });
            },
          })
          .then(() => ({})),
    },
  );
}
