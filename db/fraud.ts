/** Decisions of fraud rules, and which lists have a value. */
import { createHash } from 'node:crypto';
import { listsOf } from '../domain/fraud/attributes';
import { CASE_SENSITIVE, comparedAs } from '../domain/fraud/value-lists';
import type { Condition, DecisionRound, FraudDecision, ListType, RuleAction, RuleValues } from '../domain/rows/radar';
import type { Scope } from '../domain/core/steps';
import type { Sql, TransactionSql } from './connect';
import { hiddenWord } from './ids';
import { fromJson } from './json-rows';

/** The lists, and the installation's secret, which hides what is on them of erased persons. */
interface Listing {
  sql: Sql;
  secret: string;
}

/** Whether a list that the conditions name has one of the texts. */
export async function listedAmong(
  { sql, secret }: Listing,
  scope: Scope,
  conditions: readonly Condition[],
  values: readonly RuleValues[],
): Promise<(alias: string, value: string) => boolean> {
  const aliases = [...new Set(conditions.flatMap(listsOf).map(({ list }) => list))];
  if (aliases.length === 0) return () => false;
  const texts = values.flatMap((each) => Object.values(each)).filter((value) => typeof value === 'string');
  const listed = await loadListed({ sql, secret }, scope, aliases, [...new Set(texts)]);
  return (alias, value) => listed.has(`${alias} ${value}`);
}

/** Which of the lists have which of the values, as `alias value`. */
async function loadListed(
  { sql, secret }: Listing,
  { account, livemode }: Scope,
  aliases: readonly string[],
  values: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await sql<{ pair: string }[]>`
    select l.alias || ' ' || v.value as pair
    from value_lists l cross join jsonb_to_recordset(${sql.json(values.map((value) => formsOf(secret, value)))})
      as v (value text, as_written text[], without_case text[])
    where l.account = ${account} and l.livemode = ${livemode} and l.alias = any(${[...aliases]}) and not l.deleted
      and exists (select 1 from value_list_items i where i.value_list = l.id and not i.deleted
        and i.compared = any(case when l.item_type = any(${[...CASE_SENSITIVE]}) then v.as_written else v.without_case end))`;
  return new Set(found.map(({ pair }) => pair));
}

const withoutCase = (value: string): string => comparedAs('string', value);

/** How a value is on a list: readable, or hidden since the person was erased whose it is. */
function formsOf(secret: string, value: string): { value: string; as_written: string[]; without_case: string[] } {
  const both = (compared: string): string[] => [compared, hiddenWord(secret, compared)];
  return { value, as_written: both(value), without_case: both(withoutCase(value)) };
}

/** The decision of this round, if it was made before. */
export async function findDecision(sql: Sql, attempt: string, round: DecisionRound): Promise<FraudDecision | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from fraud_decisions t where attempt = ${attempt} and round = ${round}`;
  return found ? (fromJson(found.row) as unknown as FraudDecision) : null;
}

/** The rule that decided on each charge, as it was then, or as it is now if the decision is not kept any more. */
export async function findDecisive(
  sql: Sql,
  { account, livemode }: Scope,
  charges: readonly string[],
): Promise<{ charge: string; id: string; action: RuleAction | null; predicate: string | null }[]> {
  return sql`
    select c.id as charge, c.outcome ->> 'rule' as id, coalesce("then".matched ->> 'action', r.action) as action,
      coalesce("then".matched ->> 'predicate', r.predicate) as predicate
    from charges c left join radar_rules r on r.id = c.outcome ->> 'rule' and r.account = c.account and r.livemode = c.livemode
    left join lateral (
      select matched from fraud_decisions d cross join jsonb_array_elements(d.matched) as matched
      where d.attempt = c.payment_intent || '/attempt-' || c.attempt and matched ->> 'id' = c.outcome ->> 'rule'
      order by d.seq desc limit 1) as "then" on true
    where c.id = any(${[...charges]}) and c.account = ${account} and c.livemode = ${livemode} and c.outcome ? 'rule'`;
}

/** Of an attempt there is one decision in each round. */
export const decisionId = (attempt: string, round: DecisionRound): string =>
  `rdec_${createHash('md5').update(`${attempt}${round}`).digest('hex').slice(0, 24)}`;

/** A decision is made once: two tries at once keep the first, which both get. */
export async function keepDecision(sql: Sql, of: Omit<FraudDecision, 'id'>): Promise<FraudDecision> {
  const { account, livemode, created, attempt, paymentIntent, round, assessment, matched, values } = of;
  await sql`
    insert into fraud_decisions (id, account, livemode, created, attempt, payment_intent, round, assessment, matched, values)
    values (${decisionId(attempt, round)}, ${account}, ${livemode}, ${created}, ${attempt}, ${paymentIntent}, ${round},
      ${sql.json(assessment as never)}, ${sql.json(matched as never)}, ${sql.json(values)})
    on conflict (attempt, round) do nothing`;
  const kept = await findDecision(sql, attempt, round);
  if (kept === null) throw new Error(`no decision on ${attempt} was kept`);
  return kept;
}

/** Those of the aliases that no list has. */
export async function findUnknownLists(sql: Sql, { account, livemode }: Scope, aliases: readonly string[]): Promise<string[]> {
  if (aliases.length === 0) return [];
  const found = await sql<{ alias: string }[]>`
    select alias from value_lists where account = ${account} and livemode = ${livemode} and alias = any(${[...aliases]}) and not deleted`;
  return aliases.filter((alias) => !found.some((each) => each.alias === alias));
}

/** How many items a list has. */
export async function countItems(sql: TransactionSql, list: string): Promise<number> {
  const [found] = await sql<
    [{ count: number }]
  >`select count(*)::int as count from value_list_items where value_list = ${list} and not deleted`;
  return found.count;
}

/** The lists that have a value. */
export async function containing({ sql, secret }: Listing, { account, livemode }: Scope, value: string): Promise<string[]> {
  const { as_written: asWritten, without_case: caseless } = formsOf(secret, value);
  const found = await sql<{ valueList: string }[]>`
    select i.value_list from value_list_items i join value_lists l on l.id = i.value_list
    where i.account = ${account} and i.livemode = ${livemode} and not i.deleted
      and i.compared = any(case when l.item_type = any(${[...CASE_SENSITIVE]}) then ${asWritten}::text[] else ${caseless}::text[] end)`;
  return found.map(({ valueList }) => valueList);
}

/** What is on a list already stays as it is. `items` is the placeholder of a JSON array. */
export const putOnListsSql = (items: string): string => `
  insert into value_list_items (id, account, livemode, created, value_list, value, compared, created_by)
  select n.id, n.account, n.livemode, n.created, l.id, n.value, n.compared, 'dunlin'
  from jsonb_to_recordset(${items}) as n(id text, account text, livemode boolean, created bigint, alias text, value text, compared text)
  join value_lists l on l.account = n.account and l.livemode = n.livemode and l.alias = n.alias and not l.deleted
  on conflict do nothing`;

/** Values of persons who are erased are hidden on the seller's lists: rules still find them, and nobody reads them. */
export async function hideListed(
  { sql, secret }: { sql: TransactionSql; secret: string },
  { account, livemode }: Scope,
  words: readonly string[],
): Promise<void> {
  const compared = [...new Set(words.flatMap((word) => [word, withoutCase(word)]))].filter((word) => word !== '');
  if (compared.length === 0) return;
  const forms = sql.json(compared.map((word) => ({ word, hidden: hiddenWord(secret, word) })));
  const readable = sql`
    from value_lists l, jsonb_to_recordset(${forms}) as f (word text, hidden text)
    where l.account = ${account} and l.livemode = ${livemode} and l.item_type = any(${[...OF_PERSONS]})
      and i.value_list = l.id and not i.deleted and i.compared = f.word`;
  await sql`
    update value_list_items i set deleted = true, value = '', compared = '' ${readable}
      and exists (select 1 from value_list_items h where h.value_list = l.id and not h.deleted and h.compared = f.hidden)`;
  await sql`update value_list_items i set value = '', compared = f.hidden ${readable}`;
}

/** Types of lists whose values may name a person. */
const OF_PERSONS: readonly ListType[] = ['case_sensitive_string', 'email', 'ip_address', 'string'];
