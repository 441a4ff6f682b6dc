import { endDunning } from '../invoice/dunning-end';
import { nextRetryAfter, spacedRetry } from '../collection/dunning';
import { collectInvoice, stopCollecting } from '../collection/collection';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import { subscriptionsOf } from '../rows/invoice';
import type { ChangeSet } from '../core/change-set';
import type { AnyStep } from '../core/steps';

/** The steps of a dunning's own workflow; payment, voiding and the like are steps of the invoice. */
export const dunningSteps: Record<string, AnyStep> = {
  retryPayment: { plan: (changes, { subject }) => retryOnSchedule(changes, subject) },
  retryWithNewMethod: { plan: (changes, { subject }) => retryWithNewMethod(changes, subject) },
  exhaustDunning: { plan: (changes, { subject }) => exhaust(changes, subject) },
  stopDunning: { plan: (changes, { subject }) => stop(changes, subject) },
};

/** If this card would repeat its decline, the retry is used up without a charge, as Stripe counts it. */
function retryOnSchedule(changes: ChangeSet, invoiceId: string): void {
  const dunning = changes.rows.get('dunning', invoiceId);
  const retries = dunning.retries + 1;
  const nextRetryAt = nextRetryAfter({ ...dunning, retries }, changes.now);
  changes.put('dunning', { ...dunning, retries, nextRetryAt });
  const method = paymentMethodOf(changes.rows, changes.rows.get('invoice', invoiceId));
  const hopeless = dunning.hard && method?.id === dunning.failedPaymentMethod;
  countAttempt(changes, invoiceId, nextRetryAt);
  const retry = `retry ${String(retries)} of ${String(dunning.policy.retry_after_seconds.length)}`;
  changes.outcome = hopeless || !method ? `${retry} skipped: ${dunning.declineCode ?? 'no payment method'}` : `${retry} begins`;
  if (hopeless || !method) changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
  else collectInvoice(changes, invoiceId, { offSession: true });
}

/** Another card is tried at once, without using up a retry of the schedule. */
function retryWithNewMethod(changes: ChangeSet, invoiceId: string): void {
  const dunning = changes.rows.get('dunning', invoiceId);
  const nextRetryAt = spacedRetry(dunning, changes.now);
  changes.put('dunning', { ...dunning, nextRetryAt });
  countAttempt(changes, invoiceId, nextRetryAt);
  changes.outcome = 'a new card is tried';
  collectInvoice(changes, invoiceId, { offSession: true });
}

function countAttempt(changes: ChangeSet, invoiceId: string, nextPaymentAttempt: number | null): void {
  const { attemptCount } = changes.rows.get('invoice', invoiceId);
  changes.patch('invoice', invoiceId, { attemptCount: attemptCount + 1, nextPaymentAttempt });
}

/** The invoice was settled by other means, or is no longer collected. */
function stop(changes: ChangeSet, invoiceId: string): void {
  endDunning(changes, invoiceId, 'stopped');
  stopCollecting(changes, invoiceId);
}

/** The invoice stays open. The workflows of its subscriptions apply the policy's final action. */
function exhaust(changes: ChangeSet, invoiceId: string): void {
  endDunning(changes, invoiceId, 'exhausted');
  const invoice = changes.patch('invoice', invoiceId, { nextPaymentAttempt: null });
  changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
  for (const subscription of subscriptionsOf(invoice)) changes.wake('subscription', subscription, invoice);
}
