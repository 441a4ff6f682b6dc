import type { GatewayAnswer } from '../rows/payment-attempt';
import type { NextAction, PaymentIntent } from '../rows/payment-intent';

const DAY = 86_400;
/** How long an account can be verified after the deposits were sent. */
const VERIFIED_WITHIN = 10 * DAY;

type Asked = Extract<GatewayAnswer, { outcome: 'requires_action' }>;

/** What the payer does next on the processor's page. */
export function nextActionOf(
  { clientSecret, returnUrl }: Pick<PaymentIntent, 'clientSecret' | 'returnUrl'>,
  { url: template, deposits }: Asked,
  now: number,
): NextAction {
  const url = template.replace('{client_secret}', clientSecret);
  if (deposits !== undefined) {
    return { type: 'verify_with_microdeposits', url, arrival_date: now + DAY, microdeposit_type: deposits, wrong_answers: 0 };
  }
  return { type: returnUrl === null ? 'use_stripe_sdk' : 'redirect_to_url', url, return_url: returnUrl };
}

/** When the attempt fails if nobody verifies the account; null if nothing is to be verified. */
export const verifiedBy = ({ deposits }: Asked, now: number): number | null => (deposits === undefined ? null : now + VERIFIED_WITHIN);
