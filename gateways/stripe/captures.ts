/** Captures of an authorization in several parts. */
import type Stripe from 'stripe';
import type { Captured } from '../../domain/rows/payment-attempt';
import type { CaptureRequest } from '../payment-gateway';
import { asking } from './asking';
import { feeIn } from './fees';

type Part = CaptureRequest & { several: NonNullable<CaptureRequest['several']> };

/**
 * Stripe would capture once more where it has forgotten the key. So it is asked first how much it has captured: more than before this one means that its
 * answer was lost.
 */
export async function capturePart(stripe: Stripe, { idempotencyKey, charge: id, amount, several }: Part): Promise<Captured> {
  const { amount_received: received, status } = await asking(() => stripe.paymentIntents.retrieve(id));
  const isDone = amount === 0 ? status !== 'requires_capture' : received > several.before;
  const parameters = { amount_to_capture: amount, final_capture: several.isFinal };
  if (!isDone) await asking(() => stripe.paymentIntents.capture(id, parameters, { idempotencyKey }));
  return { outcome: 'captured', fee: amount === 0 ? 0 : await newestFee(stripe, id, amount) };
}

/** Each capture is a movement of its own; Stripe lists the newest first. */
async function newestFee(stripe: Stripe, id: string, amount: number): Promise<number | null> {
  const { currency, latest_charge: charge } = await asking(() => stripe.paymentIntents.retrieve(id));
  const source = typeof charge === 'object' ? charge?.id : charge;
  if (!source) return null;
  const { data } = await asking(() => stripe.balanceTransactions.list({ source, type: 'charge', limit: 1 }));
  return data[0] === undefined ? null : feeIn(data[0], { amount, currency });
}
