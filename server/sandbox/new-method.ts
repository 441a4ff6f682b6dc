/** Payment methods in requests: a card or a bank account, by its number or by a test token. */
import { NO_BILLING_DETAILS, type NewPaymentMethod } from '../../domain/customer/payment-methods';
import {
  isDebit,
  isVoucher,
  METHOD_TYPES,
  paysOnce,
  type BillingDetails,
  type DebitType,
  type MethodType,
  type RedirectType,
  type VoucherType,
} from '../../domain/rows/payment-method';
import { BillingError } from '../../domain/core/errors';
import type { ApiRequest } from '../http/request';
import { bankAccountOf, bankAccountOfTestToken, type BankAccountParameters } from './new-bank-account';
import { cardOf, cardOfToken, isCardToken, type PaymentMethodParameters } from './new-card';

export type MethodParameters = PaymentMethodParameters & { type: MethodType } & Partial<
    Record<DebitType, BankAccountParameters | undefined>
  > &
  Partial<Record<RedirectType | VoucherType | 'link', object | undefined>> & { boleto?: { tax_id?: string | undefined } | undefined };

/** Whether a request names a test token, in place of a payment method that is there. */
export const isMethodToken = (id: string): boolean =>
  isCardToken(id) || /^pm_(acssDebit|auBecsDebit|bacsDebit|sepaDebit|usBankAccount)_/.test(id);

/** @throws BillingError as `cardOfToken` does */
export async function methodOfToken(asker: ApiRequest<unknown>, token: string, param: string): Promise<NewPaymentMethod> {
  return bankAccountOfTestToken(asker, token) ?? cardOfToken(asker, token, param);
}

/**
 * @param path of the parameter that has the payment method; empty for the request itself
 * @throws BillingError parameters_exclusive for an account of another type; as `cardOf` and `bankAccountOf` do
 */
export async function newMethodOf(asker: ApiRequest<unknown>, params: MethodParameters, path = ''): Promise<NewPaymentMethod> {
  const { type } = params;
  const inside = (part: string): string => (path === '' ? part : `${path}[${part}]`);
  const other = METHOD_TYPES.find((each) => each !== type && params[each] !== undefined);
  if (other !== undefined) {
    throw new BillingError('parameters_exclusive', `You provided ${other} for a payment method of the type ${type}.`, {
      param: inside(other),
    });
  }
  if (paysOnce(type) || type === 'link') return elsewhere(asker, type, params, inside);
  if (!isDebit(type)) return cardOf(asker, params, path);
  const account = params[type];
  if (account === undefined)
    throw new BillingError('parameter_missing', `Missing required param: ${inside(type)}.`, { param: inside(type) });
  const made = bankAccountOf(asker, { type, account, billing: params.billing_details }, inside);
  return { ...made, allowRedisplay: params.allow_redisplay ?? 'unspecified', metadata: params.metadata ?? {} };
}

/** @throws BillingError parameter_invalid in live mode, where no processor has it; parameter_missing for a voucher or an account at Link that names no payer */
function elsewhere(
  { scope }: ApiRequest<unknown>,
  type: RedirectType | VoucherType | 'link',
  params: MethodParameters,
  inside: (part: string) => string,
): NewPaymentMethod {
  if (scope.livemode) {
    throw new BillingError('parameter_invalid', `${type} is the sandbox's: it pays in test mode only.`, { param: inside('type') });
  }
  const { allow_redisplay: allowRedisplay = 'unspecified', billing_details: given, metadata } = params;
  const billing = { ...NO_BILLING_DETAILS, ...given, ...(type === 'boleto' ? { tax_id: params.boleto?.tax_id ?? null } : {}) };
  if (isVoucher(type) || type === 'link') assertNamed(type, billing, inside);
  return {
    ...{ type, card: null, bankAccount: null, gateway: 'sandbox', riskLevel: 'normal' },
    gatewayReference: isVoucher(type) ? `${type}_${payerOf(billing.email)}` : type,
    ...{ allowRedisplay, billingDetails: billing, metadata: metadata ?? {} },
  };
}

const NEEDS_NAME: readonly MethodType[] = ['boleto', 'konbini', 'oxxo'];

/** Whom a voucher names, and whose account it is at Link. @throws BillingError parameter_missing */
function assertNamed(type: VoucherType | 'link', { email, name, tax_id }: BillingDetails, inside: (part: string) => string): void {
  const missing =
    (email === null && 'billing_details[email]') ||
    (name === null && NEEDS_NAME.includes(type) && 'billing_details[name]') ||
    (tax_id === null && type === 'boleto' && 'boleto[tax_id]');
  if (!missing) return;
  const [first = '', ...rest] = missing.split('[');
  const param = [inside(first), ...rest].join('[');
  throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
}

/** As in Stripe's test mode, the e-mail address says what the payer does. */
const payerOf = (email: string | null): string =>
  /(succeed_immediately|expire_immediately|expire_with_delay|fill_never)@/.exec(email ?? '')?.[1] ?? 'pays';
