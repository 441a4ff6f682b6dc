/** What the calls of an agent's key add up to in a day. A call is counted before it is made. */
import { BEYOND_LIMITS, isWithinDay, needsApproval, type AgentLimit, type MovedAmount } from '../domain/authorization/approvals';
import { aloneIn } from '../domain/authorization/agent-calls';
import { movedBy } from '../domain/authorization/moved';
import type { ChangeSet } from '../domain/core/change-set';
import { BillingError } from '../domain/core/errors';
import type { Scope } from '../domain/core/steps';
import type { Sql, TransactionSql } from './connect';

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
export async function countAgentCall(sql: Sql | TransactionSql, limits: readonly AgentLimit[], call: CountedCall): Promise<boolean> {
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

/**
 * Why a commit that an agent has asked for must not be written: it moves more than was seen before it, and more than the agent may alone. Null: it may. What is
 * estimated before a call can miss something; what a commit writes cannot. Asked for with the transaction of the commit.
 */
export async function beyondLimits(tx: TransactionSql, changes: ChangeSet): Promise<BillingError | null> {
  const { account, livemode, request } = changes.context;
  const keyId = aloneIn(request?.idempotencyKey);
  const amounts = keyId === null ? [] : movedBy(changes);
  if (keyId === null || amounts.length === 0) return null;
  const limits = await limitsOf(tx, { account, livemode });
  const counted = {
    scope: { account, livemode },
    keyId,
    call: String(request?.idempotencyKey),
    amounts,
    now: Math.floor(Date.now() / 1000),
  };
  const isWithin = !amounts.some((amount) => needsApproval(limits, amount)) && (await countAgentCall(tx, limits, counted));
  return isWithin ? null : new BillingError('agent_limit_exceeded', BEYOND_LIMITS);
}

async function limitsOf(tx: TransactionSql, { account, livemode }: Scope): Promise<AgentLimit[]> {
  const [row] = await tx<{ limits: AgentLimit[] | null }[]>`
    select settings -> ${livemode ? 'live' : 'test'} -> 'agents' -> 'limits' as limits from accounts where id = ${account}`;
  return row?.limits ?? [];
}
