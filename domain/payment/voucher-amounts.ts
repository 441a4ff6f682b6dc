/** What a voucher can be for: the bounds that Stripe documents for each type. */
import { BillingError } from '../core/errors';
import { formatAmount } from '../money/currency';
import { isVoucher, type MethodType, type VoucherType } from '../rows/payment-method';

/** Both included, in minor units of the one currency of the type. */
const BOUNDS: Record<VoucherType, { least: number; most: number }> = {
  boleto: { least: 500, most: 4_999_999 },
  konbini: { least: 120, most: 300_000 },
  multibanco: { least: 50, most: 9_999_900 },
  oxxo: { least: 1000, most: 1_000_000 },
};

/** Whether the amount can be paid by this type; vouchers alone have bounds of their own. */
export function canPayAmount(type: MethodType, amount: number): boolean {
  if (!isVoucher(type)) return true;
  const { least, most } = BOUNDS[type];
  return amount >= least && amount <= most;
}

/** @throws BillingError amount_too_small, amount_too_large for a voucher */
export function refuseAmountOfVoucher(type: MethodType, amount: number, currency: string): void {
  if (!isVoucher(type) || canPayAmount(type, amount)) return;
  const { least, most } = BOUNDS[type];
  const [code, words, bound] =
    amount < least ? (['amount_too_small', 'at least', least] as const) : (['amount_too_large', 'no more than', most] as const);
  const message = `Amount must be ${words} ${formatAmount(bound, currency)} ${currency} for a payment by ${type}.`;
  throw new BillingError(code, message, { param: 'amount' });
}
