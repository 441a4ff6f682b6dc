/** What a session's payment has made so far, for its page. */
import { loadRows } from '../../db/related';
import type { Sql } from '../../db/connect';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { Rows } from '../../domain/rows/rows';

export async function loadSessionRows(sql: Sql, session: CheckoutSession): Promise<Rows> {
  const { paymentIntent, setupIntent, subscription } = session;
  const scope = { account: session.account, livemode: session.livemode };
  const load = (kind: 'invoice' | 'paymentIntent' | 'setupIntent' | 'subscription', ids: (string | null | undefined)[]) =>
    loadRows(
      sql,
      kind,
      scope,
      ids.filter((id) => typeof id === 'string'),
    );
  const rows = new Rows();
  rows.putAll(await load('setupIntent', [setupIntent]));
  rows.putAll(await load('subscription', [subscription]));
  rows.putAll(await load('invoice', [rows.find('subscription', subscription)?.latestInvoice]));
  rows.putAll(await load('paymentIntent', [paymentIntent, ...rows.all('invoice').map((invoice) => invoice.paymentIntent)]));
  return rows;
}

/** The bank's page on which the buyer must approve the payment; null if none waits. */
export function authenticationOf(rows: Rows): string | null {
  const intents = [...rows.all('paymentIntent'), ...rows.all('setupIntent')];
  return intents.find(({ status }) => status === 'requires_action')?.nextAction?.url ?? null;
}
