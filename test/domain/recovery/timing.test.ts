/** When a retry is made: on paydays, and in the hours of the customer's day. */
import fc from 'fast-check';
import { retryTime } from '../../../domain/recovery/timing';
import type { RecoveryStep } from '../../../domain/rows/recovery-program';
import { at } from '../builders';
import { DAY } from '../subscription/world';

const retry = (of: Partial<RecoveryStep & { type: 'retry' }>): RecoveryStep & { type: 'retry' } => ({
  ...{ type: 'retry', declines: null, hours: null, paydays: null },
  ...of,
});
const money = { declineCode: 'insufficient_funds', notBefore: null };
const timeIn = (country: string | null, of: Partial<RecoveryStep & { type: 'retry' }>, time: string) =>
  new Date(retryTime(retry(of), { ...money, country }, at(time)) * 1000).toISOString().slice(0, 16);

test.each<[string, string | null, string, string]>([
  ['in the night it waits for the morning', 'DE', '2026-02-03T23:30:00Z', '2026-02-04T08:00'],
  ['in the day it is made at once', 'DE', '2026-02-03T09:17:00Z', '2026-02-03T09:17'],
  ['the last hour is over when it ends', 'DE', '2026-02-03T17:00:00Z', '2026-02-04T08:00'],
  ['in summer the clock is another', 'DE', '2026-07-03T23:30:00Z', '2026-07-04T07:00'],
  ['New York', 'US', '2026-02-03T09:00:00Z', '2026-02-03T14:00'],
  ['Tokyo', 'JP', '2026-02-03T10:00:00Z', '2026-02-04T00:00'],
  ['an unknown country has UTC', null, '2026-02-03T03:00:00Z', '2026-02-03T09:00'],
])('from 9 to 18: %s', (_name, country, time, expected) => {
  expect(timeIn(country, { hours: { from: 9, to: 18 } }, time)).toBe(expected);
});

test.each<[string, string, string]>([
  ['the next payday within a week', '2026-02-10T12:00:00Z', '2026-02-15T12:00'],
  ['a payday itself', '2026-02-15T12:00:00Z', '2026-02-15T12:00'],
  ['the last day of February is the 31st', '2026-02-25T12:00:00Z', '2026-02-28T12:00'],
  ['a payday that is further away is not waited for', '2026-02-03T12:00:00Z', '2026-02-03T12:00'],
])('paydays on the 15th and the last: %s', (_name, time, expected) => {
  expect(timeIn('DE', { paydays: [15, 31] }, time)).toBe(expected);
});

test('paydays count only while money is missing', () => {
  const of = { country: 'DE', declineCode: 'processing_error', notBefore: null };
  expect(retryTime(retry({ paydays: [15] }), of, at('2026-02-10'))).toBe(at('2026-02-10'));
});

test('a retry is never earlier than planned, nor than its network allows, and at most ten days later than both', () => {
  const hours = fc
    .record({ from: fc.integer({ min: 0, max: 23 }), to: fc.integer({ min: 0, max: 24 }) })
    .filter(({ from, to }) => from !== to % 24);
  const paydays = fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { maxLength: 4 });
  fc.assert(
    fc.property(
      fc.option(hours),
      fc.option(paydays),
      fc.constantFrom('DE', 'US', 'IN', 'NP', 'AU', null),
      fc.nat(400 * DAY),
      fc.nat(9 * DAY),
      (...of) => {
        const [window, days, country, offset, rest] = of;
        const planned = at('2026-01-01') + offset;
        const earliest = planned + rest;
        const made = retryTime(retry({ hours: window, paydays: days }), { ...money, country, notBefore: earliest }, planned);
        expect(made).toBeGreaterThanOrEqual(earliest);
        expect(made).toBeLessThanOrEqual(earliest + 10 * DAY);
      },
    ),
  );
});
