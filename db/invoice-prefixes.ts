/** Who holds a prefix of invoice numbers. A prefix belongs to its first holder for good, so that no number is given twice. */
import { modeOf } from '../domain/rows/account';
import type { Sql, TransactionSql } from './connect';

/** The account itself, one of its customers by id, or a customer that does not exist yet. */
export type PrefixHolder = { customer: string | null } | 'account';

/**
 * Whether the prefix is, or ever was, that of another customer or of the account. The account's row stays locked until the transaction ends,
 * so that the account and a customer cannot take the same prefix at the same time.
 */
export async function isPrefixTaken(
  sql: Sql | TransactionSql,
  { account, livemode }: { account: string; livemode: boolean },
  prefix: string,
  holder: PrefixHolder,
): Promise<boolean> {
  const [own] = await sql<{ prefix: string }[]>`
    select settings #>> ${[modeOf({ livemode }), 'invoices', 'prefix']} as prefix from accounts where id = ${account} for share`;
  if (own?.prefix === prefix && holder !== 'account') return true;
  const name = holder === 'account' ? holder : (holder.customer ?? 'new');
  const rows = await sql`
    select 1 from customers where account = ${account} and livemode = ${livemode} and invoice_prefix = ${prefix} and id <> ${name}
    union all
    select 1 from retired_invoice_prefixes
      where account = ${account} and livemode = ${livemode} and prefix = ${prefix} and coalesce(customer, 'account') <> ${name}
    limit 1`;
  return rows.length > 0;
}
