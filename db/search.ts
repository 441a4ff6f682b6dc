/** Search over rows for a query language: the fields, and the SQL of each comparison. Values are bound. */
import { each, visible, type Condition, type Page } from './lists';
import type { Sql } from './connect';
import { TABLES } from './tables';
import { inTurn } from './turns';
import { unprepared } from './unprepared';

export const SEARCH_KINDS = ['charge', 'customer', 'invoice', 'paymentIntent', 'price', 'product', 'subscription'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

export type Operator = ':' | '~' | '>' | '>=' | '<' | '<=';

export interface SearchTerm {
  field: string;
  /** For `metadata["key"]`. */
  key: string | null;
  operator: Operator;
  value: { type: 'text'; text: string } | { type: 'null' };
  negated: boolean;
}

export interface SearchQuery {
  terms: SearchTerm[];
  /** OR instead of AND. */
  any: boolean;
}

/** `text` supports substring search; `token` only matches as a whole. */
export type FieldType = 'text' | 'token' | 'number' | 'boolean' | 'metadata';

interface Field {
  type: FieldType;
  column: string;
  /** The path into a jsonb column. */
  path?: string[];
}

const token = (column: string, path?: string[]): Field => ({ type: 'token', column, ...(path ? { path } : {}) });
const text = (column: string): Field => ({ type: 'text', column });
const number = (column: string, path?: string[]): Field => ({ type: 'number', column, ...(path ? { path } : {}) });
const boolean = (column: string): Field => ({ type: 'boolean', column });

const EVERYWHERE: Record<string, Field> = { created: number('created'), metadata: { type: 'metadata', column: 'metadata' } };

const FIELDS: Record<SearchKind, Record<string, Field>> = {
  charge: {
    amount: number('amount'),
    'billing_details.address.postal_code': token('billing_details', ['address', 'postal_code']),
    currency: token('currency'),
    customer: token('customer'),
    disputed: boolean('disputed'),
    'payment_method_details.card.brand': token('payment_method_details', ['card', 'brand']),
    'payment_method_details.card.exp_month': number('payment_method_details', ['card', 'exp_month']),
    'payment_method_details.card.exp_year': number('payment_method_details', ['card', 'exp_year']),
    'payment_method_details.card.fingerprint': token('payment_method_details', ['card', 'fingerprint']),
    'payment_method_details.card.last4': token('payment_method_details', ['card', 'last4']),
    refunded: boolean('refunded'),
    status: token('status'),
  },
  customer: { email: text('email'), name: text('name'), phone: text('phone') },
  invoice: {
    currency: token('currency'),
    customer: token('customer'),
    number: text('number'),
    status: token('status'),
    subscription: token('subscription'),
    total: number('total'),
  },
  paymentIntent: { amount: number('amount'), currency: token('currency'), customer: token('customer'), status: token('status') },
  price: {
    active: boolean('active'),
    currency: token('currency'),
    lookup_key: token('lookup_key'),
    product: token('product'),
    type: token('type'),
  },
  product: {
    active: boolean('active'),
    description: text('description'),
    name: text('name'),
    shippable: boolean('shippable'),
    url: text('url'),
  },
  subscription: { canceled_at: number('canceled_at'), status: token('status') },
};

/** The type of this field, if the resource has it. */
export function fieldType(kind: SearchKind, name: string): FieldType | null {
  return fieldOf(kind, name)?.type ?? null;
}

export function fieldNames(kind: SearchKind): string[] {
  return [...Object.keys(EVERYWHERE), ...Object.keys(FIELDS[kind])].sort();
}

export interface SearchPage extends Page {
  /** Where the next page begins; null on the last page. */
  next: { created: number; seq: number } | null;
}

/** One page of matches, newest first. Every term must name an existing field, with a value of its type. */
export async function searchRows(
  sql: Sql,
  kind: SearchKind,
  scope: { account: string; livemode: boolean },
  of: { query: SearchQuery; after: { created: number; seq: number } | null; limit: number },
): Promise<SearchPage> {
  const { after, limit } = of;
  const from = after === null ? sql`` : sql`and (created, seq) < (${after.created}, ${after.seq})`;
  const query = unprepared(sql<{ key: string; created: number; seq: number }[]>`
    select id as key, created, seq from ${sql(TABLES[kind].table)} where ${matching(sql, kind, scope, of.query)} ${from}
    order by created desc, seq desc limit ${limit + 1}`);
  const rows = await inTurn(sql, 'query', () => query);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit;
  return { keys: shown.map((row) => row.key), hasMore, next: hasMore && last ? { created: last.created, seq: last.seq } : null };
}

export async function countMatches(
  sql: Sql,
  kind: SearchKind,
  scope: { account: string; livemode: boolean },
  query: SearchQuery,
): Promise<number> {
  const counted = unprepared(sql<{ count: number }[]>`
    select count(*) as count from ${sql(TABLES[kind].table)} where ${matching(sql, kind, scope, query)}`);
  const [row] = await inTurn(sql, 'query', () => counted);
  return row?.count ?? 0;
}

function matching(sql: Sql, kind: SearchKind, scope: { account: string; livemode: boolean }, { terms, any }: SearchQuery): Condition {
  const shown = each(
    sql,
    visible(sql, kind).map((condition) => sql`and ${condition}`),
  );
  const conditions = terms.map((term) => (any ? sql`or ${conditionOf(sql, kind, term)}` : sql`and ${conditionOf(sql, kind, term)}`));
  return sql`account = ${scope.account} and livemode = ${scope.livemode} ${shown} and (${any ? sql`false` : sql`true`} ${conditions})`;
}

/** An unknown value does not match, and the negation of no match does. */
function conditionOf(sql: Sql, kind: SearchKind, term: SearchTerm): Condition {
  const field = fieldOf(kind, term.field);
  if (!field) throw new Error(`${kind} has no field ${term.field}`);
  const holds = sql`coalesce(${comparison(sql, field, term)}, false)`;
  return term.negated ? sql`not ${holds}` : holds;
}

function comparison(sql: Sql, field: Field, { operator, value, key }: SearchTerm): Condition {
  const place = placeOf(sql, field, key);
  if (value.type === 'null') return sql`${place} is null`;
  if (field.type === 'number') return numeric(sql, field.path ? sql`(${place})::numeric` : place, operator, Number(value.text));
  if (field.type === 'boolean') return sql`${place} = ${value.text === 'true'}`;
  if (operator === '~') return sql`position(lower(${value.text}) in lower(${place})) > 0`;
  return sql`lower(${place}) = lower(${value.text})`;
}

function placeOf(sql: Sql, { column, path }: Field, key: string | null): Condition {
  if (key !== null) return sql`metadata ->> ${key}`;
  return path ? sql`${sql(column)} #>> ${path}` : sql`${sql(column)}`;
}

function numeric(sql: Sql, place: Condition, operator: Operator, value: number): Condition {
  if (operator === '>') return sql`${place} > ${value}::numeric`;
  if (operator === '>=') return sql`${place} >= ${value}::numeric`;
  if (operator === '<') return sql`${place} < ${value}::numeric`;
  if (operator === '<=') return sql`${place} <= ${value}::numeric`;
  return sql`${place} = ${value}::numeric`;
}

function fieldOf(kind: SearchKind, name: string): Field | undefined {
  const fields: Record<string, Field> = { ...EVERYWHERE, ...FIELDS[kind] };
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
