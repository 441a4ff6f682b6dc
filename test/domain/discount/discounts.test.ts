import fc from 'fast-check';
import { calculateInvoice, type CalculatedLine, type CalculationInput, type CalculationLine } from '../../../domain/line/calculation';
import type { AppliedDiscount } from '../../../domain/line/discounts';
import type { TaxRate } from '../../../domain/rows/tax-rate';
import { amounts, line, percentages, sum, taxRate } from '../builders';
import { takenByAmount, takenByPercent } from './oracle';

const rates = [taxRate('20', false), taxRate('20', true), taxRate('8.875', false), taxRate('7', true), taxRate('0', false)];
const taxRates = new Map(rates.map((rate) => [rate.id, rate]));
const PRODUCTS = ['prod_a', 'prod_b', 'prod_c'];
const LINE_DISCOUNTS = ['di_line_1', 'di_line_2', 'di_line_3'];

const coupons = fc.record({
  percentOff: fc.option(percentages(), { nil: null }),
  amountOff: fc.oneof(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 200_000_000_000 })),
  currency: fc.constantFrom('usd', 'jpy', 'kwd'),
  option: fc.option(fc.record({ currency: fc.constantFrom('usd', 'jpy', 'kwd'), amount: fc.integer({ min: 1, max: 5_000 }) }), {
    nil: null,
  }),
  appliesTo: fc.option(fc.subarray(PRODUCTS, { minLength: 1 }), { nil: null }),
});
type CouponSeed = typeof coupons extends fc.Arbitrary<infer Seed> ? Seed : never;

function discountOf(id: string, seed: CouponSeed): AppliedDiscount {
  const isPercent = seed.percentOff !== null;
  const options =
    seed.option !== null && seed.option.currency !== seed.currency ? { [seed.option.currency]: { amount_off: seed.option.amount } } : {};
  return {
    id,
    coupon: {
      percentOff: seed.percentOff,
      amountOff: isPercent ? null : seed.amountOff,
      currency: isPercent ? null : seed.currency,
      currencyOptions: isPercent ? {} : options,
      appliesTo: seed.appliesTo && { products: seed.appliesTo },
    },
  };
}

const lineSeeds = fc.record({
  amount: amounts,
  product: fc.option(fc.constantFrom(...PRODUCTS), { nil: null }),
  discountable: fc.boolean(),
  discounts: fc.subarray(LINE_DISCOUNTS),
  taxRates: fc.subarray(rates.map((rate) => rate.id)),
});

const invoices: fc.Arbitrary<CalculationInput> = fc
  .record({
    currency: fc.constantFrom('usd', 'jpy', 'kwd'),
    lines: fc.array(lineSeeds, { minLength: 1, maxLength: 8 }),
    ofLines: fc.array(coupons, { minLength: 3, maxLength: 3 }),
    ofInvoice: fc.array(coupons, { maxLength: 4 }),
    customerTaxExempt: fc.constantFrom('none' as const, 'none' as const, 'exempt' as const, 'reverse' as const),
    defaultTaxRates: fc.subarray(rates.map((rate) => rate.id)),
  })
  .map(({ currency, lines, ofLines, ofInvoice, ...rest }) => ({
    ...rest,
    currency,
    taxRates,
    lines: lines.map((seed, index): CalculationLine => line(seed.amount, { ...seed, currency, key: String(index) })),
    discounts: ofInvoice.map((seed, index) => discountOf(`di_${String(index)}`, seed)),
    lineDiscounts: ofLines.map((seed, index) => discountOf(LINE_DISCOUNTS[index] ?? '', seed)),
  }));

const left = ({ amount, discountAmounts }: CalculatedLine): number => amount - sum(discountAmounts.map((each) => each.amount));

/** What each discount takes off each line, by the other calculation: by line, in order of application. */
function takenAgain({ lines, currency, discounts, lineDiscounts = [] }: CalculationInput): { discount: string; amount: number }[][] {
  // Each line names some of them in the order of LINE_DISCOUNTS, which is therefore one that suits every line.
  const named = LINE_DISCOUNTS.filter((id) => lines.some((each) => each.discounts.includes(id)));
  const inOrder = [...named.map((id) => ({ id, ofLine: true })), ...discounts.map(({ id }) => ({ id, ofLine: false }))];
  const rest = lines.map((each) => BigInt(each.amount));
  const taken = lines.map((): { discount: string; amount: number }[] => []);
  for (const { id, ofLine } of inOrder) {
    const { coupon } = [...lineDiscounts, ...discounts].find((each) => each.id === id) as AppliedDiscount;
    const value = coupon.currency === currency ? coupon.amountOff : (coupon.currencyOptions?.[currency]?.amount_off ?? null);
    const reduced = [...lines.keys()].filter((index) => {
      const { discountable, product, discounts: own } = lines[index] as CalculationLine;
      const isFor = coupon.appliesTo === null || (product !== null && coupon.appliesTo.products.includes(product));
      return discountable && isFor && (!ofLine || own.includes(id)) && (coupon.percentOff !== null || value !== null);
    });
    const before = reduced.map((index) => rest[index] ?? 0n);
    const parts = coupon.percentOff !== null ? takenByPercent(before, coupon.percentOff) : takenByAmount(before, BigInt(value ?? 0));
    reduced.forEach((index, at) => {
      rest[index] = (rest[index] ?? 0n) - (parts[at] ?? 0n);
      taken[index]?.push({ discount: id, amount: Number(parts[at]) });
    });
  }
  return taken;
}

describe('whatever the lines, discounts, rates and currency', () => {
  test('each discount takes from each line the amount that a second calculation with exact numbers finds', () => {
    fc.assert(
      fc.property(invoices, (input) => {
        const { lines } = calculateInvoice(input);
        const shown = lines.map((each) => each.discountAmounts.map(({ discount, amount }) => ({ discount, amount })));
        expect(shown).toEqual(takenAgain(input));
      }),
      { numRuns: 500 },
    );
  });

  test('no charge becomes negative and no credit positive, and a fixed amount takes no more than its amount', () => {
    fc.assert(
      fc.property(invoices, (input) => {
        const { lines, totalDiscountAmounts } = calculateInvoice(input);
        for (const each of lines) {
          if (each.amount >= 0) expect(left(each)).toBeGreaterThanOrEqual(0);
          else expect(left(each)).toBeLessThanOrEqual(0);
        }
        for (const { discount, amount } of totalDiscountAmounts) {
          const coupon = [...(input.lineDiscounts ?? []), ...input.discounts].find(({ id }) => id === discount)?.coupon;
          if (coupon?.percentOff !== null) continue;
          const most = Math.max(coupon.amountOff ?? 0, ...Object.values(coupon.currencyOptions ?? {}).map((option) => option.amount_off));
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(amount).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  test('the invoice is the sum of its lines, and each tax follows from the taxable amount that it shows', () => {
    fc.assert(
      fc.property(invoices, (input) => {
        const { lines, ...totals } = calculateInvoice(input);
        const taxes = lines.flatMap((each) => each.taxes);
        const exclusive = sum(taxes.filter((tax) => tax.tax_behavior === 'exclusive').map((tax) => tax.amount));
        expect(totals.subtotal).toBe(sum(lines.map((each) => each.amount)));
        const waived = sum(taxes.map((tax) => tax.waived ?? 0));
        expect(totals.total).toBe(sum(lines.map(left)) + exclusive - waived);
        expect(totals.totalExcludingTax).toBe(totals.total - sum(taxes.map((tax) => tax.amount)));
        expect(sum(totals.totalDiscountAmounts.map((each) => each.amount))).toBe(totals.subtotal - sum(lines.map(left)));
        expect(sum(totals.totalTaxes.map((tax) => tax.amount))).toBe(sum(taxes.map((tax) => tax.amount)));
        if (input.customerTaxExempt === 'none') lines.forEach(assertTaxes);
      }),
    );
  });

  function assertTaxes(each: CalculatedLine): void {
    const inside = sum(each.taxes.filter((tax) => tax.tax_behavior === 'inclusive').map((tax) => tax.amount));
    for (const tax of each.taxes) {
      // The net of the line after its discounts: the amount that is shown, less the tax in it.
      expect(tax.taxable_amount).toBe(left(each) - inside);
      const { percentage } = taxRates.get(tax.tax_rate) as TaxRate;
      const exact = ((tax.taxable_amount ?? 0) * Number(percentage)) / 100;
      // Inclusive tax is what makes net and tax the amount, so it may be a unit beside the tax on the rounded net.
      const within = tax.tax_behavior === 'exclusive' ? 0.5 : 1.5;
      expect(Math.abs(tax.amount - exact)).toBeLessThanOrEqual(within + Math.abs(exact) * 1e-9);
    }
  }

  test('the order of the lines does not change the amount of a discount on the whole invoice', () => {
    const alike = invoices.map((input) => ({
      ...input,
      lines: input.lines.map((each) => ({ ...each, discounts: [] as string[], discountable: true })),
      discounts: input.discounts.map((each) => ({ ...each, coupon: { ...each.coupon, appliesTo: null } })),
    }));
    fc.assert(
      fc.property(alike, (input) => {
        const reversed = calculateInvoice({ ...input, lines: [...input.lines].reverse() });
        expect(reversed.totalDiscountAmounts).toEqual(calculateInvoice(input).totalDiscountAmounts);
      }),
    );
  });

  test('fixed amounts take the same in any order', () => {
    const fixed = invoices.map((input) => ({
      ...input,
      lines: input.lines.map((each) => ({ ...each, discounts: [] as string[] })),
      discounts: input.discounts
        .filter(({ coupon }) => coupon.percentOff === null)
        .map((each) => ({ ...each, coupon: { ...each.coupon, appliesTo: null } })),
    }));
    fc.assert(
      fc.property(fixed, (input) => {
        const off = (discounts: AppliedDiscount[]): number =>
          sum(calculateInvoice({ ...input, discounts }).totalDiscountAmounts.map((each) => each.amount));
        expect(off([...input.discounts].reverse())).toBe(off(input.discounts));
      }),
    );
  });
});

describe('calculated by hand', () => {
  const off = (seed: Partial<CouponSeed>, id = 'di_1'): AppliedDiscount =>
    discountOf(id, { percentOff: null, amountOff: 0, currency: 'usd', option: null, appliesTo: null, ...seed });
  const calculate = (currency: string, lines: CalculationLine[], discounts: AppliedDiscount[], defaultTaxRates: string[] = []) =>
    calculateInvoice({
      currency,
      lines: lines.map((each, index) => ({ ...each, currency, key: String(index) })),
      discounts,
      customerTaxExempt: 'none',
      taxRates,
      defaultTaxRates,
    });
  const taken = (lines: CalculatedLine[]) => lines.map((each) => each.discountAmounts.map(({ amount }) => amount));

  test('20% then 5.00 is not 5.00 then 20%: of 100.00, 75.00 and 76.00 are left', () => {
    // 100.00 - 20.00 = 80.00, - 5.00 = 75.00. The other way: 95.00, - 19.00 = 76.00.
    const [percent, fixed] = [off({ percentOff: '20' }, 'di_p'), off({ amountOff: 500 }, 'di_f')];
    expect(calculate('usd', [line(10_000)], [percent, fixed]).total).toBe(7_500);
    expect(calculate('usd', [line(10_000)], [fixed, percent]).total).toBe(7_600);
  });

  test('JPY 100 off 333, 333 and 334: 33, 33 and 34, because a yen has no parts', () => {
    // 100 × 333 ÷ 1000 = 33.3, 33.3 and 33.4: 33 each, and the one that is missing goes to the largest remainder, .4.
    const { lines, total } = calculate('jpy', [line(333), line(333), line(334)], [off({ amountOff: 100, currency: 'jpy' })]);
    expect(taken(lines)).toEqual([[33], [33], [34]]);
    expect(total).toBe(900);
  });

  test('KWD 33.333% off 1.000 with 7% inclusive tax', () => {
    // 1000 fils × 33.333% = 333.33, rounded 333: 667 are left. 667 × 7 ÷ 107 = 43.635…, rounded 44, is the 7% in it; net 623.
    const { lines, total, totalExcludingTax } = calculate('kwd', [line(1_000)], [off({ percentOff: '33.333' })], ['txr_in_7']);
    expect(taken(lines)).toEqual([[333]]);
    expect([total, totalExcludingTax]).toEqual([667, 623]);
  });

  test('a coupon in dollars takes its yen amount off yen, and nothing off a currency that it does not list', () => {
    const coupon = off({ amountOff: 1_200, option: { currency: 'jpy', amount: 1_500 } });
    expect(calculate('jpy', [line(4_000)], [coupon]).total).toBe(2_500);
    expect(calculate('kwd', [line(4_000)], [coupon]).total).toBe(4_000);
  });

  test('a discount above the total leaves nothing to pay, and counts only the lines of its products', () => {
    // 25.00 off product A, which costs 20.00: A is free, B costs what it costs.
    const lines = [line(2_000, { product: 'prod_a' }), line(3_000, { product: 'prod_b' })];
    const calculated = calculate('usd', lines, [off({ amountOff: 2_500, appliesTo: ['prod_a'] })], ['txr_ex_20']);
    expect(taken(calculated.lines)).toEqual([[2_000], []]);
    expect(calculated.total).toBe(3_600);
  });
});
