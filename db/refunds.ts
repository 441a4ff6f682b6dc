import { GONE_STATUSES } from '../domain/rows/refund';
import type { WaitingReason } from '../domain/rows/waiting';
import type { Sql } from './connect';
import type { Condition } from './lists';
import { failingAt, pausedAt } from './processors';

export interface RefundToSend {
  id: string;
  account: string;
  livemode: boolean;
  amount: number;
  currency: string;
  /** The processor's reference of the charge. */
  charge: string;
  gateway: string;
  /** Why it must not be sent now; null if it may. */
  paused: WaitingReason | null;
  /** The processor has failed since its last answer. */
  failing: boolean;
}

export async function findRefundToSend(sql: Sql, id: string): Promise<RefundToSend> {
  const [row] = await sql<RefundToSend[]>`
    select r.id, r.account, r.livemode, r.amount, r.currency, c.gateway_reference as charge, c.gateway,
      ${pausedAt(sql, 'r.account', 'r.livemode', 'c.gateway')} as paused, ${failingAt(sql, 'r.account', 'r.livemode', 'c.gateway')} as failing
    from refunds r join charges c on c.id = r.charge
    where r.id = ${id}`;
  if (!row) throw new Error(`there is no refund ${id}`);
  return row;
}

/** What refunds have given back of the charge `c`. Its own `amount_refunded` may also have what a partial capture released. */
export const givenBack = (sql: Sql): Condition =>
  sql`(select coalesce(sum(r.amount), 0)::bigint from refunds r where r.charge = c.id and r.status not in ${sql(GONE_STATUSES)})`;
