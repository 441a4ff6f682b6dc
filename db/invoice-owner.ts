import type { Sql, TransactionSql } from './connect';

/** The entity that writes an invoice now: its running dunning, its living subscription, or null for its own workflow. */
export async function findInvoiceOwner(sql: Sql | TransactionSql, invoice: string): Promise<'dunning' | 'subscription' | null> {
  const [owner] = await sql<{ recovering: boolean; subscribed: boolean }[]>`
    select exists (select 1 from dunnings d where d.invoice = i.id and d.status = 'running') as recovering,
      exists (select 1 from subscriptions s where s.id = i.subscription and s.status not in ('canceled', 'incomplete_expired')) as subscribed
    from invoices i where i.id = ${invoice}`;
  if (owner?.recovering) return 'dunning';
  return owner?.subscribed ? 'subscription' : null;
}
