import type { FactStatement } from './statement';

export interface PaymentKeys {
  /** Payment and setup intents. */
  intents: string[];
  charge: string | null;
  paymentMethods: string[];
  invoices: string[];
  subscriptions: string[];
  /** For a setup, the running dunnings of its customer are loaded, too. */
  intent: string | null;
}

/** The tax that is recorded by the calculations of intents or under their ids, what reverses it, and what reverses that. `$1`: the intents. */
const RECORDED_TAX = `
    taxed as (
      select t.* from intent i join tax_transactions t on t.calculation = i.tax_calculation
      union
      select t.* from intent i join tax_transactions t on t.account = i.account and t.livemode = i.livemode and t.reference = i.id
        where i.tax_calculation is not null
    ),
    untaxed as (select * from tax_transactions where original in (select id from taxed)),
    recorded as (
      select * from taxed union select * from untaxed
      union select * from tax_transactions where original in (select id from untaxed)
    )`;

/** Read after a lock: what others have recorded meanwhile. */
export const recordedTaxFacts: FactStatement<string[]> = {
  text: `
    with intent as (select * from payment_intents where id = any($1::text[])),
    ${RECORDED_TAX}
    select json_build_object('taxTransaction', (select json_agg(t order by t.seq) from recorded t)) as facts`,
  values: (intents) => [intents],
};

/** Intents with their open or latest attempts and the tax that is recorded of them, charges with their refunds and disputes, cards and dunnings. */
export const paymentFacts: FactStatement<PaymentKeys> = {
  text: `
    with intent as (select * from payment_intents where id = any($1::text[])),
    setup as (select * from setup_intents where id = any($1)),
    attempt as (
      select t.* from payment_attempts t where t.intent = any($1)
        and (t.status in ('open', 'requires_action', 'unknown', 'processing', 'waiting')
          or t.number = coalesce((select attempts from intent where id = t.intent), (select attempts from setup where id = t.intent)))
    ),
    ${RECORDED_TAX},
    charge as (select * from charges where id = any(array(select latest_charge from intent) || $2::text)),
    method as (
      select * from payment_methods where id = any($3::text[] || array(
        select payment_method from intent union all select payment_method from setup union all select payment_method from charge
        union all select payment_method from attempt))
    ),
    mandated as (select mandate from method union select mandate from attempt),
    dun as (
      select * from dunnings where invoice = any($4::text[])
      union
      select * from dunnings where status = 'running' and customer = (select customer from setup where id = $6::text)
    ),
    disputed as (
      select * from disputes where charge = any(array(select id from charge))
      union
      select d.* from disputes d where d.customer = any(array(select customer from subscriptions where id = any($5::text[]))) and exists (
        select 1 from charges c join invoices i on i.id = c.invoice where c.id = d.charge and (i.subscription = any($5) or i.consolidates && $5)
        union all
        select 1 from invoice_payments p join invoices i on i.id = p.invoice
        where p.payment_intent = d.payment_intent and p.status <> 'canceled'
          and (i.subscription = any($5) or i.consolidates && $5))
    )
    select json_build_object(
      'paymentIntent', (select json_agg(t order by t.seq) from intent t),
      'setupIntent', (select json_agg(t order by t.seq) from setup t),
      'paymentAttempt', (select json_agg(t order by t.seq) from attempt t),
      'paymentMethod', (select json_agg(t) from method t),
      'mandate', (select json_agg(t) from mandates t where t.id in (select mandate from mandated)),
      'charge', (select json_agg(t order by t.seq) from charge t),
      'refund', (select json_agg(t order by t.seq) from refunds t where t.charge = any(array(select id from charge))),
      'dispute', (select json_agg(t order by t.seq) from disputed t),
      'review', (select json_agg(t order by t.seq) from reviews t where t.charge = any(array(select id from charge))),
      'earlyFraudWarning', (select json_agg(t order by t.seq) from early_fraud_warnings t where t.charge = any(array(select id from charge))),
      'license', (select json_agg(t order by t.seq) from licenses t where t.payment_intent = any($1) or t.invoice = any($4)),
      'licensePolicy', (select json_agg(t) from license_policies t
        where t.id in (select policy from licenses where payment_intent = any($1) or invoice = any($4))),
      'balanceTransaction', (select json_agg(t order by t.seq) from balance_transactions t
        where t.id = any(array(select unnest(balance_transactions) from disputed))),
      'requestedTaxCalculation', (select json_agg(t) from requested_tax_calculations t where t.id in (select tax_calculation from intent)),
      'taxTransaction', (select json_agg(t order by t.seq) from recorded t),
      'task', (select json_agg(t) from tasks t where t.id in (select task from dun)),
      'dunning', (select json_agg(t) from dun t)
    ) as facts`,
  values: (keys) => [keys.intents, keys.charge, keys.paymentMethods, keys.invoices, keys.subscriptions, keys.intent],
};
