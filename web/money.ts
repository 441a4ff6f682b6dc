/** Amounts and dates in the words and digits of a language. */
import { writtenDay } from '../domain/core/written-days';
import { exponentOf } from '../domain/money/currency';

/** Minor units as text: 123450 of eur is `1.234,50 €` in German. Decimals are those of the API's currency, not of the language. */
export function money(amount: number, currency: string, tag: string): string {
  const exponent = exponentOf(currency);
  const style = { style: 'currency', currency: currency.toUpperCase() } as const;
  const usual = new Intl.NumberFormat(tag, style).resolvedOptions().maximumFractionDigits ?? exponent;
  const digits = { minimumFractionDigits: Math.min(usual, exponent), maximumFractionDigits: exponent };
  return new Intl.NumberFormat(tag, { ...style, ...digits }).format(amount / 10 ** exponent);
}

export function date(at: number, tag: string): string {
  return writtenDay(at, new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }));
}
