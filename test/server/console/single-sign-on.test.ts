import { insertLink, insertUser } from '../../../db/users';
import type { Role } from '../../../domain/rows/user';
import { ConsoleBrowser, consoleUser, PASSWORD } from '../../support/console';
import { TestProvider } from '../../support/oidc';
import { startServer, type TestServer } from '../server';

let provider: TestProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await TestProvider.start();
  server = await startServer(undefined, provider.environment);
  await provider.register(server.url);
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
});
afterEach(() => {
  delete server.deps.config.oidc?.roles;
});

const system = () => ({ sql: server.database.sql, url: server.url, account: server.account });
const now = () => Math.floor(Date.now() / 1000);

async function invite(email: string, role: Role = 'support'): Promise<string> {
  const user = await insertUser(server.database.sql, { account: server.account, email, name: null, role, now: now() });
  return user?.id ?? '';
}

async function comeBack(browser = new ConsoleBrowser(server.url), back = '') {
  const answer = await browser.look(await provider.visit(browser, back));
  return { browser, ...answer };
}

/** Whether the browser is let in. */
const isIn = async (browser: ConsoleBrowser): Promise<boolean> => (await browser.look('/console')).status === 200;

const identities = () => server.database.sql<{ subject: string; user: string }[]>`select subject, "user" from user_identities`;

it('an invited user logs in without a password, and is led to the page that was asked for', async () => {
  const id = await invite('ann@example.com', 'finance');
  const browser = new ConsoleBrowser(server.url);
  expect((await browser.look('/console/login?back=%2Fconsole%2Finvoices')).html).toContain('Log in with single sign-on');
  await provider.be({ person: { sub: 'ann', email: 'Ann@example.com', email_verified: true } });
  expect(await comeBack(browser, '/console/invoices')).toMatchObject({ status: 303, location: '/console/invoices' });
  expect(await isIn(browser)).toBe(true);
  const sessions = await server.database.sql`select method from user_sessions where "user" = ${id}`;
  expect(sessions).toEqual([{ method: 'sso' }]);
  const [entry] = await server.database.sql`select operation, status from audit_entries where actor = ${id}`;
  expect(entry).toEqual({ operation: 'log_in', status: 200 });
});

it('from the first login on the identity counts, not the address', async () => {
  const id = await invite('moves@example.com');
  await provider.be({ person: { sub: 'moves', email: 'moves@example.com', email_verified: true } });
  await comeBack();
  await provider.be({ person: { sub: 'moves', email: 'married@example.com', email_verified: false } });
  expect(await isIn((await comeBack()).browser)).toBe(true);
  await provider.be({ person: { sub: 'another', email: 'moves@example.com', email_verified: true } });
  const other = await comeBack();
  expect(other).toMatchObject({ status: 403, html: expect.stringContaining('Another identity of your provider') as string });
  expect((await identities()).filter(({ user }) => user === id)).toEqual([{ subject: 'moves', user: id }]);
  const link = await insertLink(server.database.sql, { id, now: now() });
  await other.browser.send(`/console/setup/${link}`, { password: PASSWORD, again: PASSWORD });
  expect(await isIn((await comeBack()).browser)).toBe(true);
});

it.each([
  ['an address that the provider has not verified', { email: 'known@example.com', email_verified: false }, 'has not confirmed'],
  ['an address that the provider says nothing about', { email: 'known@example.com' }, 'has not confirmed'],
  ['no address', {}, 'has not confirmed'],
  ['nobody who was invited', { email: 'nobody@example.com', email_verified: true }, 'No user here has your e-mail address'],
])('%s is refused with what to do', async (_name, claims, text) => {
  await invite('known@example.com');
  await provider.be({ person: { sub: 'refused', ...claims } });
  const { browser, status, html } = await comeBack();
  expect([status, html]).toEqual([403, expect.stringContaining(text)]);
  expect(html).toMatch(/req_\w+/);
  expect(await isIn(browser)).toBe(false);
  expect((await identities()).some(({ subject }) => subject === 'refused')).toBe(false);
});

it('a disabled user, and a person who says no at the provider, are refused', async () => {
  const id = await invite('off@example.com');
  await server.database.sql`update users set disabled_at = 1 where id = ${id}`;
  await provider.be({ person: { sub: 'off', email: 'off@example.com', email_verified: true } });
  expect((await comeBack()).html).toContain('Your user is disabled');
  await provider.be({});
  expect((await comeBack()).html).toContain('has not let you in');
});

describe('an answer that is not the provider’s own to this login', () => {
  const person = { sub: 'eve', email: 'eve@example.com', email_verified: true };
  beforeAll(() => invite('eve@example.com'));

  it.each([
    ['another nonce', { nonce: 'another' }],
    ['another audience', { aud: 'another-client' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['another person than the user info', { sub: 'ann' }],
    ['a time that is over', { iat: now() - 7200, exp: now() - 3600 }],
  ])('with %s logs nobody in', async (_name, lie) => {
    await provider.be({ person, lie });
    const { browser, status, html } = await comeBack();
    expect([status, html]).toEqual([403, expect.stringContaining('does not belong to this login')]);
    expect(await isIn(browser)).toBe(false);
  });

  it('signed with another key logs nobody in', async () => {
    await provider.be({ person, isForged: true });
    const { browser, html } = await comeBack();
    expect(html).toContain('does not belong to this login');
    expect(await isIn(browser)).toBe(false);
  });

  it('with another state, or of another browser’s login, logs nobody in', async () => {
    await provider.be({ person });
    const mine = new ConsoleBrowser(server.url);
    const way = await provider.visit(mine);
    const changed = await mine.look(way.replace(/state=[^&]*/, 'state=another'));
    expect([changed.status, changed.html]).toEqual([403, expect.stringContaining('does not belong to this login')]);
    const [victim, evil] = [new ConsoleBrowser(server.url), new ConsoleBrowser(server.url)];
    await provider.visit(victim);
    const lured = await victim.look(await provider.visit(evil));
    expect(lured.html).toContain('does not belong to this login');
    expect(await isIn(victim)).toBe(false);
  });

  it('works once, within ten minutes, and only in the browser that has begun', async () => {
    await provider.be({ person });
    const browser = new ConsoleBrowser(server.url);
    const way = await provider.visit(browser);
    expect((await new ConsoleBrowser(server.url).look(way)).html).toContain('begun in another browser');
    const { cookie } = browser;
    expect((await browser.look(way)).status).toBe(303);
    const again = new ConsoleBrowser(server.url, { Cookie: cookie });
    expect((await again.look(way)).html).toContain('This login is over');
    const late = new ConsoleBrowser(server.url);
    const lateWay = await provider.visit(late);
    await server.database.sql`update login_attempts set expires_at = ${now()}`;
    expect((await late.look(lateWay)).html).toContain('This login is over');
  });
});

describe('with roles by claim', () => {
  const mapped = () => {
    const { oidc } = server.deps.config;
    if (!oidc) throw new Error('there is no provider');
    const roles = [
      { value: 'billing-admins', role: 'owner' as const },
      { value: 'accounting', role: 'finance' as const },
    ];
    oidc.roles = { claim: 'groups', account: server.account, roles };
  };
  const roleOf = async (email: string) =>
    (await server.database.sql`select role from users where email = ${email}`)[0]?.['role'] as unknown;

  it('a new person becomes a user, with the first role that fits, and it follows the claim', async () => {
    mapped();
    const person = { sub: 'new', email: 'new@example.com', email_verified: true, name: 'New' };
    await provider.be({ person: { ...person, groups: ['accounting', 'billing-admins'] } });
    expect(await isIn((await comeBack()).browser)).toBe(true);
    expect(await roleOf('new@example.com')).toBe('owner');
    await provider.be({ person: { ...person, groups: ['accounting'] } });
    await comeBack();
    expect(await roleOf('new@example.com')).toBe('finance');
    const entries = await server.database.sql`
      select a.operation from audit_entries a join users u on u.id = a.actor where u.email = 'new@example.com' order by a.seq`;
    expect(entries.map(({ operation }) => operation as unknown)).toEqual(['log_in', 'change_role', 'log_in']);
    await provider.be({ person: { ...person, groups: ['others'] } });
    const refused = await comeBack();
    expect(refused.html).toContain('gives you no role here');
    expect(await isIn(refused.browser)).toBe(false);
  });

  it('the last owner with a password stays one', async () => {
    mapped();
    const { id, email } = await consoleUser(system(), 'owner', 'last@example.com');
    await provider.be({ person: { sub: 'last', email, email_verified: true, groups: ['accounting'] } });
    expect((await comeBack()).html).toContain('you are the last owner');
    expect((await server.database.sql`select role from users where id = ${id}`)[0]).toEqual({ role: 'owner' });
  });
});

it('a provider that does not answer is a page that says so, and the password still works', async () => {
  const { email } = await consoleUser(system(), 'support', 'patient@example.com');
  const away = await startServer(undefined, { ...provider.environment, OIDC_ISSUER: 'http://127.0.0.1:1' });
  const { status, html } = await new ConsoleBrowser(away.url).send('/console/sso', {});
  expect([status, html]).toEqual([503, expect.stringContaining('does not answer at the moment')]);
  await away.stop();
  expect((await new ConsoleBrowser(server.url).logIn(email)).status).toBe(303);
});
