/**
 * Writes a change set in one statement: each kind of row is one upsert from a JSON array, all of them common table expressions of one
 * query, so that a commit costs one round trip however much it changes.
 */
import type { Refusal } from '../domain/core/errors';
import { API_VERSION } from '../domain/rows/api-version';
import type { ChangeSet } from '../domain/core/change-set';
import { keyOf, type RowKind } from '../domain/rows/rows';
import type { WorkflowRow } from '../domain/rows/workflow';
import type { TransactionSql } from './connect';
import { sealed, type CustomerKeys } from './customer-keys';
import { putOnListsSql } from './fraud';
import { snakeCase } from './json-rows';
import type { StatementShapes } from './statement-shapes';
import { DELIVERIES_OF_EV } from './webhooks/new-events';
import { NAMED_BY_CONTENT, primaryKeyOf, SET_ELSEWHERE, SHARED, TABLES } from './tables';

/** What a commit writes besides the change set's own rows. */
export interface Written {
  /** Webhook endpoints that got deliveries. */
  endpoints: string[];
}

interface Step {
  step: string;
  /** The commit key of the change that this step answers: a refusal is its answer too. */
  answers: string | null;
  workflow: (WorkflowRow & { version: number }) | null;
  /** The workflow was held, and this commit shows that it works again. */
  endsHold: boolean;
  /** Of those whom its events are about. */
  keys: CustomerKeys;
  /** The texts that its connections keep prepared. */
  shapes: StatementShapes;
}

export async function writePlan(
  sql: TransactionSql,
  changes: ChangeSet,
  { step, answers, workflow: row, endsHold, keys, shapes }: Step,
): Promise<Written> {
  const statement = new Statement();
  const { account, workflow, commitKey, now } = changes.context;
  // If the same commit key is committed twice at once, the second violates the primary key here, and its transaction rolls back.
  statement.add('committed', 'commits', [
    { workflow, commitKey, account, step, at: now, outcome: changes.outcome, refusal: changes.refusal },
  ]);
  if (changes.refusal) statement.refuse(workflow, answers, changes.refusal);
  addRows(statement, changes);
  if (changes.postings.length > 0) addPostings(statement, changes);
  if (changes.events.length > 0) addEvents(statement, changes, keys.of);
  addKeys(statement, changes, keys);
  if (row) statement.upsert('workflow', { table: 'workflows', key: ['id'] }, [row]);
  if (endsHold) statement.remove('held', { table: 'held', key: 'workflow' }, [workflow], changes.context);
  if (changes.wakes.length + changes.timers.length > 0) statement.wakes(wakeRows(changes));
  const text = statement.text();
  // Sent at once, before the commit.
  const [result] = await sql
    .unsafe<{ endpoints: string[] | null }[]>(text, statement.values, {
      prepare: shapes.isWorthKeeping(text),
    })
    .execute();
  return { endpoints: result?.endpoints ?? [] };
}

function addRows(statement: Statement, changes: ChangeSet): void {
  for (const [kind, keys] of changes.changed) {
    const rows = [...keys].map((key) => written(kind, changes.rows.get(kind, key)));
    if (rows.length === 0) continue;
    if (SHARED.includes(kind)) addShared(statement, changes, kind, rows);
    else statement.upsert(kind, placeOf(kind), existingFirst(changes, kind, rows));
  }
  for (const [kind, keys] of changes.removed) statement.remove(kind, TABLES[kind], [...keys], changes.context);
  const { coupon, promotionCode } = changes.redemptions;
  if (coupon.size > 0) statement.redeem(countsOf(coupon), countsOf(promotionCode));
  if (changes.listed.length > 0) statement.putOnLists(changes.listed);
}

/** The row without what others set. */
function written(kind: RowKind, row: object): object {
  const elsewhere = SET_ELSEWHERE[kind];
  return elsewhere ? Object.fromEntries(Object.entries(row).filter(([property]) => !elsewhere.includes(property))) : row;
}

/**
 * For rows that others may have changed since they were read, writes only the columns that this commit changes. Rows that change in the
 * same columns form one part. Each part runs after the one before it, because a row may take a unique value that another gives up (a lookup
 * key, a code). New rows come last and never overwrite existing ones: if two requests choose the same id at once, one fails.
 */
function addShared(statement: Statement, changes: ChangeSet, kind: RowKind, rows: object[]): void {
  const { known, added } = apart(changes, kind, rows);
  const before: string[] = [];
  for (const [columns, alike] of byChangedColumns(changes, kind, known)) {
    before.push(statement.update(`${kind}${String(before.length)}`, placeOf(kind), alike, { columns: columns.split(','), before }));
  }
  if (added.length > 0) statement.insertAfter(before, kind, placeOf(kind), added);
}

function byChangedColumns(changes: ChangeSet, kind: RowKind, rows: object[]): Map<string, object[]> {
  const alike = new Map<string, object[]>();
  for (const row of rows) {
    const was = changes.base.find(kind, keyOf(kind, row)) as unknown as Record<string, unknown>;
    const changed = Object.entries(row).filter(([property, value]) => JSON.stringify(value) !== JSON.stringify(was[property]));
    const columns = changed.map(([property]) => snakeCase(property)).join();
    if (columns !== '') alike.set(columns, [...(alike.get(columns) ?? []), row]);
  }
  return alike;
}

const placeOf = (kind: RowKind): Place => ({ table: TABLES[kind].table, key: primaryKeyOf(kind) });

function addPostings(statement: Statement, changes: ChangeSet): void {
  const transactions = changes.postings.map((posting) => posting.transaction);
  statement.add('ledger_transactions_new', 'ledger_transactions', transactions);
  const entries = changes.postings.flatMap((posting) => posting.entries);
  if (entries.length > 0) statement.add('ledger_entries_new', 'ledger_entries', entries);
  const { account, livemode, now } = changes.context;
  const schedules = changes.postings.flatMap((posting) => posting.schedules.map((each) => ({ ...each, account, livemode, created: now })));
  if (schedules.length > 0) statement.add('revenue_schedules_new', 'revenue_schedules', schedules);
}

function addEvents(statement: Statement, changes: ChangeSet, keys: CustomerKeys['of']): void {
  const { account, livemode, workflow, commitKey, now, request } = changes.context;
  const common = { account, livemode, created: now, apiVersion: API_VERSION, workflow, commitKey };
  const params = { request: request?.id ?? null, idempotencyKey: request?.idempotencyKey ?? null };
  const events = changes.events.map((event) => sealed({ ...event, ...common, ...params }, keys));
  statement.add('ev', 'events', events, 'returning *');
  statement.deliveries();
}

/** Keys of new customers, and the end of those of erased ones. */
function addKeys(statement: Statement, changes: ChangeSet, keys: CustomerKeys): void {
  const { account, livemode } = changes.context;
  const made = keys.made.map((customer) => ({ customer, account, livemode, key: `\\x${keys.of.get(customer)?.toString('hex') ?? ''}` }));
  if (made.length > 0) statement.add('customer_keys_new', 'customer_keys', made, 'on conflict (customer) do nothing');
  if (changes.erased.size > 0)
    statement.remove('customer_keys', { table: 'customer_keys', key: 'customer' }, [...changes.erased], changes.context);
}

/** Separates existing rows from new ones. */
function apart(changes: ChangeSet, kind: RowKind, rows: object[]): { known: object[]; added: object[] } {
  const isKnown = (row: object): boolean => changes.base.find(kind, keyOf(kind, row)) !== undefined;
  return { known: rows.filter(isKnown), added: rows.filter((row) => !isKnown(row)) };
}

/** An attempt must be closed before the next is opened; otherwise the index that allows one open attempt rejects both. */
function existingFirst(changes: ChangeSet, kind: RowKind, rows: object[]): object[] {
  const { known, added } = apart(changes, kind, rows);
  return [...known, ...added];
}

function wakeRows(changes: ChangeSet): Omit<WorkflowRow, 'endedAt'>[] {
  const { account, livemode, now } = changes.context;
  const wakes = changes.wakes.map((wake) => ({ ...wake, at: now }));
  return [...wakes, ...changes.timers].map(({ kind, subject, customer, testClock, at }) => ({
    id: `${kind}/${subject}`,
    kind,
    subject,
    account,
    livemode,
    customer,
    testClock,
    status: 'starting',
    nextDue: at,
    nextStep: 'refresh',
    agenda: [],
    startedAt: now,
  }));
}

class Statement {
  readonly values: string[] = [];
  private readonly parts: string[] = [];
  private endpoints = `null::text[]`;

  add(name: string, table: string, rows: object[], tail = ''): void {
    const columns = columnsOf(rows).join(', ');
    this.parts.push(
      `${name} as (insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, ${this.json(rows.map(toColumns))}) ${tail})`,
    );
  }

  /** Inserts new rows, after the named parts. A row whose id says all that is in it may be there already. */
  insertAfter(before: string[], kind: RowKind, { table, key }: Place, rows: object[]): void {
    const tail = NAMED_BY_CONTENT.includes(kind) ? `${once(before)} on conflict (${key.join(', ')}) do nothing` : once(before);
    this.add(`new_${snakeCase(kind)}`, table, rows, tail);
  }

  upsert(name: string, { table, key }: Place, rows: object[]): void {
    const updates = setting(columnsOf(rows).filter((column) => !key.includes(column)));
    if (table === 'workflows') updates.push('moved_at = now()');
    this.add(`put_${snakeCase(name)}`, table, rows, `on conflict (${key.join(', ')}) do update set ${updates.join(', ')}`);
  }

  /**
   * Updates some columns of existing rows, after the parts `before`.
   *
   * @returns the name of this part
   */
  update(name: string, { table, key }: Place, rows: object[], { columns, before }: { columns: string[]; before: string[] }): string {
    const part = `put_${snakeCase(name)}`;
    const sets = setting(columns).join(', ');
    this.add(part, table, rows, `${once(before)} on conflict (${key.join(', ')}) do update set ${sets} returning 1`);
    return part;
  }

  refuse(workflow: string, commitKey: string | null, refusal: Refusal): void {
    if (commitKey === null) return;
    const params = this.json([{ workflow, commit_key: commitKey, refusal }]);
    this.parts.push(`refused as (update commits c set refusal = a.refusal
      from jsonb_populate_recordset(null::commits, ${params}) a where c.workflow = a.workflow and c.commit_key = a.commit_key)`);
  }

  remove(
    name: string,
    { table, key }: { table: string; key: string },
    keys: string[],
    owner: { account: string; livemode: boolean },
  ): void {
    const owned = this.json([{ account: owner.account, livemode: owner.livemode }]);
    this.parts
      .push(`remove_${snakeCase(name)} as (delete from ${table} t using jsonb_to_recordset(${owned}) as o(account text, livemode boolean)
      where t.account = o.account and t.livemode = o.livemode and t.${key} in (select jsonb_array_elements_text(${this.json(keys)})))`);
  }

  /** Increments the stored count, because customers share coupons. Locks in the same order as `loadRedeeming`, to avoid deadlocks. */
  redeem(coupons: Count[], codes: Count[]): void {
    this.count('redeemed', 'coupons', coupons, 'true');
    if (codes.length > 0) this.count('redeemed_codes', 'promotion_codes', codes, '(select count(*) from redeemed) > 0');
  }

  putOnLists(items: object[]): void {
    this.parts.push(`listed as (${putOnListsSql(this.json(items))})`);
  }

  private count(name: string, table: 'coupons' | 'promotion_codes', counts: Count[], after: string): void {
    const key = table === 'coupons' ? 'key' : 'id';
    this.parts.push(`${name} as (update ${table} t set times_redeemed = t.times_redeemed + locked.by from (
      select c.${key} as id, n.by from ${table} c join jsonb_to_recordset(${this.json(counts)}) as n(key text, by integer) on n.key = c.${key}
      where ${after} order by c.${key} for update of c) locked where t.${key} = locked.id returning 1)`);
  }

  deliveries(): void {
    this.parts.push(`delivery as (${DELIVERIES_OF_EV})`);
    this.endpoints = '(select array_agg(distinct endpoint) from delivery)';
  }

  /**
   * An ended workflow stays ended, except for a `usage`, `card` or `support` workflow and a restarted dunning. A workflow that waits for a later
   * time becomes due now.
   */
  wakes(rows: object[]): void {
    this.add(
      'wake',
      'workflows',
      rows,
      `on conflict (id) do update set moved_at = now(),
      ended_at = null,
      next_due = least(coalesce(workflows.next_due, excluded.next_due), excluded.next_due)
      where workflows.ended_at is null or workflows.kind in ('usage', 'dunning', 'card', 'support')`,
    );
  }

  text(): string {
    return `with ${this.parts.join(',\n')} select ${this.endpoints} as endpoints`;
  }

  private json(rows: unknown[]): string {
    this.values.push(JSON.stringify(rows));
    return `$${String(this.values.length)}::text::jsonb`;
  }
}

interface Place {
  table: string;
  key: string[];
}

const setting = (columns: string[]): string[] => columns.map((column) => `${column} = excluded.${column}`);

/** Parts of one statement run in any order, unless one reads another. */
function once(parts: string[]): string {
  return parts.length === 0 ? '' : `where ${parts.map((part) => `(select count(*) from ${part}) >= 0`).join(' and ')}`;
}

interface Count {
  key: string;
  by: number;
}

function countsOf(redemptions: Map<string, number>): Count[] {
  return [...redemptions].map(([key, by]) => ({ key, by }));
}

function columnsOf(rows: object[]): string[] {
  return Object.keys(rows[0] ?? {}).map(snakeCase);
}

/** Column names at the top level; the contents of jsonb columns stay unchanged. */
function toColumns(row: object): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [property, value] of Object.entries(row)) columns[snakeCase(property)] = value;
  return columns;
}
