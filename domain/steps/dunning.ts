import { endDunning } from '../invoice/dunning-end';
import { nextRetryAfter, spacedRetry } from '../collection/dunning';
import { collectInvoice, paymentMethodOf, stopCollecting } from '../collection/collection';
import type { Plan } from '../core/change-set';
import type { Step } from '../core/steps';

/** The steps of a recovery by itself; payment, voiding and the like are the invoice's. */
export const dunningSteps: Record<string, Step> = {
  retryPayment: { plan: (plan, { subject }) => retryOnSchedule(plan, subject) },
  retryWithNewMethod: { plan: (plan, { subject }) => retryWithNewMethod(plan, subject) },
  exhaustDunning: { plan: (plan, { subject }) => exhaust(plan, subject) },
  stopDunning: { plan: (plan, { subject }) => stop(plan, subject) },
};

/** A decline that this card would repeat spends the retry without a charge, as Stripe counts it. */
function retryOnSchedule(plan: Plan, invoiceId: string): void {
  const dunning = plan.rows.get('dunning', invoiceId);
  const retries = dunning.retries + 1;
  const nextRetryAt = nextRetryAfter({ ...dunning, retries }, plan.now);
  plan.put('dunning', { ...dunning, retries, nextRetryAt });
  const method = paymentMethodOf(plan.rows, plan.rows.get('invoice', invoiceId));
  const hopeless = dunning.hard && method?.id === dunning.failedPaymentMethod;
  countAttempt(plan, invoiceId, nextRetryAt);
  plan.outcome =
    hopeless || !method ? `retry ${String(retries)} skipped: ${dunning.declineCode ?? 'no payment method'}` : `retry ${String(retries)}`;
  if (hopeless || !method) plan.emitUpdated('invoice.updated', 'invoice', invoiceId);
  else collectInvoice(plan, invoiceId, { offSession: true });
}

/** Another card is tried at once, without spending a retry of the schedule. */
function retryWithNewMethod(plan: Plan, invoiceId: string): void {
  const dunning = plan.rows.get('dunning', invoiceId);
  const nextRetryAt = spacedRetry(dunning, plan.now);
  plan.put('dunning', { ...dunning, nextRetryAt });
  countAttempt(plan, invoiceId, nextRetryAt);
  plan.outcome = 'retry with a new payment method';
  collectInvoice(plan, invoiceId, { offSession: true });
}

function countAttempt(plan: Plan, invoiceId: string, nextPaymentAttempt: number | null): void {
  const { attemptCount } = plan.rows.get('invoice', invoiceId);
  plan.patch('invoice', invoiceId, { attemptCount: attemptCount + 1, nextPaymentAttempt });
}

/** It was settled otherwise, or nobody collects it any more. */
function stop(plan: Plan, invoiceId: string): void {
  endDunning(plan, invoiceId, 'stopped');
  stopCollecting(plan, invoiceId);
}

/** The invoice stays open; what becomes of the subscription is its own workflow's to decide, by the pinned policy. */
function exhaust(plan: Plan, invoiceId: string): void {
  endDunning(plan, invoiceId, 'exhausted');
  const invoice = plan.patch('invoice', invoiceId, { nextPaymentAttempt: null });
  plan.emitUpdated('invoice.updated', 'invoice', invoiceId);
  if (invoice.subscription) plan.wake('subscription', invoice.subscription, invoice);
}
