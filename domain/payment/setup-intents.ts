/** Setup intents: they verify a card now, so that it can be charged later without the cardholder. They move no money. */
import { refuseDeletedCustomer } from '../invoice-rules/collection';
import type { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { unexpectedIntentState } from './intent-refusals';
import { admitType, mandateFor } from './bank-debits';
import { refuseToKeep } from '../customer/cards';
import { dropMandate } from '../customer/mandates';
import { mergeMetadata } from '../core/metadata';
import type { PaymentAttempt } from '../rows/payment-attempt';
import type { IntentOptions, SetupIntent } from '../rows/payment-intent';
import { currentAttempt, putAttempt, refuseOtherCustomers, wakePayment, type AttemptRequest } from './intents';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';

export interface NewSetupIntent {
  customer: string | null;
  subscription: string | null;
  checkoutSession?: string | null;
  paymentMethod: string | null;
  usage: SetupIntent['usage'];
  paymentMethodTypes: string[];
  paymentMethodConfiguration?: string | null;
  allowedPaymentMethodTypes?: string[] | null;
  automaticPaymentMethods?: SetupIntent['automaticPaymentMethods'];
  paymentMethodOptions?: IntentOptions | null;
  description?: string | null;
  returnUrl?: string | null;
  metadata?: Metadata;
}

/** Puts a new setup intent and emits `setup_intent.created`. */
export function newSetupIntent(changes: ChangeSet, of: NewSetupIntent): SetupIntent {
  const resource = changes.resource('seti');
  const intent = changes.put('setupIntent', {
    ...resource,
    paymentMethodConfiguration: null,
    allowedPaymentMethodTypes: null,
    automaticPaymentMethods: null,
    paymentMethodOptions: null,
    description: null,
    returnUrl: null,
    checkoutSession: null,
    metadata: {},
    ...of,
    clientSecret: changes.context.secretFor(resource.id),
    status: of.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation',
    cancellationReason: null,
    lastSetupError: null,
    nextAction: null,
    attempts: 0,
    mandate: null,
    hasWorkflow: false,
  });
  changes.emit('setup_intent.created', 'setupIntent', intent.id);
  return intent;
}

/**
 * @throws BillingError resource_missing if its customer is deleted, setup_intent_unexpected_state, payment_method_unusable,
 * parameter_missing for a bank account without a mandate
 */
export function openSetupAttempt(changes: ChangeSet, request: AttemptRequest): PaymentAttempt {
  const intent = changes.rows.get('setupIntent', request.intent);
  if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing') {
    throw unexpectedSetupState(intent, 'confirm');
  }
  refuseDeletedCustomer(changes.rows, intent.customer);
  const method = changes.rows.get('paymentMethod', request.paymentMethod);
  refuseOtherCustomers(method, intent.customer);
  refuseToKeep(method.type);
  const named = changes.rows.find('subscription', intent.subscription)?.paymentSettings.payment_method_types;
  const paymentMethodTypes = admitType(intent, method.type, named);
  closeWaiting(changes, intent.id);
  const currency = changes.rows.get('account', intent.account).defaultCurrency;
  const { customer, paymentMethodOptions: options } = intent;
  const mandate = mandateFor(changes, method, { customer, covers: null, data: request.mandate, options });
  const attempt = putAttempt(changes, intent, request, {
    ...{ kind: 'setup', invoice: null, amount: 0, currency, mandate },
    ...{ gateway: method.gateway, route: null },
  });
  const change = {
    attempts: attempt.number,
    paymentMethod: method.id,
    paymentMethodTypes,
    mandate,
    status: 'processing',
    nextAction: null,
  } as const;
  changes.patch('setupIntent', intent.id, { ...change, hasWorkflow: true });
  return attempt;
}

/** @throws BillingError setup_intent_unexpected_state once it has succeeded or was canceled, or while a processor has not answered */
export function cancelSetupIntent(changes: ChangeSet, id: string, reason: string | null): void {
  const intent = changes.rows.get('setupIntent', id);
  if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing')
    throw unexpectedSetupState(intent, 'cancel');
  closeWaiting(changes, id);
  changes.patch('setupIntent', id, { status: 'canceled', cancellationReason: reason, nextAction: null });
  changes.emit('setup_intent.canceled', 'setupIntent', id);
  wakePayment(changes, intent);
}

function unexpectedSetupState(intent: SetupIntent, verb: string): BillingError {
  return unexpectedIntentState(intent.id, `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`);
}

function closeWaiting(changes: ChangeSet, intent: string): void {
  const waiting = currentAttempt(changes.rows, intent);
  if (waiting === undefined) return;
  changes.patch('paymentAttempt', waiting.id, { status: 'canceled' });
  dropMandate(changes, waiting.mandate);
}

export type SetupIntentChange = Partial<
  Pick<SetupIntent, 'allowedPaymentMethodTypes' | 'customer' | 'description' | 'paymentMethod' | 'paymentMethodTypes'>
> & {
  metadata?: Metadata | null | undefined;
};

/** @throws BillingError setup_intent_unexpected_state if its card or customer would change too late, payment_method_unusable */
export function updateSetupIntent(changes: ChangeSet, id: string, { metadata, ...change }: SetupIntentChange): void {
  const intent = changes.rows.get('setupIntent', id);
  const params = omitUndefined(change);
  const isOver = ['processing', 'succeeded', 'canceled'].includes(intent.status);
  if (isOver && Object.keys(params).some((property) => property !== 'description')) throw unexpectedSetupState(intent, 'update');
  const changed = changes.patch('setupIntent', id, {
    ...params,
    metadata: mergeMetadata(intent.metadata, metadata),
  });
  const method = changes.rows.find('paymentMethod', changed.paymentMethod);
  if (method) refuseOtherCustomers(method, changed.customer);
  if (changed.status === 'requires_payment_method' && typeof change.paymentMethod === 'string')
    changes.patch('setupIntent', id, { status: 'requires_confirmation' });
}
