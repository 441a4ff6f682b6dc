import type { Sql } from '../../db/connect';

type Check = (sql: Sql) => PromiseLike<{ wrong: string }[]>;

/**
 * Every way in which the ledger contradicts itself or the rows that it explains, in words; none is what there should be. One connection is asked
 * one after the other: all at once they would open all of a pool, and each connection plans each statement anew.
 */
export function booksBalance(sql: Sql): Promise<string[]> {
  return sql.begin<string[]>('read only', async (tx) => {
    const found: string[] = [];
    for (const check of CHECKS) found.push(...(await check(tx as unknown as Sql)).map(({ wrong }) => wrong));
    return found;
  });
}

/** After each test of the file, the ledger explains all rows. */
export function booksBalanceAfterEach(product: { sql: Sql }): void {
  afterEach(async () => {
    expect(await booksBalance(product.sql)).toEqual([]);
  });
}

/** What issued credit notes took back of the invoice `v`. */
const credited = (sql: Sql, column: string) =>
  sql`select coalesce(sum(n.${sql.unsafe(column)}), 0) from credit_notes n where n.invoice = v.id and n.status = 'issued'`;

/** What the invoice `v` had not earned when it was marked uncollectible. */
const writtenOff = (sql: Sql) => sql`select coalesce(sum(l.written_off), 0) from invoice_line_items l where l.invoice = v.id`;

/** What refunds without a credit note and lost disputes have taken of the invoice `v`: of what was not earned, and of its tax. */
const refundedUnearned = (sql: Sql) => sql`
  select coalesce(sum((l ->> 'deferred')::bigint), 0) from jsonb_array_elements(v.refund_parts) p, jsonb_array_elements(p -> 'lines') l`;
const refundedTax = (sql: Sql) => sql`
  select coalesce(sum((t ->> 'amount')::bigint), 0) from jsonb_array_elements(v.refund_parts) p, jsonb_array_elements(p -> 'totalTaxes') t
  where not (p -> 'keepsTax')::boolean`;

/** What the lines of the invoice `v` have not earned by the customer's time. */
const unearned = (sql: Sql, at: string) => sql`
  select coalesce(sum(l.deferred - revenue_share(l.deferred, l.deferred_from, l.period_end, ${sql.unsafe(at)})), 0)
  from invoice_line_items l where l.invoice = v.id and l.deferred <> 0`;

const NOW = 'coalesce((select frozen_time from test_clocks c where c.id = v.test_clock), extract(epoch from now())::bigint)';

const CHECKS: Check[] = [
  (sql) => sql`
    select 'of ' || v.id || ', ' || deferred.amount || ' are deferred, ' || earned.amount || ' earned, and its lines have '
      || (${unearned(sql, NOW)}) || ' to earn' as wrong
    from invoices v,
      lateral (select coalesce(-sum(e.amount), 0) as amount from ledger_entries e
        where e.invoice = v.id and e.ledger_account = 'deferred_revenue') deferred,
      lateral (select coalesce(sum(revenue_share(s.amount, s.starts_at, s.ends_at, greatest(s.counts_from, ${sql.unsafe(NOW)}))
          - revenue_share(s.amount, s.starts_at, s.ends_at, s.counts_from)), 0) as amount,
        coalesce(sum(s.amount - revenue_share(s.amount, s.starts_at, s.ends_at, s.counts_from)), 0) as finally
        from revenue_schedules s where s.invoice = v.id) earned
    where deferred.amount - earned.amount <> (${unearned(sql, NOW)}) or deferred.amount <> earned.finally`,
  (sql) => sql`
    select 'transaction ' || transaction || ' is off by ' || sum(amount) || ' ' || currency as wrong
    from ledger_entries group by transaction, currency having sum(amount) <> 0`,
  (sql) => sql`
    select 'receivable of ' || i.id || ' (' || i.status || ') is ' || coalesce(sum(e.amount), 0) as wrong
    from invoices i left join ledger_entries e on e.invoice = i.id and e.ledger_account = 'receivable'
    group by i.id having coalesce(sum(e.amount), 0) <> case when i.status = 'open' then i.amount_remaining else 0 end`,
  (sql) => sql`
    select 'bad debt of ' || i.id || ' (' || i.status || ') is ' || coalesce(sum(e.amount), 0) as wrong
    from (select *, (${writtenOff(sql)}) as written_off from invoices v) i
      left join ledger_entries e on e.invoice = i.id and e.ledger_account in ('bad_debt', 'recoverables')
    group by i.id, i.status, i.amount_remaining, i.written_off
    having coalesce(sum(e.amount), 0) <> case when i.status = 'uncollectible' then i.amount_remaining else 0 end - i.written_off`,
  (sql) => sql`
    select 'revenue of ' || i.id || ' (' || i.status || ') is ' || coalesce(sum(e.amount), 0) || ', not ' || -i.net - i.credits as wrong
    from (select *, (select coalesce(sum((c ->> 'amount')::bigint), 0) from jsonb_array_elements(total_credit_amounts) c) as credits,
      total_excluding_tax - (${credited(sql, 'total_excluding_tax')}) - (${writtenOff(sql)}) - (${refundedUnearned(sql)}) as net from invoices v) i
      left join ledger_entries e on e.invoice = i.id and e.ledger_account in ('revenue', 'deferred_revenue', 'credit_notes', 'voids')
    group by i.id, i.status, i.net, i.credits
    having coalesce(sum(e.amount), 0) <> case when i.status in ('draft', 'void') then 0 else -i.net - i.credits end`,
  (sql) => sql`
    select 'credit notes of ' || v.id || ' come to ' || (${credited(sql, 'total')}) || ', not to what the invoice says' as wrong
    from invoices v
    where pre_payment_credit_notes_amount <> (${credited(sql, 'pre_payment_amount')})
      or post_payment_credit_notes_amount <> (${credited(sql, 'post_payment_amount')}) or (${credited(sql, 'total')}) > greatest(total, 0)`,
  (sql) => sql`
    select 'credit note ' || n.id || ' is not the sum of its lines' as wrong from credit_notes n
    where n.subtotal <> (select coalesce(sum(l.amount), 0) from credit_note_line_items l where l.credit_note = n.id)`,
  (sql) => sql`
    select 'credit note ' || n.id || ' gave back ' || given.amount || ', not ' || n.post_payment_amount as wrong
    from credit_notes n, lateral (
      select coalesce(n.out_of_band_amount, 0)
        + coalesce((select sum((r ->> 'amount_refunded')::bigint) from jsonb_array_elements(n.refunds) r), 0)
        - coalesce((select t.amount from customer_balance_transactions t where t.id = n.customer_balance_transaction), 0) as amount) given
    where given.amount <> n.post_payment_amount`,
  (sql) => sql`
    select 'the credits of ' || i.id || ' are not those of its lines' as wrong from invoices i
    where (select coalesce(sum((c ->> 'amount')::bigint), 0) from jsonb_array_elements(i.total_credit_amounts) c)
      <> (select coalesce(sum((c ->> 'amount')::bigint), 0)
        from invoice_line_items l, jsonb_array_elements(l.credit_amounts) c where l.invoice = i.id)`,
  (sql) => sql`
    select 'credit grant ' || g.id || ' has ' || g.balance || ' left, and its transactions come to ' || coalesce(sum(t.amount), 0) as wrong
    from credit_grants g left join (
      select credit_grant, case type when 'credit' then amount else -amount end as amount from credit_balance_transactions
    ) t on t.credit_grant = g.id
    group by g.id having coalesce(sum(t.amount), 0) <> g.balance`,
  (sql) => sql`
    select 'invoice ' || i.id || ' (' || i.status || ') took ' || coalesce(sum(t.amount), 0) || ' of credit' as wrong
    from (select *, (select coalesce(sum((c ->> 'amount')::bigint), 0) from jsonb_array_elements(total_credit_amounts) c) as credits
      from invoices) i
      left join (
        select invoice, case reason when 'credits_applied' then amount else -amount end as amount
        from credit_balance_transactions where invoice is not null
      ) t on t.invoice = i.id
    group by i.id, i.status, i.credits
    having coalesce(sum(t.amount), 0) <> case when i.status in ('draft', 'void') then 0 else i.credits end`,
  (sql) => sql`
    select 'prepaid credit of ' || customer || ' in ' || currency || ' is ' || coalesce(kept.amount, 0) || ' and in the books '
      || coalesce(booked.amount, 0) as wrong
    from (select customer, currency, sum(balance) as amount from credit_grants where category = 'paid' group by 1, 2) kept
      full join (
        select t.customer, e.currency, -sum(e.amount) as amount
        from ledger_transactions t join ledger_entries e on e.transaction = t.id and e.ledger_account = 'prepaid_credits'
        group by 1, 2
      ) booked using (customer, currency)
    where coalesce(kept.amount, 0) <> coalesce(booked.amount, 0)`,
  (sql) => sql`
    select 'tax payable of ' || i.id || ' (' || i.status || ') is ' || coalesce(sum(e.amount), 0) as wrong
    from (select id, status, total_excluding_tax - total + (${credited(sql, 'total - n.total_excluding_tax')}) + (${refundedTax(sql)}) as tax from invoices v) i
      left join ledger_entries e on e.invoice = i.id and e.ledger_account like 'tax_payable:%'
    group by i.id, i.status, i.tax
    having coalesce(sum(e.amount), 0) <> case when i.status in ('draft', 'void') then 0 else i.tax end`,
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
    select 'invoice ' || i.id || ' was paid ' || i.amount_paid || ', and its payments brought ' || coalesce(sum(p.amount_paid), 0) as wrong
    from invoices i left join invoice_payments p on p.invoice = i.id and p.status = 'paid'
    group by i.id having case when i.paid_out_of_band then coalesce(sum(p.amount_paid), 0) > i.amount_paid
      else coalesce(sum(p.amount_paid), 0) <> i.amount_paid end`,
  (sql) => sql`
    select 'invoice ' || c.invoice || ' was charged ' || sum(c.amount) || ' by its own payment, which brought ' || coalesce(p.amount_paid, 0) as wrong
    from charges c left join invoice_payments p on p.payment_intent = c.payment_intent and p.status = 'paid'
    where c.invoice is not null and c.status = 'succeeded'
    group by c.invoice, p.amount_paid having sum(c.amount) < coalesce(p.amount_paid, 0)
      or sum(c.amount) > coalesce(p.amount_paid, 0) + (select amount_overpaid from invoices where id = c.invoice)`,
];

/** What the ledger has in each account by `at` (epoch seconds; without it, when everything is earned), zero left out. */
export async function accountsOf(sql: Sql, of: { invoice?: string; at?: number } = {}): Promise<Record<string, number>> {
  const at = of.at ?? 253_402_300_799;
  const isOf = (column: string) => sql`(${of.invoice ?? null}::text is null or ${sql.unsafe(column)} = ${of.invoice ?? null})`;
  const rows = await sql<{ ledgerAccount: string; amount: number }[]>`
    select ledger_account, sum(amount)::bigint as amount from (
      select ledger_account, amount from ledger_entries where ${isOf('invoice')}
      union all
      select moved.account, moved.sign * (revenue_share(amount, starts_at, ends_at, greatest(counts_from, ${at}))
        - revenue_share(amount, starts_at, ends_at, counts_from))
      from revenue_schedules, (values ('deferred_revenue', 1), ('revenue', -1)) moved (account, sign) where ${isOf('invoice')}
    ) entries
    group by 1 having sum(amount) <> 0 order by 1`;
  return Object.fromEntries(rows.map(({ ledgerAccount, amount }) => [ledgerAccount, amount]));
}
