/** What the audit log says of a call. It is written before the caller gets the answer. */
import { isAudited } from '../../domain/authorization/audit';
import { insertAuditEntry, type NewAuditEntry } from '../../db/audit';
import type { Dependencies } from './dependencies';
import { refusalOf } from './errors';
import type { Call, Caller } from './call';
import type { Answer } from './idempotency';
import { callOf } from './operation';

/** The entry of an answer to the request with this id; null for a call that the log leaves out. */
export function auditEntryOf(
  { operation, path }: Call,
  { scope, keyId, ip }: Caller,
): ((answer: Answer, request: string) => NewAuditEntry) | null {
  if (!isAudited(operation.needs)) return null;
  const common = { ...scope, actor: keyId, ip, operation: callOf(operation) };
  return ({ status, text }, request) => {
    const isDone = status < 400;
    const object = Object.values(path)[0] ?? (isDone ? idIn(text) : null);
    return { ...common, request, object, status, error: isDone ? null : (errorOf(text) ?? 'api_error') };
  };
}

/** Records an attempt that was refused before it ran. Without Postgres nothing was written, and nothing can be. */
export async function auditRefusal({ sql }: Dependencies, call: Call, caller: Caller, error: unknown): Promise<void> {
  const refused = refusalOf(error);
  if (refused === null || refused.status >= 500) return;
  const { status, error: body } = refused;
  const entry = auditEntryOf(call, caller)?.({ status, text: JSON.stringify({ error: body }) }, caller.requestId);
  if (entry) await insertAuditEntry(sql, entry);
}

/** Objects begin with their id. */
const idIn = (text: string): string | null => /^\{"id":"([^"]{1,255})"/.exec(text)?.[1] ?? null;

function errorOf(text: string): string | null {
  const { error } = JSON.parse(text) as { error?: { code?: string; type?: string } };
  return error?.code ?? error?.type ?? null;
}
