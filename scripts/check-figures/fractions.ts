/** Exact fractions of whole numbers: numerator and denominator, which is above zero. */
export type Fraction = readonly [bigint, bigint];

export const ZERO: Fraction = [0n, 1n];

/** `12`, `0.4` */
export function fraction(text: string | number): Fraction {
  const [whole = '0', decimals = ''] = String(text).split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

export const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
export const over = ([a, b]: Fraction, whole: bigint): Fraction => [a, b * whole];

/** The nearest whole number, halves up. */
export function rounded([a, b]: Fraction): number {
  const doubled = 2n * a + b;
  const floor = doubled / (2n * b) - (doubled % (2n * b) < 0n ? 1n : 0n);
  return Number(floor);
}

/** Percent with at most two decimals, as text; null of nothing. */
export function percent(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const hundredths = rounded([BigInt(part) * 10_000n, BigInt(whole)]);
  return String(hundredths / 100);
}
