/**
 * How an amount is rounded and divided. Amounts are integers of the currency's minor unit. Fractional values (a unit price, a share of a
 * month, a percentage) are computed exactly and rounded once, half away from zero, so that a charge and its credit round alike: 20/30 of
 * 1000 is 667, of -1000 is -667. Dividing loses nothing: 100 in three equal parts is 34 + 33 + 33.
 */
import BigNumber from 'bignumber.js';
import { BillingError } from '../core/errors';

/** Divisions round at once, so a quotient must be the last step of a calculation. */
const Exact = BigNumber.clone({ DECIMAL_PLACES: 0, ROUNDING_MODE: BigNumber.ROUND_HALF_UP });

/**
 * The nearest integer, a half away from zero (2.5 is 3, -2.5 is -3). This is Stripe's rounding of a line, made symmetric so that equal
 * debits and credits cancel.
 *
 * @throws BillingError amount_too_large
 */
export function roundHalfUp(value: BigNumber): number {
  return minorUnits(value.integerValue(BigNumber.ROUND_HALF_UP));
}

/** `value`, limited to ±`most`. The caller must record separately that the true value is larger. */
export function limited(value: BigNumber, most: number): BigNumber {
  return BigNumber.max(BigNumber.min(value, most), -most);
}

/** `amount` × `numerator` ÷ `denominator`, computed exactly and rounded once. The denominator must not be zero. */
export function multiplyRatio(amount: number, numerator: number, denominator: number): number {
  assertMinorUnits(amount);
  if (denominator === 0) throw new Error('a share of nothing has no amount: the denominator is zero');
  return minorUnits(new Exact(amount).times(numerator).div(denominator));
}

/** An exact number as decimal text, never with an exponent: 0.000000000001. */
export function decimalText(value: BigNumber): string {
  // eslint-disable-next-line no-restricted-properties -- without an argument it rounds nothing
  return value.toFixed();
}

/** A share as a percentage, rounded half away from zero to two decimals; null if the whole is nothing. */
export function percentOf(part: BigNumber.Value, whole: number): string | null {
  if (whole === 0) return null;
  return decimalText(new BigNumber(part).times(100).div(whole).decimalPlaces(2, BigNumber.ROUND_HALF_UP));
}

/** The same ratio of an exact decimal, which is not rounded first: half of 10.5 is 5. */
export function shareOf(exact: string, numerator: number, denominator: number): number {
  if (denominator === 0) throw new Error('a share of nothing has no amount: the denominator is zero');
  return minorUnits(new Exact(exact).times(numerator).div(denominator));
}

/** A whole unit amount as `unit_amount_decimal`: 1000 is '1000'. */
export function decimalOf(unitAmount: number): string {
  assertMinorUnits(unitAmount);
  return String(unitAmount);
}

/**
 * Divides `total` in proportion to `weights`, by largest remainder. The parts sum exactly to the total, none has the opposite sign, and
 * equal remainders go in order. If the total is at most the sum of whole weights, no part exceeds its weight. Weights are zero or more; if
 * all are zero, the parts are equal.
 *
 * @throws Error if there are no weights and the total is not zero
 */
export function allocate(total: number, weights: number[]): number[] {
  assertMinorUnits(total);
  if (weights.some((weight) => !(weight >= 0))) throw new Error('a weight is zero or more');
  // Most totals are zero or have a single weight. Exact arithmetic for these would be most of the work of an invoice.
  if (total === 0) return weights.map(() => 0);
  if (weights.length === 1) return [total];
  const sum = weights.reduce((running, weight) => running.plus(weight), new BigNumber(0));
  if (sum.isZero()) return allocateEqually(total, weights.length);
  const size = new BigNumber(Math.abs(total));
  const products = weights.map((weight) => size.times(weight));
  const parts = products.map((product) => product.idiv(sum).toNumber());
  const remainders = products.map((product, index) => ({ index, left: product.mod(sum) }));
  remainders.sort((a, b) => b.left.comparedTo(a.left) ?? 0);
  const missing = parts.reduce((left, part) => left - part, Math.abs(total));
  for (const { index } of remainders.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return total < 0 ? parts.map(negate) : parts;
}

/**
 * Divides `total` in proportion to weights of both signs, by largest remainder: 5 over 100 and -90 is 50 and -45. The parts sum exactly to
 * the total. If the total is between zero and the sum of the weights, each part is between zero and its weight.
 *
 * @throws Error if the weights sum to zero and the total is not zero
 */
export function divideSigned(total: number, weights: number[]): number[] {
  assertMinorUnits(total);
  if (total === 0) return weights.map(() => 0);
  const sum = sumOf(weights);
  if (sum === 0) throw new Error(`there is nothing to divide ${String(total)} by`);
  const exact = weights.map((weight) => ({ product: new BigNumber(total).times(weight).times(Math.sign(sum)), by: Math.abs(sum) }));
  const parts = exact.map(({ product, by }) => product.div(by).integerValue(BigNumber.ROUND_FLOOR).toNumber() + 0);
  const remainders = exact.map(({ product, by }, index) => ({ index, left: product.minus(new BigNumber(parts[index] ?? 0).times(by)) }));
  remainders.sort((a, b) => b.left.comparedTo(a.left) ?? 0);
  const missing = total - sumOf(parts);
  for (const { index } of remainders.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** The opposite amount; zero has no sign. */
export function negate(amount: number): number {
  return 0 - amount;
}

export function sumOf(amounts: number[]): number {
  const sum = amounts.reduce((running, amount) => running + amount, 0);
  assertMinorUnits(sum);
  return sum;
}

/**
 * Checks that an amount is a whole number of minor units that JSON and Postgres store exactly. A fraction is a programming error. A larger
 * amount is refused; `limits.ts` keeps amounts far below that.
 *
 * @throws BillingError amount_too_large
 */
export function assertMinorUnits(amount: number): void {
  if (Number.isSafeInteger(amount)) return;
  if (!Number.isInteger(amount)) throw new Error(`${String(amount)} is no amount in minor units`);
  throw new BillingError('amount_too_large', `An amount of ${String(amount)} minor units cannot be kept exactly.`);
}

function allocateEqually(total: number, parts: number): number[] {
  if (parts > 0) return allocate(total, new Array<number>(parts).fill(1));
  if (total === 0) return [];
  throw new Error(`there is nothing to allocate ${String(total)} to`);
}

function minorUnits(value: BigNumber): number {
  const amount = value.toNumber() + 0;
  assertMinorUnits(amount);
  return amount;
}
