import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { claimRequest } from '../../../db/requests';
import { findRequest } from '../../../db/step-requests';
import { operation } from '../../../server/http/operation';
import { operations } from '../../../server/routes';
import { boolean, parameters, text } from '../../../server/http/parameters';
import { refusalOf, startServer, type TestServer } from '../server';

/** A write that takes its time, and one whose process dies after its commit. */
let runs: string[] = [];
/** What a workflow would read while it runs. */
let stored: unknown = null;
const slow = operation({
  method: 'post',
  path: '/v1/test_helpers/slow',
  summary: 'Takes its time',
  tag: 'Test',
  through: 'workflow',
  parameters: parameters({ name: text(), fail: boolean().optional(), card: text().optional() }),
  stored: ({ name }) => ({ name }),
  answer: z.strictObject({ object: z.literal('slow'), id: z.string() }),
  async handle(request) {
    runs.push(request.id);
    stored = (await findRequest(request.deps.sql, request.id))?.parameters;
    await sleep(300);
    if (request.parameters.fail && runs.length < 3) throw new Error('broken');
    return { body: { object: 'slow' as const, id: request.newId('slow') } };
  },
});

let server: TestServer;
beforeAll(async () => {
  server = await startServer([...operations, slow]);
});
beforeEach(() => {
  runs = [];
});
afterAll(() => server.stop());

async function post(path: string, body: string, key?: string): Promise<{ status: number; body: string; headers: Headers }> {
  const headers = {
    Authorization: `Bearer ${server.keys.test}`,
    'Content-Type': 'application/x-www-form-urlencoded',
    ...(key === undefined ? {} : { 'Idempotency-Key': key }),
  };
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

test('the same key with the same parameters gets the same answer, byte for byte, and creates nothing twice', async () => {
  const first = await post('/v1/customers', 'email=once@example.com&name=A', 'k1');
  const second = await post('/v1/customers', 'name=A&email=once@example.com', 'k1');
  expect(second).toMatchObject({ status: 200, body: first.body });
  expect(first.headers.get('idempotent-replayed')).toBeNull();
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  expect(second.headers.get('original-request')).toBe(first.headers.get('request-id'));
  expect(second.headers.get('request-id')).not.toBe(first.headers.get('request-id'));
  expect((await server.stripe.customers.list({ email: 'once@example.com' })).data).toHaveLength(1);
});

test('a repeated answer names the release of its shape, whatever release the second request names', async () => {
  const [dahlia, endive] = ['2026-08-26.dahlia', '2026-10-28.endive'] as const;
  const create = (apiVersion: string, idempotencyKey?: string) =>
    server.stripe.products.create(
      { name: 'Pro', tax_code: 'txcd_10103001' },
      { apiVersion, ...(idempotencyKey ? { idempotencyKey } : {}) },
    );
  for (const [first, second] of [
    [dahlia, endive],
    [endive, dahlia],
  ] as const) {
    const made = await create(first, `release ${first}`);
    const again = await create(second, `release ${first}`);
    expect(again.lastResponse.headers).toMatchObject({ 'idempotent-replayed': 'true', 'stripe-version': first });
    expect(JSON.stringify(again)).toBe(JSON.stringify(made));
    expect('tax_details' in again).toBe(first === endive);
  }
  expect((await create(endive)).lastResponse.headers['stripe-version']).toBe(endive);
});

test('the same key with other parameters, or at another path, is refused', async () => {
  await server.stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k2' });
  const refusal = { type: 'StripeIdempotencyError', statusCode: 400 };
  expect(await refusalOf(server.stripe.customers.create({ name: 'B' }, { idempotencyKey: 'k2' }))).toMatchObject(refusal);
  expect(await refusalOf(server.stripe.products.create({ name: 'A' }, { idempotencyKey: 'k2' }))).toMatchObject(refusal);
});

test('the same key in live mode is another key', async () => {
  const test = await server.stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k3' });
  const live = await server.as(server.keys.live).customers.create({ name: 'A' }, { idempotencyKey: 'k3' });
  expect(live.id).not.toBe(test.id);
  expect(live.livemode).toBe(true);
});

test('concurrent requests with one key run once, and all get its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => post('/v1/test_helpers/slow', 'name=x', 'k4')));
  expect(runs).toHaveLength(1);
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(5);
});

test('a refusal before the request runs is not stored: the corrected request may use the key', async () => {
  expect(await refusalOf(server.stripe.products.create({} as never, { idempotencyKey: 'k5' }))).toMatchObject({
    code: 'parameter_missing',
  });
  expect((await server.stripe.products.create({ name: 'P' }, { idempotencyKey: 'k5' })).name).toBe('P');
});

test('a refusal after the request has run is stored', async () => {
  const { id } = await server.stripe.products.create({ name: 'P' });
  await server.stripe.prices.create({ product: id, currency: 'usd', unit_amount: 1 });
  const first = await post('/v1/products/' + id, 'default_price=price_none', 'k6');
  expect(first.status).toBe(400);
  expect((await post('/v1/products/' + id, 'default_price=price_none', 'k6')).headers.get('idempotent-replayed')).toBe('true');
});

test('an internal error is not stored: the same key runs the request again, under the same id', async () => {
  expect((await post('/v1/test_helpers/slow', 'name=x&fail=true', 'k7')).status).toBe(500);
  expect((await post('/v1/test_helpers/slow', 'name=x&fail=true', 'k7')).status).toBe(500);
  expect(runs).toHaveLength(2);
  expect(new Set(runs).size).toBe(1);
  const entries = () => server.database.sql`select status, error from audit_entries where request = ${String(runs[0])}`;
  expect(await entries()).toEqual([{ status: 500, error: 'api_error' }]);
  expect((await post('/v1/test_helpers/slow', 'name=x&fail=true', 'k7')).status).toBe(200);
  // The audit log has the request once, with how it ended.
  expect(await entries()).toEqual([{ status: 200, error: null }]);
});

test('a request whose server died after its commit runs again under the same id, finds its commit, and creates nothing twice', async () => {
  const first = await post('/v1/customers', 'email=crash@example.com&balance=-100', 'k8');
  // What a crash leaves: the commit is there, the answer is not, and the lease has run out.
  await server.database.sql`
    update requests set status = null, response = null, holder = 'dead', held_until = now() - interval '1 second' where idempotency_key = 'k8'`;
  const second = await post('/v1/customers', 'email=crash@example.com&balance=-100', 'k8');
  expect(JSON.parse(second.body)).toEqual(JSON.parse(first.body));
  const { data } = await server.stripe.customers.list({ email: 'crash@example.com' });
  expect(data.map(({ balance }) => balance)).toEqual([-100]);
  const events = await server.database.sql`select id from events where object_id = ${String(data[0]?.id)}`;
  expect(events).toHaveLength(1);
});

test('a deletion whose server died after its commit returns its answer when it is repeated', async () => {
  const { id } = await server.stripe.coupons.create({ percent_off: 10 });
  const remove = () => server.stripe.coupons.del(id, {}, { idempotencyKey: 'k9' });
  await remove();
  await server.database
    .sql`update requests set status = null, response = null, holder = null, held_until = null where idempotency_key = 'k9'`;
  expect(await remove()).toMatchObject({ id, deleted: true });
});

test('while another process runs the request, a repetition waits for its answer', async () => {
  const answer = post('/v1/test_helpers/slow', 'name=held', 'k10');
  await sleep(100);
  const waiting = post('/v1/test_helpers/slow', 'name=held', 'k10');
  expect((await waiting).body).toBe((await answer).body);
});

test('the parameters that a workflow will read are stored until the request is answered, without secrets', async () => {
  const { headers } = await post('/v1/test_helpers/slow', 'name=kept&card=4242424242424242', 'k21');
  expect(stored).toEqual({ name: 'kept', path: {} });
  const [row] = await server.database.sql`select parameters from requests where id = ${String(headers.get('request-id'))}`;
  expect(row?.['parameters']).toEqual({});
  const leaked = await server.database.sql`select id from requests where parameters::text like '%4242%' or response like '%4242%'`;
  expect(leaked).toHaveLength(0);
});

test('a kept answer is read by nobody but who repeats the request', async () => {
  const first = await post('/v1/customers', 'email=sealed@example.com', 'k22');
  const rows = await server.database.sql`select response from requests where idempotency_key = 'k22' and response ~ '^[A-Za-z0-9+/=]+$'`;
  expect(rows).toHaveLength(1);
  await server.database.sql`update requests set idempotency_key = 'k23' where idempotency_key = 'k22'`;
  expect((await post('/v1/customers', 'email=sealed@example.com', 'k23')).status).toBe(500);
  await server.database.sql`update requests set idempotency_key = 'k22' where idempotency_key = 'k23'`;
  expect((await post('/v1/customers', 'email=sealed@example.com', 'k22')).body).toBe(first.body);
});

test('an expired lease is taken over by one of the waiting requests, never by two', async () => {
  const of = {
    account: server.account,
    livemode: false,
    idempotencyKey: 'k11',
    method: 'POST',
    path: '/x',
    hash: 'h',
    parameters: {},
    created: 1,
  };
  const { sql } = server.database;
  await claimRequest(sql, { ...of, id: 'req_1', holder: 'dead' });
  await sql`update requests set held_until = now() - interval '1 second' where id = 'req_1'`;
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, index) => claimRequest(sql, { ...of, id: `req_${String(index + 2)}`, holder: `h${String(index)}` })),
  );
  expect(claims.filter(({ state }) => state === 'ours')).toEqual([{ state: 'ours', id: 'req_1' }]);
  expect(claims.filter(({ state }) => state === 'held')).toHaveLength(7);
});
