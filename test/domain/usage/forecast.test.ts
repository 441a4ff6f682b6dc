import fc from 'fast-check';
import { forecastOf } from '../../../domain/usage/forecast';
import * as made from '../../objects/rows';

const DAY = 86_400;
const price = { ...made.price(), unitAmountDecimal: '5', tiers: null, tiersMode: null, transformQuantity: null };
const month = { from: 0, to: 30 * DAY };

const forecast = (quantity: string, days: number, formula: 'count' | 'last' | 'max' | 'sum' = 'sum') =>
  forecastOf({ quantity, formula, ...month }, price, days * DAY);

test('usage goes on as so far: after a third of the period, it will be three times as much', () => {
  expect(forecast('100', 10)).toEqual({ quantity: '300', amount: 1500 });
  expect(forecast('7', 30)).toEqual({ quantity: '7', amount: 35 });
});

test('a maximum or a last value stays', () => {
  expect(forecast('100', 10, 'max')?.quantity).toBe('100');
  expect(forecast('100', 10, 'last')?.quantity).toBe('100');
});

test('nothing is said on the first day', () => {
  expect([forecast('100', 0), forecast('100', 0.9), forecast('100', 1)?.quantity]).toEqual([null, null, '3000']);
});

test('a forecast is never less than what is used, and is exact at the end', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: DAY, max: 40 * DAY }), (quantity, now) => {
      const found = forecastOf({ quantity: String(quantity), formula: 'sum', ...month }, price, now);
      expect(Number(found?.quantity)).toBeGreaterThanOrEqual(quantity);
      if (now >= month.to) expect(found?.quantity).toBe(String(quantity));
    }),
  );
});
