import fc from 'fast-check';
import { differencesBetween } from '../../../domain/migration/comparison';
import type { ComparedInvoice, ComparedLine } from '../../../domain/rows/shadow-invoice';
import { comparedLine } from '../../objects/rows';

const invoiceOf = (lines: ComparedLine[]): ComparedInvoice => {
  const sum = (part: 'amount' | 'discount' | 'tax') => lines.reduce((total, line) => total + line[part], 0);
  const [subtotal, discount, tax] = [sum('amount'), sum('discount'), sum('tax')];
  return { id: null, subtotal, discount, credit: 0, tax, total: subtotal - discount + tax, lines };
};
const kinds = (ours: ComparedInvoice | null, theirs: ComparedInvoice | null) => differencesBetween(ours, theirs).map(({ kind }) => kind);

const lines = fc
  .array(
    fc.record({
      amount: fc.integer({ min: -5000, max: 5000 }),
      discount: fc.integer({ min: 0, max: 500 }),
      tax: fc.integer({ min: 0, max: 500 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      proration: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((each, index) => comparedLine({ ...each, item: `si_${String(index)}`, price: `price_${String(index % 3)}` })));

test('an invoice agrees with itself, in whatever order its lines are', () => {
  fc.assert(
    fc.property(lines, (all) => {
      expect(differencesBetween(invoiceOf(all), { ...invoiceOf([...all].reverse()), id: 'in_1' })).toEqual([]);
    }),
  );
});

test('what one line costs more is found, at this line, and nothing else', () => {
  fc.assert(
    fc.property(
      lines,
      fc.nat(),
      fc.integer({ min: 2, max: 900 }),
      fc.constantFrom('amount', 'discount', 'tax' as const),
      (all, at, by, part) => {
        fc.pre(all.length > 0);
        const index = at % all.length;
        const other = all.map((line, position) => (position === index ? { ...line, [part]: line[part] + by } : line));
        const found = differencesBetween(invoiceOf(all), invoiceOf(other));
        expect(found).toEqual([
          { kind: part, line: `si_${String(index)}`, ours: all[index]?.[part], theirs: (all[index]?.[part] ?? 0) + by },
        ]);
      },
    ),
  );
});

test('one minor unit is rounding; another time, another kind of line and a missing line have their names', () => {
  const line = comparedLine();
  const one = invoiceOf([line]);
  expect(kinds(one, invoiceOf([{ ...line, tax: 1 }]))).toEqual(['rounding']);
  expect(kinds(one, invoiceOf([{ ...line, periodEnd: line.periodEnd + 86_400 }]))).toEqual(['period']);
  expect(kinds(one, invoiceOf([{ ...line, proration: true }]))).toEqual(['proration']);
  expect(kinds(one, invoiceOf([]))).toEqual(['missing_there']);
  expect(kinds(one, invoiceOf([line, comparedLine({ item: 'si_2', price: 'price_2' })]))).toEqual(['missing_here']);
});

test('an invoice that only one of the two has is missing in the other, unless nothing is owed', () => {
  const one = invoiceOf([comparedLine()]);
  expect(kinds(one, null)).toEqual(['missing_there']);
  expect(kinds(null, one)).toEqual(['missing_here']);
  expect(kinds(null, invoiceOf([comparedLine({ amount: 0 })]))).toEqual([]);
});
