/** Lists as at Stripe: the request's filters, a cursor that must exist, one page. */
import { camelCase } from '../../db/json-rows';
import { listRows, type Cursor, type Filter, type Range, type TablePage } from '../../db/lists';
import type { Order } from '../../db/orders';
import { BillingError } from '../../domain/core/errors';
import type { RowKind } from '../../domain/rows/rows';
import { listOf, type WireList } from '../../objects/wire';
import type { ListReply } from './operation';
import { ParameterError } from './parameter-error';
import { missing, type ApiRequest } from './request';

interface Ordered {
  order?: 'asc' | 'desc' | undefined;
  order_by?: string | undefined;
}

/** Null for the usual order: newest first. */
export function orderOf({ order, order_by: by }: Ordered): Order | null {
  return order === undefined && by === undefined ? null : { by: by ?? 'created', isUp: order !== 'desc' };
}

/** The parameters of `pagination` in `parameters.ts`, and of `orderedBy` there. */
export interface Pagination extends Ordered {
  limit: number;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
}

/**
 * One page of a kind. Null filters are ignored.
 *
 * @throws BillingError resource_missing if the cursor does not exist, parameters_exclusive if there are two
 */
export async function list(
  request: ApiRequest<Pagination>,
  kind: RowKind,
  filters: readonly (Filter | null)[],
  url?: string,
): Promise<ListReply> {
  const { limit } = request.parameters;
  const cursor = cursorOf(request.parameters);
  const given = filters.filter((filter) => filter !== null);
  const page = await listRows(request.deps.sql, kind, request.scope, { filters: given, cursor, limit, order: orderOf(request.parameters) });
  if (page === null) return missingCursor(kind, cursor);
  return { list: { kind, ...page, ...(url === undefined ? {} : { url }) } };
}

export function cursorOf({ starting_after, ending_before }: Pagination): Cursor | null {
  if (starting_after !== undefined && ending_before !== undefined) {
    throw new ParameterError(
      'parameters_exclusive',
      'You may only specify one of these parameters: starting_after, ending_before.',
      'ending_before',
    );
  }
  if (starting_after !== undefined) return { direction: 'after', id: starting_after };
  return ending_before === undefined ? null : { direction: 'before', id: ending_before };
}

/** The parameter that names the cursor. */
export const cursorParam = (cursor: Cursor | null): string => (cursor?.direction === 'before' ? 'ending_before' : 'starting_after');

/** Stripe's error for a cursor that does not exist. */
export function missingCursor(kind: RowKind, cursor: Cursor | null): never {
  return missing(kind, cursor?.id ?? '', cursorParam(cursor));
}

/**
 * A page of what is no kind of row.
 *
 * @param page null: the cursor does not exist
 * @param of what the error calls an element, and how one is shown
 * @throws BillingError resource_missing
 */
export function answerPage<Row, Wire>(
  page: TablePage<Row> | null,
  after: string | null,
  of: { name: string; url: string; show: (row: Row) => Wire },
): { body: WireList<Wire> } {
  if (page === null) throw new BillingError('resource_missing', `No such ${of.name}: '${after ?? ''}'`, { param: 'starting_after' });
  return { body: listOf(page.rows.map(of.show), of.url, page.hasMore) };
}

/** A filter on a column (in camelCase), if the parameter was sent. */
export function equals(column: string, value: string | number | boolean | undefined, path?: string[]): Filter | null {
  if (value === undefined) return null;
  return path === undefined ? { column, equals: value } : { column, path, equals: value };
}

/** A filter on a part of a text, if the parameter was sent. */
export function contains(column: string, value: string | undefined): Filter | null {
  return value === undefined ? null : { column, contains: value };
}

export function among(column: string, values: readonly string[] | undefined): Filter | null {
  return values === undefined ? null : { column, among: values };
}

/** `created=…` or `created[gte]=…`. */
export function rangeFilter(column: string, value: Range | number | undefined): Filter | null {
  if (value === undefined) return null;
  return typeof value === 'number' ? { column, equals: value } : { column, range: value };
}

/**
 * One page of elements that are all in memory, because they have no rows to page through.
 *
 * @param name what the error calls an element
 * @throws BillingError resource_missing if the cursor is none of them, parameters_exclusive if there are two
 */
export function pageOf<Element extends { id: string }>(
  elements: readonly Element[],
  page: Pagination,
  name: string,
): { shown: Element[]; hasMore: boolean } {
  const cursor = cursorOf(page);
  const all = sorted(elements, orderOf(page));
  const at = all.findIndex(({ id }) => id === cursor?.id);
  if (cursor && at < 0) throw new ParameterError('resource_missing', `No such ${name}: '${cursor.id}'`, cursorParam(cursor));
  if (cursor?.direction === 'before') return { shown: all.slice(Math.max(0, at - page.limit), at), hasMore: at > page.limit };
  const rest = all.slice(at + 1);
  return { shown: rest.slice(0, page.limit), hasMore: rest.length > page.limit };
}

/** As the database sorts: what has no value comes last, and what is equal stays as it was. */
function sorted<Element extends object>(elements: readonly Element[], order: Order | null): readonly Element[] {
  if (order === null) return elements;
  const { by, isUp } = order;
  const valueOf = (element: Element): unknown => (element as Record<string, unknown>)[camelCase(by)] ?? null;
  return [...elements].sort((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const difference = typeof a === 'string' && typeof b === 'string' ? compareWords(a, b) : Number(a) - Number(b);
    return isUp ? difference : -difference;
  });
}

function compareWords(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b ? 0 : a < b ? -1 : 1;
}
