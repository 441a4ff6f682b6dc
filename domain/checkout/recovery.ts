/** An expired session that its buyer continues: a copy with the same lines and terms, which opens anew. */
import type { ChangeSet } from '../core/change-set';
import type { CheckoutSession } from '../rows/checkout-session';
import { pricedWith } from './amounts';
import { blankSession } from './creation';
import { assertForSale } from './lines';
import { isOver } from './refusals';

/** How long an expired session can be continued. */
const RECOVERY_SECONDS = 30 * 86_400;

export const recoveryExpiry = ({ settings }: CheckoutSession, now: number): number | null =>
  settings.after_expiration?.enabled === true ? now + RECOVERY_SECONDS : null;

/**
 * Opens the copy, unless one is open or paid: a session is continued once.
 *
 * @throws BillingError checkout_session_unexpected_state if it cannot be continued, and parameter_invalid if it sells a price that is inactive
 * now
 */
export function recoverSession(changes: ChangeSet, id: string, origin: string): void {
  const before = changes.rows.get('checkoutSession', id);
  if (before.status !== 'expired' || before.recoveryExpiresAt === null || before.recoveryExpiresAt <= changes.now) throw isOver();
  if (continuationOf(changes.rows.all('checkoutSession'), id)) return;
  assertForSale(changes, before.lineItems);
  const { mode, currency, metadata, settings } = before;
  const isDiscountable = settings.after_expiration?.allow_promotion_codes === true;
  const blank = blankSession(changes, {
    ...{ mode, currency, metadata, origin },
    settings: {
      ...settings,
      allow_promotion_codes: isDiscountable ? true : null,
      redirect_on_completion: null,
      return_url: null,
      success_url: settings.success_url ?? settings.return_url,
    },
  });
  const copy: CheckoutSession = {
    ...blank,
    ...ofBuyer(before),
    lineItems: before.lineItems.map((line) => ({ ...line, id: changes.id('li') })),
    recoveredFrom: id,
  };
  const session = changes.put('checkoutSession', pricedWith(changes, copy, before.discounts));
  changes.wake('checkout', session.id, session);
}

/** What is known of the buyer, and what the buyer has chosen. */
function ofBuyer(before: CheckoutSession): Partial<CheckoutSession> {
  const { clientReferenceId, customer, customerDetails, experimentAssignment, paymentLink, shippingDetails, shippingRate, testClock } =
    before;
  return { clientReferenceId, customer, customerDetails, experimentAssignment, paymentLink, shippingDetails, shippingRate, testClock };
}

/** The session that continues this one, if it is open or paid. */
export const continuationOf = (sessions: readonly CheckoutSession[], id: string): CheckoutSession | undefined =>
  sessions.find(({ recoveredFrom, status }) => recoveredFrom === id && status !== 'expired');
