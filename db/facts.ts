/**
 * The facts for planners: everything related to a subscription, an invoice, an intent, a charge, a refund or a dispute, with its customer
 * and account. Small statements by entity (`facts/`) read them in two waves, and independent statements are sent together: first the rows
 * of the known keys, then the rows that those reference. Parameters that are null select nothing.
 */
import { Rows, type RowKind } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { alertFacts } from './facts/alert';
import { catalogFacts, creditGrantFacts, quoteFacts, taxRateFacts, templateFacts } from './facts/catalog';
import { customerFacts } from './facts/customer';
import { discountFacts } from './facts/discount';
import { invoiceFacts } from './facts/invoice';
import { discountsIn, distinct, paymentMethodsIn, pricesIn, taxRatesIn, templatesIn, usedUpGrantsIn } from './facts/keys';
import { paymentFacts } from './facts/payment';
import { findRoots, knownRoots, type FactsOf, type Roots } from './facts/roots';
import { ask, type FactLists } from './facts/statement';
import { subscriptionFacts } from './facts/subscription';
import { rowsFromJson } from './json-rows';
import { TABLES } from './tables';

export type { FactsOf };

/**
 * Each statement sees the commits before its start. Nothing of the customer changes between them, because the customer's row is locked.
 * Without the lock the transaction must be a repeatable read.
 */
export async function loadFacts(tx: TransactionSql, of: FactsOf, named: NamedFacts = NOTHING_NAMED): Promise<Rows> {
  const roots = knownRoots(of) ?? (await findRoots(tx, of));
  const [found, rows] = await Promise.all([named.found(), together(rootedFacts(tx, of, roots))]);
  const revised = distinct([
    of.revised,
    ...rows
      .all('invoice')
      .filter(({ status }) => status === 'draft')
      .map(({ fromInvoice }) => fromInvoice),
  ]);
  if (revised.length > 0) rows.putAll(await revisedFacts(tx, roots, revised));
  rows.putAll(await together([...namedFacts(tx, of, { rows, roots }), named.behind(found)]));
  rows.putAll(rowsFromJson(found));
  return rows;
}

/** The rows that a request references. They are asked for together with the facts, so that they take no round trip of their own. */
export interface NamedFacts {
  found: () => Promise<FactLists>;
  /** What belongs to them: the products of prices. */
  behind: (found: FactLists) => Promise<Rows>;
}

const NOTHING_NAMED: NamedFacts = { found: () => Promise.resolve({}), behind: () => Promise.resolve(new Rows()) };

/** The rows of the known keys. */
function rootedFacts(tx: TransactionSql, of: FactsOf, { customer, invoices, subscriptions }: Roots): Promise<Rows>[] {
  const { account, subscription = null, schedule = null, quote = null, watched = null } = of;
  const countsSpend = (of.spender ?? watched) !== null;
  const asked = [ask(tx, customerFacts, { account, customer }), ask(tx, invoiceFacts, { customer, invoices, subscriptions, countsSpend })];
  if (subscriptions.length > 0 || schedule !== null) {
    asked.push(ask(tx, subscriptionFacts, { account, subscriptions, subscription, schedule, countsSpend }));
  }
  if (quote !== null) asked.push(ask(tx, quoteFacts, quote));
  if (watched !== null) asked.push(ask(tx, alertFacts, { account, customer: watched }));
  return asked;
}

/** The invoices that drafts revise, and their other revisions. */
async function revisedFacts(tx: TransactionSql, { customer }: Roots, revised: string[]): Promise<Rows> {
  const related = await tx<{ id: string }[]>`
    select id from invoices where from_invoice = any(${revised}) or latest_revision = any(${revised})`;
  const invoices = [...revised, ...related.map(({ id }) => id)];
  return ask(tx, invoiceFacts, { customer, invoices, subscriptions: [], countsSpend: false });
}

/** The rows that the loaded rows reference. */
function namedFacts(tx: TransactionSql, of: FactsOf, { rows, roots }: { rows: Rows; roots: Roots }): Promise<Rows>[] {
  const prices = pricesIn(rows);
  const discounts = discountsIn(rows);
  const taxRates = taxRatesIn(rows);
  const grants = usedUpGrantsIn(rows);
  const templates = templatesIn(rows);
  const livemode = livemodeOf(rows);
  return [
    ...paymentsOf(tx, of, { rows, roots }),
    ...(prices.length > 0 && livemode !== null ? [ask(tx, catalogFacts, { account: of.account, livemode, prices })] : []),
    ...(Object.values(discounts).some((keys) => keys.length > 0) && livemode !== null
      ? [ask(tx, discountFacts, { account: of.account, livemode, ...discounts })]
      : []),
    ...(taxRates.length > 0 ? [ask(tx, taxRateFacts, taxRates)] : []),
    ...(templates.length > 0 ? [ask(tx, templateFacts, templates)] : []),
    ...(grants.length > 0 ? [ask(tx, creditGrantFacts, grants)] : []),
  ];
}

function paymentsOf(tx: TransactionSql, of: FactsOf, { rows, roots }: { rows: Rows; roots: Roots }): Promise<Rows>[] {
  const invoices = rows.all('invoice');
  const subscriptions = rows.all('subscription');
  const keys = {
    intents: distinct([
      roots.intent,
      ...invoices.map(({ paymentIntent }) => paymentIntent),
      ...rows.all('invoicePayment').map(({ paymentIntent }) => paymentIntent),
      ...subscriptions.map(({ pendingSetupIntent }) => pendingSetupIntent),
    ]),
    charge: roots.charge,
    paymentMethods: distinct([of.paymentMethod, ...paymentMethodsIn(rows)]),
    invoices: invoices.map(({ id }) => id),
    subscriptions: subscriptions.map(({ id }) => id),
    intent: roots.intent,
  };
  const isNothing = Object.values(keys).every((key) => key === null || key.length === 0);
  return isNothing ? [] : [ask(tx, paymentFacts, keys)];
}

function livemodeOf(rows: Rows): boolean | null {
  const [row] = (['customer', 'subscription', 'subscriptionSchedule', 'invoice'] as const).flatMap((kind) => rows.all(kind));
  return row?.livemode ?? null;
}

async function together(asked: Promise<Rows>[]): Promise<Rows> {
  const rows = new Rows();
  for (const answer of await Promise.all(asked)) rows.putAll(answer);
  return rows;
}

/** The facts of a payment, in a change that waits for the other changes of it. */
export async function lockFacts(tx: TransactionSql, of: FactsOf): Promise<Rows> {
  await lockIntent(tx, of);
  return loadFacts(tx, of);
}

/** Changes of a payment without a customer, and of its refunds or disputes, run one after another. */
export async function lockIntent(sql: TransactionSql, of: FactsOf): Promise<void> {
  await sql`
    select 1 from payment_intents where id = coalesce(${of.intent ?? null}, (select payment_intent from charges where id = coalesce(
      ${of.charge ?? null}, (select charge from refunds where id = ${of.refund ?? null}), (select charge from disputes where id = ${of.dispute ?? null}),
      (select charge from reviews where id = ${of.review ?? null}))))
    for update`;
}

/**
 * Rows that a request references (prices, coupons, …), added to the facts; one statement reads all of them. Rows of other accounts and modes
 * are not found.
 */
export async function loadReferenced(
  sql: Sql | TransactionSql,
  { account, livemode }: { account: string; livemode: boolean },
  ids: Partial<Record<RowKind, string[]>>,
): Promise<FactLists> {
  // In one order, so that requests which reference the same kinds share a prepared statement.
  const kinds = (Object.keys(ids) as RowKind[]).filter((kind) => (ids[kind] ?? []).length > 0).sort();
  if (kinds.length === 0) return {};
  const selects = kinds.map((kind) => {
    const { table, key } = TABLES[kind];
    return sql`select ${kind}::text as kind, json_agg(t) as rows from ${sql(table)} t
      where ${sql(`t.${key}`)} = any(${ids[kind] ?? []}) and t.account = ${account} and t.livemode = ${livemode}`;
  });
  const all = selects.reduce((before, select) => sql`${before} union all ${select}`);
  const found = await sql<{ kind: RowKind; rows: Record<string, unknown>[] | null }[]>`${all}`;
  return Object.fromEntries(found.map(({ kind, rows }) => [kind, rows ?? []]));
}
