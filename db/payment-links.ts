import type { PaymentLink } from '../domain/rows/payment-link';
import type { CheckoutSession } from '../domain/rows/checkout-session';
import { Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';

/** A payment link by its id, for its page: who has the address may open it. */
export async function findPaymentLink(sql: Sql, id: string): Promise<PaymentLink | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(t) as row from payment_links t where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as PaymentLink) : null;
}

/** The link of a session, locked, so that its sales are counted one after another. Sessions are locked before their link. */
export async function lockPaymentLink(tx: TransactionSql, id: string): Promise<Rows> {
  const [found] = await tx<
    { row: Record<string, unknown> }[]
  >`select to_jsonb(t) as row from payment_links t where id = ${id} for no key update`;
  const rows = new Rows();
  if (found) rows.put('paymentLink', fromJson(found.row) as unknown as PaymentLink);
  return rows;
}

/**
 * The sales that other sessions of this session's link have made, or may still make: their buyer confirmed after `since`, or a processor or a
 * bank is being asked. The link must be locked.
 */
export async function salesOfOthers(
  tx: TransactionSql,
  { id, paymentLink: link }: Pick<CheckoutSession, 'id' | 'paymentLink'>,
  since: number,
): Promise<number> {
  if (link === null) return 0;
  const [found] = await tx<{ taken: number }[]>`
    select count(*)::int as taken from checkout_sessions s
    where s.payment_link = ${link} and s.id <> ${id} and (
      s.status = 'complete' or s.status = 'open' and (s.attempted_at > ${since} or s.attempts > 0 and exists (
        select 1 from payment_intents p
        where p.status in ('processing', 'requires_action') and (p.id = s.payment_intent or p.id in (
          select i.payment_intent from subscriptions u join invoices i on i.id = u.latest_invoice where u.id = s.subscription)))))`;
  return found?.taken ?? 0;
}
