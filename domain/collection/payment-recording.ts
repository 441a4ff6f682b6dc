/**
 * Records a processor's answer once: attempt, charge, intent, funds, ledger and events, and the effects on the invoice, all in one commit.
 * A decline is an ordinary answer. A lost answer makes the attempt `unknown`, and the intent's own workflow queries the processor until the
 * outcome is known.
 */
import { declineRefusal } from '../payment/intent-refusals';
import { bookCharge } from '../payment/balance';
import { attachCard } from '../customer/cards';
import { acceptMandate } from '../customer/mandates';
import { putFailedCharge, putPendingCharge, putSucceededCharge, type Refused, type Succeeded } from '../payment/charges';
import { followAftermath } from '../payment/disputes';
import { closeReview } from '../fraud/review-endings';
import { openReview } from '../payment/reviews';
import { intentPaid, invoicePaymentFailed, noteDebit } from './collection';
import { NO_CHECKS, type FraudAssessment, type GatewayAnswer, type PaymentAttempt } from '../rows/payment-attempt';
import type { PaymentError, PaymentIntent, PayVoucher } from '../rows/payment-intent';
import type { Voucher } from '../rows/voucher';
import { writtenAssessment } from '../payment/fraud-decisions';
import { attemptCommitKey, intentOf, openFallback, wakePayment } from '../payment/intents';
import { isSoft, nextRoute } from '../payment/routing';
import { payVoucher } from '../payment/vouchers';
import { nextActionOf, verifiedBy } from '../payment/next-actions';
import { recordPaidTax } from '../payment/tax-hooks';
import type { ChangeSet } from '../core/change-set';
import { recordSetup } from '../payment/setup-recording';
import type { StepInput } from '../core/steps';
import { recordWaiting } from './waiting';

export interface AttemptAnswer {
  assessment: FraudAssessment | null;
  answer: GatewayAnswer;
}

/** An uncaptured authorization lapses after seven days. */
const CAPTURE_WITHIN = 7 * 86_400;

/** Commits the answer to an attempt, whichever workflow made the attempt. */
export function recordPayment(changes: ChangeSet, input: StepInput<unknown, AttemptAnswer>): void {
  const { assessment, answer } = input.answer;
  const params = attemptBehind(changes);
  const reference = 'reference' in answer ? answer.reference : params.gatewayReference;
  const before = writtenAssessment(changes, params, assessment, answer);
  const attempt = changes.patch('paymentAttempt', params.id, {
    assessment: ('assessment' in answer ? answer.assessment : undefined) ?? before ?? params.assessment,
    answer,
    answeredAt: changes.now,
    gatewayReference: reference,
  });
  if (attempt.kind === 'setup') recordSetup(changes, attempt, answer);
  else recordCharge(changes, attempt, answer);
  wakeCheckoutOf(changes, intentOf(changes.rows, attempt));
}

/** The checkout session for which the buyer pays: it is complete, paid, or may expire again. */
export function wakeCheckoutOf(
  changes: ChangeSet,
  { checkoutSession, customer }: Pick<PaymentIntent, 'checkoutSession' | 'customer'>,
): void {
  if (checkoutSession !== null) changes.wake('checkout', checkoutSession, { customer });
}

function recordCharge(changes: ChangeSet, attempt: PaymentAttempt, answer: GatewayAnswer): void {
  switch (answer.outcome) {
    case 'succeeded':
      return recordSuccess(changes, attempt, answer);
    case 'declined':
    case 'blocked':
      return recordRefusal(changes, attempt, answer);
    case 'processing':
      return recordProcessing(changes, attempt, answer);
    case 'requires_action':
      return recordAction(changes, attempt, answer);
    case 'waiting':
      return recordWaiting(changes, attempt, answer);
    case 'unknown':
      return recordUnknown(changes, attempt);
  }
}

/** The open (or unknown) attempt that this commit's commit key names. */
function attemptBehind(changes: ChangeSet): PaymentAttempt {
  const { commitKey } = changes.context;
  const attempt = changes.rows.first(
    'paymentAttempt',
    (each) => commitKey === attemptCommitKey(each) || commitKey === resolveCommitKey(each),
  );
  if (!attempt) throw new Error(`no attempt is behind ${commitKey}`);
  return attempt;
}

/** The commit key for resolving an attempt of unknown outcome. It differs from the attempt's own commit key, so that both can be committed. */
export const resolveCommitKey = (attempt: PaymentAttempt): string => `resolve/${attemptCommitKey(attempt)}`;

export function recordSuccess(changes: ChangeSet, attempt: PaymentAttempt, answer: Succeeded): void {
  changes.patch('paymentAttempt', attempt.id, { status: 'succeeded' });
  let charge = putSucceededCharge(changes, attempt, answer);
  if (answer.captured) {
    const movement = bookCharge(changes, charge, charge.amount, answer);
    charge = changes.patch('charge', charge.id, { balanceTransaction: movement.id });
  }
  const intent = changes.patch('paymentIntent', attempt.intent, {
    status: answer.captured ? 'succeeded' : 'requires_capture',
    amountReceived: answer.captured ? attempt.amount : 0,
    amountCapturable: answer.captured ? 0 : attempt.amount,
    captureBefore: answer.captured ? null : changes.now + CAPTURE_WITHIN,
    latestCharge: charge.id,
    lastPaymentError: null,
    nextAction: null,
    debitedAt: null,
  });
  openReview(changes, charge.id);
  acceptMandate(changes, attempt.mandate);
  changes.emit('charge.succeeded', 'charge', charge.id);
  changes.emit(answer.captured ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', 'paymentIntent', intent.id);
  saveCard(changes, intent, attempt);
  if (answer.captured) {
    recordPaidTax(changes, intent.id);
    intentPaid(changes, intent, attempt.amount);
  }
  if (answer.aftermath !== null) followAftermath(changes, charge, answer.aftermath);
  wakePayment(changes, intent);
}

/** `setup_future_usage` saves the card for its customer, authenticated for charges without the cardholder if requested. */
function saveCard(changes: ChangeSet, intent: PaymentIntent, attempt: PaymentAttempt): void {
  if (intent.setupFutureUsage === null || intent.customer === null) return;
  if (intent.setupFutureUsage === 'off_session') changes.patch('paymentMethod', attempt.paymentMethod, { setUp: true });
  attachCard(changes, attempt.paymentMethod, intent.customer);
}

export function recordRefusal(changes: ChangeSet, attempt: PaymentAttempt, answer: Refused): void {
  changes.patch('paymentAttempt', attempt.id, { status: 'failed' });
  const charge = putFailedCharge(changes, attempt, answer);
  closeReview(changes, charge.id, 'payment_never_settled');
  changes.emit('charge.failed', 'charge', charge.id);
  const route =
    answer.outcome === 'declined' && isSoft(answer.error.decline_code ?? answer.error.code) ? nextRoute(attempt.route, 'declined') : null;
  if (route) return openFallback(changes, attempt, route);
  failIntent(changes, attempt, { ...answer.error, payment_method: attempt.paymentMethod, charge: charge.id }, charge.id);
}

/** Records a decline on the intent, which then needs another card; its `last_payment_error` says why. */
export function failIntent(changes: ChangeSet, attempt: PaymentAttempt, error: PaymentError, charge: string | null): void {
  const intent = changes.rows.get('paymentIntent', attempt.intent);
  changes.patch('paymentIntent', intent.id, {
    status: 'requires_payment_method',
    lastPaymentError: error,
    latestCharge: charge ?? intent.latestCharge,
    paymentMethod: null,
    nextAction: null,
    debitedAt: null,
  });
  changes.emit('payment_intent.payment_failed', 'paymentIntent', intent.id);
  refuseCaller(changes, attempt, error);
  if (intent.invoice === null) return wakePayment(changes, intent);
  invoicePaymentFailed(changes, intent.invoice, { error, requiresAction: false });
}

/**
 * A caller who confirmed the intent gets the decline as an error (402). A subscription or invoice decides for itself, and whoever confirmed a
 * debit was answered long ago.
 */
function refuseCaller(changes: ChangeSet, attempt: PaymentAttempt, error: PaymentError): void {
  if (attempt.answer?.outcome === 'processing') return;
  if (changes.context.workflow !== `payment/${attempt.intent}`) return;
  changes.refusal = declineRefusal(attempt, error);
}

/**
 * The bank requires the cardholder. An off-session payment intent without an invoice is declined, because no cardholder is present. An
 * invoice waits, because its customer is asked to confirm.
 */
function recordAction(changes: ChangeSet, attempt: PaymentAttempt, answer: Extract<GatewayAnswer, { outcome: 'requires_action' }>): void {
  if (attempt.offSession && attempt.invoice === null) {
    const declined = {
      outcome: 'declined',
      reference: answer.reference,
      error: NOBODY_THERE,
      networkStatus: 'declined_by_network',
    } as const;
    return recordRefusal(changes, attempt, { ...declined, checks: NO_CHECKS });
  }
  const settlesAt = verifiedBy(answer, changes.now);
  changes.patch('paymentAttempt', attempt.id, { status: 'requires_action', threeDSecure: 'requested', settlesAt });
  const before = changes.rows.get('paymentIntent', attempt.intent);
  const intent = changes.patch('paymentIntent', before.id, {
    status: 'requires_action',
    nextAction: nextActionOf(before, answer, changes.now),
    ...(settlesAt === null ? {} : { hasWorkflow: true }),
  });
  changes.emit('payment_intent.requires_action', 'paymentIntent', intent.id);
  if (settlesAt !== null) wakeOwnWorkflow(changes, intent);
  if (intent.invoice === null) return;
  const error = { ...NOBODY_THERE, payment_method: attempt.paymentMethod };
  invoicePaymentFailed(changes, intent.invoice, { error, requiresAction: true });
}

/**
 * A bank collects, and decides later; or the payer has a voucher, and pays with it or not. The intent's own workflow waits for it. Nothing is
 * booked before.
 */
function recordProcessing(changes: ChangeSet, attempt: PaymentAttempt, answer: Extract<GatewayAnswer, { outcome: 'processing' }>): void {
  const nextAction = answer.voucher === undefined ? null : actionFor(changes, attempt, answer.voucher);
  const decidedAt = answer.settles && changes.now + secondsUntil(changes, attempt, answer.settles);
  const settlesAt = nextAction === null ? decidedAt : Math.min(decidedAt ?? nextAction.expires_at, nextAction.expires_at);
  changes.patch('paymentAttempt', attempt.id, { status: 'processing', settlesAt });
  const charge = putPendingCharge(changes, attempt, answer);
  const intent = changes.patch('paymentIntent', attempt.intent, {
    status: nextAction === null ? 'processing' : 'requires_action',
    nextAction,
    latestCharge: charge.id,
    debitedAt: changes.now,
    lastPaymentError: null,
    hasWorkflow: true,
  });
  openReview(changes, charge.id);
  changes.emit('charge.pending', 'charge', charge.id);
  changes.emit(nextAction === null ? 'payment_intent.processing' : 'payment_intent.requires_action', 'paymentIntent', intent.id);
  acceptMandate(changes, attempt.mandate);
  saveCard(changes, intent, attempt);
  if (intent.invoice !== null) noteDebit(changes, intent.invoice);
  wakeOwnWorkflow(changes, intent);
}

function actionFor({ rows, now }: ChangeSet, { intent, paymentMethod }: PaymentAttempt, voucher: Voucher): PayVoucher {
  return payVoucher(rows.get('paymentIntent', intent), rows.get('paymentMethod', paymentMethod), voucher, now);
}

/** On a test clock the bank takes its days; without one nobody wants to wait for them. */
function secondsUntil(
  { rows }: ChangeSet,
  { customer }: PaymentAttempt,
  { afterDays, afterSeconds }: { afterDays: number; afterSeconds: number },
) {
  return (rows.find('customer', customer)?.testClock ?? null) === null ? afterSeconds : afterDays * DAY;
}

const DAY = 86_400;

const NOBODY_THERE: PaymentError = {
  type: 'card_error',
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
  payment_method: null,
  charge: null,
};

function recordUnknown(changes: ChangeSet, attempt: PaymentAttempt): void {
  changes.patch('paymentAttempt', attempt.id, { status: 'unknown' });
  const intent = changes.patch('paymentIntent', attempt.intent, { status: 'processing', hasWorkflow: true });
  changes.emit('payment_intent.processing', 'paymentIntent', intent.id);
  wakeOwnWorkflow(changes, intent);
}

/** Has the intent's own workflow wait for the outcome. */
function wakeOwnWorkflow(changes: ChangeSet, intent: PaymentIntent): void {
  if (changes.context.workflow !== `payment/${intent.id}`) changes.wake('payment', intent.id, { customer: intent.customer });
}
