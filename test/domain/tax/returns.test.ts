import * as fc from 'fast-check';
import { monthOf } from '../../../domain/core/chart-of-accounts';
import { nineBoxes, periodAround, returnLines, returnPeriod, FORMS, type TaxLine } from '../../../domain/tax/returns';
import { at, sum } from '../builders';

const months = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03'];
const line = fc.record({
  ledgerAccount: fc.constantFrom('tax_payable:EE', 'tax_payable:FR', 'tax_payable:GB', 'tax_payable:US-NY'),
  rate: fc.constantFrom('24', '20', '8.875'),
  reason: fc.constantFrom('standard_rated', 'reverse_charge'),
  currency: fc.constantFrom('eur', 'usd', 'jpy', 'kwd', 'gbp'),
  month: fc.constantFrom(...months),
  taxableAmount: fc.integer({ min: -1_000_000, max: 10_000_000 }),
  taxAmount: fc.integer({ min: -100_000, max: 1_000_000 }),
});
const tax = fc.array(line, { maxLength: 30 }).map((lines) =>
  lines.map(({ month, ...each }): TaxLine => {
    const [country = '', state = null] = each.ledgerAccount.slice('tax_payable:'.length).split('-');
    return { ...each, country, state, taxId: null, stated: null, invoicedAt: monthOf(month).start };
  }),
);

test('the summary has every amount once, whatever the period: sales and corrections come to the sum of the entries', () => {
  fc.assert(
    fc.property(tax, fc.constantFrom('2026-Q1', '2026-03', '2026'), (lines, period) => {
      const { lines: shown, missing } = returnLines('summary', returnPeriod(period), lines, { home: 'DE', rates: [] });
      expect(missing).toEqual([]);
      for (const currency of new Set(lines.map((each) => each.currency))) {
        const of = <Each extends { currency: string }>(all: readonly Each[]) => all.filter((each) => each.currency === currency);
        expect(sum(of(shown).map(({ taxAmount }) => taxAmount))).toBe(sum(of(lines).map(({ taxAmount }) => taxAmount)));
        expect(sum(of(shown).map(({ taxableAmount }) => taxableAmount))).toBe(sum(of(lines).map(({ taxableAmount }) => taxableAmount)));
      }
      expect(shown.every(({ part, originalPeriod }) => (part === 'corrections') === (originalPeriod !== null))).toBe(true);
    }),
  );
});

test('a form without a missing rate has the sources that the ledger has, and each is converted once', () => {
  fc.assert(
    fc.property(tax, fc.constantFrom(...FORMS), (lines, form) => {
      const period = returnPeriod('2026-Q1');
      const { lines: shown, missing } = returnLines(form, period, lines, { home: 'DE', rates: [] });
      const known = shown.flatMap(({ sources, ...of }) =>
        sources.filter(({ currency }) => currency === of.currency).map((each) => ({ of, each })),
      );
      const byLine = new Map<object, number>();
      for (const { of, each } of known) byLine.set(of, (byLine.get(of) ?? 0) + each.taxAmount);
      expect(missing.every(({ fromCurrency, toCurrency }) => fromCurrency !== toCurrency)).toBe(true);
      expect(sum([...byLine.values()])).toBe(sum(shown.map(({ taxAmount }) => taxAmount)));
    }),
  );
});

test('a sale to Monaco is on the return as one to France, and one to the Isle of Man as one to Britain', () => {
  const sale = { state: null, rate: '20', reason: 'standard_rated', taxId: null, stated: null, invoicedAt: monthOf('2026-02').start };
  const sold = (country: string, to: string, currency: string): TaxLine => ({
    ...{ ...sale, country, currency, ledgerAccount: `tax_payable:${to}`, taxableAmount: 1000, taxAmount: 200 },
  });
  const lines = [sold('FR', 'FR', 'eur'), sold('MC', 'FR', 'eur'), sold('GB', 'GB', 'gbp'), sold('IM', 'GB', 'gbp')];
  const on = (form: (typeof FORMS)[number], home: string) =>
    returnLines(form, returnPeriod('2026-Q1'), lines, { home, rates: [] }).lines.map(({ country, taxAmount }) => [country, taxAmount]);
  expect(on('oss_union', 'DE')).toEqual([['FR', 400]]);
  expect(on('oss_union', 'FR')).toEqual([]);
  expect(on('gb_vat', 'GB')).toEqual([['GB', 400]]);
});

test('yen and dinars become euro by their own minor units', () => {
  const sale = {
    ledgerAccount: 'tax_payable:EE',
    country: 'EE',
    state: null,
    rate: '24',
    reason: 'standard_rated',
    taxId: null,
    stated: null,
  };
  const lines: TaxLine[] = [
    { ...sale, currency: 'jpy', invoicedAt: at('2026-02-01'), taxableAmount: 10_000, taxAmount: 2400 },
    { ...sale, currency: 'kwd', invoicedAt: at('2026-02-01'), taxableAmount: 10_000, taxAmount: 2400 },
  ];
  const rates = [
    { fromCurrency: 'jpy', toCurrency: 'eur', rate: '0.00625', day: '2026-03-31' },
    { fromCurrency: 'kwd', toCurrency: 'eur', rate: '3', day: '2026-04-01' },
  ];
  const {
    lines: [oss],
  } = returnLines('oss_union', returnPeriod('2026-Q1'), lines, { home: 'DE', rates });
  expect(oss).toMatchObject({ taxableAmount: 6250 + 3000, taxAmount: 1500 + 720 });
});

test.each([
  ['2026', '2026-01-01', '2027-01-01'],
  ['2026-Q4', '2026-10-01', '2027-01-01'],
  ['2026-02', '2026-02-01', '2026-03-01'],
])('%s is from %s until %s', (period, start, end) => {
  const span = returnPeriod(period);
  expect(span).toMatchObject({ start: at(start), end: at(end) });
  expect([span.start, span.end - 1].map((time) => periodAround(time, span.kind))).toEqual([period, period]);
});

test('the nine boxes: pence in boxes 1 to 5, whole pounds in box 6, a credit as a positive net', () => {
  const of = { part: 'sales', account: 'tax_payable:GB', country: 'GB', state: null, rate: '20', reason: null, taxId: null } as const;
  const amounts = { originalPeriod: null, currency: 'gbp', taxableAmount: -12_399, taxAmount: -2480, sources: [] };
  expect(nineBoxes([{ ...of, ...amounts }])).toMatchObject({ vatDueSales: '-24.80', netVatDue: '24.80', totalValueSalesExVAT: '-123' });
});
