import type { Sql, TransactionSql } from './connect';

/** A caller's change for a workflow's step: the parsed parameters, with those of the URL in `path`. */
export interface StoredRequest {
  id: string;
  idempotencyKey: string | null;
  parameters: Record<string, unknown>;
}

/** Null if the request was answered or removed already: its caller got another answer. */
export async function findRequest(sql: Sql | TransactionSql, id: string): Promise<StoredRequest | null> {
  const [row] = await sql<StoredRequest[]>`select id, idempotency_key, parameters from requests where id = ${id} and finished_at is null`;
  return row ?? null;
}

/** Replaces the parameters that the workflow reads: prices that the caller described have become rows with ids. */
export async function restateRequest(sql: Sql | TransactionSql, id: string, parameters: object): Promise<void> {
  await sql`update requests set parameters = ${sql.json(parameters as never)} where id = ${id}`;
}
