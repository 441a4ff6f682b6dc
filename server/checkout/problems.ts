import type { Problem } from '../../web/checkout/model';

const BY_CODE: Record<string, Problem> = {
  insufficient_funds: 'insufficientFunds',
  expired_card: 'expiredCard',
  incorrect_number: 'wrongCard',
  invalid_number: 'wrongCard',
  invalid_expiry_month: 'wrongCard',
  invalid_expiry_year: 'wrongCard',
  incorrect_cvc: 'wrongCard',
  invalid_cvc: 'wrongCard',
  parameter_missing: 'missing',
  coupon_expired: 'unknownCode',
};

interface WireError {
  type?: string;
  code?: string | null;
  decline_code?: string | null;
  param?: string;
}

/** What the buyer is told of a refusal. Why a bank declines is not for others to know, so most declines read alike. */
export function problemOf({ type, code, decline_code: decline, param }: WireError): Problem {
  const known = BY_CODE[decline ?? ''] ?? BY_CODE[code ?? ''];
  if (known !== undefined) return known;
  if (type === 'card_error') return 'declined';
  if (param?.startsWith('card')) return 'wrongCard';
  if (param === 'expected_amount') return 'amountChanged';
  if (param?.startsWith('discounts')) return 'unknownCode';
  return code === 'payment_attempt_in_progress' || code === 'lock_timeout' ? 'submittedElsewhere' : 'failed';
}
