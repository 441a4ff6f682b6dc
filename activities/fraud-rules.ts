/** Looks at a payment with the seller's rules. What they decide is kept, so a repetition decides the same. */
import type { Sql } from '../db/connect';
import { decisionId, findDecision, keepDecision, listedAmong } from '../db/fraud';
import { loadPayments, valuesOf, type PaymentToJudge } from '../db/fraud-values';
import { loadFraudFacts, type Fraud } from '../db/payments';
import { operandsOf, type CheckedByBank } from '../domain/fraud/attributes';
import { firstOfEach, LIST_RULES, matching, rulesOfRound, type Matches, type UsableRule } from '../domain/fraud/matching';
import { assess, assessAfterBank, assessSetup, riskOf, valuesOfSettings, valuesOfSetup, type Risk } from '../domain/payment/fraud';
import type { FraudAssessment, GatewayChecks } from '../domain/rows/payment-attempt';
import type { DecisionRound, MatchedRule, RuleValues } from '../domain/rows/radar';
import type { ActivityDependencies } from './dependencies';

/** What a verdict needs: the books, the score, and the secret that hides what is on lists of erased persons. */
export type Judging = Pick<ActivityDependencies, 'score' | 'secret' | 'sql'>;

/**
 * The verdict before the processor is called, by the account's settings and rules. A setup moves no money: settings count once its card is charged, and nobody
 * reviews it. Where no rule and no list is looked at, the decision is written with the answer.
 */
export async function judgeBefore({ sql, score, secret }: Judging, attempt: string, fraud: Fraud): Promise<FraudAssessment> {
  const { hasListed, kind, rules, settings } = fraud;
  const facts = { ...fraud.facts, scored: score(fraud.features) };
  const decide = (matches: Matches): FraudAssessment => (kind === 'setup' ? assessSetup(facts, matches) : assess(facts, settings, matches));
  const before = rulesOfRound(rules, false).filter(({ action }) => kind !== 'setup' || action !== 'review');
  const usable = [...(hasListed ? LIST_RULES : []), ...before];
  const round = facts.authenticated ? 'after_authentication' : 'before';
  if (usable.length === 0) {
    const assessment = decide({});
    const values = kind === 'setup' ? valuesOfSetup(facts, assessment) : valuesOfSettings(facts, settings, assessment);
    return { ...assessment, unwritten: { id: decisionId(attempt, round), round, values } };
  }
  const decided = await findDecision(sql, attempt, round);
  if (decided !== null) return decided.assessment;
  const judged = await judge({ sql, secret }, attempt, usable, riskValues(riskOf(facts)));
  return keep(sql, { attempt, round, ...judged }, decide(firstOfEach(judged.matched)));
}

/** The verdict on what the bank has checked. Null: the first one stays. */
export async function judgeAfterBank(
  { sql, score, secret }: Judging,
  attempt: string,
  checks: GatewayChecks,
): Promise<FraudAssessment | null> {
  const before = await findDecision(sql, attempt, 'after_authorization');
  if (before !== null) return before.assessment.decision === 'allow' ? null : before.assessment;
  const { facts: loaded, features, settings, rules } = await loadFraudFacts(sql, attempt);
  const facts = { ...loaded, scored: score(features) };
  const usable = rulesOfRound(rules, true);
  if (usable.length === 0) return null;
  const scored = assess(facts, settings);
  const judged = await judge({ sql, secret }, attempt, usable, { ...checkValues(checks), ...riskValues(scored) });
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

async function judge(
  { sql, secret }: Omit<Judging, 'score'>,
  attempt: string,
  rules: readonly UsableRule[],
  known: RuleValues,
): Promise<Judged> {
  const [payment] = await loadPayments(sql, [attempt]);
  if (!payment) throw new Error(`there is no attempt ${attempt}`);
  const conditions = rules.map(({ condition }) => condition);
  const names = [...new Set(conditions.flatMap(operandsOf).map(({ name }) => name))];
  const values = (await valuesOf(sql, [payment], names, () => known)).get(attempt) ?? {};
  const isListed = await listedAmong({ sql, secret }, payment, conditions, [values]);
  return { payment, values, matched: matching(rules, { values, isListed }) };
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
