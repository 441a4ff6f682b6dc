/** The audit log: written before an answer is sent, never changed. */
import type { AuditEntry } from '../domain/authorization/audit';
import type { Scope } from '../domain/core/steps';
import type { Sql } from './connect';
import { listTable, type Cursor, type Filter } from './lists';

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

/** One page, newest first; null if the cursor does not exist. */
export async function listAuditEntries(
  sql: Sql,
  scope: Scope,
  of: { filters: readonly Filter[]; cursor: Cursor | null; limit: number },
): Promise<{ entries: AuditEntry[]; hasMore: boolean } | null> {
  const page = await listTable(sql, { table: 'audit_entries', key: 'id', idColumn: 'id', conditions: [] }, scope, of);
  if (page === null) return null;
  const entries = await sql<AuditEntry[]>`
    select id, account, livemode, created, actor, operation, object, request, ip, status, error from audit_entries
    where id = any(${page.keys}) order by created desc, seq desc`;
  return { entries, hasMore: page.hasMore };
}
