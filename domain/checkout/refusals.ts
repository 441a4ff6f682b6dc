/** Refusals of the planners that a session's completion uses, with the session's own parameters. */
import { BillingError } from '../core/errors';
import { inOfferedWords } from '../core/offered-refusals';
import { isInFlight, isPaid } from '../payment/checkout-payment';
import type { CheckoutSession } from '../rows/checkout-session';
import type { Rows } from '../rows/rows';
import { linesOfType } from './terms';

export const asOffered = <T>(session: Pick<CheckoutSession, 'lineItems'>, work: () => T): T =>
  inOfferedWords({ lines: session.lineItems, ofType: (type) => linesOfType(session, type), names: NAMES }, work);

const NAMES: Record<string, string | undefined> = {
  items: 'line_items',
  trial_end: 'subscription_data[trial_end]',
  trial_period_days: 'subscription_data[trial_period_days]',
  billing_cycle_anchor: 'subscription_data[billing_cycle_anchor]',
  billing_cycle_anchor_config: 'subscription_data[billing_cycle_anchor_config]',
  default_tax_rates: 'subscription_data[default_tax_rates]',
};

/**
 * An open session that nothing has been paid for.
 *
 * @throws BillingError checkout_session_unexpected_state if it is over, while its payment is being made, and once it is paid
 */
export function assertWaiting(rows: Rows, session: CheckoutSession, done: 'expired' | 'updated'): void {
  if (session.status !== 'open') throw unexpected(session, done);
  if (isInFlight(rows, session)) throw unexpected(session, done, 'Its payment is being made.');
  if (isPaid(rows, session)) throw unexpected(session, done, 'It is paid.');
}

/** Stripe's words for a session that is over. */
export function unexpected({ status }: Pick<CheckoutSession, 'status'>, done: 'confirmed' | 'expired' | 'updated', why = ''): BillingError {
  const message =
    `Only Checkout Sessions with a status in ["open"] can be ${done}. This Checkout Session has a status of \`${status}\`. ${why}`.trim();
  return new BillingError('checkout_session_unexpected_state', message);
}

export const isOver = (): BillingError => new BillingError('checkout_session_unexpected_state', 'This Checkout Session has expired.');
