import type { Sql } from './connect';

interface Scope {
  account: string;
  livemode: boolean;
}

/**
 * The sellers whose thresholds are to be looked at now: those with a head office at whom nobody has looked since `before`. Of several workers
 * that ask at once, one gets each seller.
 *
 * @param times epoch seconds
 */
export async function takeTaxWatches(sql: Sql, { now, before }: { now: number; before: number }): Promise<Scope[]> {
  return sql<Scope[]>`
    insert into tax_watches (account, livemode, looked_at)
    select account, livemode, ${now} from tax_settings where head_office is not null
    on conflict (account, livemode) do update set looked_at = excluded.looked_at where tax_watches.looked_at <= ${before}
    returning account, livemode`;
}
