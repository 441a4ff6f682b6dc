/** How lists are sorted, where that is not newest first: by a column, or by what a row is called. Names are those of the API. */
import type postgres from 'postgres';
import type { Sql } from './connect';

type Condition = postgres.PendingQuery<postgres.Row[]>;

export interface Order {
  /** One of `orderNames`. */
  by: string;
  isUp: boolean;
}

/** Over a row of the table, and of what it is joined with: what other rows say is looked up once for each row, however often it is compared. */
type Expression = string | { by: string; join: string };
type Expressions = Readonly<Record<string, Expression>>;

const quoted = (column: string): string => `"${column}"`;
const plain = (...columns: string[]): Expressions => Object.fromEntries(columns.map((column) => [column, quoted(column)]));
/** However they are capitalized. */
const words = (...columns: string[]): Expressions => Object.fromEntries(columns.map((column) => [column, `lower(${quoted(column)})`]));

/** As the customer is called where it is expanded. */
const customerOf = (table: string): Expressions => ({
  customer: {
    by: 'named.words',
    join: `left join (
      select id as named_id, account as named_account, lower(coalesce(nullif(name, ''), nullif(email, ''), id)) as words from customers
    ) named on named_id = ${table}.customer and named_account = ${table}.account`,
  },
});

const RENEWS = {
  by: 'renewing.renews_at',
  join: `left join lateral (
    select min(i.current_period_end) as renews_at from subscription_items i where i.subscription = subscriptions.id and not i.deleted
  ) renewing on true`,
};

const ORDERS = {
  audit_entries: { ...words('actor', 'operation'), ...plain('status') },
  charges: { ...customerOf('charges'), ...plain('amount', 'amount_refunded'), ...words('status') },
  coupons: {
    ...words('duration', 'id', 'name'),
    ...plain('amount_off', 'times_redeemed'),
    percent_off: 'percent_off::numeric',
  },
  credit_notes: { ...customerOf('credit_notes'), ...words('number', 'reason', 'status'), ...plain('total') },
  customer_requests: { ...words('owner', 'status', 'type'), ...plain('due_at', 'missed_at') },
  customers: { ...words('email', 'name'), ...plain('balance') },
  cutovers: { ...words('reason', 'status'), ...plain('due_at', 'switched_at') },
  disputes: { ...words('reason', 'status'), ...plain('amount', 'due_by') },
  dunnings: { ...words('decline_code', 'status'), ...plain('next_retry_at', 'retries') },
  early_fraud_warnings: { ...words('fraud_type'), ...plain('actionable') },
  events: words('type'),
  experiments: words('name', 'status'),
  fills: { ...words('status'), ...plain('customers', 'ended_at', 'months') },
  forecasts: { ...words('status'), ...plain('ended_at') },
  fraud_decisions: { decision: "assessment ->> 'decision'", risk_score: "(assessment ->> 'riskScore')::numeric" },
  held: { ...words('kind', 'reason', 'step'), retries_at: 'look_again_at', times_failed: 'times' },
  imports: { ...words('source', 'status'), ...plain('dry_run') },
  invoices: { ...customerOf('invoices'), ...words('number', 'status'), ...plain('amount_remaining', 'due_date', 'total') },
  mails: words('kind', 'recipient', 'status'),
  meters: words('display_name', 'event_name', 'status'),
  mrr_movements: { ...words('type'), ...plain('amount', 'customer_mrr') },
  operator_actions: words('action', 'processor', 'reason'),
  payment_intents: { ...customerOf('payment_intents'), ...plain('amount'), ...words('status') },
  payment_links: { ...plain('active'), ...words('url') },
  prices: { ...plain('active', 'unit_amount'), ...words('nickname'), interval: "recurring ->> 'interval'" },
  products: { ...plain('active'), ...words('name') },
  promotion_codes: { ...words('code'), ...plain('expires_at', 'max_redemptions', 'times_redeemed') },
  quotes: { ...customerOf('quotes'), ...words('number', 'status'), ...plain('expires_at') },
  radar_rules: { ...words('action', 'predicate'), ...plain('active', 'version') },
  reconciliation_differences: words('day', 'kind', 'owner', 'processor', 'state'),
  reconciliations: { ...words('day', 'processor', 'status'), ...plain('compared', 'differences') },
  recovery_programs: { ...words('name'), ...plain('active', 'position', 'version') },
  refunds: { ...plain('amount'), ...words('reason', 'status') },
  repair_items: { ...words('status'), ...plain('says', 'would_say'), difference: 'would_say - says' },
  repairs: words('approved_by', 'created_by', 'description', 'status'),
  reviews: { ...words('default_decision', 'opened_reason', 'owner'), ...plain('decide_by') },
  shadow_invoices: { ...words('status'), ...plain('cycle_at') },
  subscriptions: { ...customerOf('subscriptions'), ...words('status'), ...plain('cancel_at'), current_period_end: RENEWS },
  support_tickets: { ...words('owner', 'route', 'status', 'subject'), ...plain('answer_by') },
  tasks: { ...words('owner', 'status', 'title'), ...plain('answer_by') },
  tax_registrations: { ...words('country'), ...plain('active_from', 'expires_at') },
  test_clocks: { ...words('name', 'status'), ...plain('deletes_after', 'frozen_time') },
  value_lists: words('alias', 'item_type', 'name'),
  webhook_endpoints: words('status', 'url'),
} satisfies Readonly<Record<string, Expressions>>;

export type OrderedTable = keyof typeof ORDERS;

const EVERYWHERE = plain('created');

const expressionsOf = (table: string): Expressions => ({ ...EVERYWHERE, ...(ORDERS as Readonly<Record<string, Expressions>>)[table] });

/** By what a list of this table can be sorted. */
export const orderNames = (table: OrderedTable): string[] => Object.keys(expressionsOf(table)).sort();

/** What a list is sorted by. */
export interface Place {
  value: Condition;
  /** What the table is joined with for it; it has no column that the table has. */
  join: Condition;
  isUp: boolean;
}

/** Null for the usual order. */
export function placeIn(sql: Sql, table: string, order: Order | null): Place | null {
  if (order === null) return null;
  const expressions = expressionsOf(table);
  const expression = Object.hasOwn(expressions, order.by) ? expressions[order.by] : undefined;
  if (expression === undefined) throw new Error(`a list of ${table} is not sorted by ${order.by}`);
  const { by, join } = typeof expression === 'string' ? { by: expression, join: '' } : expression;
  return { value: sql.unsafe(by) as unknown as Condition, join: sql.unsafe(join) as unknown as Condition, isUp: order.isUp };
}

/** What has no value comes last, in both directions. Read backward, all is turned around. */
export function sortedBy(sql: Sql, place: Place | null, isBackward: boolean): Condition {
  if (place === null) return sql``;
  const direction = place.isUp === isBackward ? sql`desc` : sql`asc`;
  return isBackward ? sql`${place.value} ${direction} nulls first,` : sql`${place.value} ${direction} nulls last,`;
}

/**
 * The rows after one with this value, or before it if read backward.
 *
 * @param among which of those with the same value
 */
export function beyond(
  sql: Sql,
  place: Place | null,
  { value, isBackward, among }: { value: unknown; isBackward: boolean; among: Condition },
): Condition {
  if (place === null) return among;
  const own = place.value;
  if (value === null) return isBackward ? sql`(${own} is not null or ${among})` : sql`(${own} is null and ${among})`;
  const at = value as string | number | boolean;
  const further = place.isUp === isBackward ? sql`${own} < ${at}` : sql`${own} > ${at}`;
  const unset = isBackward ? sql`` : sql`or ${own} is null`;
  return sql`(${further} ${unset} or (${own} = ${at} and ${among}))`;
}

export const joinedFor = (sql: Sql, place: Place | null): Condition => (place === null ? sql`` : place.join);

/** The value of a row that is a cursor. */
export const valueAt = (sql: Sql, place: Place | null): Condition => (place === null ? sql`null` : place.value);
