import type { SourcedRate } from '../../domain/rows/exchange-rate';
import type { TaxLine } from '../../domain/tax/returns';
import type { Sql } from '../connect';
import type { Scope } from './balances';

/**
 * The sums of the tax accounts' entries that are posted in [start, end). A reverse-charged entry has the VAT number of its invoice, or, where a
 * credit is on an invoice of a customer who has none any more, of the customer's latest invoice before.
 */
export async function taxLines(sql: Sql, { account, livemode }: Scope, { start, end }: { start: number; end: number }): Promise<TaxLine[]> {
  return sql<TaxLine[]>`
    select e.ledger_account, r.country, r.state, coalesce(r.percentage, '0') as rate, e.taxability_reason as reason,
      case when e.taxability_reason = 'reverse_charge' then (
        select v ->> 'value' from invoices p, jsonb_array_elements(p.customer_tax_ids) v
        where p.customer = i.customer and p.finalized_at <= i.finalized_at and v ->> 'type' = 'eu_vat'
        order by p.id = i.id desc, p.finalized_at desc limit 1) end as tax_id,
      e.currency, extract(epoch from date_trunc('month', to_timestamp(coalesce(i.finalized_at, t.created)) at time zone 'UTC')
        at time zone 'UTC')::bigint as invoiced_at,
      case when i.national_tax ->> 'amount' is not null then jsonb_build_object('invoice', i.id, 'currency', i.national_tax ->> 'currency',
        'rate', i.national_tax #>> '{exchangeRate,rate}') end as stated,
      -sum(coalesce(e.taxable_amount, 0))::bigint as taxable_amount, -sum(e.amount)::bigint as tax_amount
    from ledger_transactions t
      join ledger_entries e on e.transaction = t.id and e.ledger_account >= 'tax_payable:' and e.ledger_account < 'tax_payable;'
      left join tax_rates r on r.id = e.tax_rate
      left join invoices i on i.id = e.invoice
    where t.account = ${account} and t.livemode = ${livemode} and t.posted >= ${start} and t.posted < ${end}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 1, 4, 7, 8`;
}

export interface KeptRate extends SourcedRate {
  id: string;
  livemode: boolean;
  created: number;
}

const RATE = ['id', 'livemode', 'created', 'from_currency', 'to_currency', 'rate', 'day', 'source'] as const;

/** The seller's exchange rates, latest day first. */
export async function exchangeRates(sql: Sql, { account, livemode }: Scope): Promise<KeptRate[]> {
  return sql<KeptRate[]>`
    select ${sql(RATE)} from exchange_rates where account = ${account} and livemode = ${livemode} order by day desc, seq desc`;
}

/** Keeps the rate of a day; a later one for the same day replaces it. */
export async function setExchangeRate(sql: Sql, { account, livemode }: Scope, rate: Omit<KeptRate, 'livemode'>): Promise<KeptRate> {
  const [row] = await sql<KeptRate[]>`
    insert into exchange_rates ${sql({ ...rate, account, livemode })}
    on conflict (account, livemode, from_currency, to_currency, day) do update set rate = excluded.rate, source = excluded.source
    returning ${sql(RATE)}`;
  if (!row) throw new Error('the exchange rate was not kept');
  return row;
}

/** The country of the seller's head office. */
export async function homeCountry(sql: Sql, { account, livemode }: Scope): Promise<string | null> {
  const [row] = await sql<{ country: string | null }[]>`
    select head_office ->> 'country' as country from tax_settings where account = ${account} and livemode = ${livemode}`;
  return row?.country ?? null;
}

interface KeptReturn {
  id: string;
  created: number;
  form: string;
  period: string;
  report: object;
}

/** Closed returns, latest first; those of one form and period, if named. */
export async function keptReturns(sql: Sql, { account, livemode }: Scope, of?: { form: string; period: string }): Promise<KeptReturn[]> {
  return sql<KeptReturn[]>`
    select id, created, form, period, report from tax_returns where account = ${account} and livemode = ${livemode}
      and (${of === undefined} or (form = ${of?.form ?? null} and period = ${of?.period ?? null})) order by seq desc`;
}

/** Keeps a return as it is filed. One that is kept already stays. */
export async function keepReturn(sql: Sql, { account, livemode }: Scope, kept: KeptReturn): Promise<void> {
  await sql`
    insert into tax_returns (id, account, livemode, created, form, period, report)
    values (${kept.id}, ${account}, ${livemode}, ${kept.created}, ${kept.form}, ${kept.period}, ${sql.json(kept.report as never)})
    on conflict (account, livemode, form, period) do nothing`;
}
