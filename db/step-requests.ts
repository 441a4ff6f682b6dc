import { BillingError } from '../domain/core/errors';
import type { Sql, TransactionSql } from './connect';

/** A caller's change as a workflow's step reads it: the parameters as parsed, with `path` holding those of the URL. */
export interface StoredRequest {
  id: string;
  idempotencyKey: string | null;
  parameters: Record<string, unknown>;
}

/** @throws BillingError where a workflow comes to it only after it was forgotten: whoever asked has long had another answer */
export async function findRequest(sql: Sql | TransactionSql, id: string): Promise<StoredRequest> {
  const [row] = await sql<StoredRequest[]>`select id, idempotency_key, parameters from requests where id = ${id}`;
  if (!row) throw new BillingError('lock_timeout', `The change of request ${id} could not be made for so long that it was forgotten.`);
  return row;
}

/** What the workflow reads in place of what the caller sent: prices that it described have become rows with names. */
export async function restateRequest(sql: Sql | TransactionSql, id: string, parameters: object): Promise<void> {
  await sql`update requests set parameters = ${sql.json(parameters as never)} where id = ${id}`;
}
