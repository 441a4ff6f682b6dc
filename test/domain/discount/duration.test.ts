import { discountApplies, discountEnd } from '../../../domain/discount/duration';
import { at } from '../builders';

const start = at('2026-01-31T09:00:00Z');
const discount = { deleted: false, startsAt: start, endsAt: null };

test('a coupon for three months ends three months after it was given, clamped to a shorter month', () => {
  expect(discountEnd({ duration: 'repeating', durationInMonths: 3 }, start)).toBe(at('2026-04-30T09:00:00Z'));
  expect(discountEnd({ duration: 'repeating', durationInMonths: 1 }, start)).toBe(at('2026-02-28T09:00:00Z'));
});

test('a coupon for one invoice and one forever have no end', () => {
  expect(discountEnd({ duration: 'once', durationInMonths: null }, start)).toBeNull();
  expect(discountEnd({ duration: 'forever', durationInMonths: null }, start)).toBeNull();
});

test('a coupon for one invoice reduces only the first', () => {
  expect(discountApplies(discount, { duration: 'once' }, start, false)).toBe(true);
  expect(discountApplies(discount, { duration: 'once' }, start, true)).toBe(false);
});

test('a coupon forever reduces every invoice', () => {
  expect(discountApplies(discount, { duration: 'forever' }, at('2126-01-31'), true)).toBe(true);
});

test('a coupon for some months reduces invoices before its end, but not the invoice at its end', () => {
  const ending = { ...discount, endsAt: at('2026-04-30T09:00:00Z') };
  expect(discountApplies(ending, { duration: 'repeating' }, at('2026-04-30T08:59:59Z'), true)).toBe(true);
  expect(discountApplies(ending, { duration: 'repeating' }, at('2026-04-30T09:00:00Z'), true)).toBe(false);
});

test('a discount that was removed, or has not begun, reduces nothing', () => {
  expect(discountApplies({ ...discount, deleted: true }, { duration: 'forever' }, start, false)).toBe(false);
  expect(discountApplies(discount, { duration: 'forever' }, start - 1, false)).toBe(false);
});
