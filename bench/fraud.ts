/** Fraud decisions in the worker's own code, against the system's Postgres; and how many rules one core evaluates. */
import { judgeBefore } from '../activities/fraud-rules';
import { loadFraudFacts } from '../db/payments';
import { matching, type UsableRule } from '../domain/fraud/matching';
import { scoreByModel } from '../domain/fraud/score';
import type { RuleValues } from '../domain/rows/radar';
import type { Api } from './api';
import type { MeasuredStack } from './stack';
import { quantile } from './workload';

export interface Fraud {
  decisions: { rules: number; p50: number; p99: number }[];
  rules: number;
  /** Rules evaluated in a second by one core, all values known. */
  rulesPerSecond: number;
}

const RULES = 20;
/** Payments on which the rules are evaluated without Postgres. */
const EVALUATED = 20_000;

export async function measureFraud(api: Api, stack: MeasuredStack, count: number): Promise<Fraud> {
  for (let made = 0; made < count; made += 1) await pay(api);
  const attempts = await stack.sql<
    { id: string }[]
  >`select id from payment_attempts where kind = 'payment' order by seq desc limit ${count}`;
  const decide = async (rules: number): Promise<Fraud['decisions'][number]> => {
    const times: number[] = [];
    for (const { id } of attempts) {
      const begun = performance.now();
      await judgeBefore({ sql: stack.sql, secret: 'bench', score: scoreByModel }, id, await loadFraudFacts(stack.sql, id));
      times.push(performance.now() - begun);
    }
    const sorted = times.toSorted((a, b) => a - b);
    return { rules, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
  };
  // The first pass warms up.
  await decide(0);
  const without = await decide(0);
  for (let number = 0; number < RULES; number += 1) await api.post('/v1/radar/rules', { rule: ruleOf(number) });
  const decisions = [without, await decide(RULES)];
  return { decisions, rules: RULES, rulesPerSecond: evaluate(await rulesIn(stack)) };
}

async function pay(api: Api): Promise<void> {
  const { id: customer } = await api.post('/v1/customers', { email: 'bench@example.com' });
  const { id: card } = await api.post('/v1/payment_methods/pm_card_visa/attach', { customer });
  await api.post('/v1/payment_intents', {
    amount: '2000',
    currency: 'usd',
    customer,
    payment_method: card,
    confirm: 'true',
    off_session: 'true',
  });
}

/** None of them matches. Every fifth counts earlier charges. */
const ruleOf = (number: number): string =>
  number % 5 === 0
    ? `Block if :total_charges_per_customer_daily: > ${String(100 + number)}`
    : `Review if :amount_in_usd: > ${String(5000 + number)} AND :card_country: != 'US' AND NOT :email: LIKE '%@example.com'`;

const rulesIn = ({ sql }: MeasuredStack): Promise<UsableRule[]> =>
  sql`select id, action, after_bank, predicate, condition, version, shadow from radar_rules where active order by seq`;

function evaluate(rules: readonly UsableRule[]): number {
  const values: RuleValues = { amount_in_usd: 20, card_country: 'US', email: 'bench@example.com', total_charges_per_customer_daily: 1 };
  const begun = performance.now();
  for (let payment = 0; payment < EVALUATED; payment += 1) matching(rules, { values, isListed: () => false });
  return (rules.length * EVALUATED * 1000) / (performance.now() - begun);
}
