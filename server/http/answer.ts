/** Makes the bodies of replies: loads the present rows, renders them, and expands the requested paths. */
import { z } from 'zod';
import type { Sql } from '../../db/connect';
import { loadRows, related } from '../../db/related';
import type { Permissions } from '../../domain/authorization/permissions';
import type { BillingErrorDetails } from '../../domain/core/errors';
import type { RowKind, Rows } from '../../domain/rows/rows';
import { render } from '../../objects';
import type { RenderContext } from '../../objects/wire';
import { answerShapeOf } from './answer-shape';
import { linkToOf, type Dependencies, type Scope } from './dependencies';
import { expand } from '../expansion/expand';
import { expansionsOf } from './expansions';
import type { Operation, Reply } from './operation';
import { permitBy } from './permission';

export interface RenderOptions {
  expand: string[];
  /** The request's path, which a list shows as its `url`. */
  url: string;
  /** Rows that are present rows, because the request only reads. Null: all rows are loaded. */
  known: Rows | null;
  /** Of the caller, who must be allowed to read what is expanded. */
  permissions: Permissions;
}

type Body = Record<string, unknown>;

export async function answerReply(deps: Dependencies, scope: Scope, reply: Reply, how: RenderOptions): Promise<Body> {
  const context: RenderContext = { now: Math.floor(Date.now() / 1000), linkTo: linkToOf(deps) };
  const place: FieldPath = { sql: deps.sql, scope, context, known: how.known };
  const load = expansionsOf({ deps, scope, permissions: how.permissions }, context);
  if ('body' in reply) return expand<Body>({ ...reply.body }, how.expand, load);
  if ('search' in reply) {
    const { kind, keys, hasMore, nextPage, totalCount } = reply.search;
    const count = totalCount === null ? {} : { total_count: totalCount };
    const data = await show(place, kind, keys);
    const result = { object: 'search_result', data, has_more: hasMore, next_page: nextPage, url: how.url, ...count };
    return expand(result, withoutCount(how.expand), load);
  }
  if ('list' in reply) {
    const { kind, keys, hasMore, url = how.url } = reply.list;
    const data = await show(place, kind, keys);
    return expand({ object: 'list', data, has_more: hasMore, url }, how.expand, load);
  }
  const [object] = await show(place, reply.kind, [reply.key]);
  if (!object) throw new Error(`${reply.kind} ${reply.key} is answered with, but not there`);
  return expand(object, how.expand, load);
}

/**
 * Before anything is read or written, and whatever the answer will contain: its shape says what can be expanded.
 *
 * @throws BillingError parameter_invalid for an unknown path, HttpError 403 for one that the caller may not read
 */
export async function refuseWrongExpand(operation: Operation, paths: string[], permissions: Permissions): Promise<void> {
  if (paths.length === 0) return;
  const example = exampleOf(answerShapeOf(operation));
  await expand(example, example['object'] === 'search_result' ? withoutCount(paths) : paths, {
    permit: permitBy(permissions),
    objects: () => Promise.resolve(new Map()),
    included: () => Promise.resolve(new Map()),
  });
}

/** `total_count` of a search is a number of its own, and no object. */
const withoutCount = (paths: string[]): string[] => paths.filter((path) => path !== 'total_count');

/** The least answer of this shape: a list with one object, or an object, of which only the type is known. */
function exampleOf(shape: unknown): Body {
  if (shape instanceof z.ZodUnion) return exampleOf(shape.options[0]);
  const { object, data } = shape instanceof z.ZodObject ? (shape.shape as Record<string, unknown>) : {};
  return {
    object: object instanceof z.ZodLiteral ? object.value : '',
    ...(data instanceof z.ZodArray ? { data: [exampleOf(data.element)] } : {}),
  };
}

interface FieldPath {
  sql: Sql;
  scope: Scope;
  context: RenderContext;
  known: Rows | null;
}

async function show({ sql, scope, context, known }: FieldPath, kind: RowKind, keys: string[]): Promise<Body[]> {
  const isKnown = known !== null && keys.every((key) => known.find(kind, key) !== undefined);
  const own = isKnown ? known : await loadRows(sql, kind, scope, keys);
  // What was removed since the list was looked at is not shown.
  const present = keys.filter((key) => own.find(kind, key) !== undefined);
  const rows = await related(sql, own, kind, present);
  return present.map((key) => render(kind, key, rows, context));
}

/** The objects in an error: the intent in its present state, and the declined card. */
export async function showConcerned(deps: Dependencies, scope: Scope, { card, shows }: BillingErrorDetails): Promise<Body> {
  const of: NonNullable<BillingErrorDetails['shows']> & { paymentMethod?: string | null } = { ...shows, ...card };
  const place: FieldPath = { sql: deps.sql, scope, context: { now: Math.floor(Date.now() / 1000), linkTo: linkToOf(deps) }, known: null };
  const one = async (name: string, kind: RowKind, key: string | null | undefined): Promise<Body> => {
    const [object] = key ? await show(place, kind, await existing(place, kind, key)) : [];
    return object ? { [name]: object } : {};
  };
  const parts: Body[] = await Promise.all([
    one('payment_intent', 'paymentIntent', of.paymentIntent),
    one('setup_intent', 'setupIntent', of.setupIntent),
    one('payment_method', 'paymentMethod', of.paymentMethod),
  ]);
  return Object.assign({}, ...parts) as Body;
}

/** A refused creation leaves no intent behind. */
async function existing({ sql, scope }: FieldPath, kind: RowKind, key: string): Promise<string[]> {
  const rows = await loadRows(sql, kind, scope, [key]);
  return rows.find(kind, key) ? [key] : [];
}
