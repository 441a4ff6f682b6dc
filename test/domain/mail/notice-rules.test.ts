import * as fc from 'fast-check';
import { declineReasonOf } from '../../../domain/mail/decline-reason';
import { NOTICE_RULES, noticeDays, type Charged, type NoticeRule } from '../../../domain/mail/notice-rules';
import { nextTryAfter } from '../../../domain/mail/outcomes';

const anywhere = { country: null, state: null };
const trial = (of: Partial<Charged>): number[] => noticeDays({ before: 'trial_end', brand: null, place: anywhere, length: 14, ...of });
const renewal = (of: Partial<Charged>): number[] => noticeDays({ before: 'renewal', brand: null, place: anywhere, length: 12, ...of });

test('a trial is announced seven days before its end where Visa asks for it, else three', () => {
  expect(trial({ brand: 'visa' })).toEqual([7]);
  expect(trial({ brand: 'mastercard' })).toEqual([3]);
  expect(trial({ brand: null })).toEqual([3]);
  expect(trial({ brand: 'visa', length: 5 })).toEqual([3]);
  expect(trial({ brand: 'visa', length: 2 })).toEqual([]);
});

test('a month renews without a notice, and half a year with one if it is paid by card', () => {
  expect(renewal({ brand: 'visa', length: 1 })).toEqual([]);
  expect(renewal({ brand: 'visa', length: 6 })).toEqual([30]);
  expect(renewal({ brand: null, length: 6 })).toEqual([]);
});

test('a debit is announced as its scheme asks, also each month; a card in India the day before each charge', () => {
  expect(renewal({ brand: 'sepa_debit', length: 1 })).toEqual([21]);
  expect(trial({ brand: 'sepa_debit', length: 30 })).toEqual([14]);
  expect(renewal({ brand: 'bacs_debit', length: 1 })).toEqual([14]);
  expect(renewal({ brand: 'us_bank_account', length: 1 })).toEqual([]);
  expect(renewal({ brand: 'visa', place: { country: 'IN', state: null }, length: 1 })).toEqual([3]);
});

test('one notice satisfies all rules that one day can satisfy, and a second comes where none does', () => {
  const california = { country: 'US', state: 'CA' };
  expect(renewal({ brand: 'visa', place: california })).toEqual([30]);
  expect(renewal({ place: california })).toEqual([45]);
  expect(renewal({ place: { country: 'US', state: 'NY' } })).toEqual([]);
  expect(renewal({ brand: 'mastercard', place: { country: 'FR', state: null } })).toEqual([85, 30]);
});

test('every rule that applies has a notice within its days, for any card, place and length', () => {
  const charged = fc.record({
    before: fc.constantFrom('trial_end' as const, 'renewal' as const),
    brand: fc.constantFrom(null, 'visa', 'mastercard', 'amex', 'sepa_debit', 'bacs_debit'),
    place: fc.record({ country: fc.constantFrom(null, 'US', 'FR', 'DE', 'IN'), state: fc.constantFrom(null, 'CA', 'NY') }),
    length: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(charged, (of) => {
      const days = noticeDays(of);
      const missed = NOTICE_RULES.filter(
        (rule) => applies(rule, of) && !days.some((day) => day >= rule.days.least && day <= rule.days.most),
      );
      expect(missed).toEqual([]);
      expect(of.before === 'trial_end' && days.some((day) => day > of.length)).toBe(false);
    }),
  );
});

function applies({ before, brands, places, from }: NoticeRule, of: Charged): boolean {
  if (before !== of.before || of.length < from) return false;
  if (brands !== null && !brands.includes(of.brand ?? '')) return false;
  const { country, state } = of.place ?? anywhere;
  return places === null || [country, `${country ?? ''}-${state ?? ''}`].some((place) => places.includes(place ?? ''));
}

test('the customer is never told of a bank’s suspicion, and is told what it can do', () => {
  for (const code of ['lost_card', 'stolen_card', 'fraudulent', 'merchant_blacklist', 'generic_decline', null]) {
    expect(declineReasonOf(code)).toBe('declined');
  }
  expect(declineReasonOf('expired_card')).toBe('card_data');
  expect(declineReasonOf('insufficient_funds')).toBe('insufficient_funds');
  expect(declineReasonOf('authentication_required')).toBe('authentication');
});

test('a mail is tried again after a minute, then less and less often, and not after three days', () => {
  const after = (seconds: number) => nextTryAfter({ created: 0 }, seconds);
  expect([after(0), after(600), after(86_400)]).toEqual([60, 1200, 86_400 + 4 * 3600]);
  expect(after(72 * 3600)).toBeNull();
});
