import type Stripe from 'stripe';
import type { RefundAnswer } from '../../domain/rows/refund';
import type { OperationOnCharge, RefundRequest } from '../payment-gateway';
import { madeUnder, metadataOf } from '../remote-processor';
import { asking, isRefused } from './asking';

/** A refund that Stripe refuses has failed: its charge was refunded or disputed meanwhile, or there are no funds. */
export async function refund(stripe: Stripe, { idempotencyKey, charge, amount }: RefundRequest): Promise<RefundAnswer> {
  const parameters = { payment_intent: charge, amount, metadata: metadataOf(idempotencyKey) };
  try {
    return refundAnswerOf(await asking(() => stripe.refunds.create(parameters, { idempotencyKey })));
  } catch (error) {
    if (!isRefused(error)) throw error;
    return { outcome: 'failed', reference: idempotencyKey, reason: REASONS[error.code ?? ''] ?? 'unknown' };
  }
}

export async function findRefund(stripe: Stripe, { idempotencyKey, charge }: OperationOnCharge): Promise<RefundAnswer | null> {
  const found = await asking(() => madeUnder(idempotencyKey, stripe.refunds.list({ payment_intent: charge, limit: 100 })));
  return found && refundAnswerOf(found);
}

/** `refund.failure_reason` of the codes with which Stripe refuses a refund. */
const REASONS: Record<string, string> = {
  charge_already_refunded: 'declined',
  charge_disputed: 'charge_for_pending_refund_disputed',
  insufficient_funds: 'insufficient_funds',
  balance_insufficient: 'insufficient_funds',
};

export function statusOf({ status }: { status: string | null }): 'failed' | 'pending' | 'succeeded' {
  if (status === 'failed' || status === 'canceled') return 'failed';
  return status === 'succeeded' ? 'succeeded' : 'pending';
}

function refundAnswerOf(refund: Stripe.Refund): RefundAnswer {
  const { id: reference, failure_reason } = refund;
  const outcome = statusOf(refund);
  if (outcome === 'failed') return { outcome, reference, reason: failure_reason ?? 'unknown' };
  return { outcome, reference, settles: null };
}
