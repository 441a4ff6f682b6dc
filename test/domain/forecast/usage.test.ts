import fc from 'fast-check';
import { monthsFrom } from '../../../domain/forecast/months';
import { averageOf, expectedUsage, type MeteredItem } from '../../../domain/forecast/usage';
import { at } from '../../support/clock';

const item: MeteredItem = {
  ...{ meter: 'mtr_1', formula: 'sum', dimensions: {}, anchor: at('2026-01-01'), recurring: { interval: 'month', interval_count: 1 } },
  ...{ from: at('2026-03-01'), to: at('2026-04-01'), past: ['300', '600', '900', '7'] },
};

describe('the usage that a forecast expects', () => {
  test('each coming period has the average of the last three, the running one its remaining share', () => {
    expect(averageOf(item.past)).toBe('600');
    const now = at('2026-03-16') + 43_200;
    const expected = expectedUsage(item, now, at('2026-06-01'));
    expect(expected.map(({ quantity }) => quantity)).toEqual(['300', '600', '600']);
    const hours = expected.map(({ hour }) => new Date(hour * 3_600_000).toISOString().slice(0, 7));
    expect(hours).toEqual(['2026-03', '2026-04', '2026-05']);
  });

  test('a largest value comes once more, whatever is left of the period', () => {
    const expected = expectedUsage({ ...item, formula: 'max' }, at('2026-03-30'), at('2026-04-01'));
    expect(expected.map(({ quantity }) => quantity)).toEqual(['600']);
  });

  test('nothing is expected without an earlier period', () => {
    expect(expectedUsage({ ...item, past: [] }, at('2026-03-16'), at('2027-01-01'))).toEqual([]);
  });

  test('every hour is whole, after the present, and in one period only', () => {
    const starts = fc.integer({ min: 0, max: 30 * 86_400 });
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 24 }), (late, months) => {
        const now = item.from + late;
        const end = monthsFrom(now, months).at(-1) ?? 0;
        const hours = expectedUsage(item, now, end).map(({ hour }) => hour * 3_600);
        expect(hours.every((hour) => hour >= now)).toBe(true);
        expect(new Set(hours.map((hour) => new Date(hour * 1000).toISOString().slice(0, 7))).size).toBe(hours.length);
      }),
    );
  });
});

test('a forecast has the rest of this month and whole months after it', () => {
  expect(monthsFrom(at('2026-11-30') + 5, 2)).toEqual([at('2026-11-30') + 5, at('2026-12-01'), at('2027-01-01'), at('2027-02-01')]);
  expect(monthsFrom(at('2026-12-01'), 1)).toEqual([at('2026-12-01'), at('2027-01-01'), at('2027-02-01')]);
});
