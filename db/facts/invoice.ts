import type { FactStatement } from './statement';

export interface InvoiceKeys {
  customer: string | null;
  /** Invoices besides those of the subscriptions. */
  invoices: string[];
  subscriptions: string[];
  /** Also every line of the running service periods. */
  countsSpend: boolean;
}

/** The latest invoice of a subscription that is not void. */
const LATEST_NOT_VOID = `
  select l.id from invoices l where l.status <> 'void' and not l.deleted
    and l.id = any(array(
      select o.id from invoices o where o.subscription = s.id
      union all select c.id from invoices c where c.consolidates <> '{}' and c.consolidates @> array[s.id]))
  order by l.created desc, l.seq desc limit 1`;

/**
 * Invoices of a subscription: drafts, open ones, the latest and, if that is void, the latest that is not, and the resumption invoice; those of
 * several subscriptions, too, and the customer's drafts that a renewal may join. In classic billing mode, also void ones for time that is not
 * over: a credit of that time has their tax.
 */
const INVOICES = `
  select * from invoices where id = any($2::text[] || array(
    select i.id from invoices i where i.subscription = any($3::text[]) and not i.deleted
      and (i.status in ('draft', 'open') or i.id = any(array(
        select latest_invoice from sub union all select resumption_invoice from sub)))
    union all
    select c.id from invoices c where c.consolidates <> '{}' and c.status in ('draft', 'open') and c.consolidates && $3
    union all
    select c.id from invoices c where c.consolidates <> '{}' and c.status = 'draft' and c.customer = $1::text and cardinality($3) > 0
    union all
    select c.id from invoices c where c.consolidates <> '{}' and c.id = any(array(select latest_invoice from sub))
    union all
    select (${LATEST_NOT_VOID}) from sub s where (select v.status from invoices v where v.id = s.latest_invoice) = 'void'
    union all
    select v.id from invoices v where v.status = 'void' and v.id = any(array(
      select l.invoice from invoice_line_items l
        where l.subscription_item = any(array(
          select i.id from item i where i.subscription = any(array(select id from sub where billing_mode ->> 'type' = 'classic'))))
        and l.period_end > (select i.current_period_start from item i where i.id = l.subscription_item)))))`;

/** The lines of these invoices; and of earlier ones, the lines for time that is not over, and the lines of spend bounds. */
const LINES = `
  select * from invoice_line_items where invoice = any(array(select id from inv))
  union all
  select l.* from invoice_line_items l
    where l.subscription_item = any(array(select id from item)) and l.period_end > (select min(current_period_start) from item)
    and l.period_end > (select i.current_period_start from item i where i.id = l.subscription_item)
    and not l.invoice = any(array(select id from inv))
    and not exists (select 1 from invoices v where v.id = l.invoice and v.status = 'void')
  union all
  select l.* from invoice_line_items l
    where l.subscription = any(array(select id from sub where minimum_commitment is not null or maximum_spend is not null))
    and l.period_end > (select least(min(period_start), (select min(current_period_start) from item),
      (select min(u.period_start) from usage_periods u where not u.closed and u.subscription = any($3)))
      from inv where status = 'draft')
    and not l.invoice = any(array(select id from inv))
    and not exists (select 1 from invoices v where v.id = l.invoice and v.status = 'void')
  union all
  select l.* from invoice_line_items l
    where $4::boolean and l.subscription = any($3) and l.period_end > (select min(current_period_start) from item)
    and not exists (select 1 from invoices v where v.id = l.invoice and (v.status = 'void' or v.deleted))`;

/** Items that wait for the customer's next invoice, and items that a draft can release again. */
const ITEMS = `
  select * from invoice_items where customer = $1::text and invoice is null and not deleted
  union all
  select * from invoice_items where not deleted and invoice = any(array(
    select id from inv where status = 'draft'
      or id in (select pending_update ->> 'invoice' from sub union all select resumption_invoice from sub)))`;

/** Invoices with their lines, pending items, payments, credit notes, drafts' tax, and the credit that they sell. */
export const invoiceFacts: FactStatement<InvoiceKeys> = {
  text: `
    with sub as (
      select id, latest_invoice, resumption_invoice, pending_update, minimum_commitment, maximum_spend, billing_mode from subscriptions where id = any($3)
    ),
    item as (select id, subscription, current_period_start from subscription_items where subscription = any($3) and not deleted),
    inv as (${INVOICES}),
    line as (${LINES}),
    pending as (${ITEMS}),
    note as (select * from credit_notes where invoice = any(array(select id from inv union select invoice from line)))
    select json_build_object(
      'invoice', (select json_agg(t order by t.seq) from inv t),
      'invoiceLineItem', (select json_agg(t order by t.seq) from line t),
      'invoiceItem', (select json_agg(t order by t.seq) from pending t),
      'invoicePayment', (select json_agg(t order by t.seq) from invoice_payments t where t.invoice = any(array(select id from inv))),
      'creditNote', (select json_agg(t order by t.seq) from note t),
      'creditNoteLineItem', (select json_agg(t order by t.seq) from credit_note_line_items t where t.credit_note = any(array(select id from note))),
      'taxCalculation', (select json_agg(t) from tax_calculations t
        where t.invoice = any(array(select id from inv)) and (t.provider not in ('rates', 'dunlin')
          or t.invoice = any(array(select id from inv where status = 'draft')))),
      'creditPurchase', (select json_agg(t) from credit_purchases t where t.invoice = any(array(select id from inv)))
    ) as facts`,
  values: ({ customer, invoices, subscriptions, countsSpend }) => [customer, invoices, subscriptions, countsSpend],
};
