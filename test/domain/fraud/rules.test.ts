import * as fc from 'fast-check';
import { holds } from '../../../domain/fraud/evaluation';
import { counterOf } from '../../../domain/fraud/counters';
import { firstOfEach, matching, type UsableRule } from '../../../domain/fraud/matching';
import { assess, assessAfterBank, type FraudFacts } from '../../../domain/payment/fraud';
import { defaultAccountSettings } from '../../../domain/rows/account';
import type { Condition, RuleAction, RuleValues } from '../../../domain/rows/radar';
import { ParameterError } from '../../../server/http/parameter-error';
import { readRule } from '../../../server/radar/read-rule';

const NOTHING = { isListed: () => false };
const isTrue = (predicate: string, values: RuleValues, isListed: (alias: string, value: string) => boolean = NOTHING.isListed): boolean =>
  holds(readRule(`Block if ${predicate}`).condition, { values, isListed });
const refusal = (rule: string): string => {
  try {
    readRule(rule);
  } catch (error) {
    if (error instanceof ParameterError) return error.message;
    throw error;
  }
  throw new Error(`${rule} was not refused`);
};

test.each<[string, RuleValues, boolean]>([
  [":card_country: = 'us'", { card_country: 'US' }, true],
  [":card_country: != 'US'", { card_country: 'US' }, false],
  [':amount_in_usd: >= 100.50', { amount_in_usd: 100.5 }, true],
  [':amount_in_usd: > 100.50', { amount_in_usd: 100.5 }, false],
  [":email: LIKE '%@example.com'", { email: 'Ada@Example.com' }, true],
  [":email: LIKE 'a%b%c'", { email: 'abc' }, true],
  [":email: LIKE 'ab%bc'", { email: 'abc' }, false],
  [":email: NOT LIKE '%@example.com'", { email: 'ada@other.com' }, true],
  [":email: INCLUDES 'ada'", { email: 'xADAx' }, true],
  [":card_funding: IN ('prepaid', 'debit')", { card_funding: 'debit' }, true],
  [":card_funding: NOT IN ('prepaid')", { card_funding: 'debit' }, true],
  [':is_off_session:', { is_off_session: true }, true],
  ['!:is_off_session:', { is_off_session: true }, false],
  [':is_off_session: = false', { is_off_session: false }, true],
  ['::seats:: > 5', { '::seats::': '12' }, true],
  ['::seats:: > 5', { '::seats::': 'many' }, false],
  ["::customer:plan:: = 'gold'", { '::customer:plan::': 'gold' }, true],
  [':card_country: != :billing_address_country:', { card_country: 'US', billing_address_country: 'us' }, false],
  [":card_country: = 'US' OR :card_country: = 'DE' AND :is_off_session:", { card_country: 'US', is_off_session: false }, true],
  ["(:card_country: = 'US' || :card_country: = 'DE') && :is_off_session:", { card_country: 'US', is_off_session: false }, false],
  [':declined_charges_per_card_number_hourly: > 2', { declined_charges_per_card_number_hourly: 3 }, true],
])('%s', (predicate, values, expected) => {
  expect(isTrue(predicate, values)).toBe(expected);
});

test('a number that no computer holds, and parentheses that a name with a quote hides, are refused', () => {
  expect(refusal(`Block if :amount_in_usd: > ${'9'.repeat(400)}`)).toContain('too large');
  const deep = `${'('.repeat(60)}:is_off_session:${')'.repeat(60)}`;
  expect(refusal(`Block if ::a':: = "x" AND ${deep} AND ::b':: = "x"`)).toContain('At most 50 parentheses');
});

test('a list is looked up by its alias', () => {
  expect(isTrue(':email: IN @trusted', { email: 'a@b.c' }, (alias, value) => alias === 'trusted' && value === 'a@b.c')).toBe(true);
  expect(isTrue(':email: NOT IN @trusted', { email: 'a@b.c' }, () => true)).toBe(false);
});

test.each([
  [":email: = 'a'", false],
  ["NOT :email: = 'a'", false],
  [":email: != 'a'", false],
  [":email: NOT IN ('a')", false],
  ["NOT (:email: = 'a' OR :email: = 'b')", false],
  [':email: NOT IN @trusted', false],
  ['is_missing(:email:)', true],
  ['NOT is_missing(:email:)', false],
  ["is_missing(:email:) AND NOT (:email: = 'a' AND is_missing(:email:))", false],
])('with no e-mail address, %s is %s', (predicate, expected) => {
  expect(isTrue(predicate, {})).toBe(expected);
});

test.each([
  ["Block if :card_contry: = 'US'", 10, 'There is no attribute'],
  ['Block if :is_anonymous_ip:', 10, 'which Stripe has'],
  ['Block if :email: > 5', 10, 'compares numbers'],
  ["Block if :amount_in_usd: = 'many'", 28, 'a number'],
  ["Allow if :cvc_check: = 'pass'", 10, 'too late to allow'],
  ["Request 3D Secure if :address_zip_check: = 'fail'", 22, 'too late'],
  ['Block if :email:', 10, 'can stand alone'],
  ["Block if :card_country: = 'US' AND", 35, 'Expected'],
  ["Hold if :card_country: = 'US'", 1, 'Expected'],
  ["Block if :card_country: 'US'", 25, 'Expected'],
  ['Block if is_missing(:is_off_session:)', 21, 'never missing'],
  ['Block if :card_country: = :risk_score:', 27, 'another type'],
])('%s is refused at character %i', (rule, at, why) => {
  expect(refusal(rule)).toContain(`at character ${String(at)}: `);
  expect(refusal(rule)).toContain(why);
});

test('whatever is read as a rule, it is a rule or a refusal that names a character', () => {
  const piece = fc.constantFrom(
    ...['Block', 'Allow', 'Review', 'Request 3D Secure', 'if', ' ', ':email:', ':cvc_check:', ':amount_in_usd:', '::a::', '=', '!=', '<'],
    ...['IN', '@list', '(', ')', 'NOT', '!', 'AND', '&&', 'OR', '||', "'x'", '"y"', '1.5', 'true', 'is_missing', 'LIKE', 'INCLUDES', ','],
  );
  const rule = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' ')),
  );
  fc.assert(
    fc.property(rule, (text) => {
      try {
        const { condition } = readRule(text);
        expect(typeof holds(condition, { values: {}, ...NOTHING })).toBe('boolean');
        return;
      } catch (error) {
        expect(error).toBeInstanceOf(ParameterError);
        const [, at] = /at character (\d+): /.exec((error as Error).message) ?? [];
        expect(Number(at)).toBeGreaterThan(0);
        expect(Number(at)).toBeLessThanOrEqual(text.length + 1);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(refusal(`Block if ${'('.repeat(2_000)}`)).toContain('At most 50');
  expect(refusal(`Block if ${'NOT '.repeat(1_000)}:is_off_session:`)).toContain('At most 50');
});

const NAMES = ['card_country', 'email', 'card_brand'];
const condition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.record({ type: fc.constant('missing' as const), left: fc.constantFrom(...NAMES).map((name) => ({ name, at: 0 })) }),
    fc.record({
      type: fc.constant('compare' as const),
      left: fc.constantFrom(...NAMES).map((name) => ({ name, at: 0 })),
      operator: fc.constantFrom('=' as const, '!=' as const),
      right: fc.constantFrom('x', 'y').map((value) => ({ value, at: 0 })),
    }),
    tie('any').map((of): Condition => ({ type: 'not', of })),
    fc.record({ type: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
  ),
})).any;

/** Three values: null is "not known". A rule matches if it is known to be true. */
function kleene(of: Condition, values: RuleValues): boolean | null {
  if (of.type === 'not') {
    const inner = kleene(of.of, values);
    return inner === null ? null : !inner;
  }
  if (of.type === 'all' || of.type === 'any') {
    const parts = of.of.map((each) => kleene(each, values));
    const decisive = of.type === 'any';
    return parts.includes(decisive) ? decisive : parts.includes(null) ? null : !decisive;
  }
  return kleeneOfOne(of, values[of.left.name] ?? null);
}

function kleeneOfOne(of: Exclude<Condition, { of: unknown }>, left: RuleValues[string]): boolean | null {
  if (of.type === 'missing') return left === null;
  if (of.type !== 'compare' || !('value' in of.right)) throw new Error('not made here');
  return left === null ? null : (left === of.right.value) === (of.operator === '=');
}

test('a comparison with a missing value makes nothing true, however it is nested', () => {
  const values = fc.record({
    card_country: fc.constantFrom('x', 'y', null),
    email: fc.constantFrom('x', null),
    card_brand: fc.constant(null),
  });
  fc.assert(
    fc.property(condition, values, (of, found) => {
      expect(holds(of, { values: found, ...NOTHING })).toBe(kleene(of, found) === true);
    }),
  );
});

const settings = { ...defaultAccountSettings('TEST', 'customer').fraud, elevated_risk: 'review' as const };
const facts = (change: Partial<FraudFacts> = {}): FraudFacts => ({
  ...{
    riskLevel: 'normal',
    gateway: 'sandbox',
    livemode: false,
    scored: { score: 12, by: 'a model', points: {} },
    cvcCheck: 'pass',
    postalCodeCheck: null,
    attemptsInHour: 1,
    offSession: false,
  },
  authenticated: false,
  authentication: { sellerCountry: 'US', cardCountry: 'US', amount: 2000, currency: 'usd', offSession: false, sinceAuthentication: null },
  ...change,
});
const rule = (action: RuleAction): UsableRule => ({
  ...{ id: `rrl_${action}`, action, afterBank: false, shadow: false, predicate: ':is_off_session: = false', version: 1 },
  condition: readRule('Block if :is_off_session: = false').condition,
});
const decided = (actions: RuleAction[], change: Partial<FraudFacts> = {}) =>
  assess(facts(change), settings, firstOfEach(matching(actions.map(rule), { values: { is_off_session: false }, ...NOTHING })));

test('3-D Secure, allow, block, review: whatever the order of the rules, the same decides', () => {
  const actions = fc.uniqueArray(fc.constantFrom<RuleAction>('request_3ds', 'allow', 'block', 'review'));
  fc.assert(
    fc.property(
      actions,
      fc.constantFrom<FraudFacts['riskLevel']>('normal', 'elevated', 'highest'),
      fc.boolean(),
      (chosen, riskLevel, authenticated) => {
        const { decision, requestsThreeDSecure } = decided(chosen, { riskLevel, authenticated });
        const has = (action: RuleAction): boolean => chosen.includes(action);
        const asks = has('request_3ds') && !authenticated;
        if (has('allow')) expect(decision).toBe(asks ? 'require_3ds' : 'allow');
        else if (has('block') || riskLevel === 'highest') expect(decision).toBe('block');
        else if (has('review') || riskLevel === 'elevated') expect([decision, requestsThreeDSecure === true]).toEqual(['review', asks]);
        else expect(decision).toBe(asks ? 'require_3ds' : 'allow');
      },
    ),
  );
});

test('an allow rule stands above the built-in rules; nobody is asked for 3-D Secure who is not there', () => {
  expect(decided(['allow'], { riskLevel: 'highest', cvcCheck: 'fail' })).toMatchObject({
    decision: 'allow',
    rule: 'rrl_allow',
    reason: 'rule',
  });
  expect(decided(['request_3ds'], { offSession: true }).decision).toBe('allow');
});

test('once the bank has answered, a rule blocks or reviews, and otherwise the first verdict stays', () => {
  const matches = firstOfEach(matching([rule('review')], { values: { is_off_session: false }, ...NOTHING }));
  expect(assessAfterBank(facts(), matches)).toMatchObject({ decision: 'review', rule: 'rrl_review' });
  expect(assessAfterBank(facts(), {})).toBeNull();
});

test('a shadow decides nothing, and is recorded where it matches', () => {
  const shadow = { ...rule('block'), shadow: true };
  const matched = matching([shadow, rule('review')], { values: { is_off_session: false }, ...NOTHING });
  expect(matched.map(({ action, shadow: isShadow }) => [action, isShadow])).toEqual([
    ['block', true],
    ['review', undefined],
  ]);
  expect(assess(facts(), settings, firstOfEach(matched)).decision).toBe('review');
});

test('counters are named by what they count, for whom and how long', () => {
  expect(counterOf('declined_charges_per_card_number_hourly')).toEqual({ counted: 'declined', per: 'card_number', seconds: 3_900 });
  expect(counterOf('card_count_for_email_all_time')).toEqual({ counted: 'card', per: 'email', seconds: 157_680_000 });
  expect(counterOf('email_count_for_card_weekly')).toEqual({ counted: 'email', per: 'card_number', seconds: 608_400 });
  expect(counterOf('trials_per_card_number_yearly')).toEqual({ counted: 'trial', per: 'card_number', seconds: 31_622_400 });
  expect(counterOf('total_charges_per_ip_address_hourly')).toBeNull();
});
