import type { PaymentIntent, SetupIntent } from '../domain/rows/payment-intent';
import type { Sql } from './connect';
import { fromJson } from './json-rows';

export type IntentOfSecret = { kind: 'paymentIntent'; row: PaymentIntent } | { kind: 'setupIntent'; row: SetupIntent };

/** The intent that a client secret belongs to. A caller with the secret may act on it, and needs no key. */
export async function findByClientSecret(sql: Sql, secret: string): Promise<IntentOfSecret | null> {
  const [id = ''] = secret.split('_secret_');
  const kind = id.startsWith('seti_') ? 'setupIntent' : 'paymentIntent';
  const table = kind === 'setupIntent' ? 'setup_intents' : 'payment_intents';
  const [found] = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from ${sql(table)} t where id = ${id} and client_secret = ${secret} and not livemode`;
  return found ? ({ kind, row: fromJson(found.row) } as unknown as IntentOfSecret) : null;
}
