/** What the pages with forms say alike of a refusal. Why a bank declines is not for others to know, so most declines read alike. */
import type { Problem } from '../../web/checkout/model';
import type { PortalProblem } from '../../web/words/portal-problems';
import type { Refusal } from './run-once';

type Shared = Extract<Problem, PortalProblem>;

const BY_CODE: Record<string, Shared> = {
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

/** @param byParam what the page says of a refused parameter, by the beginning of its name; the first that fits counts */
export function problemIn<Own extends string>(
  { type, code, decline_code: decline, param = '' }: Refusal,
  byParam: readonly (readonly [string, Own])[],
): Own | Shared {
  const known = BY_CODE[decline ?? ''] ?? BY_CODE[code ?? ''];
  if (known !== undefined) return known;
  if (type === 'card_error') return 'declined';
  return byParam.find(([name]) => param.startsWith(name))?.[1] ?? 'failed';
}
