import type { Problem } from '../../web/checkout/model';
import type { Refusal } from '../forms/run-once';

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
  tax_id_invalid: 'wrongTaxId',
  coupon_expired: 'unknownCode',
  lock_timeout: 'submittedElsewhere',
};

/** Refusals of a parameter, by the beginning of its name. */
const BY_PARAM: readonly (readonly [string, Problem])[] = [
  ['card', 'wrongCard'],
  ['acss_debit', 'wrongAccount'],
  ['au_becs_debit', 'wrongAccount'],
  ['bacs_debit', 'wrongAccount'],
  ['sepa_debit', 'wrongAccount'],
  ['us_bank_account', 'wrongAccount'],
  ['payment_method_data', 'wrongAccount'],
  ['expected_amount', 'amountChanged'],
  ['discounts', 'unknownCode'],
  ['custom_fields', 'missing'],
  ['collected_information', 'missing'],
  ['shipping_rate', 'missing'],
  ['payment_link', 'soldOut'],
];

/** What the buyer is told of a refusal. Why a bank declines is not for others to know, so most declines read alike. */
export function problemOf({ type, code, decline_code: decline, param = '' }: Refusal): Problem {
  const known = BY_CODE[decline ?? ''] ?? BY_CODE[code ?? ''];
  if (known !== undefined) return known;
  if (type === 'card_error') return 'declined';
  return BY_PARAM.find(([name]) => param.startsWith(name))?.[1] ?? 'failed';
}
