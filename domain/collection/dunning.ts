/**
 * When an unpaid invoice is retried: by the account's policy at its first failed attempt (the default: eight times in two weeks), and at
 * once when there is another payment method. After a decline that the same card will repeat, its retries pass without a charge. Retries
 * that became overdue in an outage are not made up in a burst: there is one try, and the rest keep their intervals.
 */
import { settingsOf } from '../rows/account';
import { isCollected } from '../invoice-rules/collection';
import { pendingPurchase } from '../invoice/credit-purchase-settlement';
import type { Dunning } from '../rows/dunning';
import type { Invoice } from '../rows/invoice';
import type { PaymentError } from '../rows/payment-intent';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import { workflowId } from '../rows/workflow';

/** Stripe's decline codes that a retry of the same card does not change (docs.stripe.com/billing/revenue-recovery/smart-retries). */
const HARD_DECLINES = new Set([
  'incorrect_number',
  'lost_card',
  'pickup_card',
  'stolen_card',
  'revocation_of_authorization',
  'revocation_of_all_authorizations',
  'authentication_required',
  'highest_risk_level',
  'transaction_not_allowed',
  // The same of a bank account.
  'account_closed',
  'debit_not_authorized',
  'no_account',
  'payment_intent_incompatible_payment_method',
  'payment_intent_mandate_invalid',
]);

/**
 * Whether retries follow a failed attempt. They do not for a first invoice, a pending change or credit purchase, or an invoice that is not
 * collected.
 */
export const isRecoverable = (rows: Rows, invoice: Invoice): boolean =>
  isCollected(rows, invoice) && rows.find('dunning', invoice.id) === undefined && isRetried(rows, invoice);

function isRetried(rows: Rows, invoice: Invoice): boolean {
  if (pendingPurchase(rows, invoice.id)) return false;
  const subscription = rows.find('subscription', invoice.subscription);
  if (!subscription) return true;
  if (['incomplete', 'incomplete_expired', 'paused'].includes(subscription.status)) return false;
  return subscription.pendingUpdate?.invoice !== invoice.id && subscription.resumptionInvoice !== invoice.id;
}

export function beginDunning(changes: ChangeSet, invoice: Invoice, error: PaymentError | null): void {
  const policy = settingsOf(changes.rows.get('account', invoice.account), invoice).dunning;
  const nextRetryAt = nextRetryAfter({ policy, failedAt: changes.now, retries: 0 }, changes.now);
  changes.put('dunning', {
    invoice: invoice.id,
    account: invoice.account,
    livemode: invoice.livemode,
    customer: invoice.customer,
    subscription: invoice.subscription,
    created: changes.now,
    policy,
    status: 'running',
    failedAt: changes.now,
    retries: 0,
    nextRetryAt,
    ...failureOf(error),
    endedAt: null,
  });
  changes.patch('invoice', invoice.id, { nextPaymentAttempt: nextRetryAt });
  changes.wake('dunning', invoice.id, invoice);
}

/** Restarts a dunning that was stopped or had ended, because the seller wants the invoice collected again. */
export function resumeDunning(changes: ChangeSet, invoice: Invoice): void {
  const dunning = changes.rows.find('dunning', invoice.id);
  if (!dunning || dunning.status === 'running' || !isRetried(changes.rows, invoice)) return;
  const nextRetryAt = nextRetryAfter({ policy: dunning.policy, failedAt: changes.now, retries: 0 }, changes.now);
  changes.put('dunning', { ...dunning, status: 'running', failedAt: changes.now, retries: 0, nextRetryAt, endedAt: null });
  changes.patch('invoice', invoice.id, { nextPaymentAttempt: nextRetryAt, attemptCount: invoice.attemptCount + 1 });
  if (changes.context.workflow !== workflowId('dunning', invoice.id)) changes.wake('dunning', invoice.id, invoice);
}

export function noteFailedRetry(changes: ChangeSet, invoice: Invoice, error: PaymentError | null): void {
  const dunning = changes.rows.get('dunning', invoice.id);
  const nextRetryAt = spacedRetry(dunning, changes.now);
  changes.put('dunning', { ...dunning, nextRetryAt, ...failureOf(error) });
  changes.patch('invoice', invoice.id, { nextPaymentAttempt: nextRetryAt });
  // While another workflow's attempt was in flight, the dunning had no timer.
  if (changes.context.workflow !== workflowId('dunning', invoice.id)) changes.wake('dunning', invoice.id, invoice);
}

/**
 * When the next retry is due, epoch seconds; null after the last. The policy counts from the first failure. After an outage the retry is
 * later: it keeps at least the policy's interval to the attempt before it.
 *
 * @param attemptedAt when the attempt before it was made, epoch seconds
 */
export function nextRetryAfter({ policy, failedAt, retries }: Schedule, attemptedAt: number): number | null {
  const after = policy.retry_after_seconds[retries];
  if (after === undefined) return null;
  const before = retries === 0 ? 0 : (policy.retry_after_seconds[retries - 1] ?? 0);
  return Math.max(failedAt + after, attemptedAt + after - before);
}

/** If an attempt was made, or answered, when the next retry was already overdue, it counts as the one try, and the retry moves. */
export function spacedRetry(dunning: Schedule & Pick<Dunning, 'nextRetryAt'>, attemptedAt: number): number | null {
  const { nextRetryAt } = dunning;
  const isOverdue = nextRetryAt !== null && nextRetryAt < attemptedAt;
  return isOverdue ? nextRetryAfter(dunning, attemptedAt) : nextRetryAt;
}

type Schedule = Pick<Dunning, 'policy' | 'failedAt' | 'retries'>;

function failureOf(error: PaymentError | null): Pick<Dunning, 'failedPaymentMethod' | 'declineCode' | 'hard'> {
  const declineCode = error?.decline_code ?? error?.code ?? null;
  return {
    failedPaymentMethod: error?.payment_method ?? null,
    declineCode,
    hard: error === null || error.payment_method === null || HARD_DECLINES.has(declineCode ?? ''),
  };
}
