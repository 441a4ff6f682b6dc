/** What a session's payment has made so far, for its page. */
import { loadRows } from '../../db/related';
import type { Sql } from '../../db/connect';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { lastDayOf } from '../../domain/payment/vouchers';
import type { PaymentIntent } from '../../domain/rows/payment-intent';
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

/** The page on which the buyer must approve the payment, or sees the voucher; null if there is none. */
export function authenticationOf(rows: Rows): string | null {
  const intents = [...rows.all('paymentIntent'), ...rows.all('setupIntent')];
  return intents.find(({ status }) => status === 'requires_action')?.nextAction?.url ?? null;
}

/** What is left to do for a payer who has a voucher; null: they have none. */
export function shownVoucher({ nextAction: action }: Pick<PaymentIntent, 'nextAction'>): { url: string; lastDay: number } | null {
  return action?.type === 'pay_voucher' ? { url: action.url, lastDay: lastDayOf(action) } : null;
}

export const voucherOf = (rows: Rows): ReturnType<typeof shownVoucher> =>
  rows
    .all('paymentIntent')
    .map(shownVoucher)
    .find((voucher) => voucher !== null) ?? null;
