import type Stripe from 'stripe';
import { customerWith, priceOf } from '../../../support/builders';
import { startClock } from '../../../support/clock';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

const own = (value = 'DE123456789') => stripe.taxIds.create({ type: 'eu_vat', value });

test('the account has its own tax ids, separate from those of its customers', async () => {
  const { customer } = await customerWith(stripe, null);
  const taxId = await stripe.taxIds.create({ type: 'gb_vat', value: 'GB123456789', owner: { type: 'self' } });
  expect(taxId).toMatchObject({ object: 'tax_id', country: 'GB', customer: null, owner: { type: 'self' }, verification: null });
  const other = await stripe.taxIds.create({ type: 'eu_vat', value: 'FR12345678901', owner: { type: 'customer', customer } });
  const ids = async (params: Stripe.TaxIdListParams) => (await stripe.taxIds.list(params)).data.map(({ id }) => id);
  expect(await ids({})).toEqual([taxId.id]);
  expect(await ids({ owner: { type: 'self' } })).toEqual([taxId.id]);
  expect(await ids({ owner: { type: 'customer', customer } })).toEqual([other.id]);
  expect(await stripe.taxIds.retrieve(taxId.id)).toMatchObject({ value: 'GB123456789' });
  expect(await stripe.taxIds.del(taxId.id)).toMatchObject({ id: taxId.id, deleted: true });
  expect(await ids({})).toEqual([]);
  await expect(stripe.taxIds.create({ type: 'eu_vat', value: 'no number' })).rejects.toMatchObject({ code: 'tax_id_invalid' });
  const events = (await stripe.events.list({ types: ['customer.tax_id.created', 'customer.tax_id.deleted'] })).data;
  expect(events.map(({ data }) => (data.object as { id: string }).id)).toEqual([other.id]);
});

test('an invoice shows the tax ids that it is given, also after they are deleted, until it is final', async () => {
  const { customer } = await customerWith(stripe, null);
  const [one, two] = [await own(), await own('ATU12345678')];
  const invoice = await stripe.invoices.create({ customer, account_tax_ids: [one.id], issuer: { type: 'self' } });
  expect([invoice.account_tax_ids, invoice.issuer]).toEqual([[one.id], { type: 'self' }]);
  const both = await stripe.invoices.update(invoice.id, { account_tax_ids: [two.id, one.id], expand: ['account_tax_ids'] });
  expect(both.account_tax_ids).toMatchObject([{ value: 'ATU12345678' }, { value: 'DE123456789' }]);
  await stripe.taxIds.del(one.id);
  const { account_tax_ids: left } = await stripe.invoices.retrieve(invoice.id, { expand: ['account_tax_ids'] });
  expect(left).toMatchObject([{ id: two.id }, { id: one.id, deleted: true }]);
  await stripe.invoices.finalizeInvoice(invoice.id);
  await expect(stripe.invoices.update(invoice.id, { account_tax_ids: [two.id] })).rejects.toMatchObject({ code: 'invoice_not_editable' });
  const other = await stripe.invoices.create({ customer, account_tax_ids: [two.id] });
  expect((await stripe.invoices.update(other.id, { account_tax_ids: '' })).account_tax_ids).toBeNull();
});

test('a subscription’s invoices show its tax ids, the first and the later ones, and follow a change', async () => {
  const clock = await startClock(stripe, '2026-01-15');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const [one, two] = [await own(), await own('ATU12345678')];
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: await priceOf(stripe) }],
    invoice_settings: { account_tax_ids: [one.id], issuer: { type: 'self' } },
    expand: ['latest_invoice', 'invoice_settings.account_tax_ids'],
  });
  expect(subscription.invoice_settings).toMatchObject({ account_tax_ids: [{ id: one.id }], issuer: { type: 'self' } });
  expect((subscription.latest_invoice as Stripe.Invoice).account_tax_ids).toEqual([one.id]);
  await stripe.subscriptions.update(subscription.id, { invoice_settings: { account_tax_ids: [two.id] } });
  await clock.to('2026-02-16');
  const invoices = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(invoices.map(({ account_tax_ids }) => account_tax_ids)).toEqual([[two.id], [one.id]]);
  const cleared = await stripe.subscriptions.update(subscription.id, { invoice_settings: { account_tax_ids: '' } });
  expect(cleared.invoice_settings.account_tax_ids).toBeNull();
});

test('a phase’s tax ids replace the schedule’s', async () => {
  const clock = await startClock(stripe, '2026-01-15');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const [one, two] = [await own(), await own('ATU12345678')];
  const items = [{ price: await priceOf(stripe) }];
  const schedule = await stripe.subscriptionSchedules.create({
    customer,
    start_date: 'now',
    default_settings: { invoice_settings: { account_tax_ids: [one.id] } },
    phases: [
      { items, duration: { interval: 'month' } },
      { items, duration: { interval: 'month' }, invoice_settings: { account_tax_ids: [two.id], issuer: { type: 'self' } } },
    ],
    expand: ['default_settings.invoice_settings.account_tax_ids', 'phases.invoice_settings.account_tax_ids'],
  });
  expect(schedule.default_settings.invoice_settings.account_tax_ids).toMatchObject([{ id: one.id, value: 'DE123456789' }]);
  expect(schedule.phases[1]?.invoice_settings?.account_tax_ids).toMatchObject([{ id: two.id }]);
  await clock.to('2026-02-16');
  const invoices = (await stripe.invoices.list({ customer })).data;
  expect(invoices.map(({ account_tax_ids }) => account_tax_ids)).toEqual([[two.id], [one.id]]);
});

test("a customer's tax id, a deleted one and an unknown one are refused by name, and change nothing", async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const theirs = await stripe.taxIds.create({ type: 'eu_vat', value: 'DE123456789', owner: { type: 'customer', customer } });
  const gone = await own();
  await stripe.taxIds.del(gone.id);
  const good = await own();
  const price = await priceOf(stripe);
  for (const id of [theirs.id, gone.id, 'txi_none']) {
    const refusal = { code: 'resource_missing', statusCode: 400 };
    const account_tax_ids = [good.id, id];
    await expect(stripe.invoices.create({ customer, account_tax_ids })).rejects.toMatchObject({ ...refusal, param: 'account_tax_ids[1]' });
    const subscribe = stripe.subscriptions.create({ customer, items: [{ price }], invoice_settings: { account_tax_ids } });
    await expect(subscribe).rejects.toMatchObject({ ...refusal, param: 'invoice_settings[account_tax_ids][1]' });
    const plan = stripe.subscriptionSchedules.create({
      customer,
      start_date: 'now',
      phases: [{ items: [{ price }], invoice_settings: { account_tax_ids } }],
    });
    await expect(plan).rejects.toMatchObject({ ...refusal, param: 'phases[0][invoice_settings][account_tax_ids][1]' });
  }
  expect((await stripe.invoices.list({ customer })).data).toEqual([]);
  const params = { customer, issuer: { type: 'account' as const, account: 'acct_1' } };
  await expect(stripe.invoices.create(params)).rejects.toMatchObject({
    statusCode: 400,
    param: expect.stringContaining('issuer') as string,
  });
});

test('an invoice without tax ids gets the account’s default ones when it becomes final, and keeps them', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const [one, two] = [await own(), await own('ATU12345678')];
  const byDefault = (ids: string[] | '') => product.post('/v1/account_settings', { invoices: { default_account_tax_ids: ids } });
  expect(await byDefault([one.id, two.id])).toMatchObject({ invoices: { default_account_tax_ids: [one.id, two.id] } });
  const draft = await stripe.invoices.create({ customer });
  expect(draft.account_tax_ids).toBeNull();
  expect((await stripe.invoices.finalizeInvoice(draft.id)).account_tax_ids).toEqual([one.id, two.id]);
  const chosen = await stripe.invoices.create({ customer, account_tax_ids: [two.id] });
  expect((await stripe.invoices.finalizeInvoice(chosen.id)).account_tax_ids).toEqual([two.id]);
  const items = [{ price: await priceOf(stripe) }];
  const { latest_invoice: first } = await stripe.subscriptions.create({ customer, items, expand: ['latest_invoice'] });
  expect((first as Stripe.Invoice).account_tax_ids).toEqual([one.id, two.id]);
  const quote = await stripe.quotes.create({ customer, line_items: [{ price: await priceOf(stripe), quantity: 1 }] });
  await stripe.quotes.finalizeQuote(quote.id);
  const { invoice: quoted } = await stripe.quotes.accept(quote.id);
  expect((await stripe.invoices.finalizeInvoice(quoted as string)).account_tax_ids).toEqual([one.id, two.id]);
  await expect(stripe.taxIds.del(one.id)).rejects.toMatchObject({ statusCode: 400, param: 'id' });
  await byDefault('');
  await stripe.taxIds.del(one.id);
  expect((await stripe.invoices.retrieve(draft.id)).account_tax_ids).toEqual([one.id, two.id]);
});

test('a tax id of a customer, or of nobody, cannot be a default', async () => {
  const { customer } = await customerWith(stripe, null);
  const theirs = await stripe.taxIds.create({ type: 'eu_vat', value: 'FR12345678901', owner: { type: 'customer', customer } });
  for (const id of [theirs.id, 'txi_none']) {
    const change = stripe.rawRequest('POST', '/v1/account_settings', { invoices: { default_account_tax_ids: [id] } });
    await expect(change).rejects.toMatchObject({ code: 'resource_missing', param: 'invoices[default_account_tax_ids][0]' });
  }
});
