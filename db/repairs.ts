/** Repairs and their invoices. The amounts of a note and a new invoice are read from the books. */
import type { Scope } from '../domain/core/steps';
import type { RepairPlan } from '../domain/repair/planning';
import type {
  RepairAmounts,
  RepairEvent,
  RepairItemRow,
  RepairItemStatus,
  RepairProgress,
  RepairRow,
  RepairSelection,
  RepairStatus,
  RepairTerms,
} from '../domain/rows/repair';
import type { Sql, TransactionSql } from './connect';
import { tellOfItem, tellOfRepair, type RepairTelling, type Told } from './repair-events';
import { conditionOf, each, pageOfTable, type Condition, type TablePage, type TableWanted } from './lists';

const REPAIR = [
  ...['id', 'created', 'description', 'selection', 'correction', 'give_back', 'status', 'created_by', 'approved_by', 'approved_at'],
  ...['reason', 'ended_at'],
];
const ITEM = [
  ...['id', 'created', 'repair', 'invoice', 'customer', 'currency', 'status', 'says', 'would_say', 'note_amount', 'new_amount'],
  ...['credit_note', 'new_invoice', 'reason'],
];

/** Null for an unknown cursor. */
export const listRepairs = (
  sql: Sql,
  scope: Scope,
  { status, ...page }: TableWanted & { status: string | null },
): Promise<TablePage<RepairRow> | null> => pageOfTable(sql, { table: 'repairs', columns: REPAIR, equal: { status } }, scope, page);

/** Null for an unknown cursor. */
export const listRepairItems = (
  sql: Sql,
  scope: Scope,
  { repair, status, customer, invoice, ...page }: TableWanted & Record<'repair' | 'status' | 'customer' | 'invoice', string | null>,
): Promise<TablePage<RepairItemRow> | null> =>
  pageOfTable(sql, { table: 'repair_items', columns: ITEM, equal: { repair, status, customer, invoice } }, scope, page);

export async function findRepair(sql: Sql | TransactionSql, { account, livemode }: Scope, id: string): Promise<RepairRow | null> {
  const [row] = await sql<RepairRow[]>`
    select ${sql(REPAIR)} from repairs where id = ${id} and account = ${account} and livemode = ${livemode}`;
  return row ?? null;
}

export async function progressOf(sql: Sql | TransactionSql, repair: string): Promise<RepairProgress> {
  const [counted, amounts] = await Promise.all([
    sql<{ status: RepairItemStatus; count: number }[]>`
      select status, count(*)::int as count from repair_items where repair = ${repair} group by status`,
    sql<RepairAmounts[]>`
      select currency, sum(says)::bigint as says, sum(would_say)::bigint as would_say, sum(note_amount)::bigint as notes,
        coalesce(sum(new_amount), 0)::bigint as invoices
      from repair_items where repair = ${repair} and status in ('planned', 'corrected') group by currency order by currency`,
  ]);
  return { counts: Object.fromEntries(counted.map(({ status, count }) => [status, count])), amounts };
}

/** Final invoices that have everything that is selected, and are not wholly taken back. */
function selected(sql: Sql | TransactionSql, { account, livemode }: Scope, of: RepairSelection): Condition {
  const has = (column: 'price' | 'product', value: string | null) =>
    value === null ? [] : [sql`exists (select 1 from invoice_line_items l where l.invoice = i.id and l.${sql(column)} = ${value})`];
  const conditions = [
    ...(of.customer === null ? [] : [sql`i.customer = ${of.customer}`]),
    ...(of.currency === null ? [] : [sql`i.currency = ${of.currency}`]),
    ...(of.country === null ? [] : [sql`i.customer_details -> 'address' ->> 'country' = ${of.country}`]),
    ...(of.tax_rate === null ? [] : [sql`i.total_taxes @> ${sql.json([{ tax_rate: of.tax_rate }])}`]),
    ...(of.created === null ? [] : [conditionOf(sql, { column: 'created', range: of.created })]),
    ...has('price', of.price),
    ...has('product', of.product),
  ];
  return sql`from invoices i where i.account = ${account} and i.livemode = ${livemode} and i.status in ('open', 'paid') and not i.hidden
    and not i.deleted ${each(
      sql,
      conditions.map((condition) => sql`and ${condition}`),
    )}`;
}

interface NewRepair extends RepairTerms {
  description: string | null;
  createdBy: string;
}

/** Puts a repair with the invoices that are selected now. The number of them instead, if there are none, or more than `max`. */
export async function insertRepair(
  sql: Sql,
  scope: Scope,
  { id, max, ...of }: NewRepair & { id: string; max: number },
  telling: RepairTelling,
): Promise<Told<RepairRow> | number> {
  return sql.begin(async (tx) => {
    const now = Math.floor(Date.now() / 1000);
    const [known] = await tx<RepairRow[]>`select ${tx(REPAIR)} from repairs where id = ${id}`;
    if (known) return { row: known, endpoints: [] };
    const [counted] = await tx<{ count: number }[]>`select count(*)::int as count ${selected(tx, scope, of.selection)}`;
    const count = counted?.count ?? 0;
    if (count === 0 || count > max) return count;
    const [row] = await tx<RepairRow[]>`
      insert into repairs (id, account, livemode, created, description, selection, correction, give_back, status, created_by)
      values (${id}, ${scope.account}, ${scope.livemode}, ${now}, ${of.description}, ${tx.json(of.selection as never)},
        ${tx.json(of.correction as never)}, ${of.giveBack}, 'preparing', ${of.createdBy})
      returning ${tx(REPAIR)}`;
    await tx`
      insert into repair_items (id, account, livemode, created, repair, invoice, customer, currency, status)
      select 'repit_' || substr(md5(${id} || i.id), 1, 24), ${scope.account}, ${scope.livemode}, ${now}, ${id}, i.id, i.customer, i.currency, 'selected'
      ${selected(tx, scope, of.selection)} order by i.created, i.seq`;
    if (!row) throw new Error('a repair that was inserted is not there');
    return told(tx, scope, { row, type: 'repair.created' }, telling);
  });
}

/** The repair as it is now, with the endpoints that are told of it. */
async function told(
  tx: TransactionSql,
  scope: Scope,
  { row, type }: { row: RepairRow; type: RepairEvent },
  telling: RepairTelling,
): Promise<Told<RepairRow>> {
  return { row, endpoints: await tellOfRepair(tx, scope, { row, type, progress: await progressOf(tx, row.id) }, telling) };
}

type Move = { from: readonly RepairStatus[]; status: RepairStatus; type: RepairEvent } & Partial<Pick<RepairRow, 'approvedBy' | 'reason'>>;

/** Null unless the repair is in one of the statuses. */
export async function moveRepair(
  sql: Sql,
  scope: Scope,
  id: string,
  { telling, type, ...move }: Move & { telling: RepairTelling },
): Promise<Told<RepairRow> | null> {
  return sql.begin(async (tx) => {
    const row = await moved(tx, scope, id, move);
    return row && told(tx, scope, { row, type }, telling);
  });
}

async function moved(
  tx: TransactionSql,
  { account, livemode }: Scope,
  id: string,
  { from, status, approvedBy = null, reason = null }: Omit<Move, 'type'>,
): Promise<RepairRow | null> {
  const now = Math.floor(Date.now() / 1000);
  const [row] = await tx<RepairRow[]>`
    update repairs set status = ${status}, reason = coalesce(${reason}, reason), approved_by = coalesce(${approvedBy}, approved_by),
      approved_at = case when ${approvedBy}::text is null then approved_at else ${now} end,
      ended_at = case when ${status === 'canceled' || status === 'completed'} then ${now}::bigint end
    where id = ${id} and account = ${account} and livemode = ${livemode} and status = any(${[...from]}) returning ${tx(REPAIR)}`;
  return row ?? null;
}

/** Those that were refused are tried again. Null: there are none, or the repair is not over. */
export async function retryFailed(sql: Sql, scope: Scope, id: string, telling: RepairTelling): Promise<Told<RepairRow> | null> {
  return sql.begin(async (tx) => {
    const [row] = await tx<RepairRow[]>`
      update repairs set status = 'running', ended_at = null where id = ${id} and account = ${scope.account} and livemode = ${scope.livemode}
        and status = 'completed' and exists (select 1 from repair_items i where i.repair = ${id} and i.status = 'failed')
      returning ${tx(REPAIR)}`;
    if (!row) return null;
    await tx`update repair_items set status = 'planned', reason = null where repair = ${id} and status = 'failed'`;
    return told(tx, scope, { row, type: 'repair.retried' }, telling);
  });
}

/** What a repair has to do next. */
export interface RepairWork {
  status: RepairStatus;
  /** Items, in the order in which they are done. */
  due: { id: string; invoice: string }[];
  done: number;
  total: number;
}

/** The next portion. A repair that has no more to do moves on: the dry run becomes a draft, a running one is completed. */
export async function repairWork(sql: Sql, repair: string, portion: number, telling: RepairTelling): Promise<Told<RepairWork>> {
  return sql.begin(async (tx) => {
    const { total, left, ...was } = await standingOf(tx, repair);
    const next = left === 0 ? MOVES_ON[was.status] : undefined;
    const row = next && (await moved(tx, was, repair, { from: [was.status], status: next.status }));
    const endpoints = row ? (await told(tx, was, { row, type: next.type }, telling)).endpoints : [];
    const status = row?.status ?? was.status;
    const due = left === 0 ? [] : await dueOf(tx, repair, { status, portion });
    return { row: { status, due, done: total - left, total }, endpoints };
  });
}

const MOVES_ON: Partial<Record<RepairStatus, { status: RepairStatus; type: RepairEvent }>> = {
  preparing: { status: 'draft', type: 'repair.prepared' },
  running: { status: 'completed', type: 'repair.completed' },
};

/** The repair, locked, with how many of its invoices there are, and how many are left of what it is doing. */
async function standingOf(tx: TransactionSql, repair: string): Promise<Scope & { status: RepairStatus; total: number; left: number }> {
  const [row] = await tx<(Scope & { status: RepairStatus })[]>`
    select account, livemode, status from repairs where id = ${repair} for update`;
  if (!row) throw new Error(`there is no repair ${repair}`);
  const [counted] = await tx<{ total: number; left: number }[]>`
    select count(*) filter (where status = ${row.status === 'preparing' ? 'selected' : 'planned'})::int as left, count(*)::int as total
    from repair_items where repair = ${repair}`;
  return { ...row, total: counted?.total ?? 0, left: counted?.left ?? 0 };
}

async function dueOf(
  tx: TransactionSql,
  repair: string,
  { status, portion }: { status: RepairStatus; portion: number },
): Promise<RepairWork['due']> {
  if (MOVES_ON[status] === undefined) return [];
  const wanted: RepairItemStatus = status === 'preparing' ? 'selected' : 'planned';
  return tx<{ id: string; invoice: string }[]>`
    select id, invoice from repair_items where repair = ${repair} and status = ${wanted} order by seq limit ${portion}`;
}

/** An invoice of a repair, with the terms and the roots of its facts. */
export type RepairTask = Scope &
  RepairTerms & {
    id: string;
    repair: string;
    repairStatus: RepairStatus;
    status: RepairItemStatus;
    invoice: string;
    customer: string;
    subscription: string | null;
    version: string | null;
    /** What its lines have sold. */
    prices: string[];
    products: string[];
  };

export async function findRepairTask(sql: Sql, item: string): Promise<RepairTask | null> {
  const [row] = await sql<RepairTask[]>`
    select i.id, i.account, i.livemode, i.repair, r.status as repair_status, i.status, i.invoice, i.customer, v.subscription, i.version,
      r.selection, r.correction, r.give_back,
      array(select distinct l.price from invoice_line_items l where l.invoice = v.id and l.price is not null) as prices,
      array(select distinct l.product from invoice_line_items l where l.invoice = v.id and l.product is not null) as products
    from repair_items i join repairs r on r.id = i.repair join invoices v on v.id = i.invoice where i.id = ${item}`;
  return row ?? null;
}

interface Found {
  status: 'planned' | 'unchanged' | 'blocked';
  version: string;
  says: number;
  wouldSay: number | null;
  plan: RepairPlan | null;
  reason: string | null;
}

/** What the dry run has found. */
export async function notePlan(sql: Sql, item: string, { status, version, says, wouldSay, plan, reason }: Found): Promise<void> {
  await sql`
    update repair_items set status = ${status}, version = ${version}, says = ${says}, would_say = ${wouldSay}, note_amount = ${plan?.note ?? null},
      new_amount = ${plan?.invoice ?? null}, reason = ${reason}
    where id = ${item} and status = 'selected'`;
}

/** The amounts are those of the note and the invoice that were made. */
export const noteCorrected = (
  sql: Sql,
  item: string,
  { note, invoice }: { note: string; invoice: string },
  telling: RepairTelling,
): Promise<string[]> =>
  sql.begin(async (tx) => {
    const rows = await tx<(Scope & RepairItemRow)[]>`
      update repair_items i set status = 'corrected', reason = null, credit_note = n.id, note_amount = n.total,
        new_invoice = v.id, new_amount = v.total
      from credit_notes n left join invoices v on v.id = ${invoice} where i.id = ${item} and n.id = ${note} and i.status = 'planned'
      returning ${tx(['account', 'livemode', ...ITEM].map((column) => `i.${column}`))}`;
    return tellOfItem(tx, rows, 'repair_item.corrected', telling);
  });

export const noteRefused = (
  sql: Sql,
  item: string,
  { status, reason }: { status: 'changed' | 'failed'; reason: string },
  telling: RepairTelling,
): Promise<string[]> =>
  sql.begin(async (tx) => {
    const rows = await tx<(Scope & RepairItemRow)[]>`
      update repair_items set status = ${status}, reason = ${reason} where id = ${item} and status = 'planned'
      returning ${tx(['account', 'livemode', ...ITEM])}`;
    return tellOfItem(tx, rows, `repair_item.${status}`, telling);
  });

/** Repairs that have work to do. Their workflows may have lost a hint. */
export const repairsAtWork = (sql: Sql | TransactionSql): Promise<(Scope & { repair: string })[]> =>
  sql`select id as repair, account, livemode from repairs where status in ('preparing', 'running') order by id`;
