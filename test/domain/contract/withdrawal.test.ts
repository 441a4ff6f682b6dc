import fc from 'fast-check';
import { withdrawalEnd, withdrawalRefund, type BilledSpan } from '../../../domain/contract/withdrawal';

const DAY = 86_400;
const START = 1_767_225_600;
const month: BilledSpan = { amount: 3000, from: START, to: START + 30 * DAY };

const refund = (change: Partial<Parameters<typeof withdrawalRefund>[0]> = {}): number =>
  withdrawalRefund({ paid: 3570, spans: [month], others: 0, at: START + 10 * DAY, consentAt: START, ...change });

describe('a consumer who withdraws', () => {
  test('owes the share of the time that was provided on request, and gets the rest back with its tax', () => {
    expect(refund()).toBe(2380);
    expect(refund({ at: START })).toBe(3570);
    expect(refund({ at: START + 30 * DAY })).toBe(0);
    expect(refund({ at: START + 40 * DAY })).toBe(0);
  });

  test('owes nothing if it never asked that the service begins', () => {
    expect(refund({ consentAt: null, at: START + 14 * DAY })).toBe(3570);
  });

  test('is charged in proportion to what each line cost', () => {
    const setup: BilledSpan = { amount: 1000, from: START, to: START + 5 * DAY };
    // After 10 of 30 days: 1000 of 3000, and all of the 1000.
    expect(refund({ paid: 4000, spans: [month, setup] })).toBe(2000);
  });

  test('gets back only its own part of a payment that was for other contracts as well', () => {
    // 35.00 of 10.00 for the contract and 25.00 for another.
    const shared = { paid: 3500, spans: [{ ...month, amount: 1000 }], others: 2500 };
    expect(refund({ ...shared, consentAt: null })).toBe(1000);
    expect(refund({ ...shared, at: START + 15 * DAY })).toBe(500);
    expect(refund({ ...shared, spans: [] })).toBe(0);
  });

  test('never gets more than it paid, never less for an earlier declaration, and the rounding is in its favor', () => {
    const span = fc
      .record({
        amount: fc.integer({ min: -5000, max: 100_000 }),
        days: fc.integer({ min: 1, max: 400 }),
        after: fc.integer({ min: 0, max: 30 }),
      })
      .map(({ amount, days, after }) => ({ amount, from: START + after * DAY, to: START + (after + days) * DAY }));
    const instants = fc.tuple(fc.integer({ min: 0, max: 500 * DAY }), fc.integer({ min: 0, max: 500 * DAY }));
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(span, { maxLength: 5 }), instants, (paid, spans, [a, b]) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((seconds) => refund({ paid, spans, at: START + seconds }));
        expect(late).toBeGreaterThanOrEqual(0);
        expect(early).toBeLessThanOrEqual(paid);
        expect(early).toBeGreaterThanOrEqual(late as number);
        const billed = spans.filter(({ amount }) => amount > 0);
        const total = billed.reduce((sum, { amount }) => sum + amount, 0);
        const used = billed.reduce(
          (sum, { amount, from, to }) => sum + (amount * Math.min(Math.max(START + Math.max(a, b) - from, 0), to - from)) / (to - from),
          0,
        );
        if (total > 0) expect(late as number).toBeGreaterThanOrEqual(paid - (paid * used) / total - 0.001);
      }),
    );
  });

  test('has until the end of the last day', () => {
    const noon = Date.parse('2026-07-01T12:00:00Z') / 1000;
    expect(new Date(withdrawalEnd(noon, 14) * 1000).toISOString()).toBe('2026-07-15T23:59:59.000Z');
  });
});
