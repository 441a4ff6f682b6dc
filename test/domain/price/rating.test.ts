import BigNumber from 'bignumber.js';
import fc from 'fast-check';
import { roundHalfUp } from '../../../domain/money/money';
import type { PriceTier } from '../../../domain/rows/price';
import { creditOf, partOf, rate, unitPrice, type RatedPrice } from '../../../domain/price/rating';

const tier = (up_to: number | null, unit: string | null, flat: string | null = null): PriceTier => ({
  up_to,
  unit_amount_decimal: unit,
  flat_amount_decimal: flat,
});
const tiered = (tiersMode: 'graduated' | 'volume', tiers: PriceTier[]): RatedPrice => ({
  unitAmountDecimal: null,
  tiersMode,
  tiers,
  transformQuantity: null,
});
const packages = (unitAmountDecimal: string, divide_by: number, round: 'up' | 'down'): RatedPrice => ({
  ...unitPrice(unitAmountDecimal),
  transformQuantity: { divide_by, round },
});
const seats = [tier(10, '500'), tier(50, '400'), tier(null, '300')];
const fees = [tier(5, '0', '1000'), tier(null, '100', '50')];

describe('the amount of a line', () => {
  test.each([
    ['1000', 3, 3000],
    ['0.5', 3, 2],
    ['0.000000000001', 499_999_999_999, 0],
    ['0.000000000001', 500_000_000_000, 1],
    ['33.333333333333', 3, 100],
    ['-0.5', 1, -1],
    ['1000', 0, 0],
  ])('%s a unit × %d is %d: twelve decimals, rounded once at the end', (unit, quantity, amount) => {
    expect(rate(unitPrice(unit), quantity).full).toBe(amount);
  });

  test.each([
    ['graduated', 0, 0],
    ['graduated', 10, 5000],
    ['graduated', 11, 5400],
    ['graduated', 50, 21_000],
    ['graduated', 60, 24_000],
    ['volume', 10, 5000],
    ['volume', 11, 4400],
    ['volume', 60, 18_000],
  ] as const)('%s: %d seats cost %d', (mode, quantity, amount) => {
    expect(rate(tiered(mode, seats), quantity).full).toBe(amount);
  });

  test.each([
    ['graduated', 0, 1000],
    ['graduated', 5, 1000],
    ['graduated', 8, 1350],
    ['volume', 5, 1000],
    ['volume', 8, 850],
  ] as const)('%s with flat amounts: %d units cost %d, the first fee also for none', (mode, quantity, amount) => {
    expect(rate(tiered(mode, fees), quantity).full).toBe(amount);
  });

  test.each([
    [12, 'up', 3000],
    [12, 'down', 2000],
    [10, 'up', 2000],
    [1, 'down', 0],
    ['10.000000000001', 'up', 3000],
  ] as const)('packages of five: %s rounded %s costs %d', (quantity, round, amount) => {
    expect(rate(packages('1000', 5, round), quantity).full).toBe(amount);
  });

  test('fractional usage is priced exactly, in its tier', () => {
    const basis = rate(tiered('graduated', seats), '10.5');
    expect(basis.full).toBe(5200);
    expect(basis.tiers?.map(({ quantity, amount_decimal }) => [quantity, amount_decimal])).toEqual([
      ['10', '5000'],
      ['0.5', '200'],
    ]);
  });
});

const amounts = fc.tuple(fc.nat(99_999), fc.nat(999_999)).map(([whole, part]) => `${String(whole)}.${String(part).padStart(6, '0')}`);
const ladders = fc
  .uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 0, maxLength: 6 })
  .chain((bounds) =>
    fc
      .array(fc.tuple(amounts, amounts), { minLength: bounds.length + 1, maxLength: bounds.length + 1 })
      .map((prices) =>
        [...bounds.sort((a, b) => a - b), null].map((upTo, index) => tier(upTo, prices[index]?.[0] ?? '0', prices[index]?.[1] ?? '0')),
      ),
  );

describe('for any tiers', () => {
  test('graduated is the sum over single units, with the flat amount of each tier that is reached', () => {
    fc.assert(
      fc.property(ladders, fc.nat(300), (tiers, quantity) => {
        const tierOf = (unit: number) => tiers.find(({ up_to }) => up_to === null || unit <= up_to) as PriceTier;
        const unitsBought = Array.from({ length: quantity }, (_, index) => index + 1);
        const reached = new Set([tiers[0] as PriceTier, ...unitsBought.map(tierOf)]);
        const sum = BigNumber.sum(
          ...unitsBought.map((unit) => tierOf(unit).unit_amount_decimal ?? 0),
          ...[...reached].map((each) => each.flat_amount_decimal ?? 0),
        );
        expect(rate(tiered('graduated', tiers), quantity).full).toBe(roundHalfUp(sum));
      }),
    );
  });

  test('the tiers shown add up to the amount before rounding, and their quantities to the quantity', () => {
    fc.assert(
      fc.property(ladders, fc.nat(1_000_000), fc.constantFrom('graduated' as const, 'volume' as const), (tiers, quantity, mode) => {
        const { tiers: shown = [], exact, full } = rate(tiered(mode, tiers), quantity);
        const total = (pick: (each: (typeof shown)[number]) => string): string => BigNumber.sum(0, ...shown.map(pick)).toFixed();
        expect(total((each) => each.quantity)).toBe(String(quantity));
        expect(total((each) => each.amount_decimal)).toBe(exact);
        expect(full).toBe(roundHalfUp(new BigNumber(exact ?? 0)));
      }),
    );
  });

  test('with equal tiers, graduated, volume and a unit price cost the same', () => {
    fc.assert(
      fc.property(amounts, fc.nat(1_000_000), (unit, quantity) => {
        const same = [tier(10, unit), tier(1000, unit), tier(null, unit)];
        const { full } = rate(unitPrice(unit), quantity);
        expect(rate(tiered('graduated', same), quantity).full).toBe(full);
        expect(rate(tiered('volume', same), quantity).full).toBe(full);
      }),
    );
  });
});

test('a share of an amount keeps the numbers from which it can be recomputed', () => {
  const basis = rate(unitPrice('1500'), 3);
  expect(partOf(basis, 1_701_000, 2_592_000)).toEqual({ amount: 2953, basis: { ...basis, share: { seconds: 1_701_000, of: 2_592_000 } } });
  expect(creditOf(basis, 1_701_000, 2_592_000).amount).toBe(-2953);
});
