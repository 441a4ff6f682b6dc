import { BillingError } from '../domain/core/errors';
import type { Sql, TransactionSql } from './connect';

/** A caller's change for a workflow's step: the parsed parameters, with those of the URL in `path`. */
export interface StoredRequest {
  id: string;
  idempotencyKey: string | null;
  parameters: Record<string, unknown>;
}

/** @throws BillingError if the request was already removed: its caller got another answer long ago */
export async function findRequest(sql: Sql | TransactionSql, id: string): Promise<StoredRequest> {
  const [row] = await sql<StoredRequest[]>`select id, idempotency_key, parameters from requests where id = ${id}`;
  if (!row) throw new BillingError('lock_timeout', `The change of request ${id} could not be made for so long that it was forgotten.`);
  return row;
}

/** Replaces the parameters that the workflow reads: prices that the caller described have become rows with ids. */
export async function restateRequest(sql: Sql | TransactionSql, id: string, parameters: object): Promise<void> {
  await sql`update requests set parameters = ${sql.json(parameters as never)} where id = ${id}`;
}
