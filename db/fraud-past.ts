/** Past payments, as tests of rules and reports see them. */
import type { Scope } from '../domain/core/steps';
import type { PastPayment } from '../domain/fraud/backtest';
import type { RuleValues } from '../domain/rows/radar';
import type { Sql } from './connect';
import type { Condition } from './lists';
import { givenBack } from './refunds';

export interface Span {
  from: number;
  /** Exclusive. */
  to: number;
}

export interface PastPaymentWithValues extends PastPayment {
  /** Those at which rules looked when it was decided. */
  decided: RuleValues;
}

/** The newest decided payments of the span. */
export async function loadPast(
  sql: Sql,
  { account, livemode }: Scope,
  { from, to }: Span,
  limit: number,
): Promise<PastPaymentWithValues[]> {
  return sql`
    select t.id as attempt, c.id as charge, t.amount, t.currency, t.status, coalesce(c.outcome ->> 'type' = 'blocked', false) as blocked,
      ${givenBack(sql)} > 0 as refunded, ${isFraud(sql)} as fraud,
      coalesce(t.assessment ->> 'decision' = 'allow' and t.assessment ->> 'rule' is not null, false) as allowed,
      coalesce((select d.values from fraud_decisions d where d.attempt = t.id
        order by d.round = 'after_authorization' desc, d.seq desc limit 1), '{}') as decided
    from payment_attempts t left join charges c on c.payment_intent = t.intent and c.attempt = t.number
    where t.account = ${account} and t.livemode = ${livemode} and t.kind = 'payment' and t.status in ('succeeded', 'failed')
      and t.created >= ${from} and t.created < ${to}
    order by t.created desc, t.seq desc limit ${limit}`;
}

/** The charge `c` is disputed, or its bank has warned of it. */
const isFraud = (sql: Sql): Condition =>
  sql`coalesce(c.disputed or exists (select 1 from early_fraud_warnings w where w.charge = c.id), false)`;

export interface RuleFigures {
  rule: string;
  currency: string;
  matched: number;
  shadow: number;
  blocked: number;
  blockedAmount: number;
  reviewed: number;
  approved: number;
  falsePositives: number;
  succeeded: number;
  disputed: number;
  disputedAmount: number;
}

/** A blocked customer who pays within this time was no fraud. */
const PAID_WITHIN = 7 * 86_400;

/**
 * For each rule, list or setting and each currency, what became of the payments that it matched. A false positive is a review that was approved, or a
 * block of a customer who paid within seven days; neither was disputed.
 */
export async function measureRules(sql: Sql, { account, livemode }: Scope, { from, to }: Span): Promise<RuleFigures[]> {
  const own = (table: string): Condition => sql`
    ${sql(table)}.account = ${account} and ${sql(table)}.livemode = ${livemode} and ${sql(table)}.created >= ${from} and ${sql(table)}.created < ${to}`;
  return sql`
    with seen as (
      select d.attempt, m ->> 'id' as rule, m ? 'shadow' as shadow
      from fraud_decisions d cross join lateral jsonb_array_elements(d.matched) m where ${own('d')}
      union
      select c.payment_intent || '/attempt-' || c.attempt, c.outcome ->> 'rule', false from charges c where ${own('c')} and c.outcome ? 'rule'
    ), matched as (select attempt, rule, bool_and(shadow) as shadow from seen group by attempt, rule),
    judged as (
      select m.rule, m.shadow, c.currency, c.amount, c.status, c.disputed, v.id is not null and decided as reviewed,
        decided and c.outcome ->> 'type' = 'blocked' as blocked, v.closed_reason = 'approved' as approved,
        exists (select 1 from charges p where p.customer = c.customer and p.status = 'succeeded' and not p.disputed
          and p.created >= c.created and p.created <= c.created + ${PAID_WITHIN}) as paid_later
      from matched m
      join charges c on c.payment_intent = split_part(m.attempt, '/attempt-', 1) and c.attempt = split_part(m.attempt, '/attempt-', 2)::int
      cross join lateral (select not m.shadow and c.outcome ->> 'rule' = m.rule as decided) as d
      left join reviews v on v.charge = c.id and v.opened_reason = 'rule'
      where c.account = ${account} and c.livemode = ${livemode}
    )
    select rule, currency, count(*)::int as matched, count(*) filter (where shadow)::int as shadow,
      count(*) filter (where blocked)::int as blocked, coalesce(sum(amount) filter (where blocked), 0)::float8 as blocked_amount,
      count(*) filter (where reviewed)::int as reviewed, count(*) filter (where reviewed and approved)::int as approved,
      count(*) filter (where reviewed and approved and not disputed or blocked and paid_later)::int as false_positives,
      count(*) filter (where status = 'succeeded')::int as succeeded, count(*) filter (where disputed)::int as disputed,
      coalesce(sum(amount) filter (where disputed), 0)::float8 as disputed_amount
    from judged group by rule, currency order by rule, currency`;
}
