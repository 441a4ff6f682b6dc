/** Confirmation tokens: made once, and good for one confirmation of one intent. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { ConfirmationToken } from '../rows/confirmation-token';
import type { PaymentMethod } from '../rows/payment-method';

const HALF_DAY = 43_200;
const PARAM = { param: 'confirmation_token' };

type Given = Pick<ConfirmationToken, 'returnUrl' | 'setupFutureUsage' | 'shipping'>;

export function newConfirmationToken(changes: ChangeSet, method: PaymentMethod, given: Given): void {
  const { id, allowRedisplay, bankAccount, billingDetails, card, customer, type } = method;
  changes.put('confirmationToken', {
    ...changes.resource('ctoken'),
    expiresAt: changes.now + HALF_DAY,
    paymentMethod: id,
    preview: {
      allow_redisplay: allowRedisplay,
      billing_details: billingDetails,
      card,
      ...(bankAccount === null ? {} : { bank_account: bankAccount }),
      customer,
      type,
    },
    paymentIntent: null,
    setupIntent: null,
    ...given,
  });
}

/** @throws BillingError parameter_invalid if it has expired, or an intent was confirmed with it */
export function refuseSpent({ id, expiresAt, paymentIntent, setupIntent }: ConfirmationToken, now: number): void {
  const intent = paymentIntent ?? setupIntent;
  if (intent !== null) {
    throw new BillingError('parameter_invalid', `The confirmation token '${id}' was already used to confirm '${intent}'.`, PARAM);
  }
  if (expiresAt <= now) throw new BillingError('parameter_invalid', `The confirmation token '${id}' has expired.`, PARAM);
}

/** @throws BillingError as `refuseSpent` does */
export function spendConfirmationToken(changes: ChangeSet, id: string, intent: string): void {
  refuseSpent(changes.rows.get('confirmationToken', id), changes.now);
  changes.patch('confirmationToken', id, intent.startsWith('seti_') ? { setupIntent: intent } : { paymentIntent: intent });
}
