/** A Stripe account is imported, and billed in the shadow of the one that still bills. A second Dunlin plays Stripe. */
import type Stripe from 'stripe';
import { customerWith, priceOf, refusal } from '../support/builders';
import { moveAccount } from './account';
import { imported, startClocks, subscriber, useMoving } from './moving';

const moving = useMoving({ timeoutMs: 180_000 });
const { source, target } = moving;

test('a dry run says what would be taken and what not, by object and field, and writes nothing', async () => {
  const clocks = await startClocks(moving, '2026-01-31');
  const plain = await subscriber(moving, clocks.source.id);
  const ended = await subscriber(moving, clocks.source.id);
  await source.stripe.subscriptions.cancel(ended.subscription);
  await subscriber(moving, clocks.source.id);
  const where = { source_test_clock: clocks.source.id, test_clock: clocks.target.id };
  const run = await imported(moving, { ...where, dry_run: true });
  expect(run).toMatchObject({ status: 'done', error: null });
  expect(run.counts['customer']).toMatchObject({ taken: 3, refused: 0 });
  expect(run.counts['subscription']).toMatchObject({ taken: 2, refused: 0, skipped: 1 });
  expect((await refusal(target.stripe.customers.retrieve(plain.customer))).code).toBe('resource_missing');
  expect(await target.sql`select 1 from products union all select 1 from subscriptions`).toEqual([]);
});

test('a schedule that has not begun is among what would be taken', async () => {
  const { customer } = await customerWith(source.stripe, 'pm_card_visa');
  const price = await priceOf(source.stripe, 100);
  const start = Math.floor(Date.now() / 1000) + 9 * 86_400;
  const later = await source.stripe.subscriptionSchedules.create({ customer, start_date: start, phases: [{ items: [{ price }] }] });
  const run = await imported(moving, { dry_run: true });
  expect(run.counts['subscription_schedule']).toMatchObject({ taken: 1, refused: 0 });
  await source.stripe.subscriptionSchedules.cancel(later.id);
});

test('customers, catalogue and running subscriptions keep their ids, and a second run changes nothing', async () => {
  const clocks = await startClocks(moving, '2026-01-31');
  const coupon = await source.stripe.coupons.create({ percent_off: 25, duration: 'forever', id: 'LOYAL' });
  const code = await source.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'STAY' });
  const rate = await source.stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false });
  const of = await subscriber(moving, clocks.source.id, {
    subscription: { discounts: [{ promotion_code: code.id }], default_tax_rates: [rate.id], metadata: { plan: 'gold' } },
  });
  await source.stripe.customers.update(of.customer, { balance: -250, tax_exempt: 'none', name: 'Ada Lovelace' });
  await source.stripe.customers.createTaxId(of.customer, { type: 'eu_vat', value: 'DE123456789' });
  await clocks.to('2026-02-10');
  const where = { source_test_clock: clocks.source.id, test_clock: clocks.target.id };
  const run = await imported(moving, where);
  expect(run).toMatchObject({ status: 'done', error: null });
  const path = `/v1/subscriptions/${of.subscription}?expand[]=discounts`;
  const known = await source.get(path);
  expect(await target.get(path)).toMatchObject({ ...known, latest_invoice: null, test_clock: clocks.target.id });
  const customer = await target.stripe.customers.retrieve(of.customer, { expand: ['tax_ids'] });
  expect(customer).toMatchObject({ name: 'Ada Lovelace', balance: -250, tax_ids: { data: [{ value: 'DE123456789' }] } });
  const events = (await target.sql`select count(*)::int as count from events`)[0];
  const again = await imported(moving, where);
  expect(again.counts['subscription']).toMatchObject({ taken: 0, changed: 0, unchanged: 1 });
  expect(again.counts['customer']).toMatchObject({ taken: 0, changed: 0, unchanged: 1 });
  expect((await target.sql`select count(*)::int as count from events`)[0]).toEqual(events);
});

test('until the customer is cut over, Dunlin bills nobody and refuses changes, and each period has a shadow', async () => {
  const clocks = await startClocks(moving, '2026-01-31');
  const of = await subscriber(moving, clocks.source.id, { amount: 1900 });
  const where = { source_test_clock: clocks.source.id, test_clock: clocks.target.id };
  await imported(moving, where);
  const change = target.stripe.subscriptions.update(of.subscription, { metadata: { plan: 'silver' } });
  expect((await refusal(change)).message).toMatch(/still billed by the system/);
  const fee = target.stripe.invoiceItems.create({ customer: of.customer, amount: 500, currency: 'usd' });
  expect((await refusal(fee)).message).toMatch(/still billed by the system/);
  await clocks.to('2026-04-02');
  expect((await target.stripe.invoices.list({ customer: of.customer })).data).toEqual([]);
  expect((await target.stripe.charges.list({ customer: of.customer })).data).toEqual([]);
  const [item] = (await target.stripe.subscriptions.retrieve(of.subscription)).items.data;
  const [theirs] = (await source.stripe.subscriptions.retrieve(of.subscription)).items.data;
  expect(item?.current_period_end).toBe(theirs?.current_period_end);
  const report = await target.post('/v1/shadow_invoices/compare');
  expect(report).toMatchObject({ differences: [], totals: [{ status: 'equal', invoices: 2, ours: 3800, theirs: 3800 }] });
  expect(report['csv']).toBe('status,currency,invoices,ours,theirs\nequal,usd,2,3800,3800');
});

test('a difference is classified by line, and a person may accept it', async () => {
  const clocks = await startClocks(moving, '2026-01-31');
  const of = await subscriber(moving, clocks.source.id, { amount: 2100 });
  await imported(moving, { source_test_clock: clocks.source.id, test_clock: clocks.target.id });
  const [item] = (await source.stripe.subscriptions.retrieve(of.subscription)).items.data;
  await source.stripe.subscriptionItems.update(item?.id ?? '', { quantity: 2, proration_behavior: 'none' });
  await clocks.to('2026-03-02');
  await target.post('/v1/shadow_invoices/compare');
  const path = `/v1/shadow_invoices?customer=${of.customer}`;
  const [shadow] = ((await target.get(path)) as unknown as { data: { id: string; status: string; differences: object[] }[] }).data;
  expect(shadow).toMatchObject({
    status: 'different',
    differences: [
      { kind: 'quantity', line: item?.id, ours: 1, theirs: 2 },
      { kind: 'amount', line: item?.id, ours: 2100, theirs: 4200 },
    ],
  });
  expect(await target.get('/v1/shadow_invoices/report')).toMatchObject({
    differences: [{ kind: 'amount', count: 1 }, { kind: 'quantity' }],
  });
  const id = shadow?.id ?? '';
  expect(await target.post(`/v1/shadow_invoices/${id}/accept`)).toMatchObject({ status: 'accepted' });
  expect(await target.get(`/v1/shadow_invoices/${id}`)).toMatchObject({ status: 'accepted' });
});

test('the change at the source is taken over by the next run, and the next period agrees', async () => {
  const clocks = await startClocks(moving, '2026-01-31');
  const of = await subscriber(moving, clocks.source.id, { amount: 900 });
  const where = { source_test_clock: clocks.source.id, test_clock: clocks.target.id };
  await imported(moving, where);
  const [item] = (await source.stripe.subscriptions.retrieve(of.subscription)).items.data;
  await source.stripe.subscriptionItems.update(item?.id ?? '', { quantity: 3, proration_behavior: 'none' });
  const card = await source.stripe.paymentMethods.attach('pm_card_mastercard', { customer: of.customer });
  const run = await imported(moving, where);
  expect((await target.stripe.customers.retrievePaymentMethod(of.customer, card.id)).card?.brand).toBe('mastercard');
  expect(run.counts['subscription']).toMatchObject({ changed: 1, taken: 0 });
  await clocks.to('2026-03-02');
  await target.post('/v1/shadow_invoices/compare');
  const { data } = (await target.get(`/v1/shadow_invoices?customer=${of.customer}`)) as unknown as { data: object[] };
  expect(data).toMatchObject([{ status: 'equal', ours: { total: 2700 }, theirs: { total: 2700 } }]);
});

test('what waits for the next invoice waits here, too, and is billed by one of the two', async () => {
  const clocks = await startClocks(moving, '2026-01-31');
  const of = await subscriber(moving, clocks.source.id, { amount: 1000 });
  const where = { source_test_clock: clocks.source.id, test_clock: clocks.target.id };
  await clocks.to('2026-02-14');
  const [item] = (await source.stripe.subscriptions.retrieve(of.subscription)).items.data;
  await source.stripe.subscriptionItems.update(item?.id ?? '', { quantity: 4, proration_behavior: 'create_prorations' });
  await source.stripe.invoiceItems.create({ customer: of.customer, amount: 333, currency: 'usd', description: 'Set-up' });
  await imported(moving, where);
  await clocks.to('2026-03-02');
  await target.post('/v1/shadow_invoices/compare');
  const { data } = (await target.get(`/v1/shadow_invoices?customer=${of.customer}`)) as unknown as {
    data: { ours: { lines: object[] } }[];
  };
  expect(data).toMatchObject([{ status: 'equal', differences: [] }]);
  expect(data[0]?.ours.lines).toHaveLength(4);
  expect((await target.stripe.invoiceItems.list({ customer: of.customer })).data).toEqual([]);
});

test('an import that waits for the source can be canceled, and one runs at a time', async () => {
  await target.system.stopWorker();
  const both = await Promise.allSettled([1, 2].map(() => target.post('/v1/imports', { source: 'stripe' })));
  const [id] = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value['id']] : []));
  const message = expect.stringContaining(`${String(id)} is running`) as string;
  expect(both).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ message }) as object });
  expect(await target.post(`/v1/imports/${String(id)}/cancel`)).toMatchObject({ status: 'canceled' });
  await target.system.startWorker();
  const { data } = (await target.get('/v1/imports?limit=1')) as unknown as { data: object[] };
  expect(data).toMatchObject([{ id, status: 'canceled', counts: {} }]);
});

test('a made-up account with trials, tiers, coupons, taxes and ends is billed alike for three months', async () => {
  const { run, shadows, differences } = await moveAccount(moving, { customers: 5, seed: 1 });
  expect(differences).toEqual([]);
  expect(run.counts['subscription']).toMatchObject({ taken: 5, refused: 0 });
  expect(Object.keys(shadows)).toEqual(['equal']);
}, 240_000);

const fileOf = (lines: string[]): { source: string; csv: string } => ({ source: 'csv', csv: lines.join('\n') });

test('a file that cannot be read is refused at once, with line and column', async () => {
  const messages = async (lines: string[]) => (await refusal(target.post('/v1/imports', fileOf(lines)))).message;
  expect(await messages(['customer,start_date,colour', 'cus_1,2030-01-01,red'])).toMatch(/line 1: there is no column 'colour'/);
  expect(await messages(['customer,price', 'cus_1,price_1'])).toMatch(/line 1: the column 'start_date' is missing/);
  expect(await messages(['customer,start_date,price', 'cus_1,2030-01-01'])).toMatch(/line 2.*Invalid Record Length/);
  expect(await messages(['customer,start_date,price', 'cus_1,2030-01-01,"price'])).toMatch(/line 2, column price/);
});

test('a file starts subscriptions at their date, names what is wrong by line and column, and a second run changes nothing', async () => {
  const { customer } = await customerWith(target.stripe, 'pm_card_visa');
  const price = await priceOf(target.stripe, 1200);
  const start = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  const file = fileOf([
    'customer,start_date,price,quantity,metadata.plan,trial_end,collection_method',
    `${customer},${start},${price},3,gold,,`,
    `${customer},${start},${price},1,,${start},`,
    `${customer},2020-01-01,${price},two,,,send_invoice`,
    `cus_nobody,${start},${price},1,,,`,
  ]);
  const run = await imported(moving, { ...file, dry_run: true });
  expect(run.counts['subscription']).toMatchObject({ taken: 2, refused: 2 });
  expect((await target.stripe.subscriptions.list({ customer })).data).toEqual([]);
  const real = await imported(moving, file);
  expect(real.counts['subscription']).toMatchObject({ taken: 2, refused: 2 });
  const { data: objects } = (await target.get(`/v1/imports/${real.id}/objects?outcome=refused`)) as unknown as {
    data: { source_id: string; problems: { field: string }[] }[];
  };
  expect(objects.map(({ source_id: line, problems }) => [line, problems.map(({ field }) => field)]).sort()).toEqual([
    ['line 4', ['quantity', 'days_until_due', 'start_date']],
    ['line 5', ['customer']],
  ]);
  const { data } = await target.stripe.subscriptions.list({ customer, status: 'all' });
  expect(data.map(({ status, latest_invoice: invoice, metadata }) => [status, invoice, metadata['plan'] ?? null]).sort()).toEqual([
    ['active', null, 'gold'],
    ['trialing', null, null],
  ]);
  expect(data.map(({ items }) => items.data[0]?.current_period_end)).toEqual([Date.parse(start) / 1000, Date.parse(start) / 1000]);
  expect((await imported(moving, file)).counts['subscription']).toMatchObject({ taken: 0, changed: 0, unchanged: 2, refused: 2 });
});

test('a line that the API would not take is refused by its column, and never ends the import', async () => {
  const { customer } = await customerWith(target.stripe, 'pm_card_visa');
  const price = await priceOf(target.stripe, 1200);
  const { id: once } = await target.stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Fee' } });
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const given = { customer, start_date: day(9), price };
  const wrong: [field: string, change: Record<string, string>][] = [
    ['price', { price: once }],
    ['quantity', { quantity: '999999999' }],
    ['days_until_due', { collection_method: 'send_invoice', days_until_due: '999999' }],
    ['start_date', { start_date: '2027-02-30' }],
    ['start_date', { start_date: '9999-12-31' }],
    ['backdate_start_date', { backdate_start_date: day(12) }],
    ['description', { description: 'x'.repeat(501) }],
    ['metadata.plan', { 'metadata.plan': 'x'.repeat(501) }],
    ['items.1.price', { price: '', 'items.0.price': price, 'items.1.price': price }],
    ['items', Object.fromEntries([['price', ''], ...Array.from({ length: 21 }, (_, index) => [`items.${String(index)}.price`, price])])],
    ['default_tax_rate', { automatic_tax: 'true', default_tax_rate: 'txr_1' }],
  ];
  const columns = [...new Set(['customer', 'start_date', 'price', ...wrong.flatMap(([, change]) => Object.keys(change))])];
  const line = (change: Record<string, string>): string => columns.map((each) => ({ ...given, ...change })[each] ?? '').join(',');
  const run = await imported(moving, fileOf([columns.join(','), ...wrong.map(([, change]) => line(change)), line({})]));
  expect(run.counts['subscription']).toMatchObject({ taken: 1, refused: wrong.length });
  const { data } = (await target.get(`/v1/imports/${run.id}/objects?outcome=refused&limit=100`)) as unknown as {
    data: { source_id: string; problems: { field: string }[] }[];
  };
  const fields = new Map(data.map(({ source_id: id, problems }) => [id, problems.map(({ field }) => field)]));
  expect(wrong.map((_, index) => fields.get(`line ${String(index + 2)}`))).toEqual(wrong.map(([field]) => [field]));
});

test('a change before the first charge is prorated by the whole period that was charged elsewhere, since whenever it has existed', async () => {
  const price = await priceOf(target.stripe, 3000);
  const dearer = await priceOf(target.stripe, 9000);
  const start = Math.floor(Date.now() / 1000) + 9 * 86_400;
  for (const since of ['', '2020-01-01']) {
    const { customer } = await customerWith(target.stripe, 'pm_card_visa');
    const line = `${customer},${String(start)},${price},${since}`;
    await imported(moving, fileOf(['customer,start_date,price,backdate_start_date', line]));
    const { data: subscriptions } = await target.stripe.subscriptions.list({ customer });
    const [{ id, subscription, current_period_start: from, current_period_end: end }] = subscriptions.flatMap(
      ({ items }) => items.data,
    ) as [Stripe.SubscriptionItem];
    expect(end).toBe(start);
    expect([28, 29, 30, 31]).toContain(Math.round((start - from) / 86_400));
    const preview = await target.stripe.invoices.createPreview({
      subscription,
      subscription_details: { items: [{ id, price: dearer }], proration_date: start - 86_400 },
    });
    const share = 86_400 / (start - from);
    expect(preview.lines.data.map(({ amount }) => amount)).toEqual([-Math.round(3000 * share), Math.round(9000 * share), 9000]);
  }
});

test('a file of a spreadsheet, with a mark at its beginning, is read; one of thousands of columns is refused before it is', async () => {
  const { customer } = await customerWith(target.stripe, 'pm_card_visa');
  const start = String(Math.floor(Date.now() / 1000) + 9 * 86_400);
  const lines = ['\uFEFFcustomer,start_date,price', `${customer},${start},${await priceOf(target.stripe)}`];
  expect((await imported(moving, { ...fileOf(lines), dry_run: true })).counts['subscription']).toMatchObject({ taken: 1 });
  const many = ['customer', 'start_date', ...Array.from({ length: 40_000 }, (_, index) => `metadata.c${String(index)}`)].join(',');
  expect((await refusal(target.post('/v1/imports', fileOf([many, customer])))).message).toMatch(/line 1: it has more than 150 columns/);
});
