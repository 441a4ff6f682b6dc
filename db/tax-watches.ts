import type { Scope } from '../domain/core/steps';
import type { Sql } from './connect';

/**
 * Takes a seller whose thresholds are to be looked at now: one with a head office at whom nobody has looked since `before`. Null if there is
 * none, or another worker has just taken it.
 *
 * @param times epoch seconds
 */
export async function takeTaxWatch(sql: Sql, { now, before }: { now: number; before: number }): Promise<Scope | null> {
  const [taken] = await sql<Scope[]>`
    insert into tax_watches (account, livemode, looked_at)
    select s.account, s.livemode, ${now} from tax_settings s
    where s.head_office is not null and not exists (
      select 1 from tax_watches w where w.account = s.account and w.livemode = s.livemode and w.looked_at > ${before})
    limit 1
    on conflict (account, livemode) do update set looked_at = excluded.looked_at where tax_watches.looked_at <= ${before}
    returning account, livemode`;
  return taken ?? null;
}
