/**
 * A stateful fake of Mollie's API at the level of HTTP, for recurring payments: idempotency keys with the stored answers, payments that change,
 * and faults that a test orders.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { MollieState, Refused, type Parameters, type Thing } from './state';

/**
 * `lose_answer`: the call is done, and the connection breaks. `fail_after`: it is done, and answered with a 500. `done_and_hang`: it is done,
 * without an answer. `hang`: no answer, and nothing is done. `down`: 503. Also a busy key, and too many calls.
 */
export type Fault = 'busy' | 'done_and_hang' | 'down' | 'fail_after' | 'hang' | 'limit' | 'lose_answer';

export interface MollieApi {
  url: string;
  state: MollieState;
  /** Calls that change something, in order. */
  asked: { path: string; key: string | undefined; body: Parameters }[];
  /** The next calls of the path, or of all paths, meet the fault. */
  order(fault: Fault, of?: { path?: RegExp; times?: number }): void;
  /** Mollie forgets what was answered under keys, as it does after an hour. */
  forgetKeys(): void;
  /** Calls that hang break off. */
  breakConnections(): void;
  /** What payers have paid, oldest first, as Mollie writes it. */
  paid(): string[];
  stop(): Promise<void>;
}

interface Answer {
  status: number;
  body: unknown;
}

interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  key: string | undefined;
  body: Parameters;
}

export async function startMollieApi(): Promise<MollieApi> {
  const faults: { fault: Fault; path: RegExp; left: number }[] = [];
  const kept = new Map<string, Answer>();
  const state = new MollieState(() => api.url);
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      serve(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: MollieApi = {
    ...{ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, state, asked: [] },
    order: (fault, { path = /./, times = 1 } = {}) => void faults.push({ fault, path, left: times }),
    forgetKeys: () => {
      kept.clear();
    },
    breakConnections: () => {
      server.closeAllConnections();
    },
    paid: () =>
      [...state.payments.values()].filter(({ status }) => status === 'paid').map(({ amount }) => (amount as { value: string }).value),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  return api;

  function serve(request: IncomingMessage, response: ServerResponse, sent: string): void {
    const call = callOf(request, sent);
    if (!/^Bearer test_(?!wrong)/.test(request.headers.authorization ?? '')) return send(response, problem(401, 'Missing authentication'));
    if (call.method !== 'GET') api.asked.push({ path: call.path, key: call.key, body: call.body });
    const fault = takeFault(call.path);
    const early = EARLY[fault ?? ''];
    if (early !== undefined) return send(response, problem(early, 'Not now'));
    if (fault === 'hang') return;
    tell(response, answerTo(call), fault);
  }

  /** The same under the same key. */
  function answerTo(call: Call): Answer {
    const { key } = call;
    if (key === undefined) return perform(state, call);
    const answer = kept.get(key) ?? perform(state, call);
    kept.set(key, answer);
    return answer;
  }

  /** The call is done; the fault decides whether the caller is told. */
  function tell(response: ServerResponse, answer: Answer, fault: Fault | null): void {
    if (fault === 'lose_answer') response.destroy();
    else if (fault === 'fail_after') send(response, problem(500, 'Internal error'));
    else if (fault !== 'done_and_hang') send(response, answer);
  }

  function takeFault(path: string): Fault | null {
    const found = faults.find((each) => each.left > 0 && each.path.test(path));
    if (found) found.left -= 1;
    return found?.fault ?? null;
  }
}

function callOf({ method = '', url = '', headers }: IncomingMessage, sent: string): Call {
  const { pathname, searchParams: query } = new URL(url, 'http://mollie.test');
  const body = sent === '' ? {} : (JSON.parse(sent) as Parameters);
  return { method, path: pathname.replace(/^\/v2\//, ''), query, key: headers['idempotency-key'] as string | undefined, body };
}

function perform(state: MollieState, call: Call): Answer {
  try {
    const body = route(state, call);
    return { status: call.method === 'POST' ? 201 : 200, body: structuredClone(body) };
  } catch (error) {
    if (error instanceof Refused) return problem(error.status, error.message, error.field);
    throw error;
  }
}

function route(state: MollieState, call: Call): unknown {
  const [resource = '', id = '', part, name = ''] = call.path.split('/');
  const called = `${call.method} ${resource}${part === undefined ? '' : `/${part}`}`;
  const perform = CALLS[called];
  if (perform === undefined) throw new Refused(404, `There is no ${called}`);
  return perform(state, { ...call, id, name });
}

const CALLS: Record<string, (state: MollieState, call: Call & { id: string; name: string }) => unknown> = {
  'POST payments': (state, { body }) => state.pay(body),
  'GET payments': (state, { id }) => state.payment(id),
  'DELETE payments': (state, { id }) => state.cancel(id),
  'POST payments/refunds': (state, { id, body }) => state.refund(id, body),
  'GET payments/refunds': (state, call) => listOf('refunds', state.refundsOf(call.id), { ...call, url: state.url() }),
  'GET customers/payments': (state, call) => listOf('payments', state.paymentsOf(call.id), { ...call, url: state.url() }),
  'GET customers/mandates': (state, { id, name }) => state.mandate(id, name),
};

function listOf(name: string, all: Thing[], { path, query, url }: { path: string; query: URLSearchParams; url: string }): unknown {
  const from = Math.max(
    0,
    all.findIndex(({ id }) => id === query.get('from')),
  );
  const limit = Number(query.get('limit') ?? 50);
  const after = all[from + limit];
  const next = after && { href: `${url}/v2/${path}?from=${after.id}&limit=${String(limit)}` };
  return { _embedded: { [name]: all.slice(from, from + limit) }, _links: { next: next ?? null } };
}

const EARLY: Record<string, number> = { down: 503, busy: 409, limit: 429 };

const problem = (status: number, detail: string, field?: string): Answer => ({ status, body: { status, detail, field } });

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'Content-Type': 'application/hal+json' }).end(JSON.stringify(body));
}
