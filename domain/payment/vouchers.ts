/** Vouchers: their payer pays with numbers, later and elsewhere, or lets them expire. */
import type { ChargedMethod } from '../rows/charge';
import type { FinalAnswer, PaymentAttempt } from '../rows/payment-attempt';
import { NO_CHECKS } from '../rows/payment-attempt';
import type { IntentOptions, PayVoucher, PaymentIntent } from '../rows/payment-intent';
import { isVoucher, type MethodType, type PaymentMethod, type VoucherType } from '../rows/payment-method';
import type { Voucher } from '../rows/voucher';

const HOUR = 3600;
const DAY = 86_400;

/** Where a voucher's day ends, in seconds from UTC; none of these places has summer time. */
const DAY_ENDS: Partial<Record<VoucherType, number>> = { boleto: -3 * HOUR, konbini: 9 * HOUR, oxxo: -6 * HOUR };

/** If the seller does not say. */
export const VOUCHER_DAYS: Record<VoucherType, number> = { boleto: 3, konbini: 3, multibanco: 7, oxxo: 3 };

/** What the payer does with the voucher that the processor has issued. */
export function payVoucher(
  { clientSecret, paymentMethodOptions }: Pick<PaymentIntent, 'clientSecret' | 'paymentMethodOptions'>,
  { type }: Pick<PaymentMethod, 'type'>,
  { number, entity, url, lastsSeconds }: Voucher,
  now: number,
): PayVoucher {
  if (!isVoucher(type)) throw new Error(`${type} has no vouchers`);
  return {
    type: 'pay_voucher',
    ...{ method: type, url: url.replace('{client_secret}', clientSecret), number, entity },
    confirmation: (type === 'konbini' ? paymentMethodOptions?.konbini?.confirmation_number : null) ?? null,
    expires_at: lastsSeconds === undefined ? expiryOf(type, now, paymentMethodOptions) : now + lastsSeconds,
  };
}

/** The last second of the day on which it can be paid; Multibanco's last seven times 24 hours. */
function expiryOf(type: VoucherType, now: number, options: IntentOptions | null): number {
  if (type === 'konbini' && options?.konbini?.expires_at) return options.konbini.expires_at;
  const asked = type === 'multibanco' ? undefined : options?.[type]?.expires_after_days;
  const days = asked ?? VOUCHER_DAYS[type];
  const offset = DAY_ENDS[type];
  if (offset === undefined) return now + days * DAY;
  const today = Math.floor((now + offset) / DAY);
  return (today + days + 1) * DAY - offset - 1;
}

/** Its last day, where it is paid: midnight of that day in UTC. */
export function lastDayOf({ method, expires_at: end }: PayVoucher): number {
  const at = end + (DAY_ENDS[method] ?? 0);
  return at - (at % DAY);
}

/** Nobody has paid with it in time. */
export const expired = ({ gatewayReference }: Pick<PaymentAttempt, 'gatewayReference'>): FinalAnswer => ({
  outcome: 'declined',
  reference: gatewayReference ?? '',
  error: {
    ...{ type: 'invalid_request_error', code: 'payment_intent_payment_attempt_expired', decline_code: null },
    ...{ message: 'The voucher has expired before it was paid.', payment_method: null, charge: null },
  },
  networkStatus: 'not_sent_to_network',
  checks: NO_CHECKS,
});

/** Whether the attempt waits for a payer who has a voucher: they may still pay or not. */
export const isPayersTurn = ({ answer, status }: Pick<PaymentAttempt, 'answer' | 'status'>): boolean =>
  status === 'processing' && answer?.outcome === 'processing' && answer.voucher !== undefined;

/** The numbers with which an attempt is paid; null for a type that has none. */
export function numbersOf({ answer }: Pick<PaymentAttempt, 'answer'>, type: MethodType): ChargedMethod['voucher'] | null {
  if (!isVoucher(type) || answer?.outcome !== 'processing' || answer.voucher === undefined) return null;
  const { entity, number } = answer.voucher;
  return { type, entity, number };
}
