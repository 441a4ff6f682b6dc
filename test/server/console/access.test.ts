import { saveApiKey } from '../../../db/api-keys';
import { countFailedLogin, firstOwnerLink, insertLink, insertUser } from '../../../db/users';
import { consoleVisits, type ConsoleVisit } from '../../../server/console/visit';
import { ConsoleBrowser, consoleUser, PASSWORD } from '../../support/console';
import { startServer, type TestServer } from '../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const system = () => ({ sql: server.database.sql, url: server.url, account: server.account });
const browser = (headers: Record<string, string> = {}): ConsoleBrowser => new ConsoleBrowser(server.url, headers);

/** The visit that a page of the console gets, by a request with the browser's cookies. */
async function visitOf(from: ConsoleBrowser): Promise<ConsoleVisit | string> {
  const request = {
    ...{ method: 'GET', originalUrl: '/console/invoices?status=open', protocol: 'http', headers: { cookie: from.cookie } },
    header: () => undefined,
  };
  let redirected = '';
  const response = { redirect: (_status: number, to: string) => (redirected = to) };
  return (await consoleVisits(server.deps)(request as never, response as never)) ?? redirected;
}

async function visiting(from: ConsoleBrowser): Promise<ConsoleVisit> {
  const visit = await visitOf(from);
  if (typeof visit === 'string') throw new Error(`nobody is logged in: ${visit}`);
  return visit;
}

describe('the first owner', () => {
  it('sets address and password by a link that works once, and is logged in', async () => {
    const { sql } = server.database;
    const first = await firstOwnerLink(sql, server.account);
    const link = await firstOwnerLink(sql, server.account);
    const mine = browser();
    expect((await mine.look(`/console/setup/${first ?? ''}`)).status).toBe(410);
    expect((await mine.look(`/console/setup/${link ?? ''}`)).html).toContain('Set your password');
    const to = `/console/setup/${link ?? ''}`;
    const entries = { email: 'first@example.com', password: PASSWORD, again: PASSWORD };
    expect((await mine.send(to, { ...entries, password: 'short', again: 'short' })).html).toContain('at least 12 characters');
    expect((await mine.send(to, { ...entries, again: 'another password' })).html).toContain('not the same');
    expect((await mine.send(to, { ...entries, email: 'nobody' })).html).toContain('Enter an e-mail address');
    expect(await mine.send(to, entries)).toMatchObject({ status: 303, location: '/console' });
    expect(await visiting(mine)).toMatchObject({
      user: { email: 'first@example.com', role: 'owner' },
      account: server.account,
      livemode: false,
    });
    expect((await browser().send(to, entries)).status).toBe(410);
    expect(await firstOwnerLink(sql, server.account)).toBeNull();
  });

  it('a link ends after three days', async () => {
    const { sql } = server.database;
    const { id } = await consoleUser(system(), 'finance', 'late@example.com');
    await sql`insert into user_links (id, "user", created, expires_at) values (encode(sha256('late'), 'hex'), ${id}, 1, 2)`;
    expect((await browser().look('/console/setup/late')).status).toBe(410);
  });
});

describe('a login', () => {
  it('with an address that cannot be one is refused like every other', async () => {
    for (const email of ['nobody\0@example.com', '\0', 'x'.repeat(20_000)]) expect((await browser().logIn(email)).status).toBe(401);
  });

  it('leads back to the page that was asked for, with a cookie that no script reads', async () => {
    const { email } = await consoleUser(system(), 'finance');
    const mine = browser();
    const way = await visitOf(mine);
    expect(way).toBe('/console/login?back=%2Fconsole%2Finvoices%3Fstatus%3Dopen');
    const page = await mine.look('/console/login?back=%2Fconsole%2Finvoices%3Fstatus%3Dopen');
    expect(page.html).toContain('value="/console/invoices?status=open"');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const answer = await mine.logIn(email.toUpperCase(), PASSWORD, '/console/invoices?status=open');
    expect(answer).toMatchObject({ status: 303, location: '/console/invoices?status=open' });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^dunlin_console=\S{43}; .*HttpOnly; SameSite=Lax$/);
    expect(await visiting(mine)).toMatchObject({ user: { email, role: 'finance' } });
    const stored = await server.database.sql`select * from user_sessions`;
    expect(JSON.stringify(stored)).not.toContain(cookie.slice('dunlin_console='.length, 50));
  });

  it.each(['https://evil.example', '//evil.example', '/console.evil', '/console/\\evil', '/elsewhere', '/console/login'])(
    'never leads to %s',
    async (back) => {
      const { email } = await consoleUser(system(), 'support', `back-${String(Math.random())}@example.com`);
      expect((await browser().logIn(email, PASSWORD, back)).location).toBe('/console');
    },
  );

  it('with HTTPS the cookie is sent over HTTPS and to this host only', async () => {
    const { email } = await consoleUser(system(), 'support', 'secure@example.com');
    server.deps.config.publicUrl = 'https://billing.example.com';
    const answer = await browser()
      .logIn(email)
      .finally(() => delete server.deps.config.publicUrl);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-dunlin_console=\S{43}; .*Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  });

  it('an unknown address, a wrong password, a disabled and a locked user are refused alike', async () => {
    const { sql } = server.database;
    const [wrong, gone, locked] = [
      await consoleUser(system(), 'support', 'wrong@example.com'),
      await consoleUser(system(), 'support', 'gone@example.com'),
      await consoleUser(system(), 'support', 'locked@example.com'),
    ];
    await sql`update users set disabled_at = 1 where id = ${gone.id}`;
    await sql`update users set locked_until = extract(epoch from now())::bigint + 60 where id = ${locked.id}`;
    const unset = await insertUser(sql, { account: server.account, email: 'unset@example.com', name: null, role: 'support', now: 1 });
    expect(unset?.hasPassword).toBe(false);
    const tries = [
      await browser().logIn('nobody@example.com'),
      await browser().logIn(wrong.email, 'not the password'),
      await browser().logIn(gone.email),
      await browser().logIn(locked.email),
      await browser().logIn('unset@example.com', 'nobody has this password'),
    ];
    expect(tries.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    const texts = tries.map(({ html }) => html.replace(/value="[^"]*@example.com"/, ''));
    expect(new Set(texts).size).toBe(1);
    expect(tries[0]?.headers.getSetCookie()).toEqual([]);
    expect(await visitOf(gone.browser)).toContain('/console/login');
  });

  it('ten wrong passwords in a row lock the user for a quarter of an hour, also those at the same time', async () => {
    const { sql } = server.database;
    const { id } = await consoleUser(system(), 'support', 'guessed@example.com');
    const now = Math.floor(Date.now() / 1000);
    await Promise.all(Array.from({ length: 9 }, () => countFailedLogin(sql, id, now)));
    expect((await sql`select failed_logins, locked_until from users where id = ${id}`)[0]).toEqual({ failedLogins: 9, lockedUntil: null });
    await browser().logIn('guessed@example.com', 'the tenth guess');
    expect((await browser().logIn('guessed@example.com')).status).toBe(401);
    await sql`update users set locked_until = ${now - 1} where id = ${id}`;
    expect((await browser().logIn('guessed@example.com')).status).toBe(303);
    expect((await sql`select failed_logins, locked_until from users where id = ${id}`)[0]).toEqual({ failedLogins: 0, lockedUntil: null });
  });

  it('ends when the browser logs out, after its time, and when the password is set again', async () => {
    const { sql } = server.database;
    const { id, email, browser: mine } = await consoleUser(system(), 'support', 'ends@example.com');
    const { csrf, session } = await visiting(mine);
    const before = mine.cookie;
    expect(await mine.send('/console/logout', { csrf })).toMatchObject({ status: 303, location: '/console/login?out=1' });
    expect(mine.cookie).toBe('');
    expect((await mine.look('/console/login?out=1')).html).toContain('You are logged out');
    expect(await visitOf(Object.assign(browser(), { cookies: new Map([before.split('=') as [string, string]]) }))).toContain(
      '/console/login',
    );
    await mine.logIn(email);
    const next = (await visiting(mine)).session;
    expect(next).not.toBe(session);
    await sql`update user_sessions set last_seen_at = last_seen_at - 12 * 3600 where id = ${next}`;
    expect(await visitOf(mine)).toContain('/console/login');
    await mine.logIn(email);
    await sql`update user_sessions set expires_at = created where id = ${(await visiting(mine)).session}`;
    expect(await visitOf(mine)).toContain('/console/login');
    await mine.logIn(email);
    await visiting(mine);
    const link = await insertLink(sql, { id, now: Math.floor(Date.now() / 1000) });
    await browser().send(`/console/setup/${link}`, { password: `${PASSWORD}!`, again: `${PASSWORD}!` });
    expect(await visitOf(mine)).toContain('/console/login');
    expect((await mine.logIn(email)).status).toBe(401);
  });
});

describe('a form', () => {
  it('of another site, of another session, or without its proof changes nothing', async () => {
    const [mine, other] = [
      await consoleUser(system(), 'owner', 'mine@example.com'),
      await consoleUser(system(), 'owner', 'other@example.com'),
    ];
    const { csrf } = await visiting(mine.browser);
    const foreign = await visiting(other.browser);
    const live = { mode: 'live', back: '/console/customers' };
    expect((await mine.browser.send('/console/mode', live)).status).toBe(403);
    expect((await mine.browser.send('/console/mode', { ...live, csrf: foreign.csrf })).status).toBe(403);
    expect((await mine.browser.send('/console/mode', { ...live, csrf }, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await visiting(mine.browser)).livemode).toBe(false);
    expect(await mine.browser.send('/console/mode', { ...live, csrf })).toMatchObject({ status: 303, location: '/console/customers' });
    expect((await visiting(mine.browser)).livemode).toBe(true);
    expect((await visiting(other.browser)).livemode).toBe(false);
  });

  it('of another site logs nobody in', async () => {
    const { email } = await consoleUser(system(), 'support', 'lured@example.com');
    const lured = browser();
    const entries = { email, password: PASSWORD, back: '' };
    expect((await lured.send('/console/login', entries, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect(lured.cookie).toBe('');
  });
});

describe('a restricted key', () => {
  const restricted = async (key: string, scopes: ('customers:read' | 'products:write')[]) => {
    const { sql } = server.database;
    await saveApiKey(sql, { account: server.account, livemode: false, key, name: null, now: 1, scopes });
    return server.as(key);
  };

  it('does what its scopes allow, and is refused the rest with the name of the scope', async () => {
    const stripe = await restricted('rk_test_0123456789abcdefghijklmn', ['customers:read', 'products:write']);
    expect((await stripe.customers.list()).data).toEqual([]);
    const product = await stripe.products.create({ name: 'Pro' });
    expect((await stripe.products.retrieve(product.id)).name).toBe('Pro');
    const refused = await stripe.customers.create({ name: 'Ada' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      type: 'StripePermissionError',
      statusCode: 403,
      message:
        `The provided key 'rk_test_********klmn' does not have the required permissions for this endpoint on account '${server.account}'. ` +
        "Having the 'customers:write' permission would allow this request to continue.",
    });
    expect((await server.stripe.customers.list()).data).toEqual([]);
  });
});
