/**
 * Refunds of a charge, limited to the captured amount that is left: of 2000 with 500 refunded and 300 pending, 1200 at most. A refund that
 * the bank completes late, or fails, is booked when that is known.
 */
import { bookRefund, bookRefundFailure } from './balance';
import { blockPayer } from './block-payer';
import type { Charge } from '../rows/charge';
import { closeInquiries } from './dispute-closing';
import { settleRefunded, settleWarnings } from '../fraud/review-endings';
import { BillingError } from '../core/errors';
import { refusePartOfStep } from '../money/minimum-charge';
import { sumOf } from '../money/money';
import { giveUpTurn, hasMissedTurn } from './turns';
import type { ChangeSet } from '../core/change-set';
import { GONE_STATUSES, type Refund, type RefundAnswer } from '../rows/refund';
import { keptBack, SENT_AT_ONCE } from '../rows/waiting';
import type { Metadata } from '../rows/resource';
import type { Rows } from '../rows/rows';
import type { StepInput } from '../core/steps';

interface RefundParameters {
  amount?: number;
  reason?: Refund['reason'];
  metadata?: Metadata | null;
}

/**
 * Puts a refund of the message's target, to be sent.
 *
 * @throws BillingError charge_already_refunded, charge_disputed, refund_exceeds_charge, parameter_invalid for a part of the currency's smallest
 * charge
 */
export function createRefund(changes: ChangeSet, input: StepInput<RefundParameters>): void {
  const charge = changes.rows.get('charge', input.target ?? 'no charge');
  const params = input.parameters;
  const amount = params.amount ?? refundable(changes.rows, charge);
  refuseExcess(changes.rows, charge, { amount, param: 'amount' });
  putRefund(changes, charge, { id: input.subject, amount, reason: params.reason ?? null, metadata: params.metadata ?? {} });
}

/** Puts a refund that its own workflow sends. The amount is at most `refundable`. */
export function putRefund(changes: ChangeSet, charge: Charge, of: Pick<Refund, 'amount' | 'reason' | 'metadata'> & { id: string }): Refund {
  const refund = changes.put('refund', {
    ...of,
    account: charge.account,
    livemode: charge.livemode,
    created: changes.now,
    customer: charge.customer,
    charge: charge.id,
    paymentIntent: charge.paymentIntent,
    currency: charge.currency,
    status: 'pending',
    failureReason: null,
    balanceTransaction: null,
    failureBalanceTransaction: null,
    gatewayReference: null,
    pendingCall: 'send',
    ...SENT_AT_ONCE,
    settlesAt: null,
    settlesAs: null,
  });
  showOnCharge(changes, charge.id);
  if (of.reason === 'fraudulent') blockPayer(changes, charge);
  changes.emit('refund.created', 'refund', refund.id);
  return refund;
}

/**
 * Refuses a refund that the charge does not allow. `param` is the parameter that has the amount.
 *
 * @throws BillingError charge_already_refunded, charge_disputed, refund_exceeds_charge, parameter_invalid for a part of the currency's smallest
 * charge
 */
export function refuseExcess(rows: Rows, charge: Charge, { amount, param }: { amount: number; param: string }): void {
  const left = refundable(rows, charge);
  refuseUnrefundable(rows, charge, left);
  if (amount <= left) return refusePartOfStep(amount, { currency: charge.currency, param, most: left });
  const message = `Refund amount (${String(amount)}) is greater than the unrefunded amount on the charge (${String(left)}).`;
  throw new BillingError('refund_exceeds_charge', message, { param });
}

/** The captured amount, less all refunds that have not failed, including pending ones. */
export function refundable(rows: Rows, charge: Charge): number {
  return charge.amountCaptured - refunded(rows, charge);
}

function refunded(rows: Rows, { id }: Charge): number {
  return sumOf(rows.where('refund', (each) => each.charge === id && !isGone(each)).map(({ amount }) => amount));
}

/** Whether a refund gives nothing back any more. */
export const isGone = ({ status }: Refund): boolean => GONE_STATUSES.includes(status);

function refuseUnrefundable(rows: Rows, charge: Charge, left: number): void {
  if (charge.status !== 'succeeded' || (charge.amountCaptured === 0 && !charge.refunded)) {
    const message = `Charge ${charge.id} has not been paid${charge.captured ? '' : ' or captured'}, so there is nothing to refund.`;
    throw new BillingError('refund_exceeds_charge', message, { param: 'charge' });
  }
  if (left === 0) throw new BillingError('charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  const withheld = rows.first('dispute', (each) => each.charge === charge.id && !each.isChargeRefundable);
  if (withheld) throw new BillingError('charge_disputed', `Charge ${charge.id} has been charged back; cannot issue a refund.`);
}

/**
 * Updates the charge with the total of its refunds, and the amount that a partial capture released. Where several captures are possible, what is released
 * is no refund, and the charge is refunded only after the last.
 */
function showOnCharge(changes: ChangeSet, chargeId: string): void {
  const charge = changes.rows.get('charge', chargeId);
  const total = refunded(changes.rows, charge);
  const released = charge.paymentMethodDetails.multicapture ? 0 : charge.amount - charge.amountCaptured;
  changes.patch('charge', charge.id, { amountRefunded: released + total, refunded: charge.captured && total === charge.amountCaptured });
  settleWarnings(changes, charge.id);
}

/** Records the processor's answer about a refund that was sent or queried. */
export function recordRefund(changes: ChangeSet, input: StepInput<unknown, RefundAnswer>): void {
  const refund = changes.rows.get('refund', input.subject);
  const { answer } = input;
  changes.outcome = `${refund.id}: ${answer.outcome}`;
  switch (answer.outcome) {
    case 'waiting':
      changes.patch('refund', refund.id, { pendingCall: 'send', ...keptBack(refund, answer) });
      return;
    case 'unknown':
      changes.patch('refund', refund.id, { pendingCall: 'resolve' });
      return;
    case 'failed':
      changes.patch('refund', refund.id, { pendingCall: null, gatewayReference: answer.reference });
      return failRefund(changes, refund.id, answer.reason);
    case 'pending':
    case 'succeeded':
      return recordSent(changes, refund, answer);
  }
}

function recordSent(changes: ChangeSet, refund: Refund, answer: Extract<RefundAnswer, { outcome: 'succeeded' | 'pending' }>): void {
  const charge = changes.rows.get('charge', refund.charge);
  const movement = bookRefund(changes, refund, charge);
  changes.patch('refund', refund.id, {
    pendingCall: null,
    status: answer.outcome,
    gatewayReference: answer.reference,
    balanceTransaction: movement.id,
    settlesAs: answer.settles?.as ?? null,
    settlesAt: answer.settles ? changes.now + answer.settles.afterSeconds : null,
  });
  changes.emit('charge.refunded', 'charge', charge.id);
  announceUpdated(changes, refund.id);
  closeInquiries(changes, charge.id);
  settleRefunded(changes, charge.id, { asFraud: refund.reason === 'fraudulent' });
}

/** Its turn has come: its processor was paused, or all movement of money was stopped. */
export function sendWaitingRefund(changes: ChangeSet, { subject, at }: StepInput): void {
  if (hasMissedTurn(changes, at)) return giveUpTurn(changes, 'refund', subject);
  changes.patch('refund', subject, { waitingFor: null, sendsAt: null });
}

/** The bank has completed the refund, or has returned one that had succeeded. */
export function settleRefund(changes: ChangeSet, input: StepInput): void {
  const refund = changes.rows.get('refund', input.subject);
  changes.patch('refund', refund.id, { settlesAt: null, settlesAs: null });
  if (refund.settlesAs === 'failed') return failRefund(changes, refund.id, 'expired_or_canceled_card');
  changes.patch('refund', refund.id, { status: 'succeeded' });
  announceUpdated(changes, refund.id);
}

/** The bank has taken the charge back before it completed these, or before they were sent: the payer would get their money twice. */
export function failUnsettledRefunds(changes: ChangeSet, charge: string): void {
  const isUnsettled = (each: Refund): boolean => each.charge === charge && each.status === 'pending' && !isAsked(each);
  for (const { id, customer } of changes.rows.where('refund', isUnsettled)) {
    failRefund(changes, id, 'charge_for_pending_refund_disputed');
    changes.wake('refund', id, { customer });
  }
}

/**
 * What the processor's bank has made of a refund that was sent.
 *
 * @throws BillingError lock_timeout while the answer to our own call is not recorded
 */
export function settleRefundAt(changes: ChangeSet, id: string, { status, reason }: SettledRefund): void {
  const refund = changes.rows.get('refund', id);
  if (refund.pendingCall !== null) throw new BillingError('lock_timeout', `The refund ${id} is being sent. Please retry in a moment.`);
  if (isGone(refund) || refund.status === status) return;
  if (status === 'failed') failRefund(changes, id, reason ?? 'unknown');
  else {
    changes.patch('refund', id, { status });
    announceUpdated(changes, id);
  }
  changes.wake('refund', id, { customer: refund.customer });
}

export interface SettledRefund {
  status: 'succeeded' | 'failed';
  reason: string | null;
}

/** @throws BillingError refund_not_cancelable unless it is pending at the bank, or was not sent yet */
export function cancelRefund(changes: ChangeSet, input: StepInput): void {
  const refund = changes.rows.get('refund', input.subject);
  if (refund.status !== 'pending' || isAsked(refund)) {
    throw new BillingError('refund_not_cancelable', `You can only cancel a refund that is pending; this one is ${refund.status}.`);
  }
  takeBack(changes, refund, { status: 'canceled' });
}

/** Whether the processor is asked for it now, or has not answered. */
const isAsked = ({ pendingCall, waitingFor }: Refund): boolean => pendingCall !== null && waitingFor === null;

function failRefund(changes: ChangeSet, id: string, reason: string): void {
  takeBack(changes, changes.rows.get('refund', id), { status: 'failed', failureReason: reason });
  changes.emit('refund.failed', 'refund', id);
}

/** Returns the refund's money to the account, if it had left; the charge can be refunded again. One that was kept back is not sent. */
function takeBack(changes: ChangeSet, refund: Refund, change: Partial<Refund>): void {
  const charge = changes.rows.get('charge', refund.charge);
  const movement = refund.balanceTransaction === null ? null : bookRefundFailure(changes, refund, charge);
  changes.patch('refund', refund.id, {
    ...change,
    ...{ pendingCall: null, waitingFor: null, sendsAt: null, settlesAt: null, settlesAs: null },
    failureBalanceTransaction: movement?.id ?? null,
  });
  showOnCharge(changes, charge.id);
  announceUpdated(changes, refund.id);
}

function announceUpdated(changes: ChangeSet, id: string): void {
  changes.emitUpdated('charge.refund.updated', 'refund', id);
  changes.emitUpdated('refund.updated', 'refund', id);
}
