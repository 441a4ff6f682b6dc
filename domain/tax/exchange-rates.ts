/** The exchange rates that the seller has entered, and conversion by them. Nothing is converted at a rate that nobody has entered. */
import BigNumber from 'bignumber.js';
import { exponentOf } from '../money/currency';
import { roundHalfUp } from '../money/money';
import type { ExchangeRate, RateQuestion } from '../rows/exchange-rate';

const DAYS_AFTER = 7;

/**
 * The rate of a day, or of the next day that has one: for the One-Stop Shop, the rate of the last day of the period, or of the next day of
 * publication (VAT directive, art. 369h). Null if the seller has entered none.
 */
export function rateOn(rates: readonly ExchangeRate[], from: string, to: string, day: string): string | null {
  if (from === to) return '1';
  const until = daysLater(day, DAYS_AFTER);
  return latest(rates, (rate) => isBetween(rate, from, to) && rate.day >= day && rate.day <= until, -1)?.rate ?? null;
}

/** The rate of a day, or of the latest day before it that has one. Null if the seller has entered none. */
export function rateUpTo(rates: readonly ExchangeRate[], from: string, to: string, day: string): string | null {
  return from === to ? '1' : (latest(rates, (rate) => isBetween(rate, from, to) && rate.day <= day, 1)?.rate ?? null);
}

/** The latest rate that a question asks for. Null if the seller has entered none. */
export function latestRate<R extends ExchangeRate>(rates: readonly R[], { from, to, since, day }: RateQuestion): R | null {
  return latest(rates, (rate) => isBetween(rate, from, to) && rate.day >= since && rate.day <= day, 1);
}

/** The amount in minor units of `to`, rounded half away from zero. */
export function converted(amount: number, from: string, to: string, rate: string): number {
  return roundHalfUp(new BigNumber(amount).times(rate).shiftedBy(exponentOf(to) - exponentOf(from)));
}

const isBetween = ({ fromCurrency, toCurrency }: ExchangeRate, from: string, to: string): boolean =>
  fromCurrency === from && toCurrency === to;

/** @param direction 1: of the latest day; -1: of the earliest */
function latest<R extends ExchangeRate>(rates: readonly R[], fits: (rate: R) => boolean, direction: 1 | -1): R | null {
  const fitting = rates.filter(fits).sort((one, other) => (one.day < other.day ? direction : -direction));
  return fitting[0] ?? null;
}

export const daysLater = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
