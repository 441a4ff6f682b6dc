import Stripe from 'stripe';
import { wakeEntities } from '../../temporal/entities';
import { customerWith, eventsOf, priceOf } from '../support/builders';
import { DAY, HOUR, startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';
import { startHttpFake, type HttpFake } from '../../scripts/http-fake';
import { errorWith, INVALID, startVies, VALID, type ViesFake } from '../support/vies';

let product: Product;
let vies: ViesFake;
let hmrc: HttpFake;
let stripe: Stripe;
let live: Stripe;

beforeAll(async () => {
  vies = await startVies();
  hmrc = await startHttpFake(({ url }) => ({ body: JSON.stringify(url === '/oauth/token' ? TOKEN : COMPANY) }));
  product = await startProduct({ registries: { viesUrl: vies.url, hmrc: { clientId: 'client', clientSecret: 'secret', url: hmrc.url } } });
  stripe = product.stripe;
  const { hostname: host, port } = new URL(product.url);
  live = new Stripe(product.system.keys.live, { host, port: Number(port), protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}, 120_000);
afterAll(async () => {
  await product.stop();
  await Promise.all([vies.stop(), hmrc.stop()]);
});

const TOKEN = { access_token: 'token_1', expires_in: 14_400 };
const COMPANY = {
  target: { name: 'Credite Sberger Donal Inc.', vatNumber: '553557881', address: { line1: '131B Barton Hamlet', postcode: 'SW97 5CK' } },
  consultationNumber: 'ypAeKRPlW',
};

const statusOf = async (of: Stripe, customer: string, id: string) => (await of.customers.retrieveTaxId(customer, id)).verification?.status;

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (await isDone()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not happen');
}

test('a tax id that turns out invalid is flagged and reported, and changes no invoice: not the one before, and not the next', async () => {
  await stripe.tax.settings.update({ head_office: { address: { country: 'DE' } }, defaults: { tax_behavior: 'exclusive' } });
  await stripe.tax.registrations.create({ country: 'DE', active_from: 'now', country_options: { de: { type: 'oss_union' } } });
  const clock = await startClock(stripe, '2026-01-15');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, address: { country: 'FR' } });
  const { id } = await stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'FR111111111' });
  const price = await priceOf(stripe, 1000, { currency: 'eur' });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], automatic_tax: { enabled: true } });
  await until(async () => (await statusOf(stripe, customer, id)) === 'unverified');
  await clock.to('2026-02-15');
  await clock.by(2 * HOUR);
  const { data } = await stripe.invoices.list({ subscription: subscription.id });
  const reversed = { status: 'paid', total: 1000, total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge' }] };
  expect(data).toMatchObject([reversed, reversed]);
  expect(data.map(({ customer_tax_ids: taxIds }) => taxIds)).toEqual([
    [{ type: 'eu_vat', value: 'FR111111111' }],
    [{ type: 'eu_vat', value: 'FR111111111' }],
  ]);
  const [event] = await eventsOf(stripe, { type: 'customer.tax_id.updated' });
  expect(event?.data).toMatchObject({
    object: { id, verification: { status: 'unverified', verified_name: null } },
    previous_attributes: { verification: { status: 'pending' } },
  });
});

test('Stripe’s test values need no prefix: one is verified with its holder, one stays pending, and all other numbers are not asked about', async () => {
  const { customer } = await customerWith(stripe, null);
  const give = async (type: 'gb_vat' | 'eu_vat' | 'au_abn', value: string) =>
    (await stripe.customers.createTaxId(customer, { type, value })).id;
  const [verified, pending, other] = [
    await give('gb_vat', '000000000'),
    await give('au_abn', '222222222'),
    await give('eu_vat', 'DE123456789'),
  ];
  await until(async () => (await statusOf(stripe, customer, verified)) === 'verified');
  const { verification } = await stripe.customers.retrieveTaxId(customer, verified);
  expect(verification).toEqual({ status: 'verified', verified_name: 'Test Company', verified_address: '1 Test Street' });
  expect(await statusOf(stripe, customer, pending)).toBe('pending');
  expect(await statusOf(stripe, customer, other)).toBe('unavailable');
  expect(vies.asked).toEqual([]);
});

test('in live mode VIES is asked in the seller’s name; its holder is shown, its reference kept, and neither is in a history', async () => {
  await live.taxIds.create({ type: 'eu_vat', value: 'EL987654321' });
  vies.answer = { ...VALID, requestIdentifier: 'WAPIAAAAX1' };
  const { id: customer } = await live.customers.create({ name: 'Ada', tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }] });
  const [taxId] = (await live.customers.listTaxIds(customer)).data;
  const id = taxId?.id ?? '';
  await until(async () => (await statusOf(live, customer, id)) === 'verified');
  expect(vies.asked).toEqual([{ countryCode: 'DE', vatNumber: '123456789', requesterMemberStateCode: 'EL', requesterNumber: '987654321' }]);
  expect((await live.customers.retrieveTaxId(customer, id)).verification).toMatchObject({ verified_name: 'Ada GmbH' });
  const [kept] = await product.sql`select registry_reference as reference, checked_at as at from tax_ids where id = ${id}`;
  expect(kept).toEqual({ reference: 'WAPIAAAAX1', at: expect.any(Number) as number });
  const history = await product.system.temporal.workflow.getHandle(`tax-id/${id}`).fetchHistory();
  expect(Buffer.from(JSON.stringify(history)).toString()).not.toContain(Buffer.from('Ada GmbH').toString('base64').slice(4, 12));
});

test('a registry that is down leaves the tax id pending and is asked again; a deleted tax id is not', async () => {
  vies.answer = errorWith('MS_UNAVAILABLE');
  const { id: customer } = await live.customers.create({ name: 'Ada' });
  const { id } = await live.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456789' });
  const { id: gone } = await live.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456780' });
  const waits = async () =>
    (await product.sql`select 1 from tax_ids where id = any(${[id, gone]}) and next_check_at - created between 300 and 330`).length === 2;
  await until(waits);
  expect(await statusOf(live, customer, id)).toBe('pending');
  await live.customers.deleteTaxId(customer, gone);
  await until(
    async () => (await product.sql`select 1 from workflows where id = ${`tax-id/${gone}`} and ended_at is not null`).length === 1,
  );
  vies.answer = INVALID;
  // The pause is over.
  await product.sql`update tax_ids set next_check_at = created where id = ${id}`;
  const entity = { kind: 'tax-id', subject: id, account: product.account, livemode: true, customer, testClock: null } as const;
  await wakeEntities(product.system.temporal, product.system.taskQueue, [entity], Math.floor(Date.now() / 1000));
  await until(async () => (await statusOf(live, customer, id)) === 'unverified');
});

test('a British number is asked about at HMRC; without the key of a registry, a number is unavailable at once', async () => {
  await live.taxIds.create({ type: 'gb_vat', value: 'GB146295999' });
  const { id: customer } = await live.customers.create({ name: 'Ada' });
  const { id } = await live.customers.createTaxId(customer, { type: 'gb_vat', value: 'GB 553 5578 81' });
  const { id: australian } = await live.customers.createTaxId(customer, { type: 'au_abn', value: '51824753556' });
  expect(await statusOf(live, customer, australian)).toBe('unavailable');
  await until(async () => (await statusOf(live, customer, id)) === 'verified');
  expect(hmrc.asked.map(({ url }) => url)).toEqual(['/oauth/token', '/organisations/vat/check-vat-number/lookup/553557881/146295999']);
  const [kept] = await product.sql`select registry, registry_reference as reference, verified_name as name from tax_ids where id = ${id}`;
  expect(kept).toEqual({ registry: 'hmrc', reference: 'ypAeKRPlW', name: 'Credite Sberger Donal Inc.' });
});

test('after three days without an answer the tax id is unavailable, and nobody is asked any more', async () => {
  vies.answer = errorWith('MS_UNAVAILABLE');
  const { id: customer } = await live.customers.create({ name: 'Ada' });
  const { id } = await live.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456781' });
  await until(async () => (await product.sql`select 1 from tax_ids where id = ${id} and next_check_at is not null`).length === 1);
  await product.sql`update tax_ids set created = created - ${3 * DAY}, next_check_at = created - ${3 * DAY} where id = ${id}`;
  const entity = { kind: 'tax-id', subject: id, account: product.account, livemode: true, customer, testClock: null } as const;
  await wakeEntities(product.system.temporal, product.system.taskQueue, [entity], Math.floor(Date.now() / 1000));
  await until(async () => (await statusOf(live, customer, id)) === 'unavailable');
  expect(await product.sql`select 1 from workflows where id = ${`tax-id/${id}`} and ended_at is not null`).toHaveLength(1);
});
