/**
 * Removes one portion of old rows, in the order of an index. Rows that another transaction has locked are left for the next portion.
 * `retention.ts` says how old is old.
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

/** A request that a process works on again at this moment is kept. */
export async function pruneUnfinishedRequests(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from requests where id in (
      select id from requests where finished_at is null and created < extract(epoch from now() - make_interval(days => ${days}))::bigint
        and (held_until is null or held_until < now())
      order by created limit ${portion} for update skip locked)`;
  return gone.count;
}

/**
 * The kinds of workflow that never act again after their end. The workflow of an invoice, a payment or usage may start again; its row then
 * continues to count, so that a commit key, and the ids made from it, never repeat.
 */
const FINAL_KINDS: readonly WorkflowKind[] = [
  'subscription',
  'schedule',
  'quote',
  'dunning',
  'refund',
  'dispute',
  'review',
  'customer-request',
  'approval',
  'tax-id',
];
/** Workflows of one portion. */
const ENDED_AT_ONCE = 200;

/** A workflow is removed with its last commit, unless it has been woken meanwhile. Returns whether there may be more. */
export async function pruneEnded(tx: TransactionSql, days: number, portion: number): Promise<boolean> {
  const ended = await tx<{ id: string }[]>`
    select id from workflows where ended_at is not null and kind = any(${[...FINAL_KINDS]}) and moved_at < now() - make_interval(days => ${days})
    order by moved_at limit ${ENDED_AT_ONCE} for update skip locked`;
  if (ended.length === 0) return false;
  const ids = ended.map(({ id }) => id);
  const commits = await tx`
    delete from commits where (workflow, commit_key) in (select workflow, commit_key from commits where workflow = any(${ids}) limit ${portion})`;
  if (commits.count >= portion) return true;
  await tx`delete from workflows where id = any(${ids})`;
  return ended.length >= ENDED_AT_ONCE;
}

export async function pruneCommits(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from commits where (workflow, commit_key) in (
      select workflow, commit_key from commits where recorded < now() - make_interval(days => ${days}) order by recorded limit ${portion})`;
  return gone.count;
}

export const pruneTaxCalculations = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'requested_tax_calculations', { days, portion });

export const pruneConfirmationTokens = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'confirmation_tokens', { days, portion });

export const pruneCustomerSessions = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'customer_sessions', { days, portion });

export const pruneFraudDecisions = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'fraud_decisions', { days, portion });

export const prunePaymentEvaluations = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'payment_evaluations', { days, portion });

export const prunePortalSessions = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'portal_sessions', { days, portion, since: 'expires_at' });

export const prunePortalLogins = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'portal_logins', { days, portion, since: 'expires_at' });

export const pruneUserSessions = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'user_sessions', { days, portion, since: 'expires_at' });

export const pruneAuditEntries = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'audit_entries', { days, portion });

export const pruneUserLinks = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'user_links', { days, portion, since: 'expires_at' });

export const pruneLoginAttempts = (tx: TransactionSql, days: number, portion: number): Promise<number> =>
  pruneOld(tx, 'login_attempts', { days, portion, since: 'expires_at' });

interface Old {
  days: number;
  portion: number;
  /** The column, in epoch seconds, from which the days count. */
  since?: 'created' | 'expires_at';
}

async function pruneOld(tx: TransactionSql, table: string, { days, portion, since = 'created' }: Old): Promise<number> {
  const gone = await tx`
    delete from ${tx(table)} where id in (
      select id from ${tx(table)} where ${tx(since)} < extract(epoch from now() - make_interval(days => ${days}))::bigint
      order by ${tx(since)} limit ${portion} for update skip locked)`;
  return gone.count;
}

export async function pruneLocationEvidence(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from location_evidence where invoice in (
      select invoice from location_evidence where recorded < now() - make_interval(days => ${days}) order by recorded limit ${portion})`;
  return gone.count;
}

/** Holds from before the end of their workflow. A change that fails after the end holds the workflow again, and is kept. */
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

export async function pruneAgentAmounts(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from agent_amounts where (account, livemode, call, currency) in (
      select account, livemode, call, currency from agent_amounts
      where created < extract(epoch from now() - make_interval(days => ${days})) order by created limit ${portion})`;
  return gone.count;
}

export async function pruneProcessorEvents(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from processor_events where (processor, id) in (
      select processor, id from processor_events where received < now() - make_interval(days => ${days}) order by received limit ${portion})`;
  return gone.count;
}

export async function pruneLoginMails(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from mails where id in (
      select id from mails where kind in ('password_reset', 'portal_login') and recorded < now() - make_interval(days => ${days}) order by recorded limit ${portion})`;
  return gone.count;
}

/** A mail is kept while its customer has a subscription, and for a year after the last one has ended. */
export async function pruneMails(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from mails where id in (
      select m.id from mails m where m.recorded < now() - make_interval(days => ${days})
        and not exists (select 1 from subscriptions s where s.customer = m.customer
          and (s.ended_at is null or s.ended_at > extract(epoch from now() - interval '1 year')))
      order by m.recorded limit ${portion})`;
  return gone.count;
}

export async function pruneListedValues(tx: TransactionSql, portion: number): Promise<number> {
  const gone = await tx`
    delete from value_list_items where id in (
      (select id from value_list_items where deleted limit ${portion})
      union all
      (select i.id from value_lists l join value_list_items i on i.value_list = l.id where l.deleted and not i.deleted limit ${portion}))`;
  return gone.count;
}
