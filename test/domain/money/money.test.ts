import BigNumber from 'bignumber.js';
import fc from 'fast-check';
import { allocate, assertMinorUnits, decimalOf, divideSigned, multiplyRatio, negate, roundHalfUp } from '../../../domain/money/money';
import { amounts, charges, sum } from '../builders';

const weights = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_000_000_000 })), { minLength: 1, maxLength: 12 });

/** The same rounding by whole numbers only. */
function roundedRatio(amount: number, numerator: number, denominator: number): number {
  const product = BigInt(Math.abs(amount)) * BigInt(numerator);
  const doubled = (product * 2n + BigInt(denominator)) / (BigInt(denominator) * 2n);
  return amount < 0 ? 0 - Number(doubled) : Number(doubled);
}

describe('rounding', () => {
  test.each([
    ['2.5', 3],
    ['-2.5', -3],
    ['2.4999999999999999999999', 2],
    ['-0.4', 0],
    ['0', 0],
  ])('%s is rounded to %d: the nearest minor unit, a half away from zero', (value, rounded) => {
    expect(roundHalfUp(new BigNumber(value))).toBe(rounded);
  });

  test('a credit rounds like its charge, so the two cancel', () => {
    fc.assert(
      fc.property(charges, fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (charge, numerator, denominator) => {
        fc.pre(numerator <= denominator);
        expect(multiplyRatio(charge, numerator, denominator) + multiplyRatio(negate(charge), numerator, denominator)).toBe(0);
      }),
    );
  });

  test('a share of an amount is the exact ratio, rounded once', () => {
    fc.assert(
      fc.property(amounts, fc.nat(31_622_400), fc.integer({ min: 1, max: 31_622_400 }), (amount, numerator, denominator) => {
        fc.pre(numerator <= denominator);
        expect(multiplyRatio(amount, numerator, denominator)).toBe(roundedRatio(amount, numerator, denominator));
      }),
    );
  });

  test('a share with denominator zero, and an amount that JSON does not keep exactly, are refused', () => {
    expect(() => multiplyRatio(1, 1, 0)).toThrow('denominator');
    expect(() => multiplyRatio(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow('minor units');
    expect(() => {
      assertMinorUnits(0.5);
    }).toThrow('0.5 is no amount');
    expect(() => decimalOf(1.5)).toThrow('minor units');
  });
});

describe('dividing an amount', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [100, [0, 1, 0], [0, 100, 0]],
    [5, [0, 0], [3, 2]],
    [0, [], []],
    [10, [1, 2, 3, 4], [1, 2, 3, 4]],
    [1, [0.1, 0.2], [0, 1]],
  ])('%d by %j is %j: largest remainder, ties in order', (total, by, parts) => {
    expect(allocate(total, by)).toEqual(parts);
  });

  test('no minor unit is lost or added', () => {
    fc.assert(
      fc.property(amounts, weights, (total, by) => {
        expect(sum(allocate(total, by))).toBe(total);
      }),
    );
  });

  test('each part is within one unit of its exact share, has the sign of the total, and is zero for weight zero', () => {
    fc.assert(
      fc.property(amounts, weights, (total, by) => {
        const whole = sum(by);
        fc.pre(whole > 0);
        allocate(total, by).forEach((part, index) => {
          const weight = by[index] ?? 0;
          const exact = new BigNumber(total).times(weight).div(whole);
          expect(exact.minus(part).abs().lt(1)).toBe(true);
          expect(part * Math.sign(total)).toBeGreaterThanOrEqual(0);
          if (weight === 0) expect(part).toBe(0);
        });
      }),
    );
  });

  test('no part exceeds its weight if the total does not exceed the sum of weights', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (by, share) => {
        const parts = allocate(Math.floor(sum(by) * share), by);
        expect(parts.every((part, index) => part <= (by[index] ?? 0))).toBe(true);
      }),
    );
  });

  test('dividing an amount among no weights, or with a negative weight, is refused', () => {
    expect(() => allocate(1, [])).toThrow('nothing to allocate 1 to');
    expect(() => allocate(1, [2, -1])).toThrow('zero or more');
  });
});

describe('dividing over charges and credits', () => {
  const signed = fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { minLength: 1, maxLength: 12 });

  test('5 over 100 and -90 is 50 and -45; equal remainders go in order', () => {
    expect(divideSigned(5, [100, -90])).toEqual([50, -45]);
    expect(divideSigned(-5, [-100, 90])).toEqual([-50, 45]);
    expect(divideSigned(1, [1, 1, 1])).toEqual([1, 0, 0]);
    expect(divideSigned(0, [3, -3])).toEqual([0, 0]);
    expect(() => divideSigned(1, [3, -3])).toThrow('nothing to divide');
  });

  test('the parts sum to the total, and each is between zero and its weight', () => {
    fc.assert(
      fc.property(signed, fc.double({ min: 0, max: 1, noNaN: true }), (by, share) => {
        const whole = sum(by);
        fc.pre(whole !== 0);
        const total = Math.trunc(whole * share) + 0;
        const parts = divideSigned(total, by);
        expect(sum(parts)).toBe(total);
        for (const [index, part] of parts.entries()) {
          const weight = by[index] ?? 0;
          expect(part === 0 || Math.sign(part) === Math.sign(weight)).toBe(true);
          expect(Math.abs(part)).toBeLessThanOrEqual(Math.abs(weight));
        }
      }),
    );
  });
});
