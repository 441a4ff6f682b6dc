/** The additional rows that rendering needs, in one statement for any number of rows. */
import { Rows, type RowKind, type RowTypes } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import { TABLES } from './tables';

export interface Scope {
  account: string;
  livemode: boolean;
}

type Db = Sql | TransactionSql;
type JsonRow = Record<string, unknown>;

/** The rows with these keys (for coupons: the row's key) in this account and mode. */
export async function loadRows(db: Db, kind: RowKind, scope: Scope, keys: string[]): Promise<Rows> {
  const rows = new Rows();
  if (keys.length === 0) return rows;
  const { table, key } = TABLES[kind];
  const owned = kind === 'account' ? db`t.id = ${scope.account}` : db`t.account = ${scope.account} and t.livemode = ${scope.livemode}`;
  const found = await db<
    { row: JsonRow }[]
  >`select to_jsonb(t) as row from ${db(table)} t where ${db(`t.${key}`)} = any(${keys}) and ${owned}`;
  for (const { row } of found) rows.put(kind, fromJson(row) as never);
  return rows;
}

/**
 * `rows`, and the rows that rendering these needs: a subscription's items with their prices, an invoice's first lines, the payment method
 * of a decline. They belong to the same account and mode as the rows that reference them.
 */
export async function related(db: Db, rows: Rows, kind: RowKind, keys: string[]): Promise<Rows> {
  const needed = NEEDS[kind]?.(db, rows, keys).filter((need) => need !== null) ?? [];
  const result = rows.copy();
  if (needed.length === 0) return result;
  const all = needed.reduce((before, need) => db`${before} union all ${need}`);
  const found = await db<{ kind: RowKind | 'lineCount'; rows: JsonRow[] | null }[]>`${all}`;
  for (const { kind: of, rows: part } of found) {
    for (const row of part ?? []) {
      if (of === 'lineCount') result.lineCounts.set(String(row['invoice']), Number(row['lines']));
      else result.put(of, fromJson(row) as never);
    }
  }
  return result;
}

type Fragment = ReturnType<typeof want>;
/** Callers may choose the ids of prices, so prices are found by id, account and mode. */
function pricesOf(db: Db, rows: Rows, of: { kind: RowKind; keys: string[] }, ids: (string | null)[]): Fragment | null {
  const present = [...new Set(ids.filter((id) => id !== null))];
  const [key] = of.keys;
  if (key === undefined || present.length === 0) return null;
  const { account, livemode } = rows.get(of.kind, key) as Scope;
  return want(db, 'price', db`t.account = ${account} and t.livemode = ${livemode} and t.id = any(${present})`);
}

type Needs = (db: Db, rows: Rows, keys: string[]) => (Fragment | null)[];

/** The lines that `objects/invoice.ts` and `objects/credit-note.ts` show. */
const LINES_SHOWN = 10;

const NEEDS: Partial<Record<RowKind, Needs>> = {
  customer: (db, rows, keys) => [
    byId(
      db,
      'discount',
      each(rows, 'customer', keys, (customer) => [customer.discount]),
    ),
  ],
  subscription: ofSubscriptions,
  subscriptionSchedule: (db, rows, keys) => [
    byId(
      db,
      'taxRate',
      each(rows, 'subscriptionSchedule', keys, ({ phases }) =>
        phases.flatMap(({ default_tax_rates: rates, items, add_invoice_items: extras }) => [
          ...rates,
          ...[...items, ...extras].flatMap((item) => item.tax_rates),
        ]),
      ),
    ),
  ],
  subscriptionItem: (db, rows, keys) => [
    pricesOf(
      db,
      rows,
      { kind: 'subscriptionItem', keys },
      each(rows, 'subscriptionItem', keys, (item) => [item.price]),
    ),
    byId(
      db,
      'taxRate',
      each(rows, 'subscriptionItem', keys, (item) => item.taxRates),
    ),
  ],
  valueList: (db, _rows, keys) => [itemsShownOf(db, keys)],
  invoice: ofInvoices,
  creditNote: ofCreditNotes,
  creditNoteLineItem: (db, rows, keys) => [
    byId(
      db,
      'taxRate',
      each(rows, 'creditNoteLineItem', keys, (line) => line.taxes.map((tax) => tax.tax_rate)),
    ),
  ],
  invoiceLineItem: (db, rows, keys) => [
    pricesOf(db, rows, { kind: 'invoiceLineItem', keys }, each(rows, 'invoiceLineItem', keys, priceOfUnknownProduct)),
  ],
  invoiceItem: (db, rows, keys) => [
    pricesOf(db, rows, { kind: 'invoiceItem', keys }, each(rows, 'invoiceItem', keys, priceOfUnknownProduct)),
    byId(
      db,
      'taxRate',
      each(rows, 'invoiceItem', keys, (item) => item.taxRates),
    ),
  ],
  paymentIntent: (db, rows, keys) => [
    byId(
      db,
      'paymentMethod',
      each(rows, 'paymentIntent', keys, (intent) => [intent.lastPaymentError?.payment_method ?? null]),
    ),
  ],
  mandate: (db, rows, keys) => [
    byId(
      db,
      'paymentMethod',
      each(rows, 'mandate', keys, (mandate) => [mandate.paymentMethod]),
    ),
  ],
  setupIntent: (db, rows, keys) => [
    byId(
      db,
      'paymentMethod',
      each(rows, 'setupIntent', keys, (intent) => [intent.lastSetupError?.payment_method ?? null]),
    ),
  ],
  file: (db, _rows, keys) => [want(db, 'fileLink', db`t.file = any(${keys})`)],
  productFeature: (db, rows, keys) => [
    byId(
      db,
      'entitlementFeature',
      each(rows, 'productFeature', keys, ({ feature }) => [feature]),
    ),
  ],
  promotionCode: (db, rows, keys) => [
    byId(
      db,
      'coupon',
      each(rows, 'promotionCode', keys, (code) => [code.coupon]),
    ),
  ],
  refund: (db, rows, keys) => [
    byId(
      db,
      'charge',
      each(rows, 'refund', keys, (refund) => [refund.charge]),
    ),
  ],
  dispute: (db, rows, keys) => [
    byId(
      db,
      'balanceTransaction',
      each(rows, 'dispute', keys, (dispute) => dispute.balanceTransactions),
    ),
  ],
};

function ofSubscriptions(db: Db, rows: Rows, keys: string[]): (Fragment | null)[] {
  const [first] = keys;
  if (first === undefined) return [];
  const { account, livemode } = rows.get('subscription', first);
  const pending = keys.flatMap((key) => rows.get('subscription', key).pendingUpdate?.items ?? []);
  const prices = pending.map((item) => item.price);
  const rates = [...each(rows, 'subscription', keys, (row) => row.defaultTaxRates), ...pending.flatMap((item) => item.tax_rates)];
  const items = db`from subscription_items i where i.subscription = any(${keys}) and not i.deleted`;
  return [
    want(db, 'subscriptionItem', db`t.subscription = any(${keys}) and not t.deleted`),
    want(
      db,
      'price',
      db`t.account = ${account} and t.livemode = ${livemode} and (t.id in (select i.price ${items}) or t.id = any(${prices}))`,
    ),
    want(db, 'taxRate', db`t.id in (select unnest(i.tax_rates) ${items}) or t.id = any(${rates})`),
  ];
}

function ofInvoices(db: Db, rows: Rows, keys: string[]): (Fragment | null)[] {
  if (keys.length === 0) return [];
  const ranked = db`
    select l.id, row_number() over (partition by l.invoice order by l.position) as rank
    from invoice_line_items l where l.invoice = any(${keys}) and l.basis->'shipping' is null`;
  return [
    want(db, 'invoiceLineItem', db`t.id in (select r.id from (${ranked}) r where r.rank <= ${LINES_SHOWN})`),
    db`select 'lineCount' as kind, jsonb_agg(jsonb_build_object('invoice', c.invoice, 'lines', c.lines)) as rows
      from (select invoice, count(*) as lines from invoice_line_items where invoice = any(${keys}) and basis->'shipping' is null group by invoice) c`,
    byId(
      db,
      'account',
      each(rows, 'invoice', keys, (invoice) => [invoice.account]),
    ),
    byId(
      db,
      'customer',
      each(rows, 'invoice', keys, (invoice) => (invoice.status === 'draft' ? [invoice.customer] : [])),
    ),
    taxIdsOfDrafts(db, rows, keys),
    byId(
      db,
      'taxRate',
      each(rows, 'invoice', keys, (invoice) => invoice.defaultTaxRates),
    ),
  ];
}

/** A draft shows the present tax ids of its customer. */
function taxIdsOfDrafts(db: Db, rows: Rows, keys: string[]): Fragment | null {
  const drafts = keys.map((key) => rows.get('invoice', key)).filter(({ status }) => status === 'draft');
  if (drafts.length === 0) return null;
  return want(db, 'taxId', db`t.customer = any(${drafts.map(({ customer }) => customer)}) and not t.deleted`);
}

/** One line more than is shown, which says whether there are more. */
function ofCreditNotes(db: Db, rows: Rows, keys: string[]): (Fragment | null)[] {
  if (keys.length === 0) return [];
  return [
    want(db, 'creditNoteLineItem', db`t.credit_note = any(${keys}) and t.position <= ${LINES_SHOWN}`),
    byId(
      db,
      'taxRate',
      each(rows, 'creditNote', keys, (note) => note.totalTaxes.map((tax) => tax.tax_rate)),
    ),
  ];
}

/** One row of the answer: a kind, and its rows oldest first. */
function want(db: Db, kind: RowKind, condition: ReturnType<typeof db>) {
  const { table } = TABLES[kind];
  const order = kind === 'account' ? db`t.created` : db`t.seq`;
  return db`select ${kind}::text as kind, jsonb_agg(to_jsonb(t) order by ${order}) as rows from ${db(table)} t where ${condition}`;
}

function byId(db: Db, kind: RowKind, ids: (string | null)[]): Fragment | null {
  const present = [...new Set(ids.filter((id) => id !== null))];
  return present.length === 0 ? null : want(db, kind, db`${db(`t.${TABLES[kind].key}`)} = any(${present})`);
}

function each<K extends RowKind>(rows: Rows, kind: K, keys: string[], pick: (row: RowTypes[K]) => (string | null)[]): (string | null)[] {
  return keys.flatMap((key) => pick(rows.get(kind, key)));
}

/** The newest items that `objects/value-list.ts` shows, and one that says whether there are more. */
function itemsShownOf(db: Db, keys: string[]): Fragment {
  const newest = db`select id from value_list_items where value_list = list and not deleted order by created desc, seq desc limit ${LINES_SHOWN + 1}`;
  return want(db, 'valueListItem', db`t.id in (select item.id from unnest(${keys}::text[]) list cross join lateral (${newest}) item)`);
}

function priceOfUnknownProduct(content: { price: string | null; product: string | null }): (string | null)[] {
  return content.product === null ? [content.price] : [];
}
