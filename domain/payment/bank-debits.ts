/** What a bank account can pay, and under which mandate: the rules of the schemes, in one place for every path that charges. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { putMandate, type MandateParameters } from '../customer/mandates';
import { canPayIn, wrongCurrency } from './method-currencies';
import type { IntentOptions, PaymentError, PaymentIntent, SetupIntent } from '../rows/payment-intent';
import { isDebit, type MethodType, type PaymentMethod } from '../rows/payment-method';

const NO_MANDATE =
  'This PaymentIntent requires a mandate, but no existing mandate was found. Collect mandate acceptance from the customer and try again, providing acceptance data in the mandate_data parameter.';

/** Why an account cannot be debited without its holder; null for a card, and for an account with a mandate that pays in the currency. */
export function debitObstacle({ id, type, mandate }: PaymentMethod, currency: string): PaymentError | null {
  if (!isDebit(type)) return null;
  const error = { type: 'invalid_request_error', decline_code: null, payment_method: id, charge: null } as const;
  if (!canPayIn(type, currency)) {
    return { ...error, code: 'payment_intent_incompatible_payment_method', message: wrongCurrency(type, currency) };
  }
  return mandate === null ? { ...error, code: 'payment_intent_mandate_invalid', message: NO_MANDATE } : null;
}

/** @throws BillingError parameter_invalid if there is an obstacle */
export function refuseUndebitable(method: PaymentMethod, currency: string): void {
  const obstacle = debitObstacle(method, currency);
  if (obstacle !== null) throw new BillingError('parameter_invalid', obstacle.message, { param: 'default_payment_method' });
}

/**
 * The mandate under which an attempt debits: the one that the payer gives now, or the account's own. Null for a card.
 *
 * @param covers the one payment that a new mandate covers; null: also later ones
 * @throws BillingError parameter_missing in Stripe's words
 */
export function mandateFor(
  changes: ChangeSet,
  method: PaymentMethod,
  given: {
    customer: string | null;
    covers: { amount: number; currency: string } | null;
    data: MandateParameters | undefined;
    options: IntentOptions | null;
  },
): string | null {
  const { data } = given;
  if (!isDebit(method.type)) return null;
  if (data !== undefined) return putMandate(changes, method, { ...given, data }).id;
  if (method.mandate === null) throw new BillingError('parameter_missing', NO_MANDATE, { param: 'mandate_data' });
  return method.mandate;
}

/**
 * The intent takes payment methods of this type. One that was made for an invoice or a subscription takes every type, unless the seller has
 * named some.
 *
 * @param named by the seller of that invoice or subscription: `null` for none, `undefined` if the intent was made for neither
 * @throws BillingError payment_method_unusable in Stripe's words
 */
export function admitType(
  { id, paymentMethodTypes: types }: Pick<PaymentIntent | SetupIntent, 'id' | 'paymentMethodTypes'>,
  type: MethodType,
  named: readonly string[] | null | undefined,
): string[] {
  if (types.includes(type)) return types;
  if (named === null) return [...types, type];
  const name = id.startsWith('seti_') ? 'SetupIntent' : 'PaymentIntent';
  throw new BillingError(
    'payment_method_unusable',
    `The PaymentMethod provided (${type}) is not allowed for this ${name}. Please attach a PaymentMethod of one of the following types: ${types.join(', ')}. Alternatively, update the allowed payment_method_types for this ${name} to include "${type}"`,
    { param: 'payment_method' },
  );
}
