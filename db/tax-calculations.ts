import type { TaxCalculation } from '../domain/rows/tax-calculation';
import type { Sql } from './connect';

/** Stores a provider's answer. It replaces the earlier answer for the same draft. */
export async function keepTaxCalculation(sql: Sql, calculation: TaxCalculation): Promise<void> {
  const { invoice, account, livemode, created, provider, digest, currency, lines } = calculation;
  await sql`
    insert into tax_calculations (invoice, account, livemode, created, provider, digest, currency, lines)
    values (${invoice}, ${account}, ${livemode}, ${created}, ${provider}, ${digest}, ${currency}, ${JSON.stringify(lines)}::text::jsonb)
    on conflict (invoice) do update set created = excluded.created, provider = excluded.provider, digest = excluded.digest,
      currency = excluded.currency, lines = excluded.lines`;
}
