/** Charges: the result of an attempt, one per attempt, whether it succeeded or was declined. */
import type { Authentication, Charge } from '../rows/charge';
import { chargeOutcome } from './charge-outcome';
import { isDebit, isRedirect, type PaymentMethod } from '../rows/payment-method';
import type { GatewayAnswer, GatewayChecks, PaymentAttempt } from '../rows/payment-attempt';
import type { ChangeSet } from '../core/change-set';
import { numbersOf } from './vouchers';

export type Succeeded = Extract<GatewayAnswer, { outcome: 'succeeded' }>;
type Processing = Extract<GatewayAnswer, { outcome: 'processing' }>;
export type Refused = Extract<GatewayAnswer, { outcome: 'declined' | 'blocked' }>;

/** Money moved, or is authorized if it is not captured yet. */
export function putSucceededCharge(changes: ChangeSet, attempt: PaymentAttempt, answer: Succeeded): Charge {
  return putCharge(changes, attempt, {
    status: 'succeeded',
    paid: true,
    captured: answer.captured,
    amountCaptured: answer.captured ? attempt.amount : 0,
    failureCode: null,
    failureMessage: null,
    outcome: chargeOutcome(answer, attempt.assessment),
    gatewayReference: answer.reference,
    checks: answer.checks,
    authentication: authenticationOf(answer),
    ...(answer.multicapture ? { multicapture: true } : {}),
  });
}

function authenticationOf({ exemption, frictionless, threeDSecure }: Succeeded): Authentication | null {
  if (threeDSecure) return { authenticated: true, ...(frictionless ? { frictionless } : {}) };
  return exemption === undefined ? null : { authenticated: false, exemption };
}

/** A bank collects. No money has moved yet. */
export function putPendingCharge(changes: ChangeSet, attempt: PaymentAttempt, answer: Processing): Charge {
  return putCharge(changes, attempt, {
    status: 'pending',
    paid: false,
    captured: true,
    amountCaptured: attempt.amount,
    failureCode: null,
    failureMessage: null,
    outcome: chargeOutcome(answer, attempt.assessment),
    gatewayReference: answer.reference,
    checks: null,
    authentication: null,
  });
}

/** Declined by the bank, or blocked: before the bank was called, or after it had approved. */
export function putFailedCharge(changes: ChangeSet, attempt: PaymentAttempt, answer: Refused): Charge {
  const seen = answer.outcome === 'declined' ? answer : answer.reversed;
  return putCharge(changes, attempt, {
    status: 'failed',
    paid: false,
    captured: false,
    amountCaptured: 0,
    failureCode: answer.error.code,
    failureMessage: answer.error.message,
    outcome: chargeOutcome(answer, attempt.assessment),
    gatewayReference: seen?.reference ?? null,
    checks: seen?.checks ?? null,
    authentication: hasPassed(attempt, answer) ? { authenticated: true } : null,
  });
}

/** A real processor tells only with its answer whether the cardholder who came back has passed. */
const hasPassed = ({ threeDSecure }: PaymentAttempt, { error }: Refused): boolean =>
  threeDSecure === 'authenticated' && error.code !== 'payment_intent_authentication_failure';

type Result = Pick<
  Charge,
  'status' | 'paid' | 'captured' | 'amountCaptured' | 'failureCode' | 'failureMessage' | 'outcome' | 'gatewayReference'
> & { checks: GatewayChecks | null; authentication: Authentication | null; multicapture?: true };

/** The one charge of an attempt: a pending one has its result. */
function putCharge(changes: ChangeSet, attempt: PaymentAttempt, { checks, authentication, multicapture, ...result }: Result): Charge {
  const pending = changes.rows.first('charge', (each) => each.paymentIntent === attempt.intent && each.attempt === attempt.number);
  if (pending) return changes.patch('charge', pending.id, result);
  const intent = changes.rows.get('paymentIntent', attempt.intent);
  const method = changes.rows.get('paymentMethod', attempt.paymentMethod);
  return changes.put('charge', {
    ...changes.resource('ch'),
    customer: intent.customer,
    paymentIntent: intent.id,
    attempt: attempt.number,
    invoice: intent.invoice,
    paymentMethod: method.id,
    gateway: attempt.gateway,
    paymentMethodDetails: chargedMethod(method, attempt, { checks, authentication, ...(multicapture ? { multicapture } : {}) }),
    billingDetails: method.billingDetails,
    amount: attempt.amount,
    amountRefunded: 0,
    currency: attempt.currency,
    refunded: false,
    disputed: false,
    dispute: null,
    balanceTransaction: null,
    description: intent.description,
    receiptEmail: intent.receiptEmail,
    statementDescriptor: intent.statementDescriptor,
    statementDescriptorSuffix: intent.statementDescriptorSuffix,
    shipping: intent.shipping,
    userReport: null,
    review: null,
    metadata: intent.metadata,
    ...result,
  });
}

function chargedMethod(
  { type, card, bankAccount }: PaymentMethod,
  attempt: PaymentAttempt,
  { checks, authentication, ...several }: Pick<Result, 'authentication' | 'checks' | 'multicapture'>,
): Charge['paymentMethodDetails'] {
  if (isDebit(type) && bankAccount !== null)
    return { card: null, three_d_secure: null, debit: { type, account: bankAccount, mandate: attempt.mandate } };
  if (type === 'link') return { card: null, three_d_secure: null, link: true };
  if (isRedirect(type)) return { card: null, three_d_secure: null, redirect: type };
  const voucher = numbersOf(attempt, type);
  if (voucher !== null) return { card: null, three_d_secure: null, voucher };
  return { card: card && checks ? { ...card, checks } : card, three_d_secure: authentication, ...several };
}
