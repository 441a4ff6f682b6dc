/** The end of a session: its payment has succeeded, or its time is over. */
import type { ChangeSet } from '../core/change-set';
import { recognize } from '../experiment/assignment';
import { decisionOf, isCollected, isReserved } from '../payment/checkout-payment';
import { cancelIntent } from '../payment/intents';
import { cancelSetupIntent } from '../payment/setup-intents';
import type { CheckoutSession } from '../rows/checkout-session';
import type { DiscountParameters } from '../rows/subscription-parameters';
import { workflowId } from '../rows/workflow';
import { abandonSubscription } from './abandonment';
import { recoveryExpiry } from './recovery';
import { assertWaiting } from './refusals';
import { releaseSaleInvoice, revealSaleInvoice } from './sale-invoice';
import { countSale } from './sales-limit';

/** Completes the session, whose payment, card or subscription is there. A payment that came as the time ran out counts. */
export function completeSession(changes: ChangeSet, id: string): void {
  const session = changes.rows.get('checkoutSession', id);
  const subscription = changes.rows.find('subscription', session.subscription);
  changes.patch('checkoutSession', id, {
    status: 'complete',
    completedAt: changes.now,
    asyncPayment: isCollected(changes.rows, session) ? 'pending' : null,
    reservation: isReserved(changes.rows, session) ? 'held' : null,
    invoice: subscription?.latestInvoice ?? session.invoice,
  });
  // An invoice has redeemed them.
  if (session.mode === 'payment' && session.invoice === null) session.discounts.forEach((each) => redeem(changes, each));
  revealSaleInvoice(changes, session);
  changes.emit('checkout.session.completed', 'checkoutSession', id);
  countSale(changes, session.paymentLink);
  recognizeBuyer(changes, id);
  wakeOwn(changes, session);
}

/**
 * The bank has decided the payment of a complete session, or the seller has captured or released it. As at Stripe, only the bank's decision has an
 * event of the session; a capture has those of its payment.
 */
export function settleSession(changes: ChangeSet, id: string): void {
  const session = changes.rows.get('checkoutSession', id);
  const decision = decisionOf(changes.rows, session);
  if (decision === null) throw new Error(`the payment of ${id} is not decided`);
  if (session.reservation === 'held') {
    changes.patch('checkoutSession', id, { reservation: decision === 'succeeded' ? 'captured' : 'released' });
    return;
  }
  changes.patch('checkoutSession', id, { asyncPayment: decision });
  changes.emit(`checkout.session.async_payment_${decision}`, 'checkoutSession', id);
}

/** Whose price an experiment had chosen is known now. */
function recognizeBuyer(changes: ChangeSet, id: string): void {
  const { customer, experimentAssignment } = changes.rows.get('checkoutSession', id);
  const assignment = changes.rows.find('experimentAssignment', experimentAssignment);
  if (assignment && customer !== null) recognize(changes, assignment, customer);
}

/**
 * Ends an open session before it is paid. What waits for the buyer is canceled.
 *
 * @throws BillingError checkout_session_unexpected_state as `assertWaiting` does
 */
export function expireSession(changes: ChangeSet, id: string): void {
  const session = changes.rows.get('checkoutSession', id);
  assertWaiting(changes.rows, session, 'expired');
  releaseSaleInvoice(changes, session);
  const payment = changes.rows.find('paymentIntent', session.paymentIntent);
  const setup = changes.rows.find('setupIntent', session.setupIntent);
  if (payment && payment.status !== 'canceled') cancelIntent(changes, payment.id, 'abandoned');
  if (setup && setup.status !== 'canceled' && setup.status !== 'succeeded') cancelSetupIntent(changes, setup.id, 'abandoned');
  if (changes.rows.find('subscription', session.subscription)) abandonSubscription(changes, session.subscription ?? '');
  changes.patch('checkoutSession', id, { status: 'expired', recoveryExpiresAt: recoveryExpiry(session, changes.now) });
  changes.emit('checkout.session.expired', 'checkoutSession', id);
  wakeOwn(changes, session);
}

/** A sale has no discount that would count its redemption. Its coupon and code must be among the facts. */
function redeem(changes: ChangeSet, { coupon: id, promotion_code: code }: DiscountParameters): void {
  const { rows } = changes;
  const key = rows.find('promotionCode', code ?? null)?.coupon ?? rows.first('coupon', (coupon) => coupon.id === id)?.key;
  if (key !== undefined) changes.redeem(key, 1, code ?? null);
}

/** Its workflow has nothing more to wait for. */
function wakeOwn(changes: ChangeSet, session: CheckoutSession): void {
  if (changes.context.workflow !== workflowId('checkout', session.id)) changes.wake('checkout', session.id, session);
}
