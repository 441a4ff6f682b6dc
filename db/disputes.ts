import type { Sql } from './connect';

export interface DisputeToAnswer {
  id: string;
  account: string;
  livemode: boolean;
  /** The processor's reference of the dispute. */
  dispute: string;
  evidence: Record<string, unknown>;
  enhancedEvidence: Record<string, unknown>;
  submissionCount: number;
  gateway: string;
}

export async function findDisputeToAnswer(sql: Sql, id: string): Promise<DisputeToAnswer> {
  const [row] = await sql<DisputeToAnswer[]>`
    select d.id, d.account, d.livemode, coalesce(d.gateway_reference, d.id) as dispute, d.evidence, d.enhanced_evidence, d.submission_count, c.gateway
    from disputes d join charges c on c.id = d.charge
    where d.id = ${id}`;
  if (!row) throw new Error(`there is no dispute ${id}`);
  return row;
}
