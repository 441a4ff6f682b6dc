import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, priceOf, refusal } from '../support/builders';
import { startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const DAY = 86_400;
let numbered = 0;

async function feature(change: Partial<Stripe.Entitlements.FeatureCreateParams> = {}): Promise<Stripe.Entitlements.Feature> {
  const lookup_key = `feature-${String(++numbered)}`;
  return stripe.entitlements.features.create({ lookup_key, name: lookup_key, ...change });
}

/** A product with features, and a monthly price of it. */
async function plan(...features: { id: string }[]): Promise<{ id: string; price: string }> {
  const { id } = await stripe.products.create({ name: 'Pro' });
  for (const { id: entitlement_feature } of features) await stripe.products.createFeature(id, { entitlement_feature });
  return { id, price: await priceOf(stripe, 1000, { product: id, product_data: undefined as never }) };
}

const keysOf = async (customer: string): Promise<string[]> =>
  (await stripe.entitlements.activeEntitlements.list({ customer })).data.map(({ lookup_key }) => lookup_key).sort();

const updatesOf = async (customer: string) => {
  const events = await eventsOf(stripe, { type: 'entitlements.active_entitlement_summary.updated' });
  const summaries = events.map(
    ({ data }) => data as { object: Stripe.Entitlements.ActiveEntitlementSummary; previous_attributes?: object },
  );
  return summaries.filter(({ object }) => object.customer === customer);
};

/** The answer of a check, with what a cache reads of it. */
async function check(parameters: Record<string, string>, headers: Record<string, string> = {}) {
  const url = `${product.url}/v1/entitlements/check?${String(new URLSearchParams(parameters))}`;
  const response = await fetch(url, { headers: { Authorization: `Bearer ${product.system.keys.test}`, ...headers } });
  const text = await response.text();
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { status: response.status, body, tag: response.headers.get('etag') ?? '', cache: response.headers.get('cache-control') };
}

describe('entitlements', () => {
  test('what a step does not change is not written; a renewal writes what a limit counts for its period', async () => {
    const [sso, exports] = [await feature(), await feature()];
    const { id, price } = await plan(sso);
    await product.post(`/v1/products/${id}/features`, { entitlement_feature: exports.id, usage_limit: { amount: 100 } });
    const clock = await startClock(stripe, '2026-01-01');
    const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
    const first = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await stripe.subscriptions.create({ customer, items: [{ price }] });
    const written = async () => {
      const rows = await product.sql<{ key: string; version: string }[]>`
        select lookup_key as key, xmin::text as version from active_entitlements where customer = ${customer}`;
      return Object.fromEntries(rows.map(({ key, version }) => [key, version]));
    };
    const before = await written();
    await stripe.subscriptions.update(first.id, { metadata: { seats: 'few' } });
    expect(await written()).toEqual(before);
    await clock.to('2026-02-02');
    const after = await written();
    expect(after[sso.lookup_key]).toBe(before[sso.lookup_key]);
    expect(after[exports.lookup_key]).not.toBe(before[exports.lookup_key]);
  });

  test('a subscription gives the features of its product, a change of plan changes them, and its end takes them away', async () => {
    const [sso, api] = [await feature(), await feature()];
    const [small, large] = [await plan(sso), await plan(sso, api)];
    const { customer } = await customerWith(stripe, 'pm_card_visa');
    expect(await keysOf(customer)).toEqual([]);
    const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: small.price }] });
    expect(await keysOf(customer)).toEqual([sso.lookup_key]);
    await stripe.subscriptions.update(id, { items: [{ id: items.data[0]?.id ?? '', price: large.price }] });
    expect(await keysOf(customer)).toEqual([sso.lookup_key, api.lookup_key]);
    await stripe.subscriptions.cancel(id);
    expect(await keysOf(customer)).toEqual([]);
    const told = await updatesOf(customer);
    expect(told.map(({ object }) => object.entitlements.data.map(({ lookup_key }) => lookup_key))).toEqual([
      [sso.lookup_key],
      [sso.lookup_key, api.lookup_key],
      [],
    ]);
    expect(told[2]?.previous_attributes).toMatchObject({ entitlements: { object: 'list', data: [{}, {}] } });
  });

  test('an active entitlement can be retrieved and expanded while it lasts', async () => {
    const sso = await feature();
    const { customer } = await customerWith(stripe, 'pm_card_visa');
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: (await plan(sso)).price }] });
    const [held] = (await stripe.entitlements.activeEntitlements.list({ customer })).data;
    const shown = await stripe.entitlements.activeEntitlements.retrieve(held?.id ?? '', { expand: ['feature'] });
    expect(shown).toMatchObject({ object: 'entitlements.active_entitlement', feature: { id: sso.id }, lookup_key: sso.lookup_key });
    await stripe.subscriptions.cancel(id);
    expect(await refusal(stripe.entitlements.activeEntitlements.retrieve(held?.id ?? ''))).toMatchObject({ statusCode: 404 });
  });

  test('a feature that a product gets later comes with the next period', async () => {
    const [now, later] = [await feature(), await feature()];
    const pro = await plan(now);
    const clock = await startClock(stripe, '2026-01-31');
    const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
    await stripe.subscriptions.create({ customer, items: [{ price: pro.price }] });
    await stripe.products.createFeature(pro.id, { entitlement_feature: later.id });
    expect(await keysOf(customer)).toEqual([now.lookup_key]);
    await clock.to('2026-03-01');
    expect(await keysOf(customer)).toEqual([now.lookup_key, later.lookup_key]);
  });

  test('features are listed, renamed and archived; the key of an archived one is free again', async () => {
    const one = await feature();
    await stripe.entitlements.features.update(one.id, { name: 'Renamed', metadata: { team: 'core' } });
    expect(await stripe.entitlements.features.retrieve(one.id)).toMatchObject({
      name: 'Renamed',
      metadata: { team: 'core' },
      active: true,
    });
    const { lookup_key } = one;
    expect(await refusal(feature({ lookup_key }))).toMatchObject({ code: 'resource_already_exists', param: 'lookup_key' });
    await stripe.entitlements.features.update(one.id, { active: false });
    expect((await stripe.entitlements.features.list({ lookup_key })).data).toEqual([]);
    expect((await stripe.entitlements.features.list({ lookup_key, archived: true })).data).toMatchObject([{ id: one.id, active: false }]);
    const again = await feature({ lookup_key });
    expect((await stripe.entitlements.features.list({ lookup_key })).data).toMatchObject([{ id: again.id }]);
    expect(await refusal(stripe.entitlements.features.update(one.id, { name: 'No' }))).toMatchObject({ statusCode: 400 });
    const { id } = await plan();
    expect(await refusal(stripe.products.createFeature(id, { entitlement_feature: one.id }))).toMatchObject({
      param: 'entitlement_feature',
    });
  });

  test('a product has a feature once, until it is detached', async () => {
    const one = await feature();
    const pro = await plan(one);
    expect(await refusal(stripe.products.createFeature(pro.id, { entitlement_feature: one.id }))).toMatchObject({
      code: 'resource_already_exists',
    });
    const [attached] = (await stripe.products.listFeatures(pro.id)).data;
    expect(await stripe.products.retrieveFeature(pro.id, attached?.id ?? '')).toMatchObject({
      object: 'product_feature',
      entitlement_feature: { id: one.id, lookup_key: one.lookup_key },
    });
    expect(await stripe.products.deleteFeature(pro.id, attached?.id ?? '')).toMatchObject({ object: 'product_feature', deleted: true });
    expect((await stripe.products.listFeatures(pro.id)).data).toEqual([]);
    expect(await refusal(stripe.products.retrieveFeature(pro.id, attached?.id ?? ''))).toMatchObject({ statusCode: 404 });
  });
});

describe('checks', () => {
  test('say whether a feature may be used, by its key or its id, and can be kept', async () => {
    const sso = await feature();
    const { customer } = await customerWith(stripe, 'pm_card_visa');
    const before = await check({ customer, feature: sso.lookup_key });
    expect(before).toMatchObject({ status: 200, cache: 'private, max-age=60', body: { allowed: false, feature: sso.id, limit: null } });
    await stripe.subscriptions.create({ customer, items: [{ price: (await plan(sso)).price }] });
    const after = await check({ customer, feature: sso.id });
    expect(after.body).toMatchObject({
      object: 'entitlements.check',
      allowed: true,
      lookup_key: sso.lookup_key,
      used: null,
      remaining: null,
    });
    expect(await check({ customer, feature: sso.id }, { 'If-None-Match': after.tag })).toMatchObject({ status: 304, body: {} });
    expect((await check({ customer, feature: sso.id }, { 'If-None-Match': before.tag })).status).toBe(200);
  });

  test('count a meter in the present period, to the second', async () => {
    const calls = await feature();
    const event_name = `calls-${String(numbered)}`;
    const meter = await stripe.billing.meters.create({ display_name: 'Calls', event_name, default_aggregation: { formula: 'sum' } });
    const { id, price } = await plan();
    await product.post(`/v1/products/${id}/features`, { entitlement_feature: calls.id, usage_limit: { amount: 100, meter: meter.id } });
    const clock = await startClock(stripe, '2026-01-31T10:20:30Z');
    const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
    await stripe.subscriptions.create({ customer, items: [{ price }] });
    const use = async (value: number, at: number) => {
      await stripe.billing.meterEvents.create({
        event_name,
        timestamp: at,
        payload: { stripe_customer_id: customer, value: String(value) },
      });
    };
    const start = Date.UTC(2026, 0, 31, 10, 20, 30) / 1000;
    await clock.to('2026-02-10');
    await use(40, start);
    await use(50, start + 5 * DAY);
    await use(1000, start - 1);
    const ask = { customer, feature: calls.lookup_key };
    const left = await check(ask);
    expect(left.body).toMatchObject({ allowed: true, limit: 100, meter: meter.id, used: '90', remaining: '10' });
    expect(left.body['resets_at']).toBe(Date.UTC(2026, 1, 28, 10, 20, 30) / 1000);
    expect(left.cache).toBe('private, max-age=5');
    expect((await check({ ...ask, quantity: '11' })).body).toMatchObject({ allowed: false });
    await clock.to('2026-03-01');
    expect((await check(ask)).body).toMatchObject({ used: '0', remaining: '100' });
  });

  test('without a meter the caller says how much is used, and each unit of the subscription has its share', async () => {
    const seats = await feature();
    const { id, price } = await plan();
    await product.post(`/v1/products/${id}/features`, { entitlement_feature: seats.id, usage_limit: { amount: 5, per_quantity: true } });
    const { customer } = await customerWith(stripe, 'pm_card_visa');
    await stripe.subscriptions.create({ customer, items: [{ price, quantity: 2 }] });
    const ask = { customer, feature: seats.lookup_key };
    expect((await check({ ...ask, used: '9' })).body).toMatchObject({ allowed: true, limit: 10, used: '9', remaining: '1' });
    expect((await check({ ...ask, used: '10' })).body).toMatchObject({ allowed: false, remaining: '0' });
  });

  test('name the parameter that is wrong', async () => {
    const sso = await feature();
    const { customer } = await customerWith(stripe, null);
    const wrong = async (parameters: Record<string, string>) => (await check(parameters)).body['error'];
    expect(await wrong({ customer: 'cus_none', feature: sso.id })).toMatchObject({ code: 'resource_missing', param: 'customer' });
    expect(await wrong({ customer, feature: 'no-such-feature' })).toMatchObject({ code: 'resource_missing', param: 'feature' });
    expect(await wrong({ customer })).toMatchObject({ code: 'parameter_missing', param: 'feature' });
    const { id } = await plan();
    const limit = { entitlement_feature: sso.id, usage_limit: { amount: 5, meter: 'mtr_none' } };
    expect(await refusal(product.post(`/v1/products/${id}/features`, limit))).toMatchObject({ param: 'usage_limit[meter]' });
  });
});

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from([0, 255, 13, 10, 200]), Buffer.from('\n%%EOF')]);
interface Upload extends Stripe.RequestOptions {
  change?: object;
}
const upload = (purpose: string, data: Buffer = PDF, name = 'evidence.pdf', { change, ...options }: Upload = {}) =>
  stripe.files.create({ purpose, file: { data, name, type: 'application/octet-stream' }, ...change }, options);

/** Addresses name the public URL; the test's own server is elsewhere. */
const here = (url: string): string => url.replace(/^https?:\/\/[^/]+/, product.url);

async function fetched(url: string, key: string | null = product.system.keys.test) {
  const response = await fetch(here(url), { headers: key === null ? {} : { Authorization: `Bearer ${key}` } });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
}

/** A form as bytes, in which the purpose may be no text at all. */
async function multipart(purpose: number[]): Promise<unknown> {
  const head = '--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n';
  const file = '\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n';
  const body = Buffer.concat([Buffer.from(head), Buffer.from(purpose), Buffer.from(file), PDF, Buffer.from('\r\n--b--\r\n')]);
  const headers = { Authorization: `Bearer ${product.system.keys.test}`, 'Content-Type': 'multipart/form-data; boundary=b' };
  return (await fetch(`${product.url}/v1/files`, { method: 'POST', headers, body })).json();
}

describe('files', () => {
  test('come back byte for byte, and only with the key', async () => {
    const file = await upload('dispute_evidence');
    expect(file).toMatchObject({ object: 'file', filename: 'evidence.pdf', purpose: 'dispute_evidence', size: PDF.length, type: 'pdf' });
    expect((file.expires_at ?? 0) - file.created).toBe(270 * DAY);
    const url = file.url ?? '';
    expect(await stripe.files.retrieve(file.id)).toEqual(file);
    const read = await fetched(url);
    expect([read.status, read.bytes.equals(PDF), read.headers.get('content-type')]).toEqual([200, true, 'application/pdf']);
    expect((await fetched(url, null)).status).toBe(401);
    expect((await fetched(url, product.system.keys.live)).status).toBe(404);
    expect((await stripe.files.list({ purpose: 'dispute_evidence', limit: 1 })).data).toEqual([file]);
  });

  test('an upload that is repeated with its Idempotency-Key makes one file, and other bytes under it are refused', async () => {
    const idempotencyKey = `upload-${String(++numbered)}`;
    const first = await upload('dispute_evidence', PDF, 'a.pdf', { idempotencyKey });
    expect((await upload('dispute_evidence', PDF, 'a.pdf', { idempotencyKey })).id).toBe(first.id);
    const other = upload('dispute_evidence', Buffer.concat([PDF, PDF]), 'a.pdf', { idempotencyKey });
    expect(await refusal(other)).toMatchObject({ type: 'StripeIdempotencyError' });
  });

  test('a link shows the file without a key, until its time', async () => {
    const file = await upload('dispute_evidence', PDF, 'a "b"/é.pdf', { change: { file_link_data: { create: true } } });
    const [made] = file.links?.data ?? [];
    expect(file.filename).toBe('é.pdf');
    const link = await stripe.fileLinks.create({ file: file.id, metadata: { case: '7' } });
    for (const url of [link.url, made?.url]) expect((await fetched(String(url), null)).bytes.equals(PDF)).toBe(true);
    expect((await stripe.fileLinks.list({ file: file.id, expired: false })).data.map(({ id }) => id)).toEqual([link.id, made?.id]);
    const ended = await stripe.fileLinks.update(link.id, { expires_at: 'now' });
    expect(ended).toMatchObject({ expired: true, url: null, metadata: { case: '7' } });
    expect((await fetched(String(link.url), null)).status).toBe(404);
    expect((await stripe.fileLinks.list({ file: file.id, expired: true })).data).toMatchObject([{ id: link.id }]);
    expect(await refusal(stripe.fileLinks.update(link.id, { expires_at: ended.created + DAY }))).toMatchObject({ param: 'expires_at' });
    expect(await refusal(stripe.fileLinks.create({ file: file.id, expires_at: 1 }))).toMatchObject({ param: 'expires_at' });
    expect((await fetched(`${String(link.url).slice(0, -1)}0`, null)).status).toBe(404);
    expect((await stripe.fileLinks.retrieve(String(made?.id), { expand: ['file'] })).file).toMatchObject({ id: file.id });
  });

  test('what a purpose does not take is refused by name', async () => {
    const page = Buffer.from('<script>alert(1)</script>');
    expect(await refusal(upload('dispute_evidence', page, 'evidence.pdf'))).toMatchObject({ param: 'file' });
    expect(await refusal(upload('business_logo', Buffer.concat([PDF, Buffer.alloc(600_000)])))).toMatchObject({ param: 'file' });
    expect(await refusal(upload('holiday_pictures'))).toMatchObject({ param: 'purpose' });
    expect(await multipart([...Buffer.from('dispute_\xff', 'latin1')])).toMatchObject({
      error: { message: expect.stringContaining('UTF-8') as string },
    });
    expect(await multipart([...Buffer.from('dispute_\u{fffd}')])).toMatchObject({ error: { param: 'purpose' } });
    expect(await multipart([...Buffer.from('dispute_evidence\u202e')])).toMatchObject({ error: { param: 'purpose' } });
    expect(await refusal(stripe.rawRequest('POST', '/v1/files', { purpose: 'dispute_evidence', file: 'x' }))).toMatchObject({
      statusCode: 400,
    });
    // What a browser could run is a download.
    const { url } = await upload('product_download', page, 'page.html');
    const { headers } = await fetched(url ?? '');
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toContain('attachment; filename="page.html"');
  });

  test('evidence of a dispute names files that were uploaded for it', async () => {
    const { customer, card } = await customerWith(stripe, 'pm_card_createDispute');
    await stripe.paymentIntents.create({
      ...{ amount: 2000, currency: 'usd', customer, payment_method: card ?? '', confirm: true },
    });
    const [dispute] = (await stripe.disputes.list({ limit: 1 })).data;
    const [receipt, logo] = [await upload('dispute_evidence'), await upload('product_download')];
    const staged = await stripe.disputes.update(dispute?.id ?? '', {
      evidence: { receipt: receipt.id, customer_name: 'Ada' },
      submit: false,
      expand: ['evidence.receipt'],
    });
    expect(staged.evidence).toMatchObject({ customer_name: 'Ada', receipt: { id: receipt.id, purpose: 'dispute_evidence' } });
    const wrong = (id: string) => refusal(stripe.disputes.update(dispute?.id ?? '', { evidence: { refund_policy: id }, submit: false }));
    expect(await wrong(logo.id)).toMatchObject({ param: 'evidence[refund_policy]' });
    expect(await wrong('file_none')).toMatchObject({ code: 'resource_missing', param: 'evidence[refund_policy]' });
  });
});
