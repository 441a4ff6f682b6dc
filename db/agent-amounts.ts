/** What the calls of an agent's key add up to in a day. A call is counted before it is made. */
import { isWithinDay, type AgentLimit, type MovedAmount } from '../domain/authorization/approvals';
import type { Scope } from '../domain/core/steps';
import type { Sql } from './connect';

interface CountedCall {
  scope: Scope;
  keyId: string;
  /** The call's idempotency key. Calls of one key count once, as the largest of them: at most one is carried out. */
  call: string;
  amounts: readonly MovedAmount[];
  now: number;
}

const DAY = 86_400;

/**
 * Counts the call, if with it the key stays within its limits for a day. False: it is not counted. Calls of the key's account take turns
 * (`oneAtATime`), so nothing is counted in between.
 */
export async function countAgentCall(sql: Sql, limits: readonly AgentLimit[], call: CountedCall): Promise<boolean> {
  const { scope, keyId, now } = call;
  const amounts = call.amounts.filter(({ amount }) => amount > 0);
  if (amounts.length === 0 || limits.every((limit) => limit.daily_amount === null)) return true;
  const before = await sql<MovedAmount[]>`
    select currency, sum(amount)::int8 as amount from agent_amounts
    where key_id = ${keyId} and created > ${now - DAY} and account = ${scope.account} and livemode = ${scope.livemode} and call <> ${call.call}
    group by currency`;
  if (!isWithinDay(limits, before, amounts)) return false;
  const rows = amounts.map((each) => ({ ...scope, key_id: keyId, call: call.call, created: now, ...each }));
  await sql`
    insert into agent_amounts ${sql(rows, 'account', 'livemode', 'key_id', 'call', 'currency', 'amount', 'created')}
    on conflict (account, livemode, call, currency) do update
      set amount = greatest(agent_amounts.amount, excluded.amount), created = excluded.created`;
  return true;
}
