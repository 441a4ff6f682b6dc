import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, priceOf, refusal } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);
const run = promisify(execFile);

const folder = mkdtempSync(join(tmpdir(), 'dunlin-licenses-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Body = Record<string, unknown> & { id: string };
const post = async (path: string, parameters: object = {}) => (await product.post(path, { ...parameters })) as Body;
const listOf = async (path: string) => (await product.get(path))['data'] as Body[];

/** A product that comes with a license. */
async function licensed(policy: object = {}): Promise<string> {
  const { id } = await stripe.products.create({ name: 'Editor' });
  await post('/v1/license_policies', { product: id, activation_limit: 2, ...policy });
  return id;
}

const priced = (id: string, change: Partial<Stripe.PriceCreateParams> = {}) =>
  priceOf(stripe, 4900, { product: id, product_data: undefined as never, ...change });

async function subscribed(policy: object = {}) {
  const id = await licensed(policy);
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await priced(id) }] });
  const [license] = await listOf(`/v1/licenses?subscription=${subscription.id}`);
  return { customer, product: id, subscription: subscription.id, license: license as Body };
}

/** A sale to a guest, completed without the page. */
async function sold(card = 'pm_card_visa', policy: object = {}) {
  const price = await priced(await licensed(policy), { recurring: undefined as never });
  const session = await stripe.checkout.sessions.create({
    ...{ mode: 'payment', line_items: [{ price, quantity: 1 }], success_url: 'https://shop.test/done' },
  });
  await post(`/v1/payment_pages/${session.id}/confirm`, { payment_method: card });
  const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id);
  const [license] = await listOf(`/v1/licenses?checkout_session=${session.id}`);
  return { session: session.id, intent: intent as string, license: license as Body };
}

/** What a buyer sees whom the seller has sent nowhere else. */
async function pageAfter(session: string): Promise<string> {
  await product.sql`update checkout_sessions set settings = settings || '{"success_url": null}' where id = ${session}`;
  const [row] = await product.sql<{ pageUrl: string }[]>`select page_url from checkout_sessions where id = ${session}`;
  return (await fetch((row?.pageUrl ?? '').replace(/^https?:\/\/[^/]+/, product.url))).text();
}

const retrieved = (id: string) => product.get(`/v1/licenses/${id}`);

/** As an app asks: without an API key. */
async function app(path: string, parameters: Record<string, string>) {
  const response = await fetch(`${product.url}/licenses/${path}`, { method: 'POST', body: new URLSearchParams(parameters) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function open<T>(path: string): Promise<T> {
  const response = await fetch(`${product.url}/licenses/${product.account}/test/${path}`);
  return (await response.json()) as T;
}

/** The public keys, in a file as an app ships them. */
async function keyRing(): Promise<string> {
  const file = join(folder, 'keys.json');
  writeFileSync(file, JSON.stringify(await open('keys.json')));
  return file;
}

const FOLDER = join(__dirname, '..', '..', 'examples', 'licenses');
const VERIFIERS: [language: string, command: string, args: string[], present: string[]][] = [
  ['TypeScript', process.execPath, ['--import', 'tsx', join(FOLDER, 'verify.ts')], ['--version']],
  ['Python', 'python3', [join(FOLDER, 'verify.py')], ['-c', 'import cryptography']],
  ['Go', 'go', ['run', join(FOLDER, 'verify.go')], ['version']],
];

const isInstalled = async ([, command, , present]: (typeof VERIFIERS)[number]): Promise<boolean> =>
  run(command, present).then(
    () => true,
    () => false,
  );

describe('verification without a server', () => {
  test('in TypeScript, and in Python and Go where they are installed: a key and a certificate hold, and nothing that was changed does', async () => {
    const { license, product: id } = await subscribed();
    const { body } = await app('activate', { key: String(license['key']), fingerprint: 'machine-1' });
    const ring = await keyRing();
    const [header = '', payload = '', signature = ''] = String(license['key']).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, activation_limit: 1_000 })).toString('base64url');
    let verified = 0;
    for (const verifier of VERIFIERS) {
      if (!(await isInstalled(verifier))) continue;
      const [, command, args] = verifier;
      const verify = async (...of: string[]) => JSON.parse((await run(command, [...args, ring, ...of])).stdout) as object;
      expect(await verify(String(license['key']))).toMatchObject({ aud: id, sub: license.id, activation_limit: 2 });
      expect(await verify(String(body['certificate']), 'machine-1')).toMatchObject({ sub: license.id, fingerprint: 'machine-1' });
      await expect(verify(String(body['certificate']), 'machine-2')).rejects.toThrow(/another machine/);
      await expect(verify([header, forged, signature].join('.'))).rejects.toThrow();
      verified += 1;
    }
    expect(verified).toBeGreaterThanOrEqual(1);
  }, 120_000);

  test('keys of the time before a rotation still verify, and new licenses are signed with the new one', async () => {
    const before = await subscribed();
    const rotated = await post('/v1/license_signing_keys');
    const after = await subscribed();
    const kidOf = ({ license }: { license: Body }) =>
      (JSON.parse(Buffer.from(String(license['key']).split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
    expect(kidOf(after)).toBe(rotated.id);
    const { keys } = await open<{ keys: { kid: string }[] }>('keys.json');
    expect(keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining([kidOf(before), kidOf(after)]));
    expect((await listOf('/v1/license_signing_keys')).filter(({ active }) => active === true)).toMatchObject([{ id: rotated.id }]);
    expect((await app('validate', { key: String(before.license['key']) })).body).toMatchObject({ valid: true, problem: null });
  });
});

describe('machines', () => {
  test('are activated up to the limit, each once, and can be taken off', async () => {
    const { license } = await subscribed();
    const key = String(license['key']);
    const activate = (fingerprint: string, name = 'Laptop') => app('activate', { key, fingerprint, name });
    const both = await Promise.all([activate('a'), activate('a')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    await activate('b');
    const refused = await activate('c');
    expect(refused).toMatchObject({ status: 400, body: { error: { type: 'invalid_request_error' } } });
    const path = `/v1/licenses/${license.id}/activations`;
    expect((await listOf(path)).map(({ fingerprint }) => fingerprint)).toEqual(['b', 'a']);
    expect((await app('deactivate', { key, fingerprint: 'a' })).body).toMatchObject({ deleted: true });
    expect((await activate('c')).status).toBe(200);
    const [newest] = await listOf(path);
    await stripe.rawRequest('DELETE', `/v1/licenses/${license.id}/activations/${newest?.id ?? ''}`);
    expect((await listOf(path)).map(({ fingerprint }) => fingerprint)).toEqual(['b']);
    expect((await app('validate', { key, fingerprint: 'c' })).body).toMatchObject({ valid: false, problem: 'not_activated' });
    expect((await app('validate', { key, fingerprint: 'b' })).body).toMatchObject({ valid: true });
  });

  test('never get more places than there are, however many ask at once', async () => {
    const { license } = await subscribed({ activation_limit: 3 });
    const asked = Array.from({ length: 8 }, (_, index) =>
      app('activate', { key: String(license['key']), fingerprint: `m${String(index)}` }),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    expect(await listOf(`/v1/licenses/${license.id}/activations`)).toHaveLength(3);
  });

  test('with a key that nobody has signed are refused', async () => {
    const { license } = await subscribed();
    const wrong = `${String(license['key']).slice(0, -4)}AAAA`;
    expect(await app('activate', { key: wrong, fingerprint: 'a' })).toMatchObject({ status: 400, body: { error: { param: 'key' } } });
    expect((await app('validate', { key: 'nothing' })).body).toMatchObject({ valid: false, problem: 'unknown', license: null });
    expect(await app('activate', { key: String(license['key']) })).toMatchObject({
      status: 400,
      body: { error: { param: 'fingerprint' } },
    });
  });
});

describe('licenses follow what they were bought with', () => {
  test('the end of a subscription revokes, and the list of revocations says so', async () => {
    const { license, subscription } = await subscribed();
    await stripe.subscriptions.cancel(subscription);
    expect(await retrieved(license.id)).toMatchObject({ status: 'revoked', status_reason: 'canceled' });
    expect(await app('activate', { key: String(license['key']), fingerprint: 'a' })).toMatchObject({ status: 400 });
    expect((await open<{ data: Body[] }>('revocations.json')).data).toContainEqual(
      expect.objectContaining({ id: license.id, status: 'revoked' }),
    );
    const types = (await eventsOf(stripe)).filter(({ data }) => (data.object as { id?: string }).id === license.id).map(({ type }) => type);
    expect(types).toEqual(['license.created', 'license.updated']);
  });

  test('a sale to a guest brings one, and its refund revokes it', async () => {
    const { license, intent } = await sold();
    expect(license).toMatchObject({ object: 'license', customer: null, status: 'active', payment_intent: intent });
    await stripe.refunds.create({ payment_intent: intent, amount: 100 });
    expect(await retrieved(license.id)).toMatchObject({ status: 'active' });
    await stripe.refunds.create({ payment_intent: intent });
    expect(await retrieved(license.id)).toMatchObject({ status: 'revoked', status_reason: 'refunded' });
  });

  test('a checkout of a subscription gives the features of its product, and a license', async () => {
    const id = await licensed();
    const { id: feature, lookup_key } = await stripe.entitlements.features.create({ lookup_key: 'checkout-feature', name: 'Export' });
    await stripe.products.createFeature(id, { entitlement_feature: feature });
    const session = await stripe.checkout.sessions.create({
      ...{ mode: 'subscription', line_items: [{ price: await priced(id), quantity: 2 }], success_url: 'https://shop.test/done' },
      customer_email: 'buyer@shop.test',
    });
    await post(`/v1/payment_pages/${session.id}/confirm`, { payment_method: 'pm_card_visa' });
    const { customer } = await stripe.checkout.sessions.retrieve(session.id);
    const held = await stripe.entitlements.activeEntitlements.list({ customer: customer as string });
    expect(held.data.map((each) => each.lookup_key)).toEqual([lookup_key]);
    const [license] = await listOf(`/v1/licenses?checkout_session=${session.id}`);
    expect(license).toMatchObject({ customer, product: id, activation_limit: 4, status: 'active' });
    // The page, one mail and one event have the same key.
    const key = String(license?.['key']);
    expect(await pageAfter(session.id)).toContain(key);
    const mails = (await listOf(`/v1/mails?customer=${customer as string}&limit=100`)).filter(({ kind }) => kind === 'license');
    expect(mails).toMatchObject([{ about: license?.id, recipient: 'buyer@shop.test' }]);
    expect((await product.get(`/v1/mails/${String(mails[0]?.id)}`))['text']).toContain(key);
    const events = (await eventsOf(stripe)).filter(({ data }) => (data.object as { id?: string }).id === license?.id);
    expect(events.map(({ type, data }) => [type as string, (data.object as { key?: string }).key])).toEqual([['license.created', key]]);
  });

  test('a policy that keeps licenses keeps them', async () => {
    const { license, intent } = await sold('pm_card_visa', { on_refund: 'keep' });
    await stripe.refunds.create({ payment_intent: intent });
    expect(await retrieved(license.id)).toMatchObject({ status: 'active' });
  });

  test('a chargeback revokes', async () => {
    const { license } = await sold('pm_card_createDispute');
    expect(await retrieved(license.id)).toMatchObject({ status: 'revoked', status_reason: 'disputed' });
  });

  test('the seller revokes for good', async () => {
    const { license, subscription } = await subscribed();
    await post(`/v1/licenses/${license.id}/revoke`);
    await stripe.subscriptions.update(subscription, { metadata: { a: 'b' } });
    expect(await retrieved(license.id)).toMatchObject({ status: 'revoked', status_reason: 'requested' });
  });

  test('a line that is sold once brings a license when its invoice is paid, which follows refunds and disputes of the invoice', async () => {
    const editor = await priced(await licensed(), { recurring: undefined as never });
    const { customer } = await customerWith(stripe, 'pm_card_visa');
    const plan = await priceOf(stripe);
    const { id, latest_invoice: invoice } = await stripe.subscriptions.create({
      ...{ customer, items: [{ price: plan }], add_invoice_items: [{ price: editor, quantity: 2 }] },
    });
    const [license, ...others] = await listOf(`/v1/licenses?customer=${customer}`);
    expect(others).toEqual([]);
    expect(license).toMatchObject({ status: 'active', invoice, subscription: null, activation_limit: 4 });
    await stripe.subscriptions.cancel(id);
    expect(await retrieved(String(license?.id))).toMatchObject({ status: 'active' });
    const [charge] = (await stripe.charges.list({ customer })).data;
    await stripe.refunds.create({ charge: charge?.id ?? '' });
    expect(await retrieved(String(license?.id))).toMatchObject({ status: 'revoked', status_reason: 'refunded' });
  });

  test('an invoice that is not paid brings no license; one that is paid later does, once, and a chargeback revokes it', async () => {
    const editor = await priced(await licensed(), { recurring: undefined as never });
    const { customer } = await customerWith(stripe, null);
    await stripe.invoiceItems.create({ customer, pricing: { price: editor } });
    const { id } = await stripe.invoices.create({
      customer,
      collection_method: 'send_invoice',
      days_until_due: 7,
      pending_invoice_items_behavior: 'include',
    });
    await stripe.invoices.finalizeInvoice(id);
    expect(await listOf(`/v1/licenses?customer=${customer}`)).toEqual([]);
    const { id: card } = await stripe.paymentMethods.attach('pm_card_createDispute', { customer });
    await stripe.invoices.pay(id, { payment_method: card });
    const [license, ...others] = await listOf(`/v1/licenses?customer=${customer}`);
    expect([license, others]).toMatchObject([{ invoice: id, status: 'revoked', status_reason: 'disputed' }, []]);
  });

  test('a refund of a subscription’s payment leaves the license of its item', async () => {
    const { customer, license } = await subscribed();
    const [charge] = (await stripe.charges.list({ customer })).data;
    await stripe.refunds.create({ charge: charge?.id ?? '' });
    expect(await retrieved(license.id)).toMatchObject({ status: 'active' });
  });

  test('the page after the purchase shows the key', async () => {
    const { session, license } = await sold();
    expect(await pageAfter(session)).toContain(String(license['key']));
  });
});

describe('policies', () => {
  test('are listed and changed; a product has one active policy', async () => {
    const id = await licensed();
    const [policy] = await listOf(`/v1/license_policies?product=${id}`);
    expect(policy).toMatchObject({ object: 'license_policy', activation_limit: 2, lease_days: 30, on_refund: 'revoke' });
    expect(await refusal(post('/v1/license_policies', { product: id }))).toMatchObject({
      code: 'resource_already_exists',
      param: 'product',
    });
    const path = `/v1/license_policies/${policy?.id ?? ''}`;
    expect(await post(path, { activation_limit: '', lease_days: 7, active: false })).toMatchObject({
      activation_limit: null,
      lease_days: 7,
    });
    expect(await product.get(path)).toMatchObject({ active: false });
    await post('/v1/license_policies', { product: id });
    expect(await refusal(post(path, { active: true }))).toMatchObject({ code: 'resource_already_exists', param: 'active' });
    expect(await refusal(post('/v1/license_policies', { product: 'prod_none' }))).toMatchObject({ param: 'product' });
  });
});

describe('downloads', () => {
  const read = async (url: string) => {
    const response = await fetch(url, { redirect: 'manual' });
    return { status: response.status, text: await response.text(), to: response.headers.get('location') };
  };

  test('are for customers who have the product, for some minutes, and end with access', async () => {
    const { customer, product: id, subscription } = await subscribed();
    const file = await stripe.files.create({
      ...{ purpose: 'product_download', file: { data: Buffer.from('#!/bin/sh'), name: 'install.sh', type: 'text/plain' } },
    });
    const path = `/v1/products/${id}/downloads`;
    const download = await post(path, { name: 'Installer', file: file.id });
    const other = await post(path, { name: 'Manual', url: 'https://shop.test/manual.pdf' });
    expect((await listOf(path)).map(({ name }) => name)).toEqual(['Manual', 'Installer']);
    const link = await post(`/v1/products/${id}/downloads/${download.id}/link`, { customer });
    const url = String(link['url']).replace(/^https?:\/\/[^/]+/, product.url);
    expect(await read(url)).toMatchObject({ status: 200, text: '#!/bin/sh' });
    const elsewhere = String((await post(`${path}/${other.id}/link`, { customer }))['url']).replace(/^https?:\/\/[^/]+/, product.url);
    expect(await read(elsewhere)).toMatchObject({ status: 303, to: 'https://shop.test/manual.pdf' });
    expect((await read(url.replace(customer, 'cus_other'))).status).toBe(404);
    const { customer: stranger } = await customerWith(stripe, null);
    expect(await refusal(post(`${path}/${download.id}/link`, { customer: stranger }))).toMatchObject({ param: 'customer' });
    await stripe.subscriptions.cancel(subscription);
    expect((await read(url)).status).toBe(404);
    await stripe.rawRequest('DELETE', `/v1/products/${id}/downloads/${download.id}`);
    expect((await listOf(path)).map(({ name }) => name)).toEqual(['Manual']);
  });

  test('have a file of the right purpose or an address', async () => {
    const path = `/v1/products/${await licensed()}/downloads`;
    expect(await refusal(post(path, { name: 'Nothing' }))).toMatchObject({ param: 'file' });
    expect(await refusal(post(path, { name: 'Both', file: 'file_none', url: 'https://shop.test/x' }))).toMatchObject({ statusCode: 400 });
    expect(await refusal(post(path, { name: 'None', file: 'file_none' }))).toMatchObject({ code: 'resource_missing', param: 'file' });
  });
});

test('the portal shows keys, machines and downloads, and takes a machine off', async () => {
  const { customer, product: id, license } = await subscribed();
  await app('activate', { key: String(license['key']), fingerprint: 'machine-1', name: 'Ada’s laptop' });
  await post(`/v1/products/${id}/downloads`, { name: 'Manual', url: 'https://shop.test/manual.pdf' });
  await stripe.billingPortal.configurations.create({ business_profile: {}, features: { invoice_history: { enabled: true } } });
  const { url } = await stripe.billingPortal.sessions.create({ customer });
  const base = url.replace(/^https?:\/\/[^/]+/, product.url);
  expect(await (await fetch(base)).text()).toContain('Licenses and downloads');
  const html = await (await fetch(`${base}/access`)).text();
  expect(html).toContain(String(license['key']));
  expect(html).toContain('Ada’s laptop');
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  const form = new URLSearchParams({ submission: field('submission'), action: 'deactivate', activation: field('activation') });
  await fetch(`${base}/access`, { method: 'POST', body: form });
  expect(await listOf(`/v1/licenses/${license.id}/activations`)).toEqual([]);
  const [, link = ''] = /href="(\/downloads\/[^"]+)"/.exec(html) ?? [];
  expect((await fetch(`${product.url}${link}`, { redirect: 'manual' })).status).toBe(303);
});
