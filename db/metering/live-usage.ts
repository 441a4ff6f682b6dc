/** A customer's usage so far: the living subscriptions with everything that bills them, and usage that no price bills. */
import type { Rows } from '../../domain/rows/rows';
import type { Sql, TransactionSql } from '../connect';
import { loadFacts } from '../facts';
import { readGroups, type GroupedUsage, type UsageOf } from './usage';
import { loadUsage } from './usage-facts';

/** Reads all of it at one instant: an event that arrives meanwhile is in all of it, or in none. */
export async function readLiveUsage(
  sql: Sql,
  of: UsageOf,
  now: number,
): Promise<{ rows: Rows; counted: (GroupedUsage & { meter: string })[]; from: number }> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const facts = await loadFacts(tx, { account: of.account, customer: of.customer, spender: of.customer });
    const rows = await loadUsage(tx, facts, of, { now, instants: [] });
    const from = monthStart(now);
    return { rows, counted: await readEverything(tx, of, { from, to: now + 1 }), from };
  });
}

/** The usage by every meter with events of the customer, and by all values of its dimensions. */
async function readEverything(
  tx: TransactionSql,
  of: UsageOf,
  span: { from: number; to: number },
): Promise<(GroupedUsage & { meter: string })[]> {
  const meters = await tx<{ id: string; dimensionKeys: string[] }[]>`
    select m.id, m.dimension_keys from meters m
    where m.id in (select distinct meter from meter_series where customer = ${of.customer}) and m.account = ${of.account} and m.livemode = ${of.livemode}
    order by m.seq`;
  const read = meters.map(async ({ id, dimensionKeys }) => {
    const groups = await readGroups(tx, of, [{ meter: id, filters: {}, ...span }], dimensionKeys);
    return groups.map(({ dimensions, quantity, events, cost }) => ({ meter: id, dimensions, quantity, events, cost }));
  });
  return (await Promise.all(read)).flat();
}

function monthStart(now: number): number {
  const date = new Date(now * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / 1000;
}
