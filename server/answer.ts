/** Makes bodies of replies: loads the rows as they are now, renders them, expands what was asked for. */
import { loadRows, related } from '../db/related';
import type { BillingErrorDetails } from '../domain/errors';
import type { RowKind } from '../domain/rows';
import { render } from '../objects';
import type { Dependencies, Scope } from './dependencies';
import type { Reply } from './operation';

export interface How {
  expand: string[];
  /** The request's path: a list says where it came from. */
  url: string;
}

type Body = Record<string, unknown>;

export async function answerReply(deps: Dependencies, scope: Scope, reply: Reply, how: How): Promise<Body> {
  if ('body' in reply) return reply.body;
  if ('list' in reply) {
    const { kind, keys, hasMore, url = how.url } = reply.list;
    const data = await show(deps, scope, kind, keys, inData(how.expand));
    return { object: 'list', data, has_more: hasMore, url };
  }
  if ('search' in reply) {
    const { kind, keys, hasMore, nextPage, totalCount } = reply.search;
    const data = await show(deps, scope, kind, keys, inData(how.expand.filter((path) => path !== 'total_count')));
    const count = how.expand.includes('total_count') ? { total_count: totalCount } : {};
    return { object: 'search_result', data, has_more: hasMore, next_page: nextPage, url: how.url, ...count };
  }
  const [object] = await show(deps, scope, reply.kind, [reply.key], how.expand);
  if (!object) throw new Error(`${reply.kind} ${reply.key} is answered with, but not there`);
  return object;
}

async function show(deps: Dependencies, scope: Scope, kind: RowKind, keys: string[], expand: string[]): Promise<Body[]> {
  void expand;
  const { sql } = deps;
  const rows = await related(sql, await loadRows(sql, kind, scope, keys), kind, keys);
  return keys.map((key) => render(kind, key, rows, { now: Math.floor(Date.now() / 1000) }));
}

const inData = (paths: string[]): string[] => paths.map((path) => path.replace(/^data\./, ''));

/** The objects that a card error carries: the intent in its state after the decline, and the card. */
export async function showCard(deps: Dependencies, scope: Scope, card: NonNullable<BillingErrorDetails['card']>): Promise<Body> {
  const one = async (name: string, kind: RowKind, key: string | null | undefined): Promise<Body> => {
    const [object] = key ? await show(deps, scope, kind, await existing(deps, scope, kind, key), []) : [];
    return object ? { [name]: object } : {};
  };
  const parts: Body[] = await Promise.all([
    one('payment_intent', 'paymentIntent', card.paymentIntent),
    one('setup_intent', 'setupIntent', card.setupIntent),
    one('payment_method', 'paymentMethod', card.paymentMethod),
  ]);
  return Object.assign({}, ...parts) as Body;
}

/** A refused creation leaves no intent behind. */
async function existing(deps: Dependencies, scope: Scope, kind: RowKind, key: string): Promise<string[]> {
  const rows = await loadRows(deps.sql, kind, scope, [key]);
  return rows.find(kind, key) ? [key] : [];
}
