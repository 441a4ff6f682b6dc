/** Amounts at Mollie are decimal strings. Ours are minor units, as in Stripe's API. */
import { exponentOf } from '../../domain/money/currency';
import type { Amount } from './objects';

/** The króna has two decimals in Stripe's API, and none at Mollie. */
const isWithoutDecimals = (currency: string): boolean => currency === 'isk';

export function amountOf(minor: number, currency: string): Amount {
  const decimals = exponentOf(currency);
  const digits = String(minor).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const isWhole = decimals === 0 || isWithoutDecimals(currency);
  return { currency: currency.toUpperCase(), value: isWhole ? whole : `${whole}.${digits.slice(-decimals)}` };
}

/** Without its sign: Mollie writes what it takes back as negative. */
export function minorOf({ currency, value }: Amount): number {
  const [whole = '0', part = ''] = value.replace('-', '').split('.');
  return Number(`${whole}${part.padEnd(exponentOf(currency.toLowerCase()), '0')}`);
}
