/** Writes what a caller has done to the audit log, before the caller learns it. */
import { isAudited } from '../../domain/authorization/audit';
import { insertAuditEntry } from '../../db/audit';
import type { Dependencies } from './dependencies';
import { refusalOf } from './errors';
import type { Call, Caller, Performed } from './call';

/** @throws what the work throws, after that was recorded */
export async function audited(deps: Dependencies, call: Call, caller: Caller, work: () => Promise<Performed>): Promise<Performed> {
  if (!isAudited(call.operation.needs)) return work();
  try {
    const answered = await work();
    const request = 'originalRequest' in answered ? answered.originalRequest : caller.requestId;
    await record(deps, call, { caller, request }, answered);
    return answered;
  } catch (error) {
    // Without Postgres nothing was written, and nothing can be.
    const refused = refusalOf(error);
    if (refused !== null && refused.status < 500) {
      const { status, error: body } = refused;
      await record(deps, call, { caller, request: caller.requestId }, { status, text: JSON.stringify({ error: body }) });
    }
    throw error;
  }
}

async function record(
  { sql }: Dependencies,
  { operation: { method, path: pattern }, path }: Call,
  { caller: { scope, keyId, ip }, request }: { caller: Caller; request: string },
  { status, text }: { status: number; text: string },
): Promise<void> {
  const error = status < 400 ? null : (errorOf(text) ?? 'api_error');
  const object = Object.values(path)[0] ?? (status < 400 ? idIn(text) : null);
  const operation = `${method.toUpperCase()} ${pattern}`;
  await insertAuditEntry(sql, { ...scope, actor: keyId, operation, object, request, ip, status, error });
}

/** Objects begin with their id. */
const idIn = (text: string): string | null => /^\{"id":"([^"]{1,255})"/.exec(text)?.[1] ?? null;

function errorOf(text: string): string | null {
  const { error } = JSON.parse(text) as { error?: { code?: string; type?: string } };
  return error?.code ?? error?.type ?? null;
}
