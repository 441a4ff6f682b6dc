/**
 * Refunds of a charge, never more than was captured and is left: of 2000 with 500 refunded and 300 pending, 1200 at most. What
 * the bank gives back late, or not at all, is booked when it is known.
 */
import { bookRefund, bookRefundFailure } from './balance';
import type { Charge } from '../rows/charge';
import { closeInquiries } from './dispute-decisions';
import { BillingError } from '../core/errors';
import { sumOf } from '../money/money';
import type { Plan } from '../core/change-set';
import type { Refund, RefundAnswer } from '../rows/refund';
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
 * @throws charge_already_refunded, charge_disputed, refund_exceeds_charge
 */
export function createRefund(plan: Plan, input: StepInput): void {
  const charge = plan.rows.get('charge', input.target ?? 'no charge');
  const asked = input.parameters as RefundParameters;
  const left = refundable(plan.rows, charge);
  refuseUnrefundable(plan.rows, charge, left);
  const amount = asked.amount ?? left;
  if (amount > left) {
    const message = `Refund amount (${String(amount)}) is greater than the unrefunded amount on the charge (${String(left)}).`;
    throw new BillingError('refund_exceeds_charge', message, { param: 'amount' });
  }
  const refund = plan.put('refund', {
    id: input.subject,
    account: charge.account,
    livemode: charge.livemode,
    created: plan.now,
    customer: charge.customer,
    charge: charge.id,
    paymentIntent: charge.paymentIntent,
    amount,
    currency: charge.currency,
    status: 'pending',
    reason: asked.reason ?? null,
    failureReason: null,
    balanceTransaction: null,
    failureBalanceTransaction: null,
    gatewayReference: null,
    outside: 'send',
    settlesAt: null,
    settlesAs: null,
    metadata: asked.metadata ?? {},
  });
  showOnCharge(plan, charge.id);
  plan.emit('refund.created', 'refund', refund.id);
}

/** What was captured, less all refunds that have not failed, pending ones too. */
function refundable(rows: Rows, charge: Charge): number {
  return charge.captured ? charge.amountCaptured - refunded(rows, charge) : 0;
}

function refunded(rows: Rows, { id }: Charge): number {
  const gone: Refund['status'][] = ['failed', 'canceled'];
  return sumOf(rows.where('refund', (each) => each.charge === id && !gone.includes(each.status)).map(({ amount }) => amount));
}

function refuseUnrefundable(rows: Rows, charge: Charge, left: number): void {
  if (charge.status !== 'succeeded' || (!charge.captured && !charge.refunded)) {
    const message = `Charge ${charge.id} has not been paid${charge.captured ? '' : ' or captured'}, so there is nothing to refund.`;
    throw new BillingError('refund_exceeds_charge', message, { param: 'charge' });
  }
  if (left === 0) throw new BillingError('charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  const withheld = rows.first('dispute', (each) => each.charge === charge.id && !each.isChargeRefundable && each.status !== 'won');
  if (withheld) throw new BillingError('charge_disputed', `Charge ${charge.id} has been charged back, and cannot be refunded.`);
}

/** The charge shows what its refunds come to, with what a partial capture released. */
function showOnCharge(plan: Plan, chargeId: string): void {
  const charge = plan.rows.get('charge', chargeId);
  const total = refunded(plan.rows, charge);
  const released = charge.amount - charge.amountCaptured;
  plan.patch('charge', charge.id, { amountRefunded: released + total, refunded: total === charge.amountCaptured });
}

/** What the processor said of a refund that was sent, or asked for. */
export function recordRefund(plan: Plan, input: StepInput): void {
  const refund = plan.rows.get('refund', input.subject);
  const answer = input.answer as RefundAnswer;
  plan.outcome = `${refund.id}: ${answer.outcome}`;
  switch (answer.outcome) {
    case 'unknown':
      plan.patch('refund', refund.id, { outside: 'resolve' });
      return;
    case 'failed':
      plan.patch('refund', refund.id, { outside: null, gatewayReference: answer.reference });
      return failRefund(plan, refund.id, answer.reason);
    case 'pending':
    case 'succeeded':
      return recordSent(plan, refund, answer);
  }
}

function recordSent(plan: Plan, refund: Refund, answer: Extract<RefundAnswer, { outcome: 'succeeded' | 'pending' }>): void {
  const charge = plan.rows.get('charge', refund.charge);
  const movement = bookRefund(plan, refund, charge);
  plan.patch('refund', refund.id, {
    outside: null,
    status: answer.outcome,
    gatewayReference: answer.reference,
    balanceTransaction: movement.id,
    settlesAs: answer.settles?.as ?? null,
    settlesAt: answer.settles ? plan.now + answer.settles.afterSeconds : null,
  });
  plan.emit('charge.refunded', 'charge', charge.id);
  tellUpdated(plan, refund.id);
  closeInquiries(plan, charge.id);
}

/** The bank has done it, or has sent back what had looked done. */
export function settleRefund(plan: Plan, input: StepInput): void {
  const refund = plan.rows.get('refund', input.subject);
  plan.patch('refund', refund.id, { settlesAt: null, settlesAs: null });
  if (refund.settlesAs === 'failed') return failRefund(plan, refund.id, 'expired_or_canceled_card');
  plan.patch('refund', refund.id, { status: 'succeeded' });
  tellUpdated(plan, refund.id);
}

/** @throws refund_not_cancelable unless it is pending at the bank */
export function cancelRefund(plan: Plan, input: StepInput): void {
  const refund = plan.rows.get('refund', input.subject);
  if (refund.status !== 'pending' || refund.outside !== null) {
    throw new BillingError('refund_not_cancelable', `You can only cancel a refund that is pending; this one is ${refund.status}.`);
  }
  takeBack(plan, refund, { status: 'canceled' });
}

function failRefund(plan: Plan, id: string, reason: string): void {
  takeBack(plan, plan.rows.get('refund', id), { status: 'failed', failureReason: reason });
  plan.emit('refund.failed', 'refund', id);
}

/** The money is the account's again, where it had left; the charge can be refunded once more. */
function takeBack(plan: Plan, refund: Refund, change: Partial<Refund>): void {
  const charge = plan.rows.get('charge', refund.charge);
  const movement = refund.balanceTransaction === null ? null : bookRefundFailure(plan, refund, charge);
  plan.patch('refund', refund.id, { ...change, settlesAt: null, settlesAs: null, failureBalanceTransaction: movement?.id ?? null });
  showOnCharge(plan, charge.id);
  tellUpdated(plan, refund.id);
}

function tellUpdated(plan: Plan, id: string): void {
  plan.emitUpdated('charge.refund.updated', 'refund', id);
  plan.emitUpdated('refund.updated', 'refund', id);
}
