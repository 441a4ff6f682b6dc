import { endDunning } from '../invoice/dunning-end';
import { collectInvoice, stopCollecting } from '../collection/collection';
import { recoveryMail } from '../mail/recovery-mails';
import { writeMail } from '../mail/write';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import { mayBeCharged } from '../recovery/network-rules';
import { appliesAfter, attempted, ended, passed, placed, putOff, retriesIn } from '../recovery/schedule';
import type { Dunning } from '../rows/dunning';
import { subscriptionsOf } from '../rows/invoice';
import { fingerprintOf, type PaymentMethod } from '../rows/payment-method';
import { currenciesOf } from '../rows/price';
import { RECOVERY_ANSWERS, type RecoveryStep } from '../rows/recovery-program';
import type { Rows } from '../rows/rows';
import type { SubscriptionItem } from '../rows/subscription';
import { itemsOf } from '../subscription-item/items';
import { missTask, openTask } from '../recovery/tasks';
import type { ChangeSet } from '../core/change-set';
import type { AnyStep } from '../core/steps';

/** The steps of a dunning's own workflow; payment, voiding and the like are steps of the invoice. */
export const dunningSteps: Record<string, AnyStep> = {
  retryPayment: { plan: (changes, { subject }) => retryOnSchedule(changes, subject) },
  retryWithNewMethod: { plan: (changes, { subject }) => retryWithNewMethod(changes, subject) },
  mailInRecovery: { plan: (changes, { subject }) => mailCustomer(changes, subject) },
  endAccess: { plan: (changes, { subject }) => endAccess(changes, subject) },
  downgradeInRecovery: { plan: (changes, { subject }) => downgrade(changes, subject) },
  openTask: { plan: (changes, { subject }) => askPerson(changes, subject) },
  missTask: { plan: (changes, { subject }) => miss(changes, subject) },
  followAnswer: { plan: (changes, { subject }) => followAnswer(changes, subject) },
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

/**
 * If the card may not be charged now, the retry is put off; if it would repeat its decline, the retry is used up without a charge, as Stripe
 * counts it.
 */
function retryOnSchedule(changes: ChangeSet, invoiceId: string): void {
  const before = changes.rows.get('dunning', invoiceId);
  const retry = `retry ${String(before.retries + 1)} of ${String(retriesIn(before.program))}`;
  const obstacle = obstacleTo(changes, before);
  const later = obstacle?.notBefore ? putOff(before, obstacle.notBefore) : null;
  if (later !== null) {
    changes.outcome = `${retry} is put off: ${obstacle?.reason ?? ''}`;
    changes.put('dunning', later);
    return announceNextTry(changes, later);
  }
  take(changes, invoiceId, 'retry');
  const dunning = changes.rows.get('dunning', invoiceId);
  if (obstacle === null) changes.patch('dunning', invoiceId, { triedStep: before.step });
  countAttempt(changes, invoiceId, dunning.nextRetryAt);
  changes.outcome = obstacle === null ? `${retry} begins` : `${retry} skipped: ${obstacle.reason}`;
  if (obstacle === null) collectInvoice(changes, invoiceId, { offSession: true });
  else changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
}

interface Obstacle {
  reason: string;
  /** When it is gone; null: not by itself. Epoch seconds. */
  notBefore: number | null;
}

/** Why the program's next retry cannot be made now; null if it can. */
function obstacleTo(changes: ChangeSet, { declineCode, failedPaymentMethod, hard, invoice, program, step }: Dunning): Obstacle | null {
  const method = paymentMethodOf(changes.rows, changes.rows.get('invoice', invoice));
  const code = declineCode ?? 'no payment method';
  if (!method || (hard && method.id === failedPaymentMethod)) return { reason: code, notBefore: null };
  const retry = program.steps[step];
  if (retry?.type === 'retry' && !appliesAfter(retry, declineCode)) {
    return { reason: `the program does not retry after ${code}`, notBefore: null };
  }
  return networkObstacle(changes, method, invoice);
}

/** What the card's network says against a charge now; null: nothing. */
function networkObstacle(changes: ChangeSet, method: PaymentMethod, invoice: string): Obstacle | null {
  if (method.card === null) return null;
  const { amountRemaining: amount, currency } = changes.rows.get('invoice', invoice);
  const verdict = mayBeCharged(method.card.brand, changes.cardTries(fingerprintOf(method)), { amount, currency, at: changes.now });
  return verdict.allowed ? null : verdict;
}

/** Another card is tried at once, without using up a retry of the schedule; unless its network forbids that. */
function retryWithNewMethod(changes: ChangeSet, invoiceId: string): void {
  const dunning = attempted(changes.rows.get('dunning', invoiceId), changes.now);
  const method = paymentMethodOf(changes.rows, changes.rows.get('invoice', invoiceId));
  const obstacle = method ? networkObstacle(changes, method, invoiceId) : null;
  if (method && obstacle) return passOver(changes, dunning, method, obstacle);
  changes.put('dunning', { ...dunning, notBefore: null, triedStep: null });
  countAttempt(changes, invoiceId, dunning.nextRetryAt);
  changes.outcome = 'a new card is tried';
  collectInvoice(changes, invoiceId, { offSession: true });
}

/** The card counts as the one that failed: the program's retries try it when that is allowed. */
function passOver(changes: ChangeSet, dunning: Dunning, { id }: PaymentMethod, { notBefore, reason }: Obstacle): void {
  changes.outcome = `the new card is not tried: ${reason}`;
  const passed = placed({ ...dunning, failedPaymentMethod: id, hard: notBefore === null, notBefore });
  changes.put('dunning', passed);
  announceNextTry(changes, passed);
}

function announceNextTry(changes: ChangeSet, { invoice, nextRetryAt }: Dunning): void {
  changes.patch('invoice', invoice, { nextPaymentAttempt: nextRetryAt });
  changes.emitUpdated('invoice.updated', 'invoice', invoice);
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

/** The subscriptions of the invoice are past due and give no access any more. */
function endAccess(changes: ChangeSet, invoiceId: string): void {
  take(changes, invoiceId, 'end_access');
  changes.outcome = 'the program ends the access';
  for (const id of subscriptionsOf(changes.rows.get('invoice', invoiceId))) {
    if (changes.rows.find('subscription', id)) changes.patch('subscription', id, { accessEndedAt: changes.now });
  }
}

/** The item gets the other price. What is billed already stays as it is; the next period has the new price. */
function downgrade(changes: ChangeSet, invoiceId: string): void {
  const { from, to } = take(changes, invoiceId, 'downgrade');
  const item = itemToDowngrade(changes.rows, invoiceId, { from, to });
  changes.outcome = item ? `downgrade from ${from} to ${to}` : `no downgrade: nothing can change from ${from} to ${to}`;
  if (!item) return;
  changes.patch('subscriptionItem', item.id, { price: to });
  changes.emitUpdated('customer.subscription.updated', 'subscription', item.subscription);
  changes.wake('subscription', item.subscription, changes.rows.get('subscription', item.subscription));
}

function itemToDowngrade(rows: Rows, invoiceId: string, { from, to }: { from: string; to: string }): SubscriptionItem | undefined {
  const price = rows.find('price', to);
  if (!price?.active) return undefined;
  return subscriptionsOf(rows.get('invoice', invoiceId))
    .map((id) => ({ subscription: rows.find('subscription', id), items: itemsOf(rows, id) }))
    .filter(
      ({ subscription, items }) =>
        subscription && currenciesOf(price).includes(subscription.currency) && !items.some((each) => each.price === to),
    )
    .flatMap(({ items }) => items)
    .find((each) => each.price === from);
}

/** The program waits at this step until the task is answered or missed. */
function askPerson(changes: ChangeSet, invoiceId: string): void {
  const dunning = changes.rows.get('dunning', invoiceId);
  const step = dunning.program.steps[dunning.step];
  if (step?.type !== 'task') throw new Error(`the next step of ${invoiceId} is no task`);
  const { title, owner, answer_within, default: defaultAnswer } = step;
  const of = { type: 'recovery', about: invoiceId, customer: dunning.customer, title, owner, defaultAnswer } as const;
  const task = openTask(changes, { ...of, answers: [...RECOVERY_ANSWERS], answerBy: changes.now + answer_within });
  changes.patch('dunning', invoiceId, { task: task.id });
  changes.outcome = `${task.id} is opened for ${owner ?? 'whoever looks'}`;
}

function miss(changes: ChangeSet, invoiceId: string): void {
  missTask(changes, changes.rows.get('dunning', invoiceId).task ?? '');
  followAnswer(changes, invoiceId);
}

function followAnswer(changes: ChangeSet, invoiceId: string): void {
  const dunning = changes.rows.get('dunning', invoiceId);
  const { id, answer, status } = changes.rows.get('task', dunning.task ?? '');
  changes.outcome = `${id} ${status}: ${answer ?? ''}`;
  if (answer === 'stop') return stop(changes, invoiceId);
  const course = { ...dunning, task: null };
  const next = answer === 'end' ? ended(course, changes.now) : passed(course, changes.now);
  changes.put('dunning', next);
  announceNextTry(changes, next);
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
