/** The console in a browser: what each role finds there, and a login by passkey. */
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { may } from '../../domain/authorization/permissions';
import { ROLES, type Role } from '../../domain/rows/user';
import { SECTIONS } from '../../server/console/sections';
import { operations } from '../../server/routes';
import { startServer, type TestServer } from '../server/server';
import { overflowOf, useBrowser } from '../support/browser';
import { consoleUser, PASSWORD } from '../support/console';

const browser = useBrowser();
let server: TestServer;
let url: string;
beforeEach(async () => {
  server = await startServer();
  url = server.url.replace('127.0.0.1', 'localhost');
});
afterEach(() => server.stop());

const needsOf = (call: string) => {
  const found = operations.find(({ method, path }) => `${method.toUpperCase()} ${path}` === call);
  if (!found) throw new Error(`there is no ${call}`);
  return found.needs;
};
const mayCall = (role: Role, call: string): boolean => may({ role }, needsOf(call));

async function logIn(page: Page, email: string): Promise<void> {
  await page.goto(`${url}/console/login`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL(`${url}/console`);
}

async function userWith(role: Role): Promise<{ id: string; email: string }> {
  return consoleUser({ sql: server.database.sql, url, account: server.account }, role);
}

async function axeOf(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => [page.url(), id, nodes.map(({ html }) => html)]);
}

test.each(ROLES)('%s sees the places and forms of the role, and a forbidden form sent by hand is refused and audited', async (role) => {
  const { id, email } = await userWith(role);
  const context = await browser.newContext();
  const page = await context.newPage();
  await logIn(page, email);
  const shown = await page
    .locator('nav.places details a')
    .evaluateAll((links) => links.map((link) => new URL((link as unknown as { href: string }).href).pathname));
  const isSeen = ({ list }: (typeof SECTIONS)[number]): boolean => mayCall(role, `GET ${list}`);
  for (const section of SECTIONS)
    expect([section.name, shown.includes(`/console/${section.name}`)]).toEqual([section.name, isSeen(section)]);
  const csrf = await page.locator('input[name=csrf]').first().inputValue();
  const hidden = SECTIONS.filter((section) => !isSeen(section));
  for (const { name } of hidden) expect([name, (await page.request.get(`${url}/console/${name}`)).status()]).toEqual([name, 403]);
  expect(hidden.length === 0).toBe(role === 'owner');
  for (const section of SECTIONS.filter(isSeen)) {
    const html = await (await page.request.get(`${url}/console/${section.name}`)).text();
    const { createAction } = section;
    if (createAction)
      expect([section.name, html.includes(`action="/console/${section.name}/${createAction.name}"`)]).toEqual([
        section.name,
        mayCall(role, createAction.call),
      ]);
  }
  const forbidden = SECTIONS.flatMap(({ name, createAction }) =>
    createAction && !mayCall(role, createAction.call) ? [{ name, createAction }] : [],
  );
  for (const { name, createAction } of forbidden) {
    await page.request.post(`${url}/console/${name}/${createAction.name}`, {
      form: { csrf, submission: name },
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    });
    const entries = await server.database.sql`select status from audit_entries where actor = ${id} and operation = ${createAction.call}`;
    expect([name, entries.map(({ status }) => status as unknown)]).toEqual([name, [403]]);
  }
  expect(forbidden.length === 0).toBe(role === 'owner');
  await context.close();
});

const KINDS = [
  '/console',
  '/console/customers',
  '/console/customers/CUSTOMER',
  '/console/reports/mrr',
  '/console/reports/usage',
  '/console/repairs',
  '/console/waiting',
  '/console/search?q=Ada',
  '/console/go-live',
  '/console/me',
  '/console/nowhere',
];

test('each kind of page is accessible, on a phone and a desktop, light and dark', async () => {
  const { email } = await userWith('owner');
  const { id: customer } = await server.stripe.customers.create({ name: 'Ada', email: 'ada@example.com' });
  for (const width of [375, 1280]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      for (const path of ['/console/login', '/console/forgotten', '/console/setup/none']) {
        await page.goto(`${url}${path}`);
        expect(await axeOf(page)).toEqual([]);
      }
      await logIn(page, email);
      for (const path of KINDS) {
        await page.goto(`${url}${path.replace('CUSTOMER', customer)}`);
        expect(await axeOf(page)).toEqual([]);
        expect([path, await overflowOf(page)]).toEqual([path, 0]);
      }
      await context.close();
    }
  }
}, 600_000);

test('among the rows of a table one is found by typing, and a field that takes an id offers it by name', async () => {
  const { email } = await userWith('owner');
  for (let index = 0; index < 12; index += 1) await server.stripe.customers.create({ name: `Customer ${String(index)}` });
  const context = await browser.newContext();
  const page = await context.newPage();
  await logIn(page, email);
  await page.goto(`${url}/console/customers`);
  const rows = page.locator('table[data-sorts] tbody tr:visible');
  expect(await rows.count()).toBe(12);
  await page.getByLabel('Find in these rows').fill('customer 4');
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('Customer 4')]);
  expect(await axeOf(page)).toEqual([]);
  await page.getByLabel('Find in these rows').fill('');
  expect(await rows.count()).toBe(12);
  await page.goto(`${url}/console/invoices`);
  const list = await page.getByLabel('Customer', { exact: true }).getAttribute('list');
  expect(await page.locator(`datalist#${list ?? ''} option[label="Customer 4"]`).count()).toBe(1);
  await context.close();
}, 60_000);

test('a long list is sorted by its headings with the keyboard, on a phone by a choice, and the address says so', async () => {
  const { email } = await userWith('owner');
  const names = Array.from({ length: 30 }, (_, index) => `Plan ${String((index * 7) % 30).padStart(2, '0')}`);
  for (const name of names) await server.stripe.products.create({ name });
  const inOrder = [...names].sort();
  for (const width of [1280, 375]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await logIn(page, email);
    await page.goto(`${url}/console/products`);
    if (width > 1000) {
      await page.getByRole('link', { name: 'Name', exact: true }).focus();
      await page.keyboard.press('Enter');
    } else {
      await page.getByLabel('Sorted by').selectOption('name');
      await page.getByRole('button', { name: 'Filter' }).click();
    }
    await page.waitForURL(/sort=name/);
    const shown = page.locator('table.list tbody tr > :first-child');
    expect(await shown.allInnerTexts()).toEqual(inOrder.slice(0, 25));
    expect(await page.locator('th[aria-sort=ascending]').count()).toBe(1);
    expect(await axeOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Next' }).click();
    await page.waitForURL(/after=/);
    expect(await shown.allInnerTexts()).toEqual(inOrder.slice(25));
    expect(await overflowOf(page)).toBe(0);
    await context.close();
  }
}, 60_000);

async function withAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
  } as const;
  await session.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } });
}

test('a passkey is added, logs in without a password, and is of no use once it is removed', async () => {
  const { email } = await userWith('support');
  const context = await browser.newContext();
  const page = await context.newPage();
  await withAuthenticator(context, page);
  await logIn(page, email);
  await page.goto(`${url}/console/me`);
  await page.locator('#new-name').fill('My laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey is added').waitFor();
  await page.getByRole('button', { name: 'Log out', exact: true }).click();
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await page.waitForURL(`${url}/console`);
  await page.goto(`${url}/console/me`);
  await page.getByText('By passkey').waitFor();
  await page.getByText('Remove', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('The passkey is removed').waitFor();
  await page.getByRole('button', { name: 'Log out', exact: true }).click();
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await page.getByText('The passkey is not known here').waitFor();
  await context.close();
});
