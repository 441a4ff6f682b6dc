/** Looks at a payment with the seller's rules. What they decide is kept, so a repetition decides the same. */
import type { Sql } from '../db/connect';
import { count, findDecision, keepDecision, loadListed, loadPayment, rateTo, type PaymentToJudge } from '../db/fraud';
import { loadFraudFacts, type Fraud } from '../db/payments';
import { currencyOfAmount, isMetadata, listsOf, operandsOf, type CheckedByBank } from '../domain/fraud/attributes';
import { counterOf } from '../domain/fraud/counters';
import { firstOfEach, LIST_RULES, matching, rulesOfRound, type UsableRule } from '../domain/fraud/matching';
import { exponentOf } from '../domain/money/currency';
import { assess, assessAfterBank, riskOf, type Risk } from '../domain/payment/fraud';
import type { FraudAssessment, GatewayChecks } from '../domain/rows/payment-attempt';
import type { DecisionRound, MatchedRule, RuleValues } from '../domain/rows/radar';
import type { ActivityDependencies } from './dependencies';

/** What a verdict needs: the books, and the score. */
export type Judging = Pick<ActivityDependencies, 'score' | 'sql'>;

/** The verdict before the processor is called, by the account's settings and rules. */
export async function judgeBefore({ sql, score }: Judging, attempt: string, fraud: Fraud): Promise<FraudAssessment> {
  const { settings, rules, hasListed } = fraud;
  const facts = { ...fraud.facts, scored: score(fraud.features) };
  const usable = [...(hasListed ? LIST_RULES : []), ...rulesOfRound(rules, false)];
  if (usable.length === 0) return assess(facts, settings);
  const round = facts.authenticated ? 'after_authentication' : 'before';
  const before = await findDecision(sql, attempt, round);
  if (before !== null) return before.assessment;
  const judged = await judge(sql, attempt, usable, riskValues(riskOf(facts)));
  return keep(sql, { attempt, round, ...judged }, assess(facts, settings, firstOfEach(judged.matched)));
}

/** The verdict on what the bank has checked. Null: the first one stays. */
export async function judgeAfterBank({ sql, score }: Judging, attempt: string, checks: GatewayChecks): Promise<FraudAssessment | null> {
  const before = await findDecision(sql, attempt, 'after_authorization');
  if (before !== null) return before.assessment.decision === 'allow' ? null : before.assessment;
  const { facts: loaded, features, settings, rules } = await loadFraudFacts(sql, attempt);
  const facts = { ...loaded, scored: score(features) };
  const usable = rulesOfRound(rules, true);
  if (usable.length === 0) return null;
  const scored = assess(facts, settings);
  const judged = await judge(sql, attempt, usable, { ...checkValues(checks), ...riskValues(scored) });
  const verdict = assessAfterBank(facts, firstOfEach(judged.matched));
  await keep(
    sql,
    { attempt, round: 'after_authorization', ...judged },
    verdict ?? { ...scored, decision: 'allow', rule: null, reason: null },
  );
  return verdict;
}

const riskValues = ({ riskLevel, riskScore }: Risk): RuleValues => ({ risk_level: riskLevel, risk_score: riskScore });

/** Stripe's names. What was not sent was not provided. */
function checkValues(checks: GatewayChecks): Record<CheckedByBank, string> {
  return {
    address_line1_check: checks.address_line1_check ?? 'not_provided',
    address_zip_check: checks.address_postal_code_check ?? 'not_provided',
    cvc_check: checks.cvc_check ?? 'not_provided',
  };
}

interface Judged {
  payment: PaymentToJudge;
  values: RuleValues;
  matched: MatchedRule[];
}

async function judge(sql: Sql, attempt: string, rules: readonly UsableRule[], known: RuleValues): Promise<Judged> {
  const payment = await loadPayment(sql, attempt);
  const conditions = rules.map(({ condition }) => condition);
  const names = [...new Set(conditions.flatMap(operandsOf).map(({ name }) => name))];
  const values: RuleValues = {};
  for (const name of names) values[name] = known[name] ?? (await valueOf(sql, name, payment, attempt));
  const aliases = [...new Set(conditions.flatMap(listsOf).map(({ list }) => list))];
  const texts = Object.values(values).filter((value) => typeof value === 'string');
  const listed = aliases.length === 0 ? new Set() : await loadListed(sql, payment, aliases, texts);
  return { payment, values, matched: matching(rules, { values, isListed: (alias, value) => listed.has(`${alias} ${value}`) }) };
}

async function valueOf(sql: Sql, name: string, payment: PaymentToJudge, attempt: string): Promise<RuleValues[string]> {
  if (isMetadata(name)) return metadataOf(name, payment);
  const currency = currencyOfAmount(name);
  if (currency !== null) return amountIn(sql, currency, payment);
  const counter = counterOf(name);
  return counter === null ? (payment.values[name] ?? null) : count(sql, counter, payment, attempt);
}

/** `::key::` of the payment, `::customer:key::` of its customer. */
function metadataOf(name: string, { metadata }: PaymentToJudge): string | null {
  const [, ofCustomer, key = ''] = /^::(customer:)?(.+)::$/.exec(name) ?? [];
  const of = ofCustomer === undefined ? metadata.payment : metadata.customer;
  return Object.hasOwn(of, key) ? (of[key] ?? null) : null;
}

/** In the currency itself, not in its minor units; by the seller's own rate if it is another one. Only compared, never booked. */
async function amountIn(sql: Sql, currency: string, payment: PaymentToJudge): Promise<number | null> {
  const amount = payment.amount / 10 ** exponentOf(payment.currency);
  if (currency === payment.currency) return amount;
  const rate = await rateTo(sql, payment, payment.currency, currency);
  return rate === null ? null : amount * rate;
}

async function keep(
  sql: Sql,
  { attempt, round, payment, matched, values }: Judged & { attempt: string; round: DecisionRound },
  assessment: FraudAssessment,
): Promise<FraudAssessment> {
  const { account, livemode, created, intent: paymentIntent } = payment;
  const kept = await keepDecision(sql, { account, livemode, created, attempt, paymentIntent, round, assessment, matched, values });
  return kept.assessment;
}
