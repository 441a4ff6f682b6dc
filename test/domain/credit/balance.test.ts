/** What credit grants pay of an invoice: any grants, any lines. */
import fc from 'fast-check';
import { calculateInvoice, type CalculationInput, type CalculationLine, type InvoiceCalculation } from '../../../domain/line/calculation';
import { amountAfterCredits, type AvailableCredit } from '../../../domain/line/credits';
import { amountAfterDiscounts } from '../../../domain/line/discounts';
import { amountOff, amounts, line, percentOff, percentages, sum, taxRate } from '../builders';

const rates = [taxRate('20', false), taxRate('20', true)];
const basis = (full: number): CalculationLine['basis'] => ({
  rule: 'per_unit',
  full,
  usage: { period: 'up_1', meter: 'mtr_1', dimension_filters: {}, from: 0, to: 1, events: 1, billed_before: null },
});
const usage = (amount: number, key: string, price = 'price_calls'): CalculationLine => line(amount, { key, price, basis: basis(amount) });
const grant = (balance: number, id = 'credgr_1', prices: string[] | null = null): AvailableCredit => ({ id, balance, prices });

function invoice(lines: CalculationLine[], rest: Partial<CalculationInput> = {}): InvoiceCalculation {
  const none = { discounts: [], customerTaxExempt: 'none' as const, taxRates: new Map(rates.map((rate) => [rate.id, rate])) };
  return calculateInvoice({ currency: 'usd', lines, defaultTaxRates: [], ...none, ...rest });
}
const paid = (calculation: InvoiceCalculation): [string, string, number][] =>
  calculation.lines.flatMap(({ key, creditAmounts }) =>
    creditAmounts.map(({ credit_grant, amount }): [string, string, number] => [key, credit_grant, amount]),
  );
const usedOf = (calculation: InvoiceCalculation, id: string): number =>
  sum(calculation.totalCreditAmounts.filter(({ credit_grant }) => credit_grant === id).map(({ amount }) => amount));

describe('credit', () => {
  test('pays usage after discounts, and only the rest is taxed', () => {
    // 1000 - 25% = 750; 750 - 300 of credit = 450; 20% of 450 = 90.
    const calculation = invoice([usage(1000, 'calls')], {
      discounts: [percentOff('25')],
      credits: [grant(300)],
      defaultTaxRates: ['txr_ex_20'],
    });
    expect(calculation).toMatchObject({ subtotal: 1000, total: 540, totalExcludingTax: 450 });
    expect(calculation.totalTaxes[0]).toMatchObject({ amount: 90, taxable_amount: 450 });
  });

  test('pays a price with its inclusive tax', () => {
    // 1200 - 600 = 600, of which 100 is tax.
    const calculation = invoice([usage(1200, 'calls')], { credits: [grant(600)], defaultTaxRates: ['txr_in_20'] });
    expect(calculation).toMatchObject({ total: 600, totalExcludingTax: 500, subtotalExcludingTax: 1000 });
  });

  test('pays neither a base fee nor another price’s usage', () => {
    const lines = [line(2000, { key: 'base' }), usage(500, 'calls'), usage(500, 'tokens', 'price_tokens')];
    expect(paid(invoice(lines, { credits: [grant(5000, 'credgr_1', ['price_tokens'])] }))).toEqual([['tokens', 'credgr_1', 500]]);
  });

  test('uses several grants in their order, and divides them over lines without losing a cent', () => {
    const lines = [usage(100, 'a'), usage(100, 'b'), usage(100, 'c')];
    expect(paid(invoice(lines, { credits: [grant(100, 'first'), grant(1000, 'second')] }))).toEqual([
      ['a', 'first', 34],
      ['a', 'second', 66],
      ['b', 'first', 33],
      ['b', 'second', 67],
      ['c', 'first', 33],
      ['c', 'second', 67],
    ]);
  });

  test('does not pay for a line that the same invoice credits', () => {
    const capped = [usage(1000, 'calls'), line(-400, { key: 'maximum' })];
    expect(invoice(capped, { credits: [grant(5000)] })).toMatchObject({ total: 0, totalCreditAmounts: [{ amount: 600 }] });
    const corrected = [line(2000, { key: 'base' }), usage(100, 'calls'), usage(-130, 'correction')];
    expect(paid(invoice(corrected, { credits: [grant(5000)] }))).toEqual([]);
  });

  test('never pays more than a grant has or a line costs, keeps the order, and leaves the rest as it was', () => {
    const kinds = fc.constantFrom('base', 'price_calls', 'price_tokens');
    const lines = fc.array(fc.tuple(amounts, kinds), { minLength: 1, maxLength: 8 });
    const scopes = fc.constantFrom<string[] | null>(null, ['price_calls'], ['price_calls', 'price_tokens']);
    const grants = fc.array(fc.tuple(fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 100_000_000_000 })), scopes), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(lines, grants, fc.option(percentages()), fc.option(fc.nat(2000)), (drawn, given, percent, off) => {
        const asLine = (amount: number, kind: string, key: string) => (kind === 'base' ? line(amount, { key }) : usage(amount, key, kind));
        const billed = drawn.map(([amount, kind], index) => asLine(amount, kind, String(index)));
        const credits = given.map(([balance, prices], index) => grant(balance, `credgr_${String(index)}`, prices));
        const discounts = [...(percent === null ? [] : [percentOff(percent)]), ...(off === null ? [] : [amountOff(off)])];
        const calculation = invoice(billed, { credits, discounts });
        const without = invoice(billed, { discounts });
        for (const each of calculation.lines) {
          const taken = each.creditAmounts.map(({ amount }) => amount);
          expect(taken.every((amount) => amount > 0)).toBe(true);
          expect(taken.length === 0 || amountAfterCredits(each) >= 0).toBe(true);
          expect(amountAfterDiscounts(each) - amountAfterCredits(each)).toBe(sum(taken));
          expect(taken.length === 0 || each.basis?.usage !== undefined).toBe(true);
        }
        const used = credits.map(({ id }) => usedOf(calculation, id));
        expect(used.every((amount, index) => amount <= (credits[index]?.balance ?? 0))).toBe(true);
        expect(without.total - calculation.total).toBe(sum(used));
        expect(calculation.total >= 0 || sum(used) === 0).toBe(true);
        // A later grant that may pay no more than an earlier one is touched only when that is used up.
        credits.forEach((earlier, index) => {
          if (earlier.prices !== null) return;
          const isLaterUsed = used.slice(index + 1).some((amount) => amount > 0);
          expect(!isLaterUsed || used[index] === earlier.balance).toBe(true);
        });
        // Nothing that could be paid is left unpaid.
        const open = calculation.lines.filter((each) => each.basis?.usage);
        const couldPay = Math.min(sum(open.map(amountAfterCredits)), calculation.total);
        const unused = credits.some(({ prices, balance }, index) => prices === null && (used[index] ?? 0) < balance);
        expect(!unused || couldPay <= 0).toBe(true);
      }),
    );
  });
});
