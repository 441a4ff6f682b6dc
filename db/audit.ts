/** The audit log: written before an answer is sent. */
import type { PendingQuery, Row } from 'postgres';
import type { AuditEntry } from '../domain/authorization/audit';
import type { Scope } from '../domain/core/steps';
import type { Sql, TransactionSql } from './connect';
import { listTable, type Cursor, type Filter } from './lists';
import type { Order } from './orders';

export type NewAuditEntry = Omit<AuditEntry, 'id' | 'created'>;

/** The insertion, as a part of a statement. Each request has one entry: a final answer replaces one after which the request was repeated. */
export function auditInsertion(sql: Sql | TransactionSql, entry: NewAuditEntry): PendingQuery<Row[]> {
  const { account, livemode, actor, operation, object, request, ip, status, error } = entry;
  const now = Math.floor(Date.now() / 1000);
  return sql`
    insert into audit_entries as a (id, account, livemode, created, actor, operation, object, request, ip, status, error)
    values (${request.replace(/^[a-z]+_/, 'aud_')}, ${account}, ${livemode}, ${now}, ${actor}, ${operation}, ${object}, ${request}, ${ip},
      ${status}, ${error})
    on conflict (id) do update set created = excluded.created, object = excluded.object, ip = excluded.ip, status = excluded.status,
      error = excluded.error where a.status >= 500 or a.status in (409, 429)`;
}

export async function insertAuditEntry(sql: Sql, entry: NewAuditEntry): Promise<void> {
  await auditInsertion(sql, entry);
}

/** One page, newest first; null if the cursor does not exist. */
export async function listAuditEntries(
  sql: Sql,
  scope: Scope,
  of: { filters: readonly Filter[]; cursor: Cursor | null; limit: number; order: Order | null },
): Promise<{ entries: AuditEntry[]; hasMore: boolean } | null> {
  const page = await listTable(sql, { table: 'audit_entries', key: 'id', idColumn: 'id', conditions: [] }, scope, of);
  if (page === null) return null;
  const entries = await sql<AuditEntry[]>`
    select id, account, livemode, created, actor, operation, object, request, ip, status, error from audit_entries
    where id = any(${page.keys}) order by array_position(${page.keys}::text[], id)`;
  return { entries, hasMore: page.hasMore };
}
