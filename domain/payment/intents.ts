/**
 * Payment intents and their attempts. An intent is an amount to pay; an attempt is one try at it, committed before the call to the
 * processor. At most one is open per intent and invoice, whichever workflow or caller wants it. Intent pi_1 of 1200, declined, then paid:
 * pi_1/attempt-1 failed, pi_1/attempt-2 succeeded, one charge each.
 */
import { settingsOf } from '../rows/account';
import type { Route } from '../rows/routing';
import { retryWords } from './answer-words';
import { admitType, mandateFor } from './bank-debits';
import { refuseCurrency } from './method-currencies';
import { refuseWithoutPayer } from './redirects';
import { refuseAmountOfVoucher } from './voucher-amounts';
import { dropMandate, type MandateParameters } from '../customer/mandates';
import { refuseDeletedCustomer } from '../invoice-rules/collection';
import { amountInWords } from '../money/currency';
import { BillingError } from '../core/errors';
import { unexpectedIntentState } from './intent-refusals';
import { routeOf } from './routing';
import type { Metadata, Shipping } from '../rows/resource';
import { isWithdrawable, OPEN_ATTEMPT_STATUSES, type PaymentAttempt } from '../rows/payment-attempt';
import { SENT_AT_ONCE, sendingSuffix } from '../rows/waiting';
import type { IntentOptions, PaymentIntent, SetupIntent } from '../rows/payment-intent';
import { fingerprintOf, type PaymentMethod } from '../rows/payment-method';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { PendingCall } from '../core/entity-state';

export interface NewPaymentIntent {
  customer: string | null;
  amount: number;
  currency: string;
  invoice: string | null;
  paymentMethod: string | null;
  setupFutureUsage: PaymentIntent['setupFutureUsage'];
  paymentMethodTypes: string[];
  description: string | null;
  captureMethod?: PaymentIntent['captureMethod'];
  confirmationMethod?: PaymentIntent['confirmationMethod'];
  paymentMethodConfiguration?: string | null;
  allowedPaymentMethodTypes?: string[] | null;
  automaticPaymentMethods?: PaymentIntent['automaticPaymentMethods'];
  paymentMethodOptions?: IntentOptions | null;
  returnUrl?: string | null;
  receiptEmail?: string | null;
  shipping?: Shipping | null;
  statementDescriptor?: string | null;
  statementDescriptorSuffix?: string | null;
  taxCalculation?: string | null;
  checkoutSession?: string | null;
  metadata?: Metadata;
}

/** Puts a new intent and emits `payment_intent.created`. It waits for a card, or for confirmation if it has one. */
export function newPaymentIntent(changes: ChangeSet, of: NewPaymentIntent): PaymentIntent {
  const resource = changes.resource('pi');
  const intent = changes.put('paymentIntent', {
    ...resource,
    captureMethod: 'automatic',
    confirmationMethod: 'automatic',
    paymentMethodConfiguration: null,
    allowedPaymentMethodTypes: null,
    automaticPaymentMethods: null,
    paymentMethodOptions: null,
    returnUrl: null,
    receiptEmail: null,
    shipping: null,
    statementDescriptor: null,
    statementDescriptorSuffix: null,
    taxCalculation: null,
    checkoutSession: null,
    metadata: {},
    ...of,
    clientSecret: changes.context.secretFor(resource.id),
    status: of.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation',
    ...UNTRIED,
  });
  changes.emit('payment_intent.created', 'paymentIntent', intent.id);
  return intent;
}

const UNTRIED = {
  taxAttempts: [] as PaymentIntent['taxAttempts'],
  amountCapturable: 0,
  amountReceived: 0,
  becomesDefault: false,
  latestCharge: null,
  review: null,
  attempts: 0,
  lastPaymentError: null,
  nextAction: null,
  cancellationReason: null,
  canceledAt: null,
  captureBefore: null,
  captureRequested: null,
  captureIsFinal: true,
  captures: 0,
  cancelRequested: false,
  debitedAt: null,
  hasWorkflow: false,
} as const;

export interface AttemptRequest {
  intent: string;
  /** Must be among the facts. */
  paymentMethod: string;
  offSession: boolean;
  /** The workflow that will call the processor. */
  workflow: string;
  /** What the holder of a bank account agrees to now. */
  mandate?: MandateParameters | undefined;
  /** It also pays what the subscriptions of the invoice cost later. */
  becomesDefault?: boolean | undefined;
}

/**
 * Opens the next attempt, which becomes the pending call of its workflow. An attempt that waits for 3-D Secure is superseded.
 *
 * @throws BillingError resource_missing if its customer is deleted, payment_attempt_in_progress, payment_intent_unexpected_state,
 * payment_method_unusable; amount_too_small, amount_too_large for a voucher; parameter_invalid or parameter_missing for a bank account that
 * cannot be debited
 */
export function openAttempt(changes: ChangeSet, request: AttemptRequest): PaymentAttempt {
  const intent = changes.rows.get('paymentIntent', request.intent);
  if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'requires_capture') {
    throw unexpectedState(intent, 'confirm');
  }
  refuseDeletedCustomer(changes.rows, intent.customer);
  const method = changes.rows.get('paymentMethod', request.paymentMethod);
  refuseOtherCustomers(method, intent.customer);
  refuseCurrency([method.type], intent.currency);
  refuseAmountOfVoucher(method.type, intent.amount, intent.currency);
  refuseWithoutPayer(method.type, intent, request.offSession);
  const paymentMethodTypes = admitType(intent, method.type, namedTypes(changes.rows, intent));
  closeWaiting(changes, intent);
  const { customer, invoice, amount, currency } = intent;
  const covers = intent.setupFutureUsage === 'off_session' ? null : { amount, currency };
  const mandate = mandateFor(changes, method, { customer, covers, data: request.mandate, options: intent.paymentMethodOptions });
  const route = routeFor(changes.rows, intent, method);
  const gateway = route?.processor ?? method.gateway;
  const attempt = putAttempt(changes, intent, request, { kind: 'payment', invoice, amount, currency, mandate, gateway, route });
  const change = {
    attempts: attempt.number,
    paymentMethod: method.id,
    paymentMethodTypes,
    becomesDefault: request.becomesDefault ?? false,
    status: 'processing',
    nextAction: null,
  } as const;
  changes.patch('paymentIntent', intent.id, change);
  return attempt;
}

/** Where the intent is charged by the rules in force. Cards only: a bank's mandate is with one processor. */
export function routeFor(
  rows: Rows,
  { id, customer, amount, currency, account, livemode }: PaymentIntent,
  { card, gateway }: PaymentMethod,
): Route | null {
  if (card === null) return null;
  const { routing } = settingsOf(rows.get('account', account), { livemode });
  return routeOf(routing, { key: customer ?? id, amount, currency, country: card.country, brand: card.brand, home: gateway });
}

/** Asks the next processor: the one before has answered for certain, or was never asked. */
export function openFallback(
  changes: ChangeSet,
  { intent: id, paymentMethod, offSession, ...attempt }: PaymentAttempt,
  route: Route,
): void {
  const intent = changes.rows.get('paymentIntent', id);
  const { kind, invoice, amount, currency, mandate } = attempt;
  const { workflow } = changes.context;
  const of = { kind, invoice, amount, currency, mandate, gateway: route.processor, route };
  const { number } = putAttempt(changes, intent, { intent: id, paymentMethod, offSession, workflow }, of);
  changes.patch('paymentIntent', id, { attempts: number, status: 'processing' });
}

/** The types that the seller has named for the invoice; undefined if the intent has none. */
function namedTypes(rows: Rows, { invoice }: PaymentIntent): string[] | null | undefined {
  return rows.find('invoice', invoice)?.paymentSettings.payment_method_types;
}

/** Puts the next attempt of an intent as open. Its id will be the processor's idempotency key. */
export function putAttempt(
  changes: ChangeSet,
  intent: PaymentIntent | SetupIntent,
  { paymentMethod, offSession, workflow }: AttemptRequest,
  of: Pick<PaymentAttempt, 'amount' | 'currency' | 'gateway' | 'invoice' | 'kind' | 'mandate' | 'route'>,
): PaymentAttempt {
  const method = changes.rows.get('paymentMethod', paymentMethod);
  const number = intent.attempts + 1;
  return changes.put('paymentAttempt', {
    id: `${intent.id}/attempt-${String(number)}`,
    account: intent.account,
    livemode: intent.livemode,
    created: changes.now,
    intent: intent.id,
    customer: intent.customer,
    workflow,
    number,
    status: 'open',
    paymentMethod,
    fingerprint: fingerprintOf(method),
    gatewayReference: null,
    ...SENT_AT_ONCE,
    offSession,
    threeDSecure: null,
    assessment: null,
    answer: null,
    answeredAt: null,
    settlesAt: null,
    ...of,
  });
}

/**
 * Cancels an intent that has not been paid, its link to an invoice, and the 3-D Secure that it may wait for.
 *
 * @throws BillingError payment_attempt_in_progress while a processor has not answered, payment_intent_unexpected_state once it has
 * succeeded
 */
export function cancelIntent(changes: ChangeSet, intentId: string, reason: string | null): PaymentIntent {
  const intent = changes.rows.get('paymentIntent', intentId);
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpectedState(intent, 'cancel');
  closeWaiting(changes, intent);
  const canceled = changes.patch('paymentIntent', intent.id, {
    status: 'canceled',
    canceledAt: changes.now,
    cancellationReason: reason,
    amountCapturable: 0,
    captureBefore: null,
    captureRequested: null,
    cancelRequested: false,
    debitedAt: null,
    nextAction: null,
  });
  for (const { id } of changes.rows.where('invoicePayment', (each) => each.paymentIntent === intentId && each.status === 'open')) {
    changes.patch('invoicePayment', id, { status: 'canceled', canceledAt: changes.now });
  }
  changes.emit('payment_intent.canceled', 'paymentIntent', intent.id);
  wakePayment(changes, canceled);
  return canceled;
}

/**
 * Changes what an unpaid intent of an invoice collects. A 3-D Secure that it waits for was for the old amount, so it is canceled. A charge that
 * was not sent yet is sent with the new one.
 *
 * @throws BillingError payment_attempt_in_progress
 */
export function changeAmount(changes: ChangeSet, intentId: string, amount: number): void {
  const intent = changes.rows.get('paymentIntent', intentId);
  const unsent = changes.rows.first('paymentAttempt', (each) => each.intent === intentId && each.status === 'waiting');
  if (unsent) changes.patch('paymentAttempt', unsent.id, { amount });
  else closeWaiting(changes, intent);
  const changed = changes.patch('paymentIntent', intentId, { amount, ...unasked(intent) });
  wakePayment(changes, changed);
}

const unasked = ({ status }: PaymentIntent): Partial<PaymentIntent> =>
  status === 'requires_action' ? { status: 'requires_confirmation', nextAction: null } : {};

/** What the payer is asked to approve is not what will be charged: it is asked again when the intent is confirmed. */
export function askAnew(changes: ChangeSet, intent: PaymentIntent): void {
  if (intent.status !== 'requires_action') return;
  closeWaiting(changes, intent);
  wakePayment(changes, changes.patch('paymentIntent', intent.id, unasked(intent)));
}

/** A workflow's pending call for its open attempt, whichever intent the attempt belongs to. */
export function pendingCallOf(rows: Rows, workflow: string): PendingCall | null {
  const attempt = rows.first('paymentAttempt', (each) => each.status === 'open' && each.workflow === workflow);
  if (!attempt) return null;
  return {
    activity: 'attemptPayment',
    id: attempt.id,
    gateway: attempt.gateway,
    step: 'recordPayment',
    commitKey: attemptCommitKey(attempt),
    summary: `${retryWords(attempt, rows)}${summaryOf(attempt)}`,
  };
}

/** The commit key of an attempt's recording. Continuing after 3-D Secure is a second processor call, so it needs its own commit key. */
export const attemptCommitKey = (attempt: PaymentAttempt): string =>
  `attempt/${attempt.id}${attempt.threeDSecure === 'authenticated' ? '/authenticated' : ''}${sendingSuffix(attempt)}`;

/** The intent's open attempt, if any. No second attempt may be opened while it exists. */
export function currentAttempt(rows: Rows, intent: string): PaymentAttempt | undefined {
  return rows.first('paymentAttempt', (each) => each.intent === intent && OPEN_ATTEMPT_STATUSES.includes(each.status));
}

type OfIntent = Pick<PaymentAttempt, 'intent' | 'kind'>;

/** What is attempted: a payment, or to set a payment method up. */
export const intentOf = (rows: Rows, { intent, kind }: OfIntent): PaymentIntent | SetupIntent =>
  kind === 'setup' ? rows.get('setupIntent', intent) : rows.get('paymentIntent', intent);

/** A change of what intents of both kinds have. */
export function changeIntent(
  changes: ChangeSet,
  { intent, kind }: OfIntent,
  change: Partial<Pick<PaymentIntent, 'hasWorkflow' | 'nextAction'>> & { status?: 'processing' },
): void {
  if (kind === 'setup') changes.patch('setupIntent', intent, change);
  else changes.patch('paymentIntent', intent, change);
}

/** The invoice that an intent pays: the one that it was made for, or the one that it is attached to. */
export function invoiceOf(rows: Rows, { id, invoice }: Pick<PaymentIntent, 'id' | 'invoice'>): string | null {
  return invoice ?? rows.first('invoicePayment', (each) => each.paymentIntent === id && each.status !== 'canceled')?.invoice ?? null;
}

/** Whether a processor has an attempt of the intent that it has not answered. */
export function isInFlight(rows: Rows, intent: string): boolean {
  const attempt = currentAttempt(rows, intent);
  return attempt !== undefined && !isWithdrawable(attempt);
}

/** Wakes the intent's own workflow, if it has one, because another workflow has changed the intent. */
export function wakePayment(changes: ChangeSet, intent: Pick<PaymentIntent, 'id' | 'customer' | 'hasWorkflow'>): void {
  if (!intent.hasWorkflow || changes.context.workflow === `payment/${intent.id}`) return;
  changes.wake('payment', intent.id, { customer: intent.customer });
}

export function unexpectedState(intent: PaymentIntent, verb: string): BillingError {
  return unexpectedIntentState(intent.id, `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`);
}

function closeWaiting(changes: ChangeSet, intent: PaymentIntent): void {
  const waiting = changes.rows.where(
    'paymentAttempt',
    (each) =>
      OPEN_ATTEMPT_STATUSES.includes(each.status) &&
      (each.intent === intent.id || (intent.invoice !== null && each.invoice === intent.invoice)),
  );
  if (!waiting.every(isWithdrawable)) throw inProgress(intent);
  for (const { id, mandate } of waiting) {
    changes.patch('paymentAttempt', id, { status: 'canceled', waitingFor: null, sendsAt: null });
    dropMandate(changes, mandate);
  }
}

/** The refusal of what cannot be done while a processor has an attempt of the intent. */
export const inProgress = (intent: Pick<PaymentIntent, 'id'>): BillingError =>
  new BillingError('payment_attempt_in_progress', `A payment of ${intent.id} is being processed already. Please retry in a moment.`);

/** @throws BillingError payment_method_unusable */
export function refuseOtherCustomers(method: PaymentMethod, customer: string | null): void {
  if (method.customer === null || method.customer === customer) return;
  const message =
    customer === null
      ? `The PaymentMethod ${method.id} belongs to a customer. Please include that customer to use it.`
      : `The PaymentMethod ${method.id} belongs to another customer.`;
  throw new BillingError('payment_method_unusable', message, { param: 'payment_method' });
}

function summaryOf({ amount, currency, number, intent, kind }: PaymentAttempt): string {
  return kind === 'setup'
    ? `verify a card for ${intent}`
    : `charge ${amountInWords(amount, currency)}, attempt ${String(number)} of ${intent}`;
}
