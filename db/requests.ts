/**
 * Write requests, each done once: a row holds the parameters of the request under an Idempotency-Key, the process that runs it, and in the
 * end the answer. A holder that dies loses its hold when the lease runs out. The next request with the key then runs under the first
 * request's id, so that it finds the work of the dead process.
 */
import { auditInsertion, type NewAuditEntry } from './audit';
import type { Sql } from './connect';
import { DEADLINES } from '../domain/core/deadlines';

export interface RequestClaim {
  id: string;
  account: string;
  livemode: boolean;
  idempotencyKey: string | null;
  method: string;
  path: string;
  hash: string;
  /** The parameters that activities read by the request's id, until it is answered; empty without a workflow. */
  parameters: Record<string, unknown>;
  created: number;
  /** Unique per try: identifies the process that runs it now. */
  holder: string;
}

export type ClaimOutcome =
  { state: 'ours'; id: string } | ({ state: 'done'; id: string } & KeptAnswer) | { state: 'held' } | { state: 'mismatch' };

export interface KeptAnswer {
  status: number;
  response: string;
  /** The release of the API in whose shape the body is; null for one that was kept before Dunlin recorded it. */
  apiVersion: string | null;
}

const LEASE = `${String(DEADLINES.idempotencyLease)} milliseconds`;

interface ClaimedRow {
  id: string;
  hash: string;
  holder: string | null;
  status: number | null;
  response: string | null;
  apiVersion: string | null;
}

/** One statement: takes the key, or returns its holder and its answer. */
export async function claimRequest(sql: Sql, claim: RequestClaim): Promise<ClaimOutcome> {
  const { id, account, livemode, idempotencyKey, method, path, hash, created, holder } = claim;
  const [row] = await sql<ClaimedRow[]>`
    insert into requests as r (id, account, livemode, idempotency_key, method, path, hash, parameters, created, holder, held_until)
    values (${id}, ${account}, ${livemode}, ${idempotencyKey}, ${method}, ${path}, ${hash}, ${sql.json(claim.parameters as never)},
      ${created}, ${holder}, now() + ${LEASE}::interval)
    on conflict (account, livemode, idempotency_key) where idempotency_key is not null do update set
      holder = case when r.status is null and r.hash = excluded.hash and (r.held_until is null or r.held_until < now())
        then excluded.holder else r.holder end,
      held_until = case when r.status is null and r.hash = excluded.hash and (r.held_until is null or r.held_until < now())
        then excluded.held_until else r.held_until end
    returning id, hash, holder, status, response, api_version`;
  if (!row) throw new Error('a claim returned nothing');
  if (row.hash !== hash) return { state: 'mismatch' };
  if (row.status !== null)
    return { state: 'done', id: row.id, status: row.status, response: row.response ?? '', apiVersion: row.apiVersion };
  return row.holder === holder ? { state: 'ours', id: row.id } : { state: 'held' };
}

/** Whether a request with this key was begun, and is still kept. */
export async function hasRequest(
  sql: Sql,
  { account, livemode }: { account: string; livemode: boolean },
  idempotencyKey: string,
): Promise<boolean> {
  const rows = await sql`
    select 1 from requests where account = ${account} and livemode = ${livemode} and idempotency_key = ${idempotencyKey}`;
  return rows.length > 0;
}

export async function renewRequest(sql: Sql, id: string, holder: string): Promise<void> {
  await sql`update requests set held_until = now() + ${LEASE}::interval where id = ${id} and holder = ${holder}`;
}

/**
 * Stores the answer, which every request with the same key gets from now on, with its entry in the audit log, in one statement. Nobody reads the
 * parameters any more.
 *
 * @param response null: without a key no request can repeat it
 */
export async function finishRequest(
  sql: Sql,
  id: string,
  { status, response, apiVersion }: Omit<KeptAnswer, 'response'> & { response: string | null },
  entry: NewAuditEntry | null,
): Promise<void> {
  await sql`
    ${entry === null ? sql`` : sql`with entry as (${auditInsertion(sql, entry)})`}
    update requests set status = ${status}, response = ${response}, api_version = ${apiVersion}, held_until = null, finished_at = now(),
      parameters = '{}'
    where id = ${id}`;
}

/** Releases the key without an answer: the next request with it runs again, under the same id. */
export async function releaseRequest(sql: Sql, id: string, holder: string): Promise<void> {
  await sql`update requests set held_until = null, holder = null where id = ${id} and holder = ${holder}`;
}
