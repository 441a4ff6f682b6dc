import type Stripe from 'stripe';
import { csrfOf } from '../../../server/console/session';
import { callerOf } from '../../../server/console/visit';
import { secretsBy } from '../../../server/http/new-secret';
import { perform } from '../../../server/http/perform';
import { operations } from '../../../server/routes';
import type { Role } from '../../../domain/rows/user';
import { ConsoleBrowser, consoleUser, PASSWORD } from '../../support/console';
import { startServer, type TestServer } from '../server';

let server: TestServer;
let live: Stripe;
beforeAll(async () => {
  server = await startServer();
  live = server.as(server.keys.live);
});
afterAll(() => server.stop());

type Parameters = Record<string, unknown>;
type Body = Record<string, unknown> & { id: string };

const post = (by: Stripe, path: string, parameters: Parameters = {}) =>
  by.rawRequest('POST', path, parameters) as Promise<unknown> as Promise<Body>;
const get = (by: Stripe, path: string) => by.rawRequest('GET', path) as Promise<unknown> as Promise<Body>;
const list = async (by: Stripe, path: string) => ((await get(by, path)) as unknown as { data: Body[] }).data;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'allowed',
    (error: unknown) => error as Stripe.errors.StripeError,
  );

/** What a page of the console performs for a user. */
async function performAs(
  user: { id: string; role: Role },
  what: string,
  path: Record<string, string> = {},
  raw: Parameters = {},
): Promise<Body> {
  const operation = operations.find((each) => `${each.method} ${each.path}` === what);
  if (operation === undefined) throw new Error(`there is no ${what}`);
  const shown = { ...user, email: 'x@example.com', name: null };
  const visit = { user: shown, account: server.account, livemode: true, ip: '192.0.2.7', secretOf: secretsBy('the cookie of a session') };
  const requestId = `req_${String(Math.random()).slice(2)}`;
  const caller = callerOf(visit, { origin: server.url, requestId, idempotencyKey: null });
  const { text } = await perform(server.deps, { operation, raw: raw, path, url: operation.path }, caller);
  return JSON.parse(text) as Body;
}

describe('an API key', () => {
  it('is shown once, does what its scopes allow, and says when it was used', async () => {
    const made = await post(server.stripe, '/v1/api_keys', { name: 'Shop', scopes: ['customers:read', 'billing.meter_events:write'] });
    const secret = String(made['secret']);
    expect(secret).toMatch(/^rk_test_\w{32}$/);
    expect(made).toMatchObject({ object: 'api_key', type: 'restricted', scopes: ['billing.meter_events:write', 'customers:read'] });
    expect(made['redacted']).toBe(`rk_test_…${secret.slice(-4)}`);
    const shown = await get(server.stripe, `/v1/api_keys/${made.id}`);
    expect([shown['name'], shown['last_used_at'], 'secret' in shown]).toEqual(['Shop', null, false]);
    await server.as(secret).customers.list();
    expect(Number((await get(server.stripe, `/v1/api_keys/${made.id}`))['last_used_at'])).toBeGreaterThan(1_700_000_000);
    expect(await refusal(server.as(secret).invoices.list())).toMatchObject({ statusCode: 403 });
    const everything = await server.database.sql`select * from requests`;
    expect(JSON.stringify(everything)).not.toContain(secret);
  });

  it('stops when it is revoked, or when its time is over', async () => {
    const revoked = await post(server.stripe, '/v1/api_keys', { name: 'A' });
    expect(revoked['secret']).toMatch(/^sk_test_/);
    expect(await post(server.stripe, `/v1/api_keys/${revoked.id}/revoke`)).toMatchObject({
      id: revoked.id,
      revoked_at: expect.any(Number) as number,
    });
    expect(await refusal(server.as(String(revoked['secret'])).customers.list())).toMatchObject({ statusCode: 401 });
    const short = await post(server.stripe, '/v1/api_keys', { name: 'B', expires_at: Math.floor(Date.now() / 1000) + 3600 });
    await server.database.sql`update api_keys set expires_at = 1 where id = ${short.id}`;
    expect(await refusal(server.as(String(short['secret'])).customers.list())).toMatchObject({ statusCode: 401 });
    expect(await refusal(post(server.stripe, '/v1/api_keys', { name: 'C', expires_at: 1 }))).toMatchObject({
      statusCode: 400,
      param: 'expires_at',
    });
    expect(await refusal(post(server.stripe, `/v1/api_keys/${revoked.id}/roll`))).toMatchObject({ statusCode: 400 });
  });

  it('is rolled with an overlap, in which both work', async () => {
    const old = await post(server.stripe, '/v1/api_keys', { name: 'Old', scopes: ['products:read'] });
    const rolled = await post(server.stripe, `/v1/api_keys/${old.id}/roll`, { overlap: 3600 });
    expect(rolled).toMatchObject({ name: 'Old', scopes: ['products:read'], expires_at: null });
    for (const key of [old, rolled]) await server.as(String(key['secret'])).products.list();
    const { expires_at: end } = await get(server.stripe, `/v1/api_keys/${old.id}`);
    expect(Number(end) - Date.now() / 1000).toBeGreaterThan(3500);
    const next = await post(server.stripe, `/v1/api_keys/${rolled.id}/roll`);
    expect(Number((await get(server.stripe, `/v1/api_keys/${rolled.id}`))['expires_at'])).toBeLessThanOrEqual(Date.now() / 1000);
    expect((await list(server.stripe, '/v1/api_keys')).map(({ id }) => id)).toEqual(expect.arrayContaining([old.id, rolled.id, next.id]));
  });

  it('of the other mode is not found, and an unknown scope is refused by name', async () => {
    const made = await post(live, '/v1/api_keys', { name: 'Live', scopes: ['customers:read'] });
    expect(made['secret']).toMatch(/^rk_live_/);
    expect(await refusal(get(server.stripe, `/v1/api_keys/${made.id}`))).toMatchObject({ statusCode: 404 });
    expect(await refusal(post(live, '/v1/api_keys', { name: 'X', scopes: ['customer:read'] }))).toMatchObject({ param: 'scopes[0]' });
    expect(await refusal(post(live, '/v1/api_keys', { scopes: ['customers:read'] }))).toMatchObject({ param: 'name' });
  });

  it('never makes a key that may do more than itself, nor rolls one', async () => {
    const maker = await post(live, '/v1/api_keys', { name: 'Maker', scopes: ['api_keys:write', 'customers:read'] });
    const by = server.as(String(maker['secret']));
    expect(await refusal(post(by, '/v1/api_keys', { name: 'More' }))).toMatchObject({ statusCode: 403 });
    expect(await refusal(post(by, '/v1/api_keys', { name: 'More', scopes: ['customers:write'] }))).toMatchObject({ statusCode: 403 });
    expect(await post(by, '/v1/api_keys', { name: 'Less', scopes: ['customers:read'] })).toMatchObject({ type: 'restricted' });
    const full = (await list(live, '/v1/api_keys')).find(({ type }) => type === 'secret');
    const wider = await post(live, '/v1/api_keys', { name: 'Wider', scopes: ['api_keys:write', 'customers:write'] });
    for (const stronger of [full?.id ?? '', wider.id]) {
      for (const act of ['roll', 'revoke']) {
        expect(await refusal(post(by, `/v1/api_keys/${stronger}/${act}`))).toMatchObject({ statusCode: 403 });
      }
    }
    expect(await list(server.as(String(wider['secret'])), '/v1/customers')).toEqual([]);
    const weaker = await post(live, '/v1/api_keys', { name: 'Weaker', scopes: ['customers:read'] });
    expect(await post(by, `/v1/api_keys/${weaker.id}/revoke`)).toMatchObject({ revoked_at: expect.any(Number) as number });
    expect(await post(by, `/v1/api_keys/${maker.id}/revoke`)).toMatchObject({ revoked_at: expect.any(Number) as number });
  });

  it('and a link of a user are made once for an Idempotency-Key, seen again by the same caller alone, and stored nowhere', async () => {
    const again = { idempotencyKey: 'made-once' };
    const make = (by: Stripe, path: string, parameters: Parameters) =>
      by.rawRequest('POST', path, parameters, again) as Promise<unknown> as Promise<Body>;
    const before = (await list(live, '/v1/api_keys')).length;
    const made = await make(live, '/v1/api_keys', { name: 'Once' });
    expect(await make(live, '/v1/api_keys', { name: 'Once' })).toEqual(made);
    expect(await list(live, '/v1/api_keys')).toHaveLength(before + 1);
    expect(await list(server.as(String(made['secret'])), '/v1/customers')).toEqual([]);
    const rolled = await make(live, `/v1/api_keys/${made.id}/roll`, {}).catch((error: unknown) => error);
    expect(rolled).toMatchObject({ type: 'StripeIdempotencyError' });
    const other = server.as(String((await post(live, '/v1/api_keys', { name: 'Other' }))['secret']));
    expect(await refusal(make(other, '/v1/api_keys', { name: 'Once' }))).toMatchObject({ type: 'StripeIdempotencyError' });
    const invite = { email: 'once@example.com', role: 'support' };
    const [one, two] = [
      await live.rawRequest('POST', '/v1/users', invite, { idempotencyKey: 'invite' }),
      await live.rawRequest('POST', '/v1/users', invite, { idempotencyKey: 'invite' }),
    ] as unknown as [Body, Body];
    expect(two).toEqual(one);
    expect((await new ConsoleBrowser(server.url).look(new URL(String(one['setup_url'])).pathname)).status).toBe(200);
    const kept = JSON.stringify([
      await server.database.sql`select * from requests`,
      await server.database.sql`select * from user_links`,
      await server.database.sql`select * from api_keys`,
      await server.database.sql`select * from audit_entries`,
    ]);
    for (const secret of [made['secret'], one['setup_url']]) expect(kept).not.toContain(String(secret).slice(-32));
  });

  it('that may read invoices previews one, and changes nothing', async () => {
    const { id: customer } = await server.stripe.customers.create({ name: 'Previewed' });
    await server.stripe.invoiceItems.create({ customer, amount: 500, currency: 'usd' });
    const reader = server.as(String((await post(server.stripe, '/v1/api_keys', { name: 'Reader', scopes: ['invoices:read'] }))['secret']));
    expect((await reader.invoices.createPreview({ customer })).total).toBe(500);
    expect(await refusal(reader.invoices.create({ customer }))).toMatchObject({ statusCode: 403 });
    const entries = await list(server.stripe, '/v1/audit_entries?operation=POST%20/v1/invoices/create_preview');
    expect(entries).toEqual([]);
  });
});

describe('what a key expands', () => {
  it('it may read by itself, and a write that expands more changes nothing', async () => {
    const { id: customer } = await server.stripe.customers.create({ email: 'hidden@example.com' });
    const invoice = await server.stripe.invoiceItems.create({ customer, amount: 500, currency: 'usd' });
    const keyWith = async (...scopes: string[]) =>
      server.as(String((await post(server.stripe, '/v1/api_keys', { name: 'Shop', scopes }))['secret']));
    const narrow = await keyWith('invoiceitems:write');
    const answers = [
      await refusal(narrow.invoiceItems.list({ expand: ['data.customer'] })),
      await refusal(narrow.invoiceItems.retrieve(invoice.id, { expand: ['customer'] })),
      await refusal(narrow.invoiceItems.update(invoice.id, { description: 'changed', expand: ['customer'] })),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        statusCode: 403,
        message: expect.stringContaining("Having the 'customers:read' permission would allow") as string,
      });
    }
    expect(JSON.stringify(answers)).not.toContain('hidden@example.com');
    expect((await narrow.invoiceItems.retrieve(invoice.id)).description).toBeNull();
    const wide = await keyWith('invoiceitems:read', 'customers:write');
    expect((await wide.invoiceItems.retrieve(invoice.id, { expand: ['customer'] })).customer).toMatchObject({
      email: 'hidden@example.com',
    });
    expect(await refusal(wide.invoiceItems.retrieve(invoice.id, { expand: ['customer.test_clock'] }))).toMatchObject({ statusCode: 403 });
    expect(await refusal(wide.invoiceItems.retrieve(invoice.id, { expand: ['nothing'] }))).toMatchObject({ statusCode: 400 });
  });
});

describe('a user', () => {
  it('is invited by a link, changes role, and is disabled', async () => {
    const made = await post(live, '/v1/users', { email: 'fin@example.com', name: 'Fin', role: 'finance' });
    expect(made).toMatchObject({ object: 'user', role: 'finance', has_password: false });
    const browser = new ConsoleBrowser(server.url);
    const path = new URL(String(made['setup_url'])).pathname;
    expect((await browser.send(path, { password: PASSWORD, again: PASSWORD })).status).toBe(303);
    expect(await get(live, `/v1/users/${made.id}`)).toMatchObject({ has_password: true, last_login_at: expect.any(Number) as number });
    expect((await list(live, `/v1/users/${made.id}/sessions`)).map(({ method }) => method)).toEqual(['link']);
    expect(await post(live, `/v1/users/${made.id}`, { role: 'support' })).toMatchObject({ role: 'support' });
    expect(await post(live, `/v1/users/${made.id}`, { disabled: true })).toMatchObject({ disabled_at: expect.any(Number) as number });
    expect(await list(live, `/v1/users/${made.id}/sessions`)).toEqual([]);
    expect((await browser.logIn('fin@example.com')).status).toBe(401);
    expect(await refusal(post(live, `/v1/users/${made.id}/link`))).toMatchObject({ statusCode: 400 });
    await post(live, `/v1/users/${made.id}`, { disabled: false });
    expect((await browser.logIn('fin@example.com')).status).toBe(303);
    const again = await post(live, `/v1/users/${made.id}/link`);
    expect((await browser.look(new URL(String(again['setup_url'])).pathname)).status).toBe(200);
    expect(await refusal(post(live, '/v1/users', { email: 'FIN@example.com', role: 'support' }))).toMatchObject({ param: 'email' });
    expect((await list(live, '/v1/users')).map(({ id }) => id)).toContain(made.id);
  });

  it('is logged out of one session or of all', async () => {
    const { id, email, browser } = await consoleUser({ ...server, sql: server.database.sql }, 'read_only');
    await new ConsoleBrowser(server.url).logIn(email);
    const [newest] = await list(live, `/v1/users/${id}/sessions`);
    expect(newest).toMatchObject({
      method: expect.stringMatching(/password|link/) as string,
      ip: expect.stringContaining('127.0.0.1') as string,
    });
    const left = (await post(live, `/v1/users/${id}/revoke_sessions`, { session: newest?.id })) as unknown as { data: Body[] };
    expect(left.data).toHaveLength(1);
    expect(await refusal(post(live, `/v1/users/${id}/revoke_sessions`, { session: newest?.id }))).toMatchObject({ param: 'session' });
    await post(live, `/v1/users/${id}/revoke_sessions`);
    expect(await list(live, `/v1/users/${id}/sessions`)).toEqual([]);
    expect((await browser.send('/console/logout', {})).location).toContain('/console/login');
  });

  it('who is the last owner stays one, also when two owners take each other the role at the same time', async () => {
    const [first, second] = [
      await consoleUser({ ...server, sql: server.database.sql }, 'owner', 'one@example.com'),
      await consoleUser({ ...server, sql: server.database.sql }, 'owner', 'two@example.com'),
    ];
    const outcomes = await Promise.all([
      refusal(post(live, `/v1/users/${first.id}`, { role: 'finance' })),
      refusal(post(live, `/v1/users/${second.id}`, { disabled: true })),
    ]);
    expect(outcomes.filter((each) => each === 'allowed')).toHaveLength(1);
    expect(outcomes.find((each) => each !== 'allowed')).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('last owner') as string,
    });
  });

  it('is made by nobody who may do less, and by no test key', async () => {
    expect(await refusal(post(server.stripe, '/v1/users', { email: 'evil@example.com', role: 'owner' }))).toMatchObject({
      statusCode: 403,
    });
    const maker = await post(live, '/v1/api_keys', { name: 'Invites', scopes: ['users:write'] });
    const by = server.as(String(maker['secret']));
    expect(await refusal(post(by, '/v1/users', { email: 'evil@example.com', role: 'owner' }))).toMatchObject({ statusCode: 403 });
    const { id } = await consoleUser({ ...server, sql: server.database.sql }, 'finance', 'target@example.com');
    expect(await refusal(post(by, `/v1/users/${id}/link`))).toMatchObject({ statusCode: 403 });
    expect(await refusal(post(by, `/v1/users/${id}`, { role: 'read_only' }))).toMatchObject({ statusCode: 403 });
  });

  it('does in the console what the role allows, and nothing else', async () => {
    const support = { id: 'usr_support', role: 'support' } as const;
    const customer = await performAs(support, 'post /v1/customers', {}, { name: 'Ada' });
    expect(customer).toMatchObject({ object: 'customer', livemode: true });
    await expect(performAs(support, 'post /v1/products', {}, { name: 'Pro' })).rejects.toThrow("The role 'support' does not have");
    await expect(performAs(support, 'get /v1/users')).rejects.toThrow('users:read');
  });
});

describe('the audit log', () => {
  it('has each write with who, what, where from and the outcome, and no read', async () => {
    const { id: customer } = await live.customers.create({ name: 'Grace', email: 'grace@example.com' }, { idempotencyKey: 'audit-1' });
    await live.customers.create({ name: 'Grace', email: 'grace@example.com' }, { idempotencyKey: 'audit-1' });
    await live.customers.retrieve(customer);
    await refusal(live.customers.update(customer, { email: 'wrong' }));
    await live.customers.del(customer);
    const entries = await list(live, `/v1/audit_entries?related_object=${customer}`);
    const [own] = (await list(live, '/v1/api_keys')).filter(({ name }) => name === 'default');
    expect(entries.map(({ operation, status, error_code: code, actor }) => [operation, status, code, actor])).toEqual([
      ['DELETE /v1/customers/:customer', 200, null, own?.id],
      ['POST /v1/customers/:customer', 400, 'email_invalid', own?.id],
      ['POST /v1/customers', 200, null, own?.id],
    ]);
    expect(entries[0]?.['ip']).toContain('127.0.0.1');
    expect(entries.map(({ request }) => String(request))).toEqual(entries.map(() => expect.stringMatching(/^req_/) as string));
    const kept = await server.database.sql`select * from audit_entries`;
    expect(JSON.stringify(kept)).not.toMatch(/Grace|grace@|sk_live/);
  });

  it('has what a user did in the console, and what was not allowed', async () => {
    const developer = { id: 'usr_developer', role: 'developer' } as const;
    await performAs(developer, 'post /v1/products', {}, { name: 'Pro' });
    await performAs(developer, 'post /v1/customers', {}, { name: 'Ada' }).catch(() => undefined);
    const entries = await list(live, '/v1/audit_entries?actor=usr_developer');
    expect(entries.map(({ operation, status, ip }) => [operation, status, ip])).toEqual([
      ['POST /v1/customers', 403, '192.0.2.7'],
      ['POST /v1/products', 200, '192.0.2.7'],
    ]);
  });

  it('has each login, also a refused one, and each logout of a user', async () => {
    const { id, email, browser } = await consoleUser({ ...server, sql: server.database.sql }, 'finance', 'watched@example.com');
    await browser.logIn(email, 'not the password');
    const other = new ConsoleBrowser(server.url);
    await other.logIn(email);
    const session = (await list(live, `/v1/users/${id}/sessions`)).find(({ method }) => method === 'password');
    expect((await other.send('/console/logout', { csrf: csrfOf(server.deps, session?.id ?? '') })).status).toBe(303);
    const entries = await list(live, `/v1/audit_entries?actor=${id}`);
    expect(entries.map(({ operation, status, related_object: object }) => [operation, status, object])).toEqual([
      ['log_out', 200, id],
      ['log_in', 200, id],
      ['log_in', 401, id],
      ['set_password', 200, id],
    ]);
  });

  it('pages, filters by operation, request and time, and comes as CSV', async () => {
    for (const name of ['A', 'B', 'C']) await server.stripe.products.create({ name });
    const all = await list(server.stripe, '/v1/audit_entries?limit=100&operation=POST%20/v1/products');
    const [newest, second] = all;
    expect(all.length).toBeGreaterThanOrEqual(3);
    const next = await list(server.stripe, `/v1/audit_entries?limit=1&starting_after=${newest?.id ?? ''}`);
    expect(next.map(({ id }) => id)).toEqual([second?.id]);
    const before = await list(server.stripe, `/v1/audit_entries?limit=1&ending_before=${String(second?.id)}&operation=POST%20/v1/products`);
    expect(before.map(({ id }) => id)).toEqual([newest?.id]);
    const one = await list(server.stripe, `/v1/audit_entries?request=${String(newest?.['request'])}`);
    expect(one.map(({ id }) => id)).toEqual([newest?.id]);
    expect(await list(server.stripe, '/v1/audit_entries?created[lt]=1000')).toEqual([]);
    const { csv } = await get(server.stripe, '/v1/audit_entries?format=csv&limit=1');
    expect(String(csv).split('\r\n')[0]).toBe('id,created,actor,operation,related_object,request,ip,status,error_code');
    expect(String(csv)).toContain(String(newest?.['request']));
    expect(await refusal(get(server.stripe, '/v1/audit_entries?starting_after=aud_none'))).toMatchObject({ param: 'starting_after' });
  });
});
