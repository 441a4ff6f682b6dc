import fc from 'fast-check';
import { calculateInvoice, type CalculationInput, type CalculationLine, type InvoiceCalculation } from '../../../domain/line/calculation';
import { amountAfterDiscounts, type AppliedDiscount } from '../../../domain/line/discounts';
import { taxByEngine } from '../../../domain/line/engine-taxes';
import { shippingCostOf } from '../../../domain/line/shipping';
import { inclusiveTaxIn, netOf, taxesOn } from '../../../domain/line/taxes';
import { subtotalsOf } from '../../../objects/invoice';
import { amountOff, amounts, line, percentages, percentOff, sum, taxRate } from '../builders';
import { buyer, NOW, SAAS_PERSONAL, seller } from '../tax/world';

const rates = [taxRate('20', false), taxRate('20', true), taxRate('8.875', false), taxRate('7', true), taxRate('0', false)];
const taxRates = new Map(rates.map((rate) => [rate.id, rate]));

function invoice(lines: CalculationLine[], rest: Partial<CalculationInput> = {}): InvoiceCalculation {
  return calculateInvoice({
    currency: 'usd',
    lines,
    discounts: [],
    customerTaxExempt: 'none',
    taxRates,
    defaultTaxRates: [],
    ...rest,
  });
}
const totalsOf = (calculation: InvoiceCalculation) => ({
  subtotal: calculation.subtotal,
  total: calculation.total,
  withoutTax: calculation.totalExcludingTax,
  tax: sum(calculation.totalTaxes.map((tax) => tax.amount)),
});
const taken = (calculation: InvoiceCalculation): number[] =>
  calculation.lines.map((each) => sum(each.discountAmounts.map((discount) => discount.amount)));

describe('tax', () => {
  test('exclusive tax comes on top of the amount', () => {
    const calculation = invoice([line(1000)], { defaultTaxRates: ['txr_ex_20'] });
    expect(totalsOf(calculation)).toEqual({ subtotal: 1000, total: 1200, withoutTax: 1000, tax: 200 });
    expect(calculation.totalTaxes).toEqual([
      {
        amount: 200,
        tax_behavior: 'exclusive',
        tax_rate: 'txr_ex_20',
        taxability_reason: 'standard_rated',
        taxable_amount: 1000,
      },
    ]);
  });

  test('inclusive tax is part of the amount', () => {
    const calculation = invoice([line(1000)], { defaultTaxRates: ['txr_in_20'] });
    expect(totalsOf(calculation)).toEqual({ subtotal: 1000, total: 1000, withoutTax: 833, tax: 167 });
    expect(calculation.subtotalExcludingTax).toBe(833);
  });

  test('of 100.00 with 10% inside, an exempt customer pays 90.91', () => {
    const ten = taxRate('10', true);
    const rates10 = { defaultTaxRates: [ten.id], taxRates: new Map([[ten.id, ten]]) };
    const calculation = invoice([line(10_000)], { customerTaxExempt: 'exempt', ...rates10 });
    expect(totalsOf(calculation)).toEqual({ subtotal: 10_000, total: 9091, withoutTax: 9091, tax: 0 });
    expect(calculation.totalTaxes).toMatchObject([{ amount: 0, taxable_amount: 0, waived: 909 }]);
  });

  test('several inclusive rates share one net amount, and an exclusive rate applies to it', () => {
    const calculation = invoice([line(1270)], { defaultTaxRates: ['txr_in_20', 'txr_ex_8.875', 'txr_in_7'] });
    expect(calculation.totalTaxes.map((tax) => [tax.amount, tax.taxable_amount])).toEqual([
      [200, 1000],
      [89, 1000],
      [70, 1000],
    ]);
    expect(totalsOf(calculation)).toEqual({ subtotal: 1270, total: 1359, withoutTax: 1000, tax: 359 });
  });

  test('a line’s own rates are used instead of the invoice’s', () => {
    const lines = [line(1000, { taxRates: ['txr_in_20'] }), line(1000)];
    const calculation = invoice(lines, { defaultTaxRates: ['txr_ex_20'] });
    expect(calculation.lines.map((each) => each.taxes.map((tax) => tax.amount))).toEqual([[167], [200]]);
    expect(calculation.total).toBe(2200);
  });

  test.each([
    ['exempt', 'customer_exempt'],
    ['reverse', 'reverse_charge'],
  ] as const)(
    'a customer who is %s pays no tax, also not what is inside the price, and the invoice says %s',
    (customerTaxExempt, reason) => {
      const calculation = invoice([line(1000)], { customerTaxExempt, defaultTaxRates: ['txr_ex_20', 'txr_in_20'] });
      expect(totalsOf(calculation)).toEqual({ subtotal: 1000, total: 833, withoutTax: 833, tax: 0 });
      expect(calculation.subtotalExcludingTax).toBe(833);
      expect(calculation.totalTaxes.map((tax) => [tax.amount, tax.taxable_amount, tax.taxability_reason])).toEqual([
        [0, 0, reason],
        [0, 0, reason],
      ]);
    },
  );

  test('a rate of 0 % is called zero-rated', () => {
    const [tax] = invoice([line(1000)], { defaultTaxRates: ['txr_ex_0'] }).totalTaxes;
    expect(tax).toMatchObject({ amount: 0, taxable_amount: 1000, taxability_reason: 'zero_rated' });
  });

  test('a credit reduces the tax', () => {
    const calculation = invoice([line(-1000), line(-1000, { taxRates: ['txr_in_20'] })], { defaultTaxRates: ['txr_ex_20'] });
    expect(totalsOf(calculation)).toEqual({ subtotal: -2000, total: -2200, withoutTax: -1833, tax: -367 });
  });

  test('a rate or a currency of another invoice is an error', () => {
    expect(() => invoice([line(1)], { defaultTaxRates: ['txr_unknown'] })).toThrow('txr_unknown is not among the loaded facts');
    expect(() => invoice([line(1, { currency: 'eur' })])).toThrow('in eur, its invoice in usd');
    expect(() => invoice([line(1, { discounts: ['di_unknown'] })])).toThrow('di_unknown is not among the loaded facts');
  });
});

describe('discounts', () => {
  test('tax is on what is left after the discount', () => {
    const calculation = invoice([line(1000)], { discounts: [percentOff('25')], defaultTaxRates: ['txr_ex_20'] });
    expect(totalsOf(calculation)).toEqual({ subtotal: 1000, total: 900, withoutTax: 750, tax: 150 });
    expect(calculation.totalDiscountAmounts).toEqual([{ amount: 250, discount: 'di_percent' }]);
    expect(calculation.subtotalExcludingTax).toBe(1000);
  });

  test('a line’s own discount comes first, then the invoice’s in order, each on the rest', () => {
    const lines = [line(1000, { discounts: ['di_line'] }), line(1000)];
    const discounts = [amountOff(300), percentOff('10')];
    const calculation = invoice(lines, { discounts, lineDiscounts: [percentOff('50', 'di_line')] });
    expect(calculation.lines.map((each) => each.discountAmounts.map((discount) => [discount.discount, discount.amount]))).toEqual([
      [
        ['di_line', 500],
        ['di_amount', 100],
        ['di_percent', 40],
      ],
      [
        ['di_amount', 200],
        ['di_percent', 80],
      ],
    ]);
    expect(calculation.totalDiscountAmounts).toEqual([
      { discount: 'di_line', amount: 500 },
      { discount: 'di_amount', amount: 300 },
      { discount: 'di_percent', amount: 120 },
    ]);
    expect(calculation.total).toBe(1080);
  });

  test('a fixed amount that two lines of one item share is taken once', () => {
    const lines = [line(1000, { discounts: ['di_line'] }), line(3000, { discounts: ['di_line'] }), line(500)];
    expect(taken(invoice(lines, { lineDiscounts: [amountOff(400, 'di_line')] }))).toEqual([100, 300, 0]);
  });

  test('a coupon for some products reduces only their lines', () => {
    const lines = [line(1000), line(1000, { product: 'prod_other' }), line(1000, { product: null })];
    expect(taken(invoice(lines, { discounts: [percentOff('10', 'a', ['prod_pro']), amountOff(50, 'b', ['prod_other'])] }))).toEqual([
      100, 50, 0,
    ]);
  });

  test('a line that is not discountable keeps its amount', () => {
    const lines = [line(1000, { discountable: false }), line(1000)];
    expect(taken(invoice(lines, { discounts: [percentOff('100')] }))).toEqual([0, 1000]);
    expect(invoice(lines, { discounts: [amountOff(5000)] }).total).toBe(1000);
  });

  test('a percentage reduces a proration credit as it reduced the charge; a fixed amount is for charges only', () => {
    const lines = [line(-667), line(2000)];
    expect(taken(invoice(lines, { discounts: [percentOff('25')] }))).toEqual([-167, 500]);
    expect(taken(invoice(lines, { discounts: [amountOff(500)] }))).toEqual([0, 500]);
    // No more than the 1333 that are due: the credit is not paid out.
    expect(taken(invoice(lines, { discounts: [amountOff(9000)] }))).toEqual([0, 1333]);
  });

  test('a fixed amount in another currency takes off nothing', () => {
    const euros = { id: 'di_eur', coupon: { percentOff: null, amountOff: 500, currency: 'eur', appliesTo: null } };
    const calculation = invoice([line(1000)], { discounts: [euros] });
    expect(calculation.total).toBe(1000);
    expect(calculation.totalDiscountAmounts).toEqual([{ amount: 0, discount: 'di_eur' }]);
  });
});

describe('any invoice', () => {
  const discountsOf = (prefix: string): fc.Arbitrary<AppliedDiscount[]> =>
    fc
      .array(
        fc.oneof(
          percentages(0.01).map((percent) => percentOff(percent)),
          fc.integer({ min: 1, max: 5_000 }).map((off) => amountOff(off)),
        ),
        {
          maxLength: 3,
        },
      )
      .map((list) => list.map((discount, index) => ({ ...discount, id: `${prefix}${String(index)}` })));
  const ids = (from: string[]) => fc.subarray(from);
  const inputs: fc.Arbitrary<CalculationInput> = discountsOf('own').chain((lineDiscounts) =>
    fc.record({
      currency: fc.constant('usd'),
      lines: fc.array(
        fc
          .record({
            amount: amounts,
            discountable: fc.boolean(),
            taxRates: ids([...taxRates.keys()]),
            discounts: ids(lineDiscounts.map((discount) => discount.id)),
          })
          .map(({ amount, ...rest }) => line(amount, rest)),
        { maxLength: 8 },
      ),
      discounts: discountsOf('all'),
      lineDiscounts: fc.constant(lineDiscounts),
      customerTaxExempt: fc.constantFrom('none' as const, 'none' as const, 'none' as const, 'exempt' as const, 'reverse' as const),
      taxRates: fc.constant(taxRates),
      defaultTaxRates: ids([...taxRates.keys()]),
    }),
  );
  const holds = (check: (calculation: InvoiceCalculation, input: CalculationInput) => void): void => {
    fc.assert(
      fc.property(inputs, (input) => {
        check(calculateInvoice(input), input);
      }),
    );
  };

  test('totals the sum of its lines, less discounts, plus exclusive tax, less waived tax', () => {
    holds((calculation) => {
      const taxes = calculation.lines.flatMap((each) => each.taxes);
      const exclusive = sum(taxes.filter((tax) => tax.tax_behavior === 'exclusive').map((tax) => tax.amount));
      const amount = sum(calculation.lines.map((each) => each.amount));
      expect(calculation.subtotal).toBe(amount);
      const waived = sum(taxes.map((tax) => tax.waived ?? 0));
      expect(calculation.total).toBe(amount - sum(taken(calculation)) + exclusive - waived);
      expect(calculation.total - calculation.totalExcludingTax).toBe(sum(taxes.map((tax) => tax.amount)));
    });
  });

  test('has totals of discounts and taxes that match its lines', () => {
    holds((calculation) => {
      expect(sum(calculation.totalDiscountAmounts.map((each) => each.amount))).toBe(sum(taken(calculation)));
      for (const key of ['amount', 'taxable_amount'] as const) {
        const ofLines = calculation.lines.flatMap((each) => each.taxes.map((tax) => tax[key] ?? 0));
        expect(sum(calculation.totalTaxes.map((tax) => tax[key] ?? 0))).toBe(sum(ofLines));
      }
    });
  });

  test('never takes more off a line than it costs, nor turns a charge into a credit', () => {
    holds((calculation) => {
      for (const each of calculation.lines) {
        const left = amountAfterDiscounts(each);
        expect(left * Math.sign(each.amount)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(left)).toBeLessThanOrEqual(Math.abs(each.amount));
        if (!each.discountable) expect(left).toBe(each.amount);
      }
    });
  });

  test('never takes off more than a fixed amount', () => {
    holds((calculation, input) => {
      for (const discount of [...(input.lineDiscounts ?? []), ...input.discounts]) {
        const off = calculation.totalDiscountAmounts.find((each) => each.discount === discount.id)?.amount ?? 0;
        if (discount.coupon.amountOff !== null) expect(off).toBeLessThanOrEqual(discount.coupon.amountOff);
      }
    });
  });

  test('divides a tax-inclusive line into net and taxes without losing a minor unit', () => {
    holds((calculation, input) => {
      for (const each of calculation.lines) {
        const inside = each.taxes.filter((tax) => tax.tax_behavior === 'inclusive');
        const net = input.customerTaxExempt === 'none' ? (each.taxes[0]?.taxable_amount ?? amountAfterDiscounts(each)) : netOf(each);
        expect(net + sum(inside.map((tax) => tax.amount + (tax.waived ?? 0)))).toBe(amountAfterDiscounts(each));
      }
    });
  });

  test('has the exact opposite result if each line is reversed', () => {
    holds((_calculation, input) => {
      const discounts = input.discounts.filter((discount) => discount.coupon.percentOff !== null);
      const plain = { ...input, discounts, lines: input.lines.map((each) => ({ ...each, discounts: [] })) };
      const reversed = { ...plain, lines: plain.lines.map((each) => ({ ...each, amount: 0 - each.amount })) };
      expect(calculateInvoice(reversed).total + calculateInvoice(plain).total).toBe(0);
    });
  });

  test('contains only integers, and no negative zero', () => {
    holds((calculation) => {
      const numbers = JSON.stringify(calculation).match(/-?\d+\.\d+(?=[,}])/g) ?? [];
      expect(numbers).toEqual([]);
      for (const each of calculation.lines.flatMap(({ taxes, discountAmounts }) => [...taxes, ...discountAmounts])) {
        expect(Object.is(each.amount, -0)).toBe(false);
      }
    });
  });
});

describe('the subtotal without tax', () => {
  const terms = { owner: 'acct_1/test', instant: NOW, seller: seller('DE 10115', 'DE standard'), buyer: buyer('DE 10115') };
  const supplyOf = () => ({ taxCode: SAAS_PERSONAL, behavior: 'inclusive' as const });
  const shown = (calculation: InvoiceCalculation) => {
    const shippingCost = shippingCostOf(calculation.lines as never);
    const delivery = shippingCost === null ? 0 : shippingCost.amount_total - shippingCost.amount_tax;
    return { net: subtotalsOf({ ...calculation, shippingCost }).subtotal_excluding_tax, delivery };
  };
  const goods = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 });
  const delivered = (amounts: number[], cost: number): CalculationLine[] => [
    ...amounts.map((amount) => line(amount)),
    line(cost, { discountable: false, basis: { rule: 'amount', full: cost, shipping: 'shr_1' } }),
  ];
  const how = fc.constantFrom<Partial<CalculationInput>>(
    { automatic: { terms, supplyOf }, calculateTax: (input) => taxByEngine(input).lines },
    { defaultTaxRates: ['txr_in_20', 'txr_in_7'] },
    { defaultTaxRates: ['txr_in_20'], customerTaxExempt: 'reverse' },
  );

  test('does not depend on discounts, and with what delivery costs it is the total without tax', () => {
    fc.assert(
      fc.property(goods, fc.integer({ min: 1, max: 3000 }), percentages(0.01), how, (amounts, cost, percent, rest) => {
        const plain = invoice(delivered(amounts, cost), rest);
        const { net, delivery } = shown(plain);
        expect(net + delivery).toBe(plain.totalExcludingTax);
        expect(shown(invoice(delivered(amounts, cost), { ...rest, discounts: [percentOff(percent)] })).net).toBe(net);
      }),
    );
  });

  test('has the tax of a remote provider, whose rates nobody else knows', () => {
    const remote = { provider: 'stripe' as const, customer: 'cus_1', paymentMethod: null, buyer: 'hash' };
    const calculateTax: CalculationInput['calculateTax'] = ({ lines }) =>
      lines.map((each) => ({ line: each.line, taxes: taxesOn(each.amount, [taxRate('10', true)], 'none') }));
    const asked = { automatic: { terms: { ...terms, remote }, supplyOf }, calculateTax };
    expect(shown(invoice([line(1100)], asked)).net).toBe(1000);
    expect(shown(invoice([line(1100)], { ...asked, discounts: [percentOff('50')] })).net).toBe(1000);
  });
});

test('inclusive tax of 20% in 120 is 20', () => {
  expect(inclusiveTaxIn(120, [taxRate('20', true)])).toBe(20);
});
