/**
 * When an unpaid invoice is tried again: by the policy that was the account's when its first attempt failed (the default: eight
 * times in two weeks), and at once when there is another payment method. A decline that the same card will repeat spends its
 * retries without a charge.
 */
import { isCollected } from './collection-rules';
import { pendingPurchase } from './credit-purchase-settlement';
import type { Dunning } from './dunning';
import type { Invoice } from './invoice';
import type { PaymentError } from './payment-intent';
import type { Plan } from './plan';
import type { Rows } from './rows';
import { workflowId } from './workflow';

/** Stripe's codes that a retry of the same card does not change (docs.stripe.com/billing/revenue-recovery/smart-retries). */
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
]);

/** Whether a failed attempt is followed by others: not of a first invoice, a change or credit that waits, or what nobody collects. */
export const isRecoverable = (rows: Rows, invoice: Invoice): boolean =>
  isCollected(rows, invoice) && rows.find('dunning', invoice.id) === undefined && isRetried(rows, invoice);

function isRetried(rows: Rows, invoice: Invoice): boolean {
  if (pendingPurchase(rows, invoice.id)) return false;
  const subscription = rows.find('subscription', invoice.subscription);
  if (!subscription) return true;
  if (['incomplete', 'incomplete_expired', 'paused'].includes(subscription.status)) return false;
  return subscription.pendingUpdate?.invoice !== invoice.id && subscription.resumptionInvoice !== invoice.id;
}

export function beginDunning(plan: Plan, invoice: Invoice, error: PaymentError | null): void {
  const policy = plan.rows.get('account', invoice.account).settings.dunning;
  const nextRetryAt = retryAt(policy, plan.now, 0);
  plan.put('dunning', {
    invoice: invoice.id,
    account: invoice.account,
    livemode: invoice.livemode,
    customer: invoice.customer,
    subscription: invoice.subscription,
    created: plan.now,
    policy,
    status: 'running',
    failedAt: plan.now,
    retries: 0,
    nextRetryAt,
    ...failureOf(error),
    endedAt: null,
  });
  plan.patch('invoice', invoice.id, { nextPaymentAttempt: nextRetryAt });
  plan.wake('dunning', invoice.id, invoice);
}

/** A recovery that was stopped, or had come to its end, is begun anew: somebody wants the invoice collected again. */
export function resumeDunning(plan: Plan, invoice: Invoice): void {
  const dunning = plan.rows.find('dunning', invoice.id);
  if (!dunning || dunning.status === 'running' || !isRetried(plan.rows, invoice)) return;
  const nextRetryAt = retryAt(dunning.policy, plan.now, 0);
  plan.put('dunning', { ...dunning, status: 'running', failedAt: plan.now, retries: 0, nextRetryAt, endedAt: null });
  plan.patch('invoice', invoice.id, { nextPaymentAttempt: nextRetryAt, attemptCount: invoice.attemptCount + 1 });
  if (plan.context.workflow !== workflowId('dunning', invoice.id)) plan.wake('dunning', invoice.id, invoice);
}

export function noteFailedRetry(plan: Plan, invoice: Invoice, error: PaymentError | null): void {
  const dunning = plan.rows.get('dunning', invoice.id);
  plan.put('dunning', { ...dunning, ...failureOf(error) });
  plan.patch('invoice', invoice.id, { nextPaymentAttempt: dunning.nextRetryAt });
  // While somebody else's attempt was in flight, the recovery had nothing to wait for.
  if (plan.context.workflow !== workflowId('dunning', invoice.id)) plan.wake('dunning', invoice.id, invoice);
}

/** When retry number `done + 1` is, counted from the first failure; null after the last. Epoch seconds. */
export function retryAt(policy: Dunning['policy'], failedAt: number, done: number): number | null {
  const after = policy.retry_after_seconds[done];
  return after === undefined ? null : failedAt + after;
}

function failureOf(error: PaymentError | null): Pick<Dunning, 'failedPaymentMethod' | 'declineCode' | 'hard'> {
  const declineCode = error?.decline_code ?? error?.code ?? null;
  return {
    failedPaymentMethod: error?.payment_method ?? null,
    declineCode,
    hard: error === null || error.payment_method === null || HARD_DECLINES.has(declineCode ?? ''),
  };
}
