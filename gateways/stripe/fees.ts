/** What Stripe takes of a movement. Its balance may be in another currency than the charge: then fee and amount are converted at the same rate. */
import type Stripe from 'stripe';
import { multiplyRatio } from '../../domain/money/money';

/** @param charge with its `balance_transaction`. Null: Stripe does not say, or nothing is captured yet. */
export function feeOf(charge: Stripe.Charge | null): number | null {
  if (charge === null || typeof charge.balance_transaction !== 'object' || charge.balance_transaction === null) return null;
  return feeIn(charge.balance_transaction, { currency: charge.currency, amount: charge.amount_captured });
}

/** Minor units of the currency in which the amount moved. */
export function feeIn(
  { amount: converted, currency, fee }: Pick<Stripe.BalanceTransaction, 'amount' | 'currency' | 'fee'>,
  moved: { currency: string; amount: number },
): number | null {
  if (currency === moved.currency) return fee;
  return converted === 0 ? null : multiplyRatio(fee, moved.amount, Math.abs(converted));
}
