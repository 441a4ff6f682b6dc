/**
 * Removes one portion of old rows, in the order in which an index has them. What somebody else has locked is left for the next
 * portion. How old is old: `retention.ts`.
 */
import type { WorkflowKind } from '../domain/rows/workflow';
import type { TransactionSql } from './connect';

export async function pruneFinishedRequests(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from requests where id in (
      select id from requests where finished_at < now() - make_interval(days => ${days})
      order by finished_at limit ${portion} for update skip locked)`;
  return gone.count;
}

/** One that somebody is at work on again at this moment is not forgotten under his hands. */
export async function pruneUnfinishedRequests(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from requests where id in (
      select id from requests where finished_at is null and created < extract(epoch from now() - make_interval(days => ${days}))::bigint
        and (held_until is null or held_until < now())
      order by created limit ${portion} for update skip locked)`;
  return gone.count;
}

/**
 * Those that never act by themselves again. An invoice, a payment or a watch over usage may begin anew; its row then counts on, so
 * that a cause, and the ids that are made of it, never come a second time.
 */
const FINAL_KINDS: readonly WorkflowKind[] = ['subscription', 'schedule', 'quote', 'dunning', 'refund', 'dispute'];
/** Workflows of one portion. */
const ENDED_AT_ONCE = 200;

/** A workflow goes with its last commit, and not if it has been woken meanwhile. Whether there may be more. */
export async function pruneEnded(tx: TransactionSql, days: number, portion: number): Promise<boolean> {
  const ended = await tx<{ id: string }[]>`
    select id from workflows where ended_at is not null and kind = any(${[...FINAL_KINDS]}) and moved_at < now() - make_interval(days => ${days})
    order by moved_at limit ${ENDED_AT_ONCE} for update skip locked`;
  if (ended.length === 0) return false;
  const ids = ended.map(({ id }) => id);
  const commits = await tx`
    delete from commits where (workflow, cause) in (select workflow, cause from commits where workflow = any(${ids}) limit ${portion})`;
  if (commits.count >= portion) return true;
  await tx`delete from workflows where id = any(${ids})`;
  return ended.length >= ENDED_AT_ONCE;
}

export async function pruneCommits(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from commits where (workflow, cause) in (
      select workflow, cause from commits where recorded < now() - make_interval(days => ${days}) order by recorded limit ${portion})`;
  return gone.count;
}

/** What was held before its workflow ended. A change that fails after the end holds it anew, and is none of these. */
export async function pruneHeld(tx: TransactionSql, portion: number): Promise<number> {
  const gone = await tx`
    delete from held where id in (
      select h.id from held h join workflows w on w.id = h.workflow where w.ended_at is not null and w.moved_at > to_timestamp(h.created)
      limit ${portion} for update of h skip locked)`;
  return gone.count;
}

export async function pruneSandboxOperations(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from sandbox_operations where key in (
      select key from sandbox_operations where created < now() - make_interval(days => ${days}) order by created limit ${portion})`;
  return gone.count;
}
