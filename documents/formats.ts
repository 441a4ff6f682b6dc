import BigNumber from 'bignumber.js';
import { writtenDay } from '../domain/core/written-days';
import { exponentOf } from '../domain/money/currency';

/** How a language writes dates and numbers. Amounts are minor units; nothing passes through a floating-point number. */
export interface Formats {
  money: (minor: number, currency: string) => string;
  /** A unit amount of minor units, as decimal text, with as many more decimals as it has. */
  unitMoney: (decimal: string, currency: string) => string;
  /** A percentage as decimal text: '8.875' is 8.875 %. */
  percent: (percentage: string) => string;
  /** A quantity, as decimal text. */
  quantity: (decimal: string) => string;
  /** The day of an instant, in UTC. */
  date: (epochSeconds: number) => string;
  /** The days of a period, both included. */
  days: (start: number, end: number) => string;
  /** A length of time: 3 months. */
  span: (count: number, unit: 'day' | 'week' | 'month' | 'year') => string;
}

const MOST_DECIMALS = 12;

export function formatsOf(tag: string): Formats {
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  // Making one takes far longer than formatting with it. A document has thousands of amounts, and the server's own thread writes them.
  const made = new Map<string, Intl.NumberFormat>();
  const formatOf = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const format = made.get(key) ?? new Intl.NumberFormat(tag, options);
    made.set(key, format);
    return format;
  };
  const number = (options: Intl.NumberFormatOptions, value: BigNumber): string =>
    plain(formatOf(options).format(value.toFixed() as Intl.StringNumericLiteral));
  const money = (value: BigNumber, currency: string, decimals: number): string =>
    number(
      {
        style: 'currency',
        currency: currency.toUpperCase(),
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      },
      value.shiftedBy(-exponentOf(currency)),
    );
  return {
    money: (minor, currency) => money(new BigNumber(minor), currency, exponentOf(currency)),
    unitMoney: (decimal, currency) => {
      const value = new BigNumber(decimal);
      const more = value.decimalPlaces() ?? 0;
      return money(value, currency, exponentOf(currency) + Math.min(more, MOST_DECIMALS));
    },
    percent: (percentage) => number({ style: 'percent', maximumFractionDigits: MOST_DECIMALS }, new BigNumber(percentage).shiftedBy(-2)),
    quantity: (decimal) => number({ maximumFractionDigits: MOST_DECIMALS }, new BigNumber(decimal)),
    date: (epochSeconds) => writtenDay(epochSeconds, day),
    span: (count, unit) => number({ style: 'unit', unit, unitDisplay: 'long' }, new BigNumber(count)),
    days(start, end) {
      const [first, last] = [start, Math.max(start, end - 1)].map((at) => writtenDay(at, day));
      return first === last ? String(first) : `${String(first)} – ${String(last)}`;
    },
  };
}

/** Fonts lack the narrow no-break and thin spaces that some languages write between digits. */
function plain(text: string): string {
  return text.replace(/[\u2009\u202f]/g, '\u00a0');
}
