import type Stripe from 'stripe';
import type { RefundAnswer } from '../../domain/rows/refund';
import type { OperationOnCharge, RefundRequest } from '../payment-gateway';
import { asking, isRefused } from './asking';

/** A refund that Stripe refuses has failed: its charge was refunded or disputed meanwhile, or there are no funds. */
export async function refund(stripe: Stripe, { idempotencyKey, charge, amount }: RefundRequest): Promise<RefundAnswer> {
  const parameters = { payment_intent: charge, amount, metadata: { dunlin_key: idempotencyKey } };
  try {
    return refundAnswerOf(await asking(() => stripe.refunds.create(parameters, { idempotencyKey })));
  } catch (error) {
    if (!isRefused(error)) throw error;
    return { outcome: 'failed', reference: idempotencyKey, reason: REASONS[error.code ?? ''] ?? 'unknown' };
  }
}

export async function findRefund(stripe: Stripe, { idempotencyKey, charge }: OperationOnCharge): Promise<RefundAnswer | null> {
  return asking(async () => {
    for await (const each of stripe.refunds.list({ payment_intent: charge, limit: 100 })) {
      if (each.metadata?.['dunlin_key'] === idempotencyKey) return refundAnswerOf(each);
    }
    return null;
  });
}

/** `refund.failure_reason` of the codes with which Stripe refuses a refund. */
const REASONS: Record<string, string> = {
  charge_already_refunded: 'declined',
  charge_disputed: 'charge_for_pending_refund_disputed',
  insufficient_funds: 'insufficient_funds',
  balance_insufficient: 'insufficient_funds',
};

function refundAnswerOf({ id: reference, status, failure_reason }: Stripe.Refund): RefundAnswer {
  if (status === 'failed' || status === 'canceled') {
    return { outcome: 'failed', reference, reason: failure_reason ?? 'unknown' };
  }
  return { outcome: status === 'succeeded' ? 'succeeded' : 'pending', reference, settles: null };
}
