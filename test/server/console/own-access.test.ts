import { insertLink } from '../../../db/users';
import { Authenticator, type Wrong } from '../../support/authenticator';
import { ConsoleBrowser, consoleUser, PASSWORD } from '../../support/console';
import { startServer, type TestServer } from '../server';

let server: TestServer;
/** Browsers keep passkeys for the name of a host. */
let url: string;
beforeAll(async () => {
  server = await startServer();
  url = server.url.replace('127.0.0.1', 'localhost');
});
afterAll(() => server.stop());

let made = 0;
/** Somebody who has just logged in. */
async function somebody() {
  made += 1;
  const user = await consoleUser({ sql: server.database.sql, url, account: server.account }, 'support', `own-${String(made)}@example.com`);
  return { ...user, csrf: await csrfIn(user.browser) };
}

const csrfIn = async (browser: ConsoleBrowser): Promise<string> =>
  /name="csrf" value="([^"]+)"/.exec((await browser.look('/console/me')).html)?.[1] ?? '';
const audited = async (user: string) =>
  (await server.database.sql`select operation, status from audit_entries where actor = ${user} order by seq`).map(
    ({ operation, status }) => `${String(operation)} ${String(status)}`,
  );
const isIn = async (browser: ConsoleBrowser): Promise<boolean> => (await browser.look('/console/me')).status === 200;

interface Challenge {
  challenge: string;
  user: { id: string };
}

async function add({ browser, csrf }: { browser: ConsoleBrowser; csrf: string }, device = new Authenticator(url), wrong: Wrong = {}) {
  const options = await browser.send('/console/me/passkeys/options', { csrf });
  const credential = device.add(JSON.parse(options.html) as Challenge, wrong);
  return { device, answer: await browser.send('/console/me/passkeys', { csrf, name: 'Phone', credential }) };
}

async function logIn(device: Authenticator, wrong: Wrong = {}, back = '') {
  const browser = new ConsoleBrowser(url);
  const options = JSON.parse((await browser.send('/console/passkey/options', { back })).html) as Challenge;
  const credential = device.logIn(options, wrong);
  const { cookie } = browser;
  return { browser, credential, cookie, answer: await browser.send('/console/passkey', { back, credential }) };
}

describe('a passkey', () => {
  it('is added in a session that has just begun, logs its user in without a password, and is removed', async () => {
    const user = await somebody();
    const { device, answer } = await add(user);
    expect(answer).toMatchObject({ status: 303, location: '/console/me?done=added' });
    const { browser, answer: entered } = await logIn(device, {}, '/console/invoices');
    expect(entered).toMatchObject({ status: 303, location: '/console/invoices' });
    const page = await browser.look('/console/me');
    expect(page.html).toContain('By passkey');
    const id = /passkeys\/(psk_\w+)\/rename/.exec(page.html)?.[1] ?? '';
    const csrf = await csrfIn(browser);
    await browser.send(`/console/me/passkeys/${id}/rename`, { csrf, name: 'Old phone' });
    expect((await browser.look('/console/me')).html).toContain('Old phone');
    await browser.send(`/console/me/passkeys/${id}/remove`, { csrf });
    expect((await logIn(device)).answer.status).toBe(401);
    expect(await audited(user.id)).toEqual(['set_password 200', 'add_passkey 200', 'log_in 200', 'remove_passkey 200']);
    const stored = await server.database.sql`select * from login_attempts`;
    expect(JSON.stringify(stored)).not.toContain(browser.cookie.slice(-40));
  });

  it.each<[string, Wrong]>([
    ['to another challenge', { challenge: Buffer.from('another challenge of another login').toString('base64url') }],
    ['of a page of another site', { origin: 'https://evil.example' }],
    ['for another host', { host: 'evil.example' }],
    ['of a device that has not recognized its user', { isRecognized: false }],
    ['with a signature that is not right', { isBroken: true }],
    ['whose counter has not grown, as that of a copied key', { counter: 1 }],
  ])('an answer %s logs nobody in', async (_name, wrong) => {
    const user = await somebody();
    const { device } = await add(user);
    expect((await logIn(device)).answer.status).toBe(303);
    const { browser, answer } = await logIn(device, wrong);
    expect([answer.status, answer.html]).toEqual([401, expect.stringContaining('The passkey is not known here')]);
    expect(await isIn(browser)).toBe(false);
    expect((await audited(user.id)).at(-1)).toBe('log_in 401');
    expect((await logIn(device)).answer.status).toBe(303);
  });

  it('an answer counts once, in the browser that was asked, within ten minutes', async () => {
    const { device } = await add(await somebody());
    const { cookie, credential } = await logIn(device);
    const again = new ConsoleBrowser(url, { Cookie: cookie });
    expect((await again.send('/console/passkey', { credential })).status).toBe(401);
    expect((await new ConsoleBrowser(url).send('/console/passkey', { credential })).status).toBe(401);
    const late = new ConsoleBrowser(url);
    const options = JSON.parse((await late.send('/console/passkey/options', {})).html) as Challenge;
    await server.database.sql`update login_attempts set expires_at = 1`;
    expect((await late.send('/console/passkey', { credential: device.logIn(options) })).status).toBe(401);
    for (const unreadable of ['', '{', 'null', '[]', '{"id":"\0"}']) {
      expect((await again.send('/console/passkey', { credential: unreadable })).status).toBe(401);
    }
  });

  it('of a disabled user logs nobody in, and a link that sets the password ends it', async () => {
    const user = await somebody();
    const { device } = await add(user);
    const { sql } = server.database;
    await sql`update users set disabled_at = 1 where id = ${user.id}`;
    expect((await logIn(device)).answer.status).toBe(401);
    await sql`update users set disabled_at = null where id = ${user.id}`;
    const link = await insertLink(sql, { id: user.id, now: Math.floor(Date.now() / 1000) });
    await new ConsoleBrowser(url).send(`/console/setup/${link}`, { password: PASSWORD, again: PASSWORD });
    expect((await logIn(device)).answer.status).toBe(401);
  });

  it('is not added by an old session, by another’s answer, twice, without a name, or where browsers keep none', async () => {
    const [user, other] = [await somebody(), await somebody()];
    const { device } = await add(user);
    expect((await add(user, device)).answer.html).toContain('No passkey was added');
    expect((await add(user, new Authenticator(url), { origin: 'https://evil.example' })).answer.html).toContain('No passkey was added');
    const options = JSON.parse((await other.browser.send('/console/me/passkeys/options', { csrf: other.csrf })).html) as Challenge;
    const credential = new Authenticator(url).add(options);
    const crossed = await user.browser.send('/console/me/passkeys', { csrf: user.csrf, name: 'Mine', credential });
    expect(crossed.status).toBe(400);
    expect((await other.browser.send('/console/me/passkeys', { csrf: other.csrf, name: ' ', credential })).html).toContain(
      'Give the passkey a name',
    );
    const { html } = await user.browser.look('/console/me');
    const id = /passkeys\/(psk_\w+)\/rename/.exec(html)?.[1] ?? '';
    for (const act of ['rename', 'remove']) {
      const foreign = await other.browser.send(`/console/me/passkeys/${id}/${act}`, { csrf: other.csrf, name: 'Stolen' });
      expect(foreign.html).toContain('There is no such passkey');
    }
    await server.database.sql`update user_sessions set created = created - 901 where "user" = ${user.id}`;
    expect((await user.browser.look('/console/me')).html).toContain('To add a passkey, log in again');
    expect((await user.browser.send('/console/me/passkeys/options', { csrf: user.csrf })).status).toBe(403);
    expect(await user.browser.send('/console/me/again', { csrf: user.csrf })).toMatchObject({
      location: '/console/login?back=%2Fconsole%2Fme',
    });
    expect(await isIn(user.browser)).toBe(false);
    const plain = await consoleUser({ sql: server.database.sql, url: server.url, account: server.account }, 'support', 'ip@example.com');
    expect((await plain.browser.look('/console/me')).html).toContain('Browsers keep passkeys only for the name of a host');
  });
});

describe('the own password', () => {
  const change = async (browser: ConsoleBrowser, csrf: string, entries: Partial<Record<'current' | 'password' | 'again', string>>) =>
    browser.send('/console/me/password', {
      csrf,
      current: PASSWORD,
      password: 'another long password',
      again: 'another long password',
      ...entries,
    });

  it('is changed by who knows the present one, and ends all other sessions', async () => {
    const { id, email, browser, csrf } = await somebody();
    const elsewhere = new ConsoleBrowser(url);
    await elsewhere.logIn(email);
    expect((await change(browser, csrf, { current: 'a wrong one' })).html).toContain('Your present password is wrong');
    expect((await change(browser, csrf, { password: 'short', again: 'short' })).html).toContain('at least 12 characters');
    expect((await change(browser, csrf, { again: 'a different one' })).html).toContain('not the same');
    expect(await isIn(elsewhere)).toBe(true);
    expect((await change(browser, csrf, {})).location).toBe('/console/me?done=password');
    expect([await isIn(browser), await isIn(elsewhere)]).toEqual([true, false]);
    expect((await elsewhere.logIn(email)).status).toBe(401);
    expect((await elsewhere.logIn(email, 'another long password')).status).toBe(303);
    expect(await audited(id)).toContain('set_password 200');
  });

  it('cannot be guessed at an open screen: wrong ones count as in a login', async () => {
    const { id, browser, csrf } = await somebody();
    await server.database.sql`update users set failed_logins = 9 where id = ${id}`;
    await change(browser, csrf, { current: 'the tenth guess' });
    expect((await change(browser, csrf, {})).html).toContain('too many attempts');
  });
});

describe('the own sessions', () => {
  it('say where and when, and end one by one or all but this one', async () => {
    const { id, email, browser, csrf } = await somebody();
    const [phone, tablet] = [
      new ConsoleBrowser(url, { 'User-Agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Mobile Safari/604.1' }),
      new ConsoleBrowser(url, { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }),
    ];
    await phone.logIn(email);
    await tablet.logIn(email);
    const { html } = await browser.look('/console/me');
    for (const text of ['Safari on iPhone', 'Firefox on Linux', 'This one', 'By password']) expect(html).toContain(text);
    const [first] = await server.database.sql<
      { id: string }[]
    >`select id from user_sessions where "user" = ${id} and user_agent like '%iPhone%'`;
    const other = await somebody();
    expect((await other.browser.send(`/console/me/sessions/${first?.id ?? ''}/revoke`, { csrf: other.csrf })).html).toContain(
      'has ended already',
    );
    expect(await isIn(phone)).toBe(true);
    await browser.send(`/console/me/sessions/${first?.id ?? ''}/revoke`, { csrf });
    expect([await isIn(phone), await isIn(tablet)]).toEqual([false, true]);
    await browser.send('/console/me/sessions/others', { csrf });
    expect([await isIn(browser), await isIn(tablet)]).toEqual([true, false]);
    expect((await audited(id)).slice(-2)).toEqual(['revoke_sessions 200', 'revoke_sessions 200']);
  });

  it('change nothing by a form of another session', async () => {
    const [mine, other] = [await somebody(), await somebody()];
    const tries = ['password', 'passkeys', 'passkeys/options', 'sessions/others', 'again'];
    for (const path of tries) expect((await mine.browser.send(`/console/me/${path}`, { csrf: other.csrf })).status).toBe(403);
    expect(await isIn(mine.browser)).toBe(true);
  });
});
