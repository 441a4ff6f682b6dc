/** The audit log: written before an answer is sent, never changed. */
import type { AuditEntry } from '../domain/authorization/audit';
import type { Scope } from '../domain/core/steps';
import type { Sql } from './connect';
import type { Range } from './lists';

/** Once for each request: a repetition that finds the first one's answer adds nothing. */
export async function insertAuditEntry(sql: Sql, entry: Omit<AuditEntry, 'id' | 'created'>): Promise<void> {
  const { account, livemode, actor, operation, object, request, ip, status, error } = entry;
  const now = Math.floor(Date.now() / 1000);
  await sql`
    insert into audit_entries (id, account, livemode, created, actor, operation, object, request, ip, status, error)
    values (${request.replace(/^[a-z]+_/, 'aud_')}, ${account}, ${livemode}, ${now}, ${actor}, ${operation}, ${object}, ${request}, ${ip},
      ${status}, ${error})
    on conflict do nothing`;
}

export interface AuditPage {
  limit: number;
  /** Id of the last entry of the previous page. */
  after: string | undefined;
  actor: string | undefined;
  object: string | undefined;
  operation: string | undefined;
  request: string | undefined;
  created: Range | number | undefined;
}

/** One page, newest first; null if the cursor does not exist. */
export async function listAuditEntries(
  sql: Sql,
  { account, livemode }: Scope,
  { limit, after, created, ...equal }: AuditPage,
): Promise<{ entries: AuditEntry[]; hasMore: boolean } | null> {
  const range = typeof created === 'number' ? { gte: created, lte: created } : (created ?? {});
  const conditions = [
    sql`account = ${account} and livemode = ${livemode}`,
    ...Object.entries(equal).flatMap(([name, value]) => (value === undefined ? [] : [sql`${sql(name)} = ${value}`])),
    ...(range.gt === undefined ? [] : [sql`created > ${range.gt}`]),
    ...(range.gte === undefined ? [] : [sql`created >= ${range.gte}`]),
    ...(range.lt === undefined ? [] : [sql`created < ${range.lt}`]),
    ...(range.lte === undefined ? [] : [sql`created <= ${range.lte}`]),
  ];
  if (after !== undefined) {
    const [cursor] = await sql<{ created: number; seq: number }[]>`
      select created, seq from audit_entries where id = ${after} and account = ${account} and livemode = ${livemode}`;
    if (!cursor) return null;
    conditions.push(sql`(created, seq) < (${cursor.created}, ${cursor.seq})`);
  }
  const entries = await sql<AuditEntry[]>`
    select id, account, livemode, created, actor, operation, object, request, ip, status, error from audit_entries
    where ${conditions.flatMap((each, index) => (index === 0 ? [each] : [sql`and`, each]))}
    order by created desc, seq desc limit ${limit + 1}`;
  return { entries: entries.slice(0, limit), hasMore: entries.length > limit };
}
