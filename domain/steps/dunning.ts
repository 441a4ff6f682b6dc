import { endDunning } from '../invoice/dunning-end';
import { collectInvoice, stopCollecting } from '../collection/collection';
import { recoveryMail } from '../mail/recovery-mails';
import { writeMail } from '../mail/write';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import { appliesAfter, attempted, passed, retriesIn } from '../recovery/schedule';
import type { Dunning } from '../rows/dunning';
import { subscriptionsOf } from '../rows/invoice';
import type { RecoveryStep } from '../rows/recovery-program';
import type { ChangeSet } from '../core/change-set';
import type { AnyStep } from '../core/steps';

/** The steps of a dunning's own workflow; payment, voiding and the like are steps of the invoice. */
export const dunningSteps: Record<string, AnyStep> = {
  retryPayment: { plan: (changes, { subject }) => retryOnSchedule(changes, subject) },
  retryWithNewMethod: { plan: (changes, { subject }) => retryWithNewMethod(changes, subject) },
  mailInRecovery: { plan: (changes, { subject }) => mailCustomer(changes, subject) },
  notifyOfRecovery: { plan: (changes, { subject }) => notifySeller(changes, subject) },
  exhaustDunning: { plan: (changes, { subject }) => exhaust(changes, subject) },
  stopDunning: { plan: (changes, { subject }) => stop(changes, subject) },
};

/** The program's next step, which must be of this type: the agenda has named it. The recovery goes on to the one after it. */
function take<T extends RecoveryStep['type']>(changes: ChangeSet, invoiceId: string, type: T): RecoveryStep & { type: T } {
  const dunning = changes.rows.get('dunning', invoiceId);
  const step = dunning.program.steps[dunning.step];
  if (step?.type !== type) throw new Error(`the next step of ${invoiceId} is ${step?.type ?? 'the final action'}, not ${type}`);
  changes.put('dunning', passed({ ...dunning, retries: dunning.retries + (type === 'retry' ? 1 : 0) }, changes.now));
  return step as RecoveryStep & { type: T };
}

/** If this card would repeat its decline, the retry is used up without a charge, as Stripe counts it. */
function retryOnSchedule(changes: ChangeSet, invoiceId: string): void {
  const step = take(changes, invoiceId, 'retry');
  const dunning = changes.rows.get('dunning', invoiceId);
  const obstacle = obstacleTo(changes, dunning, step);
  countAttempt(changes, invoiceId, dunning.nextRetryAt);
  const retry = `retry ${String(dunning.retries)} of ${String(retriesIn(dunning.program))}`;
  changes.outcome = obstacle === null ? `${retry} begins` : `${retry} skipped: ${obstacle}`;
  if (obstacle === null) collectInvoice(changes, invoiceId, { offSession: true });
  else changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
}

/** Why a retry passes without a charge; null if it is made. */
function obstacleTo({ rows }: ChangeSet, dunning: Dunning, step: RecoveryStep & { type: 'retry' }): string | null {
  const { declineCode, failedPaymentMethod, hard, invoice } = dunning;
  const method = paymentMethodOf(rows, rows.get('invoice', invoice));
  const code = declineCode ?? 'no payment method';
  if (!method || (hard && method.id === failedPaymentMethod)) return code;
  return appliesAfter(step, declineCode) ? null : `the program does not retry after ${code}`;
}

/** Another card is tried at once, without using up a retry of the schedule. */
function retryWithNewMethod(changes: ChangeSet, invoiceId: string): void {
  const dunning = attempted(changes.rows.get('dunning', invoiceId), changes.now);
  changes.put('dunning', dunning);
  countAttempt(changes, invoiceId, dunning.nextRetryAt);
  changes.outcome = 'a new card is tried';
  collectInvoice(changes, invoiceId, { offSession: true });
}

function countAttempt(changes: ChangeSet, invoiceId: string, nextPaymentAttempt: number | null): void {
  const { attemptCount } = changes.rows.get('invoice', invoiceId);
  changes.patch('invoice', invoiceId, { attemptCount: attemptCount + 1, nextPaymentAttempt });
}

function mailCustomer(changes: ChangeSet, invoiceId: string): void {
  const { mail } = take(changes, invoiceId, 'mail');
  changes.outcome = `the program mails the customer: ${mail}`;
  writeMail(changes, recoveryMail(changes, invoiceId, mail));
}

function notifySeller(changes: ChangeSet, invoiceId: string): void {
  const { notice } = take(changes, invoiceId, 'notify');
  changes.outcome = `the program tells the seller: ${notice}`;
  changes.patch('dunning', invoiceId, { notice });
  changes.emit('recovery.notice', 'dunning', invoiceId);
}

/** The invoice was settled by other means, or is no longer collected. */
function stop(changes: ChangeSet, invoiceId: string): void {
  endDunning(changes, invoiceId, 'stopped');
  stopCollecting(changes, invoiceId);
}

/** The invoice stays open. The workflows of its subscriptions apply the program's final action. */
function exhaust(changes: ChangeSet, invoiceId: string): void {
  endDunning(changes, invoiceId, 'exhausted');
  const invoice = changes.patch('invoice', invoiceId, { nextPaymentAttempt: null });
  changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
  for (const subscription of subscriptionsOf(invoice)) changes.wake('subscription', subscription, invoice);
}
