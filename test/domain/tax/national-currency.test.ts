import fc from 'fast-check';
import { creditedNationalTax, nationalCurrencyOf, nationalTaxOf, rateNeeded } from '../../../domain/tax/national-currency';
import type { NationalTax } from '../../../domain/rows/invoice';

const at = (time: string): number => Date.parse(time) / 1000;
const NOON = at('2026-03-31T12:00:00Z');
const taxed = (currency: string, ...countries: (string | null)[]) =>
  rateNeeded({ currency, taxes: countries.map((country) => ({ amount: 100, country })), at: NOON });

test.each([
  ['a Polish tax in euro', 'eur', ['PL'], 'pln'],
  ['a German tax in dollars', 'usd', ['DE'], 'eur'],
  ['a British tax in euro', 'eur', ['GB'], 'gbp'],
  ['a Swiss tax in euro', 'eur', ['CH'], 'chf'],
  ['a Norwegian tax in euro', 'eur', ['NO'], 'nok'],
  ['German and French tax in dollars', 'usd', ['DE', 'FR'], 'eur'],
])('%s needs a rate', (_what, currency, countries, to) => {
  expect(taxed(currency, ...countries)).toEqual({ from: currency, to, since: '2026-02-28', day: '2026-03-31' });
});

test.each([
  ['a tax in the currency of its country', 'eur', ['DE']],
  ['taxes of two currencies', 'usd', ['DE', 'PL']],
  ['a rate that names no country', 'usd', [null]],
  ['a rate without a country beside one with', 'usd', ['DE', null]],
  ['a country whose law the table does not have', 'eur', ['US']],
  ['no tax', 'eur', []],
])('%s needs none', (_what, currency, countries) => {
  expect(taxed(currency, ...countries)).toBeNull();
});

test('a reverse-charged invoice charges no tax and needs no rate', () => {
  expect(rateNeeded({ currency: 'usd', taxes: [{ amount: 0, country: 'DE' }], at: NOON })).toBeNull();
});

test('Croatia has the euro since 2023, Bulgaria since 2026, from midnight in the country on', () => {
  expect(['2022-12-31', '2023-01-01'].map((day) => nationalCurrencyOf('HR', day))).toEqual(['hrk', 'eur']);
  const inSofia = (time: string) => rateNeeded({ currency: 'usd', taxes: [{ amount: 1, country: 'BG' }], at: at(time) });
  expect(inSofia('2025-12-31T21:59:59Z')).toMatchObject({ to: 'bgn', day: '2025-12-31' });
  expect(inSofia('2025-12-31T22:00:00Z')).toMatchObject({ to: 'eur', day: '2026-01-01' });
});

const QUESTION = { from: 'eur', to: 'pln', since: '2026-02-28', day: '2026-03-31' };
const rate = (day: string, value: string) => ({ fromCurrency: 'eur', toCurrency: 'pln', rate: value, day, source: 'NBP' });

test('the latest rate up to the day counts, for a month, and without one no rate is guessed', () => {
  const amountBy = (...rates: ReturnType<typeof rate>[]) => nationalTaxOf(2300, QUESTION, rates);
  expect(amountBy(rate('2026-03-27', '4.2'), rate('2026-03-30', '4.2512'), rate('2026-04-01', '9'))).toEqual({
    ...{ currency: 'pln', amount: 9778, exchangeRate: { rate: '4.2512', day: '2026-03-30', source: 'NBP' } },
  });
  expect(amountBy(rate('2026-02-28', '4')).amount).toBe(9200);
  expect(amountBy(rate('2026-02-27', '4'))).toEqual({ currency: 'pln', amount: null, exchangeRate: null });
});

test('the credit notes of a whole invoice sum to what the invoice states, at its rate', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 99_999 }), { minLength: 1 }), fc.integer({ min: 1, max: 9_999_999 }), (parts, rate) => {
      const total = parts.reduce((sum, part) => sum + part, 0);
      const of = { from: 'eur', to: 'huf', since: '2026-01-01', day: '2026-01-01' };
      const rates = [{ fromCurrency: 'eur', toCurrency: 'huf', rate: String(rate / 10_000), day: '2026-01-01', source: null }];
      const nationalTax: NationalTax = nationalTaxOf(total, of, rates);
      let [before, credited] = [0, 0];
      for (const part of parts) {
        credited += creditedNationalTax({ currency: 'eur', nationalTax }, part, before)?.amount ?? 0;
        before += part;
      }
      expect(credited).toBe(nationalTax.amount);
    }),
  );
});
