import fc from 'fast-check';
import type { EngineLine, EngineTax } from '../../../domain/tax/engine';
import { roundTogether } from '../../../domain/tax/rounding';
import { amounts, sum } from '../builders';
import { buyer, line, NOW, seller, taxed } from './world';

const german = seller('DE', 'DE standard', 'DE oss_union');

describe('one rounding per rate and invoice', () => {
  it('three lines of 3.33 at 19 % have 1.90 of tax, divided by largest remainder', () => {
    const lines = ['a', 'b', 'c'].map((key) => line(333, { key }));
    const taxes = taxed(german, buyer('DE'), lines).flatMap((result) => result.taxes);
    expect(taxes.map(({ amount }) => amount)).toEqual([64, 63, 63]);
    expect(taxes.map(({ taxableAmount }) => taxableAmount)).toEqual([333, 333, 333]);
  });

  it('one rate on lines with different other taxes is one rate: GST on software and on hosting', () => {
    const canadian = seller('CA M5V 2T6', 'CA standard', 'CA province_standard - BC');
    const lines = [line(10, { key: 'software' }), line(10, { key: 'hosting', taxCode: 'txcd_10701100' })];
    const gst = taxed(canadian, buyer('CA V5K 0A1'), lines).flatMap(({ taxes }) => taxes.filter(({ rate }) => rate?.kind === 'gst'));
    expect(gst.map(({ amount }) => amount)).toEqual([1, 0]);
  });
});

describe('inclusive prices', () => {
  it('100.00 in Ireland contain 18.70, on 81.30', () => {
    const [result] = taxed(german, buyer('IE'), [line(10_000, { behavior: 'inclusive' })]);
    expect(result?.taxes).toMatchObject([{ amount: 1870, taxableAmount: 8130, behavior: 'inclusive' }]);
  });

  it('two taxes share one net: 100.00 in Québec are 86.97, 4.35 and 8.68', () => {
    const [result] = taxed(seller('CA H2Y 1C6', 'CA standard', 'CA province_standard - QC'), buyer('CA H2Y 1C6'), [
      line(10_000, { behavior: 'inclusive' }),
    ]);
    expect(result?.taxes).toMatchObject([
      { amount: 435, taxableAmount: 8697 },
      { amount: 868, taxableAmount: 8697 },
    ]);
  });

  it.each(['exempt', 'reverse'] as const)('a customer who is %s pays the full price, without tax in it', (taxExempt) => {
    const [result] = taxed(german, buyer('DE', { taxExempt }), [line(10_000, { behavior: 'inclusive' })]);
    expect(result?.taxes).toMatchObject([{ amount: 0, taxableAmount: 0 }]);
  });
});

it('a reduced basis shows what was taxed: 6.25 % on 80 % of 100.00', () => {
  const [result] = taxed(seller('DE', 'US state_sales_tax - TX'), buyer('US 73301'), [line(10_000)]);
  expect(result?.taxes).toMatchObject([{ amount: 500, taxableAmount: 8000, reason: 'taxable_basis_reduced' }]);
});

describe('properties', () => {
  const sales = [
    ...[seller('DE', 'DE standard', 'DE oss_union'), seller('US 10001', 'IE oss_non_union')].map((from) => ({ from, to: buyer('FI') })),
    { from: seller('CA M5V 2T6', 'CA standard', 'CA province_standard - QC'), to: buyer('CA H2Y 1C6') },
    { from: seller('DE', 'US state_sales_tax - TX'), to: buyer('US 73301') },
    { from: seller('CH', 'CH standard'), to: buyer('LI') },
  ];
  const behaviors = fc.constantFrom('inclusive' as const, 'exclusive' as const);
  const lines = fc
    .array(fc.tuple(amounts, behaviors), { minLength: 1, maxLength: 12 })
    .map((all): EngineLine[] => all.map(([amount, behavior], index) => line(amount, { key: String(index), behavior })));
  const sale = fc.constantFrom(...sales);
  const ratio = (tax: EngineTax): number => (Number(tax.rate?.rate) * Number(tax.rate?.basis)) / 10_000;

  it('per rate, the lines’ taxes sum to the tax on the sum, within half a minor unit', () => {
    fc.assert(
      fc.property(sale, lines, ({ from, to }, all) => {
        const exclusive = all.filter(({ behavior }) => behavior === 'exclusive');
        const results = taxed(from, to, exclusive);
        const total = BigInt(sum(exclusive.map(({ amount }) => amount)));
        for (const [index, tax] of (results[0]?.taxes ?? []).entries()) {
          const sumOfTax = sum(results.map(({ taxes }) => taxes[index]?.amount ?? 0));
          const units = BigInt(Math.round(ratio(tax) * 10_000_000));
          const twice = 2n * (BigInt(sumOfTax) * 10_000_000n - total * units);
          expect(twice <= 10_000_000n && twice >= -10_000_000n).toBe(true);
        }
      }),
    );
  });

  it('no line’s tax is a whole minor unit away from its own exact tax', () => {
    fc.assert(
      fc.property(sale, lines, ({ from, to }, all) => {
        for (const [index, { taxes }] of taxed(from, to, all).entries()) {
          const { amount = 0, behavior = 'exclusive' } = all[index] ?? {};
          const inside = behavior === 'inclusive' ? 1 + sum(taxes.map(ratio)) : 1;
          if (Math.abs(amount) > 1_000_000) continue;
          for (const tax of taxes) expect(Math.abs(tax.amount - (amount * ratio(tax)) / inside)).toBeLessThan(1.0001);
        }
      }),
    );
  });

  it('an inclusive amount is exactly its net and its taxes', () => {
    fc.assert(
      fc.property(sale, lines, ({ from, to }, all) => {
        for (const [index, { taxes }] of taxed(from, to, all).entries()) {
          const { amount, behavior } = all[index] ?? line(0);
          const [first] = taxes;
          if (behavior !== 'inclusive' || first?.rate?.basis !== '100') continue;
          expect(first.taxableAmount + sum(taxes.map((tax) => tax.amount))).toBe(amount);
        }
      }),
    );
  });

  it('the opposite amounts have the opposite taxes', () => {
    fc.assert(
      fc.property(sale, lines, ({ from, to }, all) => {
        const opposite = all.map((each) => ({ ...each, amount: 0 - each.amount }));
        const of = (some: EngineLine[]) => taxed(from, to, some).map(({ taxes }) => taxes.map(({ amount }) => amount));
        expect(of(opposite)).toEqual(of(all).map((taxes) => taxes.map((amount) => 0 - amount)));
      }),
    );
  });

  it('parts sum to the rounded sum, and none is a whole unit away from its fraction', () => {
    const fractions = fc.array(fc.tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.constantFrom(7n, 100n, 119n)), {
      minLength: 1,
    });
    fc.assert(
      fc.property(fractions, (all) => {
        const parts = roundTogether(all.map(([numerator, denominator]) => ({ numerator, denominator })));
        const exact = all.reduce((running, [numerator, denominator]) => running + (numerator * 83_300n) / denominator, 0n);
        expect(Math.abs(Number(BigInt(sum(parts)) * 83_300n - exact))).toBeLessThanOrEqual(83_300 / 2 + all.length);
        for (const [index, [numerator, denominator]] of all.entries()) {
          const away = BigInt(parts[index] ?? 0) * denominator - numerator;
          expect(away <= denominator && away >= -denominator).toBe(true);
        }
      }),
    );
  });
});

it('nothing is asked of the clock: the same input has the same taxes', () => {
  const once = () => taxed(german, buyer('FR'), [line(12_345), line(-45)], NOW);
  expect(once()).toEqual(once());
});
