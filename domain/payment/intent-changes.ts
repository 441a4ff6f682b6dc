import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { mergeMetadata } from '../core/metadata';
import type { PaymentIntent } from '../rows/payment-intent';
import { refuseCurrency } from './method-currencies';
import { unexpectedIntentState } from './intent-refusals';
import { askAnew, currentAttempt, invoiceOf, refuseOtherCustomers, unexpectedState } from './intents';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';

export type PaymentIntentChange = Partial<
  Pick<
    PaymentIntent,
    | 'amount'
    | 'currency'
    | 'customer'
    | 'paymentMethod'
    | 'allowedPaymentMethodTypes'
    | 'paymentMethodTypes'
    | 'setupFutureUsage'
    | 'taxCalculation'
    | 'description'
    | 'receiptEmail'
    | 'shipping'
    | 'statementDescriptor'
    | 'statementDescriptorSuffix'
  >
> & { metadata?: Metadata | null | undefined };

/** Fields that can change in every state. */
const ALWAYS: readonly string[] = ['metadata', 'description', 'receiptEmail', 'shipping'];

/** What the payer approves with 3-D Secure or at their bank. */
const APPROVED = ['amount', 'currency', 'customer', 'paymentMethod'] as const;

/**
 * Changes an intent before it is paid; afterwards only descriptive fields. If its payer was asked to approve something else, it must be confirmed again.
 *
 * @throws BillingError payment_intent_unexpected_state, payment_attempt_in_progress, payment_method_unusable, parameter_invalid for a type that
 * does not pay in the currency
 */
export function updatePaymentIntent(changes: ChangeSet, id: string, change: PaymentIntentChange): void {
  const intent = changes.rows.get('paymentIntent', id);
  const { metadata, ...rest } = change;
  const params = omitUndefined(rest);
  if (Object.keys(params).some((property) => !ALWAYS.includes(property))) refuseTooLate(changes, intent);
  if (params.customer !== undefined || params.currency !== undefined) refuseAttached(changes, intent);
  if (APPROVED.some((property) => params[property] !== undefined && params[property] !== intent[property])) askAnew(changes, intent);
  const changed = changes.patch('paymentIntent', id, {
    ...params,
    metadata: mergeMetadata(intent.metadata, metadata),
  });
  if (params.currency !== undefined || params.paymentMethodTypes !== undefined)
    refuseCurrency(changed.paymentMethodTypes, changed.currency);
  const method = changes.rows.find('paymentMethod', changed.paymentMethod);
  if (method) refuseOtherCustomers(method, changed.customer);
  if (changed.status === 'requires_payment_method' && typeof rest.paymentMethod === 'string') {
    changes.patch('paymentIntent', id, { status: 'requires_confirmation' });
  }
}

/** The invoice that it was attached to has a customer and a currency, too. */
function refuseAttached({ rows }: ChangeSet, intent: PaymentIntent): void {
  const invoice = invoiceOf(rows, intent);
  if (invoice === null) return;
  throw unexpectedIntentState(intent.id, `The PaymentIntent pays invoice ${invoice}, so its customer and currency cannot change.`);
}

function refuseTooLate(changes: ChangeSet, intent: PaymentIntent): void {
  if (intent.invoice !== null) {
    throw unexpectedIntentState(intent.id, 'The PaymentIntent of an invoice changes with its invoice only.');
  }
  const attempt = currentAttempt(changes.rows, intent.id);
  if (attempt && attempt.status !== 'requires_action') {
    throw new BillingError('payment_attempt_in_progress', 'A payment of it is being processed. Please retry in a moment.');
  }
  if (['requires_capture', 'canceled', 'succeeded'].includes(intent.status)) throw unexpectedState(intent, 'update');
}
