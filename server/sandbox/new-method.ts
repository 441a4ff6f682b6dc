/** Payment methods in requests: a card or a bank account, by its number or by a test token. */
import { NO_BILLING_DETAILS, type NewPaymentMethod } from '../../domain/customer/payment-methods';
import { isDebit, isRedirect, METHOD_TYPES, type DebitType, type MethodType, type RedirectType } from '../../domain/rows/payment-method';
import { BillingError } from '../../domain/core/errors';
import type { ApiRequest } from '../http/request';
import { bankAccountOf, bankAccountOfTestToken, type BankAccountParameters } from './new-bank-account';
import { cardOf, cardOfToken, isCardToken, type PaymentMethodParameters } from './new-card';

export type MethodParameters = PaymentMethodParameters & { type: MethodType } & Partial<
    Record<DebitType, BankAccountParameters | undefined>
  > &
  Partial<Record<RedirectType, object | undefined>>;

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
  if (isRedirect(type)) return redirectOf(asker, type, params, inside('type'));
  if (!isDebit(type)) return cardOf(asker, params, path);
  const account = params[type];
  if (account === undefined)
    throw new BillingError('parameter_missing', `Missing required param: ${inside(type)}.`, { param: inside(type) });
  const made = bankAccountOf(asker, { type, account, billing: params.billing_details }, inside);
  return { ...made, allowRedisplay: params.allow_redisplay ?? 'unspecified', metadata: params.metadata ?? {} };
}

/** @throws BillingError parameter_invalid in live mode, where no processor has it */
function redirectOf({ scope }: ApiRequest<unknown>, type: RedirectType, params: MethodParameters, param: string): NewPaymentMethod {
  if (scope.livemode) throw new BillingError('parameter_invalid', `${type} is the sandbox's: it pays in test mode only.`, { param });
  const { allow_redisplay: allowRedisplay = 'unspecified', billing_details: billing, metadata } = params;
  return {
    ...{ type, card: null, bankAccount: null, gateway: 'sandbox', gatewayReference: type, riskLevel: 'normal' },
    ...{ allowRedisplay, billingDetails: { ...NO_BILLING_DETAILS, ...billing }, metadata: metadata ?? {} },
  };
}
