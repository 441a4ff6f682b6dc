import type { FactStatement } from './statement';

/** Prices with their products, what those give access to and their licenses, within an account and mode, because callers may choose ids. */
export const catalogFacts: FactStatement<{ account: string; livemode: boolean; prices: string[] }> = {
  text: `
    with pr as (select * from prices where account = $1::text and livemode = $2::boolean and id = any($3::text[]))
    select json_build_object(
      'price', (select json_agg(t) from pr t),
      'product', (select json_agg(t) from products t
        where t.account = $1 and t.livemode = $2 and t.id = any(array(select product from pr))),
      'productFeature', (select json_agg(t order by t.seq) from product_features t
        where t.account = $1 and t.livemode = $2 and t.product = any(array(select product from pr)) and not t.deleted),
      'licensePolicy', (select json_agg(t order by t.seq) from license_policies t
        where t.account = $1 and t.livemode = $2 and t.product = any(array(select product from pr))),
      'licenseSigningKey', (select json_agg(t) from license_signing_keys t where t.account = $1 and t.livemode = $2 and t.active
        and exists (select 1 from license_policies p where p.account = $1 and p.livemode = $2 and p.product = any(array(select product from pr))))
    ) as facts`,
  values: ({ account, livemode, prices }) => [account, livemode, prices],
};

export const taxRateFacts: FactStatement<string[]> = {
  text: `select json_build_object('taxRate', (select json_agg(t) from tax_rates t where t.id = any($1::text[]))) as facts`,
  values: (rates) => [rates],
};

/** Templates of invoices, by their ids. */
export const templateFacts: FactStatement<string[]> = {
  text: `
    select json_build_object(
      'invoiceRenderingTemplate', (select json_agg(t) from invoice_rendering_templates t where t.id = any($1::text[]))
    ) as facts`,
  values: (templates) => [templates],
};

/** Grants that have paid for lines, even if nothing of them is left. */
export const creditGrantFacts: FactStatement<string[]> = {
  text: `
    select json_build_object('creditGrant', (select json_agg(t order by t.seq) from credit_grants t where t.id = any($1::text[]))) as facts`,
  values: (grants) => [grants],
};

export const quoteFacts: FactStatement<string> = {
  text: `select json_build_object('quote', (select json_agg(t) from quotes t where t.id = $1::text)) as facts`,
  values: (quote) => [quote],
};
