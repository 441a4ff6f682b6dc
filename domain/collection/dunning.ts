/**
 * The recovery of an unpaid invoice: it follows the program that is chosen at its first failed attempt (the default: eight retries in two
 * weeks), and another payment method is tried at once. After a decline that the same card will repeat, its retries pass without a charge.
 */
import { isCollected } from '../invoice-rules/collection';
import { pendingPurchase } from '../invoice/credit-purchase-settlement';
import type { Dunning } from '../rows/dunning';
import type { Invoice } from '../rows/invoice';
import type { PaymentError } from '../rows/payment-intent';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import { workflowId } from '../rows/workflow';
import { chooseProgram, type FailedInvoice } from '../recovery/choosing';
import { isHardDecline } from '../recovery/declines';
import { adviceAfter, cardTryOf } from '../recovery/network-rules';
import { attempted, started } from '../recovery/schedule';

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
  const account = changes.rows.get('account', invoice.account);
  const failure = failureOf(changes, invoice, error);
  const failed = failedInvoice(changes, invoice, failure.declineCode);
  const program = chooseProgram(changes.recoveryPrograms(), account, failed);
  const begun = started({ program, country: failed.country, ...failure, ...NOT_STARTED }, changes.now);
  changes.put('dunning', {
    invoice: invoice.id,
    account: invoice.account,
    livemode: invoice.livemode,
    customer: invoice.customer,
    subscription: invoice.subscription,
    created: changes.now,
    status: 'running',
    retries: 0,
    notice: null,
    ...{ amount: invoice.amountRemaining, paidBefore: invoice.amountPaid, creditedBefore: invoice.prePaymentCreditNotesAmount },
    ...{ firstDeclineCode: failure.declineCode, triedStep: null, recoveredBy: null, recoveredStep: null, task: null },
    endedAt: null,
    ...begun,
  });
  changes.patch('invoice', invoice.id, { nextPaymentAttempt: begun.nextRetryAt });
  changes.wake('dunning', invoice.id, invoice);
}

const NOT_STARTED = { failedAt: 0, reachedAt: 0, step: 0, dueAt: null, nextRetryAt: null };

function failedInvoice({ rows, now }: ChangeSet, invoice: Invoice, declineCode: string | null): FailedInvoice {
  const { address, created } = rows.get('customer', invoice.customer);
  const since = rows.find('subscription', invoice.subscription)?.startDate ?? created;
  const lines = rows.where('invoiceLineItem', (line) => line.invoice === invoice.id);
  return {
    customer: invoice.customer,
    livemode: invoice.livemode,
    country: address?.country ?? null,
    currency: invoice.currency,
    amount: invoice.amountRemaining,
    tenureDays: Math.floor((now - since) / DAY),
    prices: lines.flatMap(({ price }) => price ?? []),
    products: lines.flatMap(({ product }) => product ?? []),
    declineCode,
  };
}

const DAY = 86_400;

/** Restarts a dunning that was stopped or had ended, because the seller wants the invoice collected again. */
export function resumeDunning(changes: ChangeSet, invoice: Invoice): void {
  const dunning = changes.rows.find('dunning', invoice.id);
  if (!dunning || dunning.status === 'running' || !isRetried(changes.rows, invoice)) return;
  const begun = started(
    { ...dunning, status: 'running' as const, retries: 0, recoveredBy: null, recoveredStep: null, task: null, endedAt: null },
    changes.now,
  );
  changes.put('dunning', begun);
  changes.patch('invoice', invoice.id, { nextPaymentAttempt: begun.nextRetryAt, attemptCount: invoice.attemptCount + 1 });
  if (changes.context.workflow !== workflowId('dunning', invoice.id)) changes.wake('dunning', invoice.id, invoice);
}

export function noteFailedRetry(changes: ChangeSet, invoice: Invoice, error: PaymentError | null): void {
  const dunning = attempted({ ...changes.rows.get('dunning', invoice.id), ...failureOf(changes, invoice, error) }, changes.now);
  changes.put('dunning', dunning);
  changes.patch('invoice', invoice.id, { nextPaymentAttempt: dunning.nextRetryAt });
  // While another workflow's attempt was in flight, the dunning had no timer.
  if (changes.context.workflow !== workflowId('dunning', invoice.id)) changes.wake('dunning', invoice.id, invoice);
}

type Failure = Pick<Dunning, 'failedPaymentMethod' | 'declineCode' | 'hard' | 'notBefore'>;

/** What the decline of this commit says of the card and of its next try. Without a card there is nothing to try. */
function failureOf({ rows }: ChangeSet, { id }: Invoice, error: PaymentError | null): Failure {
  if (error === null) return { failedPaymentMethod: null, declineCode: null, hard: true, notBefore: null };
  const { payment_method: failedPaymentMethod, decline_code, code } = error;
  const declineCode = decline_code ?? code;
  const advice = adviceOn(rows, id, failedPaymentMethod);
  const isFinal = advice.some(({ notBefore }) => notBefore === null);
  const hard = failedPaymentMethod === null || isHardDecline(declineCode) || isFinal;
  return { failedPaymentMethod, declineCode, hard, notBefore: advice[0]?.notBefore ?? null };
}

/** What network and bank have said with the last try of the card for the invoice. */
function adviceOn(rows: Rows, invoice: string, method: string | null): ReturnType<typeof adviceAfter> {
  const attempt = rows.where('paymentAttempt', (each) => each.invoice === invoice && each.paymentMethod === method).at(-1);
  const lastTry = attempt ? cardTryOf(attempt) : null;
  return lastTry === null ? [] : adviceAfter(rows.find('paymentMethod', method)?.card?.brand ?? null, lastTry);
}
