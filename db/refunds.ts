import type { Sql } from './connect';

export interface RefundToSend {
  id: string;
  account: string;
  livemode: boolean;
  amount: number;
  currency: string;
  /** The processor's reference of the charge. */
  charge: string;
  gateway: string;
}

export async function findRefundToSend(sql: Sql, id: string): Promise<RefundToSend> {
  const [row] = await sql<RefundToSend[]>`
    select r.id, r.account, r.livemode, r.amount, r.currency, c.gateway_reference as charge, c.gateway
    from refunds r join charges c on c.id = r.charge
    where r.id = ${id}`;
  if (!row) throw new Error(`there is no refund ${id}`);
  return row;
}
