/** The currencies in which each type of payment method pays. A card and Link pay in all. */
import { BillingError } from '../core/errors';
import type { MethodType } from '../rows/payment-method';

const CURRENCIES: Record<Exclude<MethodType, 'card' | 'link'>, readonly string[]> = {
  acss_debit: ['cad', 'usd'],
  au_becs_debit: ['aud'],
  bacs_debit: ['gbp'],
  bancontact: ['eur'],
  boleto: ['brl'],
  eps: ['eur'],
  ideal: ['eur'],
  klarna: ['aud', 'cad', 'chf', 'czk', 'dkk', 'eur', 'gbp', 'nok', 'nzd', 'pln', 'ron', 'sek', 'usd'],
  konbini: ['jpy'],
  multibanco: ['eur'],
  oxxo: ['mxn'],
  p24: ['eur', 'pln'],
  sepa_debit: ['eur'],
  twint: ['chf'],
  us_bank_account: ['usd'],
};

const paysInAll = (type: MethodType): type is 'card' | 'link' => type === 'card' || type === 'link';

export const canPayIn = (type: MethodType, currency: string): boolean => paysInAll(type) || CURRENCIES[type].includes(currency);

/** @throws BillingError parameter_invalid in Stripe's words, if one of the types cannot pay in the currency */
export function refuseCurrency(types: readonly string[], currency: string): void {
  const wrong = types.find((type) => !canPayIn(type as MethodType, currency));
  if (wrong === undefined) return;
  throw new BillingError('parameter_invalid', wrongCurrency(wrong as MethodType, currency), { param: 'currency' });
}

export function wrongCurrency(type: MethodType, currency: string): string {
  const known = paysInAll(type) ? [] : CURRENCIES[type];
  return `The currency provided (${currency}) is invalid for one or more payment method types on this PaymentIntent. The payment method type ${type} only supports the following currencies: ${known.join(', ')}. Either correct the provided currency, or use a different PaymentIntent to accept this payment method type.`;
}
