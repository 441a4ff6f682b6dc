import fc from 'fast-check';
import { missingEvents, usageUntil } from '../../../domain/migration/usage';

const quantity = fc.integer({ min: 0, max: 200 });

test('usage that was sent to both systems counts once, and what only the other has counted is added once', () => {
  fc.assert(
    fc.property(fc.constantFrom('sum', 'count' as const), quantity, quantity, (formula, theirs, here) => {
      const added = missingEvents(formula, String(theirs), { quantity: String(here), events: here === 0 ? 0 : 1 });
      const after = here + added.reduce((sum, value) => sum + (value === null ? 1 : Number(value)), 0);
      expect(after).toBe(Math.max(here, theirs));
      expect(missingEvents(formula, String(theirs), { quantity: String(after), events: 1 })).toEqual([]);
    }),
  );
});

test('decimals stay exact, a negative hour is taken, and a last value does not replace one that is here', () => {
  expect(missingEvents('sum', '0.3', { quantity: '0.1', events: 1 })).toEqual(['0.2']);
  expect(missingEvents('sum', '-4', { quantity: '0', events: 0 })).toEqual(['-4']);
  expect(missingEvents('last', '9', { quantity: '5', events: 2 })).toEqual([]);
  expect(missingEvents('last', '9', { quantity: '0', events: 0 })).toEqual(['9']);
});

test('usage is taken by whole hours, at least an hour later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 7200, max: 2_000_000_000 }), (now) => {
      const until = usageUntil(now);
      expect(until % 3600).toBe(0);
      expect(now - until).toBeGreaterThanOrEqual(3600);
      expect(now - until).toBeLessThan(7200);
    }),
  );
});
