/**
 * Rounds a sum once, and divides it so that the parts sum to it. Three lines of 333 at 19 % have a tax of 190 together: 63.27 each would be 189
 * rounded one by one. Japan's qualified invoice and EN 16931 (BR-CO-14) demand one rounding per rate and invoice.
 */

/** An exact amount before it is rounded, such as the tax of one line. The denominator is greater than zero. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** The sum of the fractions, rounded half away from zero, divided into parts by largest remainder; equal remainders go in order. */
export function roundTogether(fractions: readonly Fraction[]): number[] {
  const denominator = [...new Set(fractions.map((fraction) => fraction.denominator))].reduce((product, each) => product * each, 1n);
  const numerators = fractions.map((fraction) => fraction.numerator * (denominator / fraction.denominator));
  const total = sumOf(numerators);
  if (total >= 0n) return divided(numerators, denominator);
  const mirrored = numerators.map((numerator) => -numerator);
  return divided(mirrored, denominator).map((part) => 0 - part);
}

function divided(numerators: bigint[], denominator: bigint): number[] {
  const sum = (2n * sumOf(numerators) + denominator) / (2n * denominator);
  const floors = numerators.map((numerator) => floorDiv(numerator, denominator));
  const rests = numerators.map((numerator, index) => ({ index, rest: numerator - (floors[index] ?? 0n) * denominator }));
  rests.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1));
  const raised = new Set(rests.slice(0, Number(sum - sumOf(floors))).map(({ index }) => index));
  return floors.map((floor, index) => Number(floor) + (raised.has(index) ? 1 : 0));
}

function sumOf(amounts: bigint[]): bigint {
  return amounts.reduce((running, amount) => running + amount, 0n);
}

function floorDiv(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}
