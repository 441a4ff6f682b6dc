/** Calls that move more than an agent may alone: a person approves each of them, and it is carried out once. */
import { createHmac } from 'node:crypto';
import { findAccount } from '../../db/accounts';
import { countAgentCall } from '../../db/agent-amounts';
import { findApproval, oneAtATime } from '../../db/approvals';
import { hasRequest } from '../../db/requests';
import { agentKey } from '../../domain/authorization/agent-calls';
import { needsApproval } from '../../domain/authorization/approvals';
import { scopeOf } from '../../domain/authorization/permissions';
import { DEADLINES } from '../../domain/core/deadlines';
import { amountInWords } from '../../domain/money/currency';
import { openTask } from '../../domain/recovery/tasks';
import { settingsOf, type AgentSettings } from '../../domain/rows/account';
import type { Task } from '../../domain/rows/task';
import { ApiRequest } from '../http/request';
import { callOf } from '../http/operation';
import { stakesOf, type Stakes } from './amounts';
import type { ApiCall, Desk, Json } from './calls';

export type Approval =
  | { state: 'not_needed' }
  | { state: 'approved' }
  | { state: 'refused'; task: string; reason: string }
  | { state: 'waiting'; task: string; owner: string | null; answerBy: number };

const HOUR = 3_600;

/** An approval may be used as long as a call's answer is surely kept, so that nothing is carried out a second time after it was removed. */
const USABLE = 24 * HOUR;

/**
 * Runs a change, after what others of the account's agents are changing if it has limits: what counts is what they have moved already.
 *
 * @throws BillingError lock_timeout
 */
export async function inTurn<T>({ deps, caller, turns }: Desk, work: () => Promise<T>): Promise<T> {
  const { account, livemode } = caller.scope;
  if ((await agentsOf(deps, caller)).limits.length === 0) return work();
  const name = `agents/${account}/${String(livemode)}`;
  const locked = () => oneAtATime(deps.sql, name, DEADLINES.change, work);
  const patience = DEADLINES.change;
  // A change needs further connections. If each of them were held by a change that waits for one, none would end.
  const holding = Math.max(1, Math.floor(deps.config.databasePool / 2));
  return turns.take(name, { atOnce: 1, patience }, () => turns.take('of all agents', { atOnce: holding, patience }, locked));
}

async function agentsOf({ sql }: Desk['deps'], { scope }: Desk['caller']): Promise<AgentSettings> {
  const account = await findAccount(sql, scope.account);
  if (account === null) throw new Error('the account of a key is not there');
  return settingsOf(account, scope).agents;
}

/** Asks for an approval if one is needed and was not asked for. The same call with the same key finds what became of it. */
export async function approvalOf(desk: Desk, call: ApiCall, key: string): Promise<Approval> {
  const { deps, caller } = desk;
  const wasMade = (approved: boolean): Promise<boolean> => hasRequest(deps.sql, caller.scope, agentKey(caller.keyId, key, approved));
  // Passed before: it is not carried out again, whatever has become of the amounts.
  if (await wasMade(true)) return { state: 'approved' };
  const agents = await agentsOf(deps, caller);
  const now = Math.floor(Date.now() / 1000);
  const asked = await findApproval(deps.sql, caller.scope, nameOf(desk, call, key, null));
  if (asked !== null) return stateOf(asked, now);
  if (await wasMade(false)) return { state: 'not_needed' };
  if (agents.limits.length === 0) return { state: 'not_needed' };
  const stakes = await stakesOf(desk, call);
  const about = nameOf(desk, call, key, stakes.isOfObject ? stakes : null);
  const before = await findApproval(deps.sql, caller.scope, about);
  // What a person has answered stays, also when the day has room again.
  if (before !== null) return stateOf(before, now);
  if (await mayActAlone(desk, agents, { stakes, key, now })) return { state: 'not_needed' };
  return asking(desk, { about, call, amounts: stakes.amounts, agents, now });
}

/** The commit has seen that the call would move more than what was seen before it, and has refused it: a person decides. */
export async function approvalBeyond(desk: Desk, call: ApiCall, key: string): Promise<Approval> {
  const agents = await agentsOf(desk.deps, desk.caller);
  const { amounts } = await stakesOf(desk, call);
  return asking(desk, { about: nameOf(desk, call, key, null), call, amounts, agents, now: Math.floor(Date.now() / 1000) });
}

interface Asked {
  about: string;
  call: ApiCall;
  amounts: Stakes['amounts'];
  agents: AgentSettings;
  now: number;
}

async function asking(desk: Desk, of: Asked): Promise<Approval> {
  await ask(desk, of);
  const task = await findApproval(desk.deps.sql, desk.caller.scope, of.about);
  if (task === null) throw new Error('an approval was asked for and is not there');
  return stateOf(task, of.now);
}

/** Within the limits, also those of a day. The call then counts for its key's day. */
async function mayActAlone(
  { deps, caller }: Desk,
  { limits }: AgentSettings,
  { stakes: { amounts, isOpen }, key, now }: { stakes: Stakes; key: string; now: number },
): Promise<boolean> {
  if (isOpen || amounts.some((amount) => needsApproval(limits, amount))) return false;
  const { scope, keyId } = caller;
  return countAgentCall(deps.sql, limits, { scope, keyId, call: agentKey(keyId, key, false), amounts, now });
}

/** One name for a call with its arguments, by this key and mode: another amount needs another approval. */
function nameOf({ deps, caller }: Desk, { operation, path, parameters }: ApiCall, key: string, of: Stakes | null): string {
  const { account, livemode } = caller.scope;
  const call = [callOf(operation), sorted(path), sorted(parameters), of === null ? null : sorted(of.amounts)];
  const text = JSON.stringify([account, livemode, caller.keyId, key, ...call]);
  return `approval_${createHmac('sha256', deps.secret).update(text).digest('base64url').replace(/[-_]/g, '0').slice(0, 24)}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => [name, sorted(each)]);
}

function stateOf({ id, status, answer, answerBy, answeredAt, owner, note }: Task, now: number): Approval {
  if (status === 'answered' && answer === 'approve' && (answeredAt ?? 0) + USABLE <= now) {
    return { state: 'refused', task: id, reason: 'The approval is more than a day old. To ask again, use a new idempotency_key.' };
  }
  if (status === 'answered') {
    return answer === 'approve' ? { state: 'approved' } : { state: 'refused', task: id, reason: note ?? 'A person has refused it.' };
  }
  if (status !== 'open' || answerBy <= now) return { state: 'refused', task: id, reason: 'Nobody has approved it in time.' };
  return { state: 'waiting', task: id, owner, answerBy };
}

/** The commit key is the approval's name, so that two calls at once open one task. */
async function ask({ deps, caller }: Desk, { about, call, amounts, agents, now }: Asked): Promise<void> {
  const identity = { id: about, idempotencyKey: null };
  const request = new ApiRequest({}, { path: {}, ...caller, identity }, deps);
  await request.change({
    step: 'askApproval',
    customer: null,
    subject: about,
    plan: (changes) => {
      openTask(changes, {
        ...{ about, customer: null, owner: agents.owner, type: 'approval', title: titleOf(call, amounts, caller.keyId) },
        ...{ answers: ['approve', 'refuse'], defaultAnswer: 'refuse', answerBy: now + agents.answer_within_hours * HOUR },
        needs: scopeOf(call.operation.needs),
      });
    },
  });
}

const TITLE_MAX = 500;

/** What a person needs to decide: who asks for what, about which objects, and for how much. */
function titleOf({ operation, path, parameters }: ApiCall, amounts: Stakes['amounts'], keyId: string): string {
  const objects = [...Object.values(path), ...idsIn(parameters)];
  const sums = amounts
    .filter(({ amount }) => amount > 0)
    .map(({ amount, currency }) => (currency === '' ? String(amount) : amountInWords(amount, currency)));
  const what = [operation.summary, ...(sums.length === 0 ? [] : [sums.join(' and ')])].join(': ');
  return `${what}${objects.length === 0 ? '' : ` (${objects.join(', ')})`}, asked for by the key ${keyId}`.slice(0, TITLE_MAX);
}

const idsIn = (parameters: Json): string[] =>
  Object.values(parameters).filter((value): value is string => typeof value === 'string' && /^[a-z]{2,8}_\w{1,60}$/.test(value));
