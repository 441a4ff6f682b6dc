import type { RefundAnswer } from '../../domain/rows/refund';
import type { OperationOnCharge, RefundRequest } from '../payment-gateway';
import { madeUnder, metadataOf } from '../remote-processor';
import { amountOf } from './amounts';
import { MollieRefusal, type MollieClient } from './client';
import { refundSchema, type Refund } from './objects';

/** A refund that Mollie refuses has failed: its payment was refunded meanwhile, or there are no funds. */
export async function refund(mollie: MollieClient, { idempotencyKey, charge, amount, currency }: RefundRequest): Promise<RefundAnswer> {
  const body = { amount: amountOf(amount, currency), description: idempotencyKey, metadata: metadataOf(idempotencyKey) };
  try {
    return answerOf(await mollie.post(`payments/${charge}/refunds`, { body, idempotencyKey }, refundSchema));
  } catch (error) {
    if (!(error instanceof MollieRefusal)) throw error;
    return { outcome: 'failed', reference: idempotencyKey, reason: /balance/i.test(error.message) ? 'insufficient_funds' : 'declined' };
  }
}

export async function findRefund(mollie: MollieClient, { idempotencyKey, charge }: OperationOnCharge): Promise<RefundAnswer | null> {
  const found = await madeUnder(idempotencyKey, mollie.list(`payments/${charge}/refunds`, 'refunds', refundSchema));
  return found && answerOf(found);
}

export function statusOf({ status }: Refund): 'failed' | 'pending' | 'succeeded' {
  if (status === 'failed' || status === 'canceled') return 'failed';
  return status === 'refunded' ? 'succeeded' : 'pending';
}

function answerOf(refund: Refund): RefundAnswer {
  const outcome = statusOf(refund);
  if (outcome === 'failed') return { outcome, reference: refund.id, reason: 'unknown' };
  return { outcome, reference: refund.id, settles: null };
}
