/** What card networks allow after declines, in every recovery. */
import fc from 'fast-check';
import { CAPS, mayBeCharged } from '../../../domain/recovery/network-rules';
import type { CardTry } from '../../../domain/rows/payment-attempt';
import type { RecoveryStep } from '../../../domain/rows/recovery-program';
import * as sample from '../../objects/rows';
import { runs } from '../../support/runs';
import { at } from '../builders';
import { DAY, HOUR, World } from '../subscription/world';

const NOW = 1_767_225_600;
const declinedAt = (time: number, advice: Partial<NonNullable<CardTry['advice']>> = {}, code = 'generic_decline'): CardTry => ({
  ...{ at: time, amount: 1000, currency: 'usd', declined: true, code },
  advice: { advice_code: null, network_advice_code: null, network_decline_code: null, ...advice },
});
const now = { amount: 1000, currency: 'usd', at: NOW };

test.each(['04', '07', '12', '14', '15', '41', '43', '46', '57', 'R0', 'R1', 'R3'])('visa never approves after %s', (code) => {
  expect(mayBeCharged('visa', [declinedAt(NOW - DAY, { network_decline_code: code })], now)).toMatchObject({
    allowed: false,
    notBefore: null,
  });
});

test.each(['03', '62', '78', '93'])('visa may approve after %s, which left category 1 in 2020', (code) => {
  expect(mayBeCharged('visa', [declinedAt(NOW - DAY, { network_decline_code: code })], now)).toEqual({ allowed: true });
});

test.each<[string, number | null]>([
  ...['01', '03', '21', '40', '41', '42'].map((code): [string, null] => [code, null]),
  ['02', 3 * DAY],
  ['24', HOUR],
  ['25', DAY],
  ['26', 2 * DAY],
  ['27', 4 * DAY],
  ['28', 6 * DAY],
  ['29', 8 * DAY],
  ['30', 10 * DAY],
])('after advice %s of mastercard the card rests', (code, seconds) => {
  const verdict = mayBeCharged('mastercard', [declinedAt(NOW, { network_advice_code: code })], now);
  expect(verdict).toMatchObject({ allowed: false, notBefore: seconds === null ? null : NOW + seconds });
  if (seconds === null) return;
  expect(mayBeCharged('mastercard', [declinedAt(NOW - seconds, { network_advice_code: code })], now)).toEqual({ allowed: true });
});

test('advice of one network says nothing about cards of another, and a success ends it', () => {
  const forbidden = declinedAt(NOW - DAY, { network_advice_code: '03' });
  expect(mayBeCharged('visa', [forbidden], now)).toEqual({ allowed: true });
  const paid: CardTry = { ...forbidden, at: NOW - HOUR, declined: false, advice: null, code: null };
  expect(mayBeCharged('mastercard', [forbidden, paid], now)).toEqual({ allowed: true });
});

test('the 15th decline in 30 days rests a visa card until the first is 30 days old; another amount is counted apart', () => {
  const tries = Array.from({ length: 15 }, (_, index) => declinedAt(NOW - 20 * DAY + index * DAY));
  expect(mayBeCharged('visa', tries, now)).toMatchObject({ allowed: false, notBefore: NOW + 10 * DAY });
  expect(mayBeCharged('visa', tries.slice(1), now)).toEqual({ allowed: true });
  expect(mayBeCharged('visa', tries, { ...now, amount: 999 })).toEqual({ allowed: true });
  expect(mayBeCharged('mastercard', tries, now)).toEqual({ allowed: true });
});

const CARDS = [
  'chargeCustomerFail',
  'visa_chargeCustomerFailInsufficientFunds',
  'visa_chargeCustomerFailNeverApproved',
  'mastercard_chargeCustomerFail',
  'mastercard_chargeCustomerFailRetryAfterFourDays',
  'mastercard_chargeCustomerFailDoNotRetry',
  'visa_chargeCustomerFailLostCard',
];
const steps = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 12 }).map((hours): RecoveryStep => ({ type: 'wait', seconds: hours * HOUR })),
    fc.constant<RecoveryStep>({ type: 'retry', declines: null, hours: null, paydays: null }),
    fc.constant<RecoveryStep>({ type: 'retry', declines: null, hours: { from: 9, to: 17 }, paydays: [1, 15] }),
  ),
  { minLength: 20, maxLength: 50 },
);
const changes = fc.array(fc.record({ card: fc.constantFrom(...CARDS), after: fc.integer({ min: 1, max: 20 }) }), { maxLength: 6 });

test('whatever the programs, cards and answers: no cap is passed, no card is tried before it may be, and the recovery ends', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(...CARDS), changes, (program, card, replacements) => {
      const world = new World('2026-04-01');
      const arms = [{ name: 'all', share: 100, steps: program, ends_in: 'past_due' as const }];
      world.rows.put('recoveryProgram', sample.recoveryProgram({ segment: sample.anySegment, arms }));
      world.card('visa');
      const subscription = world.create();
      world.card(card);
      world.advance(at('2026-05-01T01:00:00Z'));
      const invoice = world.last().id;
      for (const { card: next, after } of replacements) {
        world.by(after * HOUR);
        world.card(next);
      }
      // The first of June brings another invoice, whose tries of the same cards count, too.
      world.by(45 * DAY);
      world.update(subscription, { pause_collection: { behavior: 'void' } });
      world.by(800 * DAY);
      expect(world.rows.get('dunning', invoice).status).toBe('exhausted');
      for (const method of world.rows.all('paymentMethod')) checkCard(world, method.card?.brand ?? '', method.card?.fingerprint ?? '');
    }),
    { numRuns: runs(6) },
  );
});

/** Every charge that a recovery made, against what the card had been answered before. First charges of an invoice are no retries. */
function checkCard(world: World, brand: string, fingerprint: string): void {
  const attempts = world.rows.where('paymentAttempt', (each) => each.fingerprint === fingerprint && each.kind === 'payment');
  const retries = attempts.filter(({ workflow }) => workflow.startsWith('dunning/'));
  for (const { created, amount } of retries) {
    const before = attempts.filter((each) => each.created < created && each.amount === amount).map((each) => each.created);
    for (const { most, seconds } of CAPS.filter((cap) => cap.brand === brand)) {
      expect(before.filter((time) => time > created - seconds).length).toBeLessThan(most);
    }
    if (fingerprint.endsWith('RetryAfterFourDays')) expect(before.every((time) => time <= created - 4 * DAY)).toBe(true);
    if (/NeverApproved|DoNotRetry|LostCard/.test(fingerprint)) expect(before.filter((time) => time > created - 30 * DAY)).toEqual([]);
  }
}
