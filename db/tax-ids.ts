/** Tax ids as the activity needs it that asks their registries. */
import type { TaxIdRegistryName, TaxIdType } from '../domain/rows/tax-id';
import type { Sql } from './connect';

export interface TaxIdToCheck {
  registry: TaxIdRegistryName;
  type: TaxIdType;
  value: string;
  /** The account's own tax id of the same type, in whose name the registry is asked. Null: it has none. */
  requester: string | null;
}

/** @throws Error if no registry has the tax id */
export async function findTaxIdToCheck(sql: Sql, id: string): Promise<TaxIdToCheck> {
  const [found] = await sql<TaxIdToCheck[]>`
    select t.registry, t.type, t.value, (
      select own.value from tax_ids own
      where own.account = t.account and own.livemode = t.livemode and own.customer is null and not own.deleted and own.type = t.type
      order by own.seq limit 1
    ) as requester
    from tax_ids t where t.id = ${id} and t.registry is not null`;
  if (!found) throw new Error(`no registry has the tax id ${id}`);
  return found;
}

/** Keeps to whom a tax id belongs, before the commit that marks it as verified. */
export async function keepHolder(sql: Sql, id: string, { name, address }: { name: string | null; address: string | null }): Promise<void> {
  await sql`update tax_ids set verified_name = ${name}, verified_address = ${address} where id = ${id} and not deleted`;
}
