/** The account's funds, summed from their movements. */
import type { Sql } from './connect';

export interface Funds {
  currency: string;
  amount: number;
}

/** By currency: the funds available at `now`, and the pending funds. */
export async function balanceOf(
  sql: Sql,
  scope: { account: string; livemode: boolean },
  now: number,
): Promise<{ available: Funds[]; pending: Funds[] }> {
  const rows = await sql<{ currency: string; available: number; pending: number }[]>`
    select currency, coalesce(sum(net) filter (where available_on <= ${now}), 0)::bigint as available,
      coalesce(sum(net) filter (where available_on > ${now}), 0)::bigint as pending
    from balance_transactions where account = ${scope.account} and livemode = ${scope.livemode} group by currency order by currency`;
  return {
    available: rows.map(({ currency, available }) => ({ currency, amount: available })),
    pending: rows.map(({ currency, pending }) => ({ currency, amount: pending })),
  };
}
