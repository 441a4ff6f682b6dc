/** Who sees which arm of an experiment, and what the books say of the people of each arm. */
import type { Onlooker } from '../domain/experiment/assignment';
import type { MeasuredArm } from '../domain/experiment/results';
import type { Scope } from '../domain/core/steps';
import type { Experiment, ExperimentAssignment } from '../domain/rows/experiment';
import { Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import { byKey, loadMatching } from './matching';
import { givenBack } from './refunds';

type Found = { row: Record<string, unknown> }[];

/** A visitor's assignment, for a page. */
export async function findVisitor(sql: Sql, experiment: string, visitor: string): Promise<ExperimentAssignment | null> {
  const [found] = await sql<Found>`
    select to_jsonb(t) as row from experiment_assignments t where experiment = ${experiment} and visitor = ${visitor}`;
  return found ? (fromJson(found.row) as unknown as ExperimentAssignment) : null;
}

/** The experiment and the onlooker's assignments, locked, with those that count for them. */
export async function loadOnlooker(tx: TransactionSql, scope: Scope, experiment: string, { visitor, customer }: Onlooker): Promise<Rows> {
  const rows = await loadMatching(tx, scope, [byKey('experiment', experiment)]);
  const found = await tx<Found>`
    with own as (
      select id, counted_with from experiment_assignments
      where experiment = ${experiment} and account = ${scope.account} and livemode = ${scope.livemode}
        and (visitor = ${visitor} or customer = ${customer}))
    select to_jsonb(t) as row from experiment_assignments t
    where id in (select id from own union select counted_with from own) order by seq for no key update`;
  put(rows, found);
  return rows;
}

/** The assignment that a session names, locked, with that of the session's customer, and the experiment. */
export async function loadSessionAssignment(tx: TransactionSql, scope: Scope, assignment: string, customer: string | null): Promise<Rows> {
  const rows = new Rows();
  put(
    rows,
    await tx<Found>`
      select to_jsonb(t) as row from experiment_assignments t
      where account = ${scope.account} and livemode = ${scope.livemode} and (id = ${assignment} or customer = ${customer}
        and experiment = (select experiment from experiment_assignments where id = ${assignment}))
      order by seq for no key update`,
  );
  const [first] = rows.all('experimentAssignment');
  if (first) rows.putAll(await loadMatching(tx, scope, [byKey('experiment', first.experiment)]));
  return rows;
}

function put(rows: Rows, found: Found): void {
  for (const { row } of found) rows.put('experimentAssignment', fromJson(row) as unknown as ExperimentAssignment);
}

/** Whether the customer has a subscription that has begun and not ended. */
export async function hasSubscription(sql: Sql, { account, livemode }: Scope, customer: string): Promise<boolean> {
  const found = await sql`
    select 1 from subscriptions where account = ${account} and livemode = ${livemode} and customer = ${customer} and not hidden
      and status in ('trialing', 'active', 'past_due', 'unpaid', 'paused') limit 1`;
  return found.length > 0;
}

/**
 * What each arm has come to. Payments count for the person whose customer, or whose checkout as a guest, made them.
 *
 * @param now epoch seconds: whoever came less than the window ago is not measured yet
 */
export async function measureArms(sql: Sql, { id, windowDays }: Experiment, now: number): Promise<MeasuredArm[]> {
  const [measured, moved, revenue, answers] = await Promise.all([
    people(sql, id, { window: windowDays * 86_400, now }),
    sql<{ arm: string; drawn: number; moved: number }[]>`
      select drawn as arm, count(*)::int as drawn, count(*) filter (where arm <> drawn)::int as moved
      from experiment_assignments where experiment = ${id} and drawn is not null group by drawn`,
    revenues(sql, id, { window: windowDays * 86_400, now }),
    sql<({ arm: string } & MeasuredArm['answers'][number])[]>`
      select arm, given.key as moment, given.value as answer, count(*)::int as count
      from experiment_assignments, jsonb_each_text(answers) as given
      where experiment = ${id} and counted_with = id group by 1, 2, 3 order by 2, 3`,
  ]);
  const names = [...new Set([...measured, ...moved].map(({ arm }) => arm))];
  return names.map((arm) => ({
    ...{ visitors: 0, measured: 0, converted: 0, subscribers: 0, churned: 0, refundedVisitors: 0, drawn: 0, moved: 0 },
    ...moved.find((each) => each.arm === arm),
    ...measured.find((each) => each.arm === arm),
    arm,
    revenue: revenue
      .filter((each) => each.arm === arm)
      .map(({ currency, payers, amount, sumOfSquares, refunded }) => ({ currency, payers, amount, sumOfSquares, refunded })),
    answers: answers.filter((each) => each.arm === arm).map(({ moment, answer, count }) => ({ moment, answer, count })),
  }));
}

interface Span {
  window: number;
  now: number;
}

type People = Pick<MeasuredArm, 'arm' | 'churned' | 'converted' | 'measured' | 'refundedVisitors' | 'subscribers' | 'visitors'>;

function people(sql: Sql, experiment: string, { window, now }: Span): Promise<People[]> {
  return sql<People[]>`
    with ${books(sql, experiment)},
    counted as (
      select u.arm, u.created + ${window} <= ${now} as is_measured,
        exists (select 1 from paid p where p.unit = u.id and p.created between u.created and u.created + ${window})
          or exists (select 1 from completed s where s.unit = u.id and s.completed_at <= u.created + ${window})
          or exists (select 1 from begun b where b.unit = u.id and b.created <= u.created + ${window}) as has_converted,
        exists (select 1 from begun b where b.unit = u.id) as has_subscribed,
        exists (select 1 from begun b where b.unit = u.id and b.ended_at is null) as is_subscribed,
        exists (select 1 from paid p where p.unit = u.id and p.created >= u.created and p.given_back > 0) as is_refunded
      from unit u)
    select arm, count(*)::int as visitors, count(*) filter (where is_measured)::int as measured,
      count(*) filter (where is_measured and has_converted)::int as converted,
      count(*) filter (where has_subscribed)::int as subscribers,
      count(*) filter (where has_subscribed and not is_subscribed)::int as churned,
      count(*) filter (where is_refunded)::int as refunded_visitors
    from counted group by arm`;
}

type Revenue = { arm: string } & MeasuredArm['revenue'][number];

function revenues(sql: Sql, experiment: string, { window, now }: Span): Promise<Revenue[]> {
  return sql<Revenue[]>`
    with ${books(sql, experiment)},
    person as (
      select u.arm, p.currency, sum(p.amount_captured - p.given_back) as amount, sum(p.given_back) as refunded
      from unit u join paid p on p.unit = u.id and p.created between u.created and u.created + ${window}
      where u.created + ${window} <= ${now} group by u.id, u.arm, p.currency)
    select arm, currency, count(*) filter (where amount <> 0)::int as payers, sum(amount)::bigint as amount,
      sum(amount::float8 * amount::float8) as sum_of_squares, sum(refunded)::bigint as refunded
    from person group by arm, currency order by currency`;
}

/** The people of an experiment, and what they have paid, completed and begun since they saw it. */
function books(sql: Sql, experiment: string) {
  return sql`
    unit as (select id, arm, created from experiment_assignments where experiment = ${experiment} and counted_with = id),
    member as (
      select counted_with as unit, customer from experiment_assignments where experiment = ${experiment} and customer is not null),
    completed as (
      select a.counted_with as unit, s.completed_at, s.payment_intent
      from experiment_assignments a join checkout_sessions s on s.experiment_assignment = a.id
      where a.experiment = ${experiment} and s.status = 'complete'),
    paid as (
      select m.unit, c.id, c.currency, c.amount_captured, ${givenBack(sql)} as given_back, c.created
      from member m join charges c on c.customer = m.customer where c.status = 'succeeded'
      union
      select s.unit, c.id, c.currency, c.amount_captured, ${givenBack(sql)} as given_back, c.created
      from completed s join charges c on c.payment_intent = s.payment_intent where c.status = 'succeeded'),
    begun as (
      select m.unit, s.created, s.ended_at from member m join unit u on u.id = m.unit
      join subscriptions s on s.customer = m.customer and s.created >= u.created
      where not s.hidden and s.status not in ('incomplete', 'incomplete_expired'))`;
}
