/** Payments that their payer approves elsewhere, or pays with a voucher: only while the payer is there, and once. */
import { BillingError } from '../core/errors';
import type { PaymentIntent } from '../rows/payment-intent';
import { isVoucher, onceNameOf, paysOnce, type MethodType } from '../rows/payment-method';

/** @throws BillingError parameter_invalid, parameter_missing: the payer would not be sent, would not come back, or would be charged later */
export function refuseWithoutPayer(
  type: MethodType,
  { captureMethod, returnUrl, setupFutureUsage }: Pick<PaymentIntent, 'captureMethod' | 'returnUrl' | 'setupFutureUsage'>,
  offSession: boolean,
): void {
  if (!paysOnce(type)) return;
  const name = onceNameOf(type);
  if (offSession) throw invalid('off_session', `${name} is not charged without the payer, who approves each payment.`);
  if (setupFutureUsage !== null) throw invalid('setup_future_usage', `${name} cannot be saved for later payments.`);
  if (captureMethod === 'manual') throw invalid('capture_method', `A payment by ${name} is captured at once.`);
  if (returnUrl !== null || isVoucher(type)) return;
  const message = `Missing required param: return_url. The payer comes back to it from ${name}.`;
  throw new BillingError('parameter_missing', message, { param: 'return_url' });
}

const invalid = (param: string, message: string): BillingError => new BillingError('parameter_invalid', message, { param });
