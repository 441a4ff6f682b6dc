import type { PaymentLink } from '../domain/rows/payment-link';
import type { Sql } from './connect';
import { fromJson } from './json-rows';

/** A payment link by its id, for its page: who has the address may open it. */
export async function findPaymentLink(sql: Sql, id: string): Promise<PaymentLink | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(t) as row from payment_links t where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as PaymentLink) : null;
}
