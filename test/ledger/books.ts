import type { Sql } from '../../db/connect';

type Check = (sql: Sql) => PromiseLike<{ wrong: string }[]>;

/** Every way in which the ledger contradicts itself or the rows that it explains, in words; none is what there should be. */
export async function booksBalance(sql: Sql): Promise<string[]> {
  const found = await Promise.all(CHECKS.map(async (check) => (await check(sql)).map(({ wrong }) => wrong)));
  return found.flat();
}

const CHECKS: Check[] = [
  (sql) => sql`
    select 'transaction ' || transaction || ' is off by ' || sum(amount) || ' ' || currency as wrong
    from ledger_entries group by transaction, currency having sum(amount) <> 0`,
  (sql) => sql`
    select 'receivable of ' || i.id || ' (' || i.status || ') is ' || coalesce(sum(e.amount), 0) as wrong
    from invoices i left join ledger_entries e on e.invoice = i.id and e.ledger_account = 'receivable'
    group by i.id having coalesce(sum(e.amount), 0) <> case when i.status = 'open' then i.amount_remaining else 0 end`,
  (sql) => sql`
    select 'bad debt of ' || i.id || ' (' || i.status || ') is ' || coalesce(sum(e.amount), 0) as wrong
    from invoices i left join ledger_entries e on e.invoice = i.id and e.ledger_account = 'bad_debt'
    group by i.id having coalesce(sum(e.amount), 0) <> case when i.status = 'uncollectible' then i.amount_remaining else 0 end`,
  (sql) => sql`
    select 'revenue of ' || i.id || ' (' || i.status || ') is ' || coalesce(sum(e.amount), 0) || ', not ' || -i.total_excluding_tax as wrong
    from invoices i left join ledger_entries e on e.invoice = i.id and e.ledger_account in ('revenue', 'deferred_revenue')
    group by i.id
    having coalesce(sum(e.amount), 0) <> case when i.status in ('draft', 'void') then 0 else -i.total_excluding_tax end`,
  (sql) => sql`
    select 'tax payable of ' || i.id || ' (' || i.status || ') is ' || coalesce(sum(e.amount), 0) as wrong
    from invoices i left join ledger_entries e on e.invoice = i.id and e.ledger_account like 'tax_payable:%'
    group by i.id
    having coalesce(sum(e.amount), 0) <> case when i.status in ('draft', 'void') then 0 else i.total_excluding_tax - i.total end`,
  (sql) => sql`
    select 'invoice ' || i.id || ' is not the sum of its lines' as wrong from invoices i
    where i.subtotal <> (select coalesce(sum(l.amount), 0) from invoice_line_items l where l.invoice = i.id)`,
  (sql) => sql`
    with kept as (
      select id, currency, balance from customers where currency is not null
      union all select c.id, o.key, o.value::bigint from customers c, jsonb_each_text(c.other_balances) o
    ), booked as (
      select t.customer as id, e.currency, sum(e.amount) as balance
      from ledger_transactions t join ledger_entries e on e.transaction = t.id and e.ledger_account = 'customer_balance'
      group by t.customer, e.currency
    )
    select 'the balance of ' || id || ' in ' || currency || ' is ' || coalesce(kept.balance, 0) || ' and in the books '
      || coalesce(booked.balance, 0) as wrong
    from kept full join booked using (id, currency) where coalesce(kept.balance, 0) <> coalesce(booked.balance, 0)`,
  (sql) => sql`
    select 'cash is ' || booked.amount || ' in the books, and ' || moved.net || ' ' || moved.currency || ' were moved' as wrong
    from (select currency, sum(net) as net from balance_transactions group by currency) moved
      full join (select currency, sum(amount) as amount from ledger_entries where ledger_account = 'cash_clearing' group by currency) booked
        using (currency)
    where coalesce(moved.net, 0) <> coalesce(booked.amount, 0)`,
  (sql) => sql`
    select 'invoice ' || i.id || ' was paid ' || i.amount_paid || ' and charged ' || coalesce(sum(c.amount), 0) as wrong
    from invoices i left join charges c on c.invoice = i.id and c.status = 'succeeded'
    group by i.id having coalesce(sum(c.amount), 0) <> case when i.paid_out_of_band then 0 else i.amount_paid end`,
];

/** What the ledger has in each account, zero left out. */
export async function accountsOf(sql: Sql, of: { invoice?: string } = {}): Promise<Record<string, number>> {
  const rows = await sql<{ ledgerAccount: string; amount: number }[]>`
    select ledger_account, sum(amount)::bigint as amount from ledger_entries
    where ${of.invoice ?? null}::text is null or invoice = ${of.invoice ?? null}
    group by 1 having sum(amount) <> 0 order by 1`;
  return Object.fromEntries(rows.map(({ ledgerAccount, amount }) => [ledgerAccount, amount]));
}
