/**
 * What the usage of a running period will be if it goes on as so far: a straight line through its start and the present. Sums and counts grow with
 * time; a maximum, a last value or a number of different values stays as it is, because nothing says that it grows.
 */
import BigNumber from 'bignumber.js';
import { decimalText } from '../money/money';
import { rate, type RatedPrice } from '../price/rating';
import type { Formula } from '../rows/meter';

export interface UsageSoFar {
  /** Decimal text. */
  quantity: string;
  /** The running span [from, to), epoch seconds. */
  from: number;
  to: number;
  formula: Formula;
}

export interface UsageForecast {
  quantity: string;
  /** Minor units, before discounts and tax, rated as the invoice will. */
  amount: number;
}

const GROWING: readonly Formula[] = ['count', 'sum'];
const DAY = 86_400;
/** Before a day, or a tenth of a shorter period, the line would say nothing. */
const LEAST_SHARE = 10;

/** Null while it is too early to say. */
export function forecastOf({ quantity, from, to, formula }: UsageSoFar, price: RatedPrice, now: number): UsageForecast | null {
  const elapsed = Math.min(now, to) - from;
  if (elapsed <= 0 || elapsed < Math.min(DAY, (to - from) / LEAST_SHARE)) return null;
  const expected = GROWING.includes(formula)
    ? decimalText(
        new BigNumber(quantity)
          .times(to - from)
          .div(elapsed)
          .decimalPlaces(PLACES, BigNumber.ROUND_HALF_UP),
      )
    : quantity;
  return { quantity: expected, amount: rate(price, expected).full };
}

const PLACES = 6;
