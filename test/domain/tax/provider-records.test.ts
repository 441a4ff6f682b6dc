import fc from 'fast-check';
import { leftOf, reversalsOf } from '../../../domain/tax/provider-records';
import { sum } from '../builders';

const line = (id: string, amount: number, tax: number) => ({
  transaction: 'tax_1',
  reversal: null,
  transactionLine: `tax_li_${id}`,
  line: `il_${id}`,
  amount,
  tax,
});
/** What the provider has recorded of a credit, or of one that is taken back. */
const recorded = (id: string, amount: number, tax: number) => ({ ...line(id, amount, tax), reversal: 'tax_2' });
const LINES = [line('1', 1000, 200), line('2', 500, 100)];

test('a credit is taken off its own line first, and off the others as far as it does not fit there', () => {
  expect(reversalsOf(LINES, [{ line: 'il_2', amount: 200, tax: 40 }])).toEqual([line('2', -200, -40)]);
  expect(reversalsOf(LINES, [{ line: 'il_2', amount: 700, tax: 140 }])).toEqual([line('1', -200, -40), line('2', -500, -100)]);
  expect(reversalsOf(LINES, [{ line: null, amount: 300, tax: 60 }])).toEqual([line('1', -300, -60)]);
});

test('no more is taken than was recorded and is left', () => {
  expect(reversalsOf(LINES, [{ line: 'il_1', amount: 1501, tax: 300 }])).toBeNull();
  expect(leftOf([...LINES, recorded('1', -1000, -200), recorded('2', -1, 0)])).toEqual([line('1', 0, 0), line('2', 499, 100)]);
  expect(reversalsOf([], [{ line: 'il_1', amount: 1, tax: 0 }])).toBeNull();
});

test('a credit that is taken back can be credited again', () => {
  const credited = [...LINES, recorded('1', -1000, -200)];
  expect(reversalsOf(leftOf(credited), [{ line: 'il_1', amount: 1000, tax: 200 }])).toBeNull();
  const again = leftOf([...credited, recorded('1', 1000, 200)]);
  expect(reversalsOf(again, [{ line: 'il_1', amount: 1000, tax: 200 }])).toEqual([line('1', -1000, -200)]);
});

test('whatever is credited, the reversals sum to it, and no line falls below zero', () => {
  const amounts = fc.record({ amount: fc.integer({ min: 0, max: 10_000 }), percent: fc.integer({ min: 0, max: 30 }) });
  const run = fc.property(fc.array(amounts, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 100 }), (sold, percent) => {
    const lines = sold.map(({ amount, percent: rate }, index) => line(String(index), amount, Math.round((amount * rate) / 100)));
    const [amount, tax] = [sum(lines.map((each) => each.amount)), sum(lines.map((each) => each.tax))];
    const credit = { line: null, amount: Math.round((amount * percent) / 100), tax: Math.round((tax * percent) / 100) };
    const reversals = reversalsOf(lines, [credit]) ?? [];
    expect([0 - sum(reversals.map((each) => each.amount)), 0 - sum(reversals.map((each) => each.tax))]).toEqual([
      credit.amount,
      credit.tax,
    ]);
    const taken = reversals.map((each) => ({ ...each, reversal: 'tax_2' }));
    expect(leftOf([...lines, ...taken]).every((each) => each.amount >= 0 && each.tax >= 0)).toBe(true);
  });
  fc.assert(run);
});
