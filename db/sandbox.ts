/** The sandbox gateway's memory: the state that a real processor would keep, and the faults that testers order. */
import type { Sql } from './connect';

interface Seller {
  account: string;
  livemode: boolean;
}

type Fault = 'lose_answer' | 'fail_before' | 'outage';

interface Operation {
  key: string;
  kind: string;
  amount: number | null;
  currency: string | null;
  card: string | null;
  answer: unknown;
}

interface Memory {
  perform: (operation: Operation) => Promise<{ fault: Fault | null; answer: unknown }>;
  recall: (key: string) => Promise<{ card: string | null; answer: unknown } | null>;
  isAway: () => Promise<boolean>;
}

/** @param seller the owner of these operations and faults */
export function sandboxMemory(sql: Sql, seller: Seller): Memory {
  return {
    perform: async (operation: Operation) => perform(sql, seller, operation),
    recall: async (key: string) => recall(sql, key),
    isAway: async () => (await takeFault(sql, seller)) !== null,
  };
}

/** Testers order faults in test mode, and they happen only there. */
const faultsOf = (sql: Sql, { account, livemode }: Seller) => sql`account = ${account} and not ${livemode}`;

/** One statement. A fault that comes before the operation leaves no trace of it. */
async function perform(
  sql: Sql,
  seller: Seller,
  { key, kind, amount, currency, card, answer }: Operation,
): Promise<{ fault: Fault | null; answer: unknown }> {
  const [row] = await sql<{ fault: Fault | null; answer: unknown }[]>`
    with fault as (
      update sandbox_faults set remaining = remaining - 1 where id = (
        select id from sandbox_faults where remaining > 0 and ${faultsOf(sql, seller)} and (match is null or match in (${card}::text, ${amount}::text, ${kind}::text))
        order by id limit 1 for update) and remaining > 0
      returning kind),
    done as (
      insert into sandbox_operations (key, kind, amount, currency, card, answer)
      select ${key}, ${kind}, ${amount}::bigint, ${currency}, ${card}, ${sql.json(answer as never)}
      where not exists (select 1 from fault where kind <> 'lose_answer')
      on conflict (key) do nothing returning answer)
    select (select kind from fault) as fault,
      coalesce((select answer from done), (select answer from sandbox_operations where key = ${key})) as answer`;
  if (row?.fault) return { fault: row.fault, answer: null };
  // A concurrent call did the operation: its row was not visible to the statement before, and is now.
  return { fault: null, answer: row?.answer ?? (await recall(sql, key))?.answer };
}

async function recall(sql: Sql, key: string): Promise<{ card: string | null; answer: unknown } | null> {
  const [row] = await sql<{ card: string | null; answer: unknown }[]>`select card, answer from sandbox_operations where key = ${key}`;
  return row ?? null;
}

async function takeFault(sql: Sql, seller: Seller): Promise<string | null> {
  const [row] = await sql<{ kind: string }[]>`
    update sandbox_faults set remaining = remaining - 1 where id = (
      select id from sandbox_faults where remaining > 0 and ${faultsOf(sql, seller)} and kind = 'outage' order by id limit 1 for update) and remaining > 0
    returning kind`;
  return row?.kind ?? null;
}

/** @param match a card's name, an amount in minor units, or a kind of operation; null matches all */
export async function orderFault(sql: Sql, account: string, fault: { kind: Fault; match: string | null; count: number }): Promise<void> {
  const { kind, match, count } = fault;
  await sql`insert into sandbox_faults (account, kind, match, remaining) values (${account}, ${kind}, ${match}, ${count})`;
}

export async function clearFaults(sql: Sql, account: string): Promise<void> {
  await sql`delete from sandbox_faults where account = ${account}`;
}
