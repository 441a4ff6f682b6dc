/** The facts for changes of a quote. The quotes are locked, because a quote may have no customer to lock. */
import type { Quote } from '../domain/rows/quote';
import type { TransactionSql } from './connect';
import { fromJson } from './json-rows';

interface Scope {
  account: string;
  livemode: boolean;
}

/** The quote, its source, and the customer's quotes from which its number follows. */
export async function lockQuotes(
  tx: TransactionSql,
  { account, livemode }: Scope,
  of: { quote: string | null; customer: string | null },
): Promise<Quote[]> {
  const found = await tx<{ row: Record<string, unknown> }[]>`
    with own as (select id, from_quote ->> 'quote' as source from quotes where id = ${of.quote})
    select to_jsonb(t) as row from quotes t
    where account = ${account} and livemode = ${livemode} and (
      id in (select id from own union all select source from own)
      or id = (select id from quotes where customer = ${of.customer} and sequence is not null order by sequence desc, revision desc limit 1)
      or (customer = ${of.customer} and sequence = (select s.sequence from quotes s where s.id = (select source from own))))
    order by id for update`;
  return found.map(({ row }) => fromJson(row) as unknown as Quote);
}
