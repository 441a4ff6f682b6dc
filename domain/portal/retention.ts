/** The coupon that is offered to a customer who wants to cancel. */
import { amountOffIn } from '../discount/amounts';
import type { ChangeSet } from '../core/change-set';
import type { Coupon } from '../rows/discount';
import type { PortalFlow, PortalRetentionOffer } from '../rows/portal';
import { isRedeemable } from '../rows/redemption';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import type { RetentionAnswer } from '../rows/subscription-parameters';

/** The coupon to offer; null: none, because it was answered before, the subscription has it, or it can no longer be redeemed. */
export function couponToOffer(rows: Rows, flow: PortalFlow | null, subscription: Subscription, now: number): Coupon | null {
  if (flow === null || flow.retention === null || flow.subscription !== subscription.id) return null;
  const coupon = rows.first('coupon', ({ id, deleted }) => id === flow.retention && !deleted);
  if (coupon === undefined || !isRedeemable(coupon, now) || !isIn(coupon, subscription)) return null;
  const isAnswered = rows.all('portalRetentionOffer').some((offer) => offer.subscription === subscription.id && offer.coupon === coupon.id);
  const hasIt = rows.all('discount').some((each) => subscription.discounts.includes(each.id) && each.coupon === coupon.key);
  return isAnswered || hasIt ? null : coupon;
}

const isIn = (coupon: Coupon, { currency }: Subscription): boolean => coupon.percentOff !== null || amountOffIn(coupon, currency) !== null;

/** Records the answer in the commit of the change that gave it, once for each subscription and coupon. */
export function recordRetentionAnswer(changes: ChangeSet, subscription: string, answer: RetentionAnswer | undefined): void {
  if (answer === undefined) return;
  const isKnown = (offer: PortalRetentionOffer): boolean => offer.subscription === subscription && offer.coupon === answer.coupon;
  if (changes.rows.all('portalRetentionOffer').some(isKnown)) return;
  const { customer } = changes.rows.get('subscription', subscription);
  const { id } = changes.put('portalRetentionOffer', { ...changes.resource('bpro'), ...answer, customer, subscription });
  changes.emit(`billing_portal.retention_offer.${answer.status}`, 'portalRetentionOffer', id);
}
