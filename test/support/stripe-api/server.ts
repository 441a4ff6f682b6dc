/**
 * A stateful fake of Stripe's API at the level of HTTP, for payments: idempotency keys with the stored answers, objects that change, and
 * faults that a test orders. Which requests Stripe itself accepts is tested against stripe-mock.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parse } from 'qs';
import { Refused, StripeState, invalid, type Parameters, type Thing } from './state';

/**
 * `lose_answer`: the call is done, and the connection breaks. `fail_after`: it is done, and a 500 is kept under its key. `break_off`: a
 * payment intent is created and not confirmed, and a 500 is kept. `down`: 503, and nothing is done. `hang`: no answer. `done_and_hang`: none
 * either, but it is done. Also a busy key, and
 * too many calls.
 */
export type Fault = 'lose_answer' | 'fail_after' | 'break_off' | 'done_and_hang' | 'down' | 'hang' | 'busy' | 'limit';

export interface StripeApi {
  url: string;
  state: StripeState;
  /** Calls that change something, in order. */
  asked: { path: string; body: Parameters; key: string | undefined }[];
  /** The next calls of the path, or of all paths, meet the fault. */
  order(fault: Fault, of?: { path?: RegExp; times?: number }): void;
  /** Stripe forgets what was answered under keys, as it does after a day. */
  forgetKeys(): void;
  /** Calls that hang break off. */
  breakConnections(): void;
  /** What cardholders have paid: the captured amount of each charge. */
  paid(): number[];
  stop(): Promise<void>;
}

interface Answer {
  status: number;
  body: unknown;
}

export async function startStripeApi(): Promise<StripeApi> {
  const faults: { fault: Fault; path: RegExp; left: number }[] = [];
  const kept = new Map<string, Answer & { asked: string }>();
  const lost = new Set<string | undefined>();
  const state = new StripeState(() => api.url);
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      serve(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: StripeApi = {
    ...{ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, state, asked: [] },
    order: (fault, { path = /./, times = 1 } = {}) => void faults.push({ fault, path, left: times }),
    forgetKeys: () => {
      kept.clear();
    },
    breakConnections: () => {
      server.closeAllConnections();
    },
    paid: () =>
      state.all('charge', ({ status, captured }) => status === 'succeeded' && captured === true).map(({ amount }) => Number(amount)),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  return api;

  function serve(request: IncomingMessage, response: ServerResponse, body: string): void {
    const call = callOf(request, body);
    if (!/^Bearer [sr]k_test_(?!wrong)/.test(request.headers.authorization ?? '')) return send(response, WRONG_KEY);
    // The SDK itself repeats a call once whose connection broke.
    if (call.key !== undefined && lost.delete(call.key)) return void response.destroy();
    if (call.method === 'POST') api.asked.push({ path: call.path, body: call.parameters, key: call.key });
    const fault = takeFault(call.path);
    const early = EARLY[fault ?? ''];
    if (early) send(response, early);
    else if (fault !== 'hang') answer(response, call, fault);
  }

  /** The call is done; the fault decides whether the caller is told. */
  function answer(response: ServerResponse, call: ApiCall, fault: Fault | null): void {
    const { key, text: asked } = call;
    const stored = key === undefined ? undefined : kept.get(key);
    const told = stored ?? { ...perform(call, fault), asked };
    if (fault === 'fail_after') Object.assign(told, FAILED);
    if (key !== undefined) kept.set(key, told);
    if (fault === 'lose_answer' || fault === 'done_and_hang') return lose(response, key, fault);
    send(response, told.asked === asked ? told : MISMATCH, stored && REPLAYED);
  }

  function lose(response: ServerResponse, key: string | undefined, fault: 'lose_answer' | 'done_and_hang'): void {
    lost.add(key);
    if (fault === 'lose_answer') response.destroy();
  }

  function takeFault(path: string): Fault | null {
    const found = faults.find((each) => each.left > 0 && each.path.test(path));
    if (found) found.left -= 1;
    return found?.fault ?? null;
  }

  function perform(call: ApiCall, fault: Fault | null): Answer {
    try {
      return { status: 200, body: state.withCharge(route(call, fault)) };
    } catch (error) {
      if (error instanceof Refused) return { status: error.status, body: { error: error.error } };
      throw error;
    }
  }

  function route({ method, path, parameters }: ApiCall, fault: Fault | null): Thing {
    const [, , resource = '', id, verb = ''] = path.split('/');
    const object = resource.replace(/s$/, '');
    if (method === 'GET') return id === undefined ? list(object, parameters) : shown(state.get(object, id));
    const call = CALLS[`${resource}${id === undefined ? '' : '/:id'}${verb === '' ? '' : `/${verb}`}`];
    if (!call) throw new Refused(404, invalid('', `Unrecognized request URL (${method}: ${path})`));
    return shown(structuredClone(call(state, parameters, id ?? '', fault)));
  }

  function list(object: string, { customer, payment_intent, source, starting_after, limit = '10', type, ...query }: Parameters): Thing {
    const [after, before] = [Number(query['created[gte]'] ?? 0), Number(query['created[lt]'] ?? Infinity)];
    const [later, until] = [Number(query['created[gt]'] ?? -1), Number(query['created[lte]'] ?? Infinity)];
    const wanted = Object.entries({ customer, payment_intent, source, type }).filter(([, value]) => value !== undefined);
    const matching = state.all(
      object,
      (each) =>
        wanted.every(([name, value]) => each[name] === value) &&
        Number(each['created']) >= after &&
        Number(each['created']) < before &&
        Number(each['created']) > later &&
        Number(each['created']) <= until,
    );
    const from = starting_after === undefined ? 0 : matching.findIndex(({ id }) => id === starting_after) + 1;
    const page = matching.slice(from, from + Number(limit));
    const data = object === 'balance_transaction' ? page.map((each) => state.movement(each)) : page;
    return { id: '', object: 'list', url: `/v1/${object}s`, data, has_more: matching.length > from + data.length };
  }

  function shown(thing: Thing): Thing {
    if (thing.object === 'dispute') return { ...thing, payment_intent: state.things.get(String(thing['payment_intent'])) };
    if (thing.object !== 'setup_intent') return thing;
    return { ...thing, payment_method: state.things.get(String(thing['payment_method'])) };
  }
}

interface ApiCall {
  method: string;
  path: string;
  parameters: Parameters;
  key: string | undefined;
  /** What must be the same under one key. */
  text: string;
}

function callOf({ method = '', url = '', headers }: IncomingMessage, body: string): ApiCall {
  const { pathname: path, searchParams } = new URL(url, 'http://stripe.test');
  const parameters: Parameters = method === 'GET' ? Object.fromEntries(searchParams) : parse(body);
  return { method, path, parameters, key: headers['idempotency-key'] as string | undefined, text: `${path} ${body}` };
}

type Call = (state: StripeState, parameters: Parameters, id: string, fault: Fault | null) => Thing;

const CALLS: Record<string, Call> = {
  customers: (state, { email, name, metadata }) => state.put('customer', { email, name, metadata }),
  'payment_methods/:id/attach': (state, parameters, id) => state.attach(id, parameters),
  payment_intents: (state, parameters, _id, fault) => state.createIntent(parameters, fault === 'break_off'),
  'payment_intents/:id/confirm': (state, parameters, id) => state.confirmIntent(id, parameters),
  'payment_intents/:id/capture': (state, parameters, id) => state.capture(id, parameters),
  'payment_intents/:id/cancel': (state, _parameters, id) => state.cancel(id),
  setup_intents: (state, parameters) => state.createSetup(parameters),
  refunds: (state, parameters) => state.refund(parameters),
  'disputes/:id': (state, { evidence }, id) => state.answerDispute(id, evidence),
  files: (state) => state.put('file', { purpose: 'dispute_evidence' }),
  'disputes/:id/close': (state, _parameters, id) => Object.assign(state.get('dispute', id), { status: 'lost' }),
};

const failed = (status: number, error: Record<string, unknown>): Answer => ({ status, body: { error } });
const FAILED = failed(500, { type: 'api_error', message: 'An unknown error occurred' });
const EARLY: Record<string, Answer> = {
  down: failed(503, { type: 'api_error', message: 'Stripe is down' }),
  busy: failed(409, { type: 'invalid_request_error', code: 'idempotency_key_in_use', message: 'This key is in use' }),
  limit: failed(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests' }),
};
const WRONG_KEY = failed(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' });
const REPLAYED = { 'idempotent-replayed': 'true' };
const MISMATCH = failed(400, {
  type: 'idempotency_error',
  message: 'Keys for idempotent requests can only be used with the same parameters',
});

function send(response: ServerResponse, { status, body }: Answer, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}
