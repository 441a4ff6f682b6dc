import { converted, rateOn, rateUpTo } from '../../../domain/tax/exchange-rates';

test('a rate counts on its day and for the seven days before, and no longer', () => {
  const rates = [{ fromCurrency: 'usd', toCurrency: 'eur', rate: '0.9', day: '2026-04-07' }];
  expect(['2026-03-30', '2026-03-31', '2026-04-07', '2026-04-08'].map((day) => rateOn(rates, 'usd', 'eur', day))).toEqual([
    null,
    '0.9',
    '0.9',
    null,
  ]);
});

test('up to a day, the latest rate counts, however old, but none of a later day or of the other direction', () => {
  const rates = [
    { fromCurrency: 'usd', toCurrency: 'eur', rate: '0.9', day: '2026-03-31' },
    { fromCurrency: 'usd', toCurrency: 'eur', rate: '0.8', day: '2026-02-28' },
  ];
  expect(['2026-02-27', '2026-02-28', '2026-03-30', '2026-12-31'].map((day) => rateUpTo(rates, 'usd', 'eur', day))).toEqual([
    null,
    '0.8',
    '0.8',
    '0.9',
  ]);
  expect([rateUpTo(rates, 'eur', 'usd', '2026-12-31'), rateUpTo([], 'eur', 'eur', '2026-12-31')]).toEqual([null, '1']);
});

test('an amount is converted between minor units, and rounded half away from zero', () => {
  expect([converted(1005, 'usd', 'eur', '0.9'), converted(-1005, 'usd', 'eur', '0.9')]).toEqual([905, -905]);
  expect(converted(1000, 'jpy', 'usd', '0.0065')).toBe(650);
  expect(converted(1234, 'kwd', 'eur', '3')).toBe(370);
});
