/** Customers are cut over and taken back, and each of their periods is billed by exactly one of the two systems. */
import { refusal } from '../support/builders';
import { consoleUser, type ConsoleBrowser } from '../support/console';
import type { Product } from '../support/product';
import { until } from '../support/system';
import { testAnyOrder } from './any-order';
import { day, useCutovers, type CutoverAnswer } from './cutover';
import { imported, startClocks, subscriber } from './moving';

const { moving, settled, cutOver, takeBack, paidPeriods, importedOn } = useCutovers();
const { source, target } = moving;

/** What the console says once a form of a list's page was sent. */
async function pressed(browser: ConsoleBrowser, section: string, action: string, entries: Record<string, string> = {}): Promise<string> {
  const { html } = await browser.look(`/console/${section}`);
  const form = new RegExp(`<form[^>]* action="/console/${section}/${action}"[^>]*>(.*?)</form>`, 's').exec(html)?.[1] ?? '';
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const sent = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  return (await browser.send(`/console/${section}/${action}`, { ...sent, ...entries })).html;
}

test('after two equal cycles the customer is cut over, and pays Dunlin by the card that stays at the processor', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const of = await subscriber(moving, clocks.source.id, { amount: 1900 });
  await importedOn(clocks);
  expect((await refusal(target.post('/v1/cutovers', { customer: of.customer }))).message).toMatch(/0 cycles were compared/);
  await clocks.to('2026-03-16');
  const { browser } = await consoleUser(target, 'owner');
  expect(await pressed(browser, 'shadow-invoices', 'compare')).toContain('Compared: 2 equal (usd).');
  expect(await pressed(browser, 'cutovers', 'wave', { 'p.limit': '5' })).toContain('1 cutovers have begun.');
  const { data: begun } = (await target.get(`/v1/cutovers?customer=${of.customer}`)) as unknown as { data: CutoverAnswer[] };
  // Another wave finds nobody.
  expect(await target.post('/v1/cutovers/wave', { limit: 5 })).toMatchObject({ cutovers: [], left: [] });
  expect(await settled(begun[0]?.id ?? '')).toMatchObject({ status: 'done', billed_by: 'dunlin', customer: of.customer });
  expect((await source.stripe.subscriptions.retrieve(of.subscription)).pause_collection).toMatchObject({ behavior: 'keep_as_draft' });
  expect((await target.stripe.subscriptions.retrieve(of.subscription)).pause_collection).toBeNull();
  await clocks.to('2026-05-16');
  expect(await paidPeriods(of.subscription)).toEqual({
    source: [day('2026-01-15'), day('2026-02-15'), day('2026-03-15')],
    target: [day('2026-04-15'), day('2026-05-15')],
  });
  const [charge] = (await target.stripe.charges.list({ customer: of.customer })).data;
  expect(charge).toMatchObject({ amount: 1900, status: 'succeeded' });
  expect((await source.stripe.paymentIntents.list({ customer: of.customer })).data.map(({ amount }) => amount)).toContain(1900);
});

test('before the next invoice there is a way back, and after it there is none', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const of = await subscriber(moving, clocks.source.id, { amount: 700 });
  await importedOn(clocks);
  const first = await cutOver(of.customer, { force: true });
  expect(first).toMatchObject({ status: 'done', billed_by: 'dunlin' });
  expect(await takeBack(first.id)).toMatchObject({ status: 'returned', billed_by: 'source' });
  expect((await source.stripe.subscriptions.retrieve(of.subscription)).pause_collection).toBeNull();
  await clocks.to('2026-02-16');
  const second = await cutOver(of.customer, { force: true });
  await clocks.to('2026-03-16');
  expect((await refusal(target.post(`/v1/cutovers/${second.id}/return`))).message).toMatch(/has made the invoice/);
  expect(await paidPeriods(of.subscription)).toEqual({
    source: [day('2026-01-15'), day('2026-02-15')],
    target: [day('2026-03-15')],
  });
  const { data } = (await target.get(`/v1/cutovers?customer=${of.customer}`)) as unknown as { data: CutoverAnswer[] };
  expect(data.map(({ status }) => status)).toEqual(['done', 'returned']);
});

test('a period that ends while the source is frozen is charged there, and the cutover is refused', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const of = await subscriber(moving, clocks.source.id, { amount: 800 });
  await importedOn(clocks);
  await target.system.stopWorker();
  const { id } = await target.post('/v1/cutovers', { customer: of.customer, force: true });
  // As if the worker had frozen the source and died, and nobody had started another until the period was over.
  await source.stripe.subscriptions.update(of.subscription, { pause_collection: { behavior: 'keep_as_draft' } });
  await target.sql`update cutovers set frozen = ${target.sql.json([{ subscription: of.subscription, pause: null }])} where id = ${id as string}`;
  await clocks.source.to('2026-02-16');
  await target.system.startWorker();
  expect(await settled(id as string)).toMatchObject({
    status: 'refused',
    billed_by: 'source',
    reason: expect.stringMatching(/became due|not the same/) as string,
  });
  await clocks.to('2026-03-16');
  expect(await paidPeriods(of.subscription)).toEqual({
    source: [day('2026-01-15'), day('2026-02-15'), day('2026-03-15')],
    target: [],
  });
});

test('a subscription that begins at the source after the cutover is billed there, and an import does not take it', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const of = await subscriber(moving, clocks.source.id, { amount: 1100 });
  await importedOn(clocks);
  await cutOver(of.customer, { force: true });
  const later = await source.stripe.subscriptions.create({ customer: of.customer, items: [{ price: of.price }] });
  await importedOn(clocks);
  expect((await refusal(target.stripe.subscriptions.retrieve(later.id))).code).toBe('resource_missing');
  await clocks.to('2026-02-16');
  expect(await paidPeriods(later.id)).toEqual({ source: [day('2026-01-15'), day('2026-02-15')], target: [] });
  expect(await paidPeriods(of.subscription)).toEqual({ source: [day('2026-01-15')], target: [day('2026-02-15')] });
});

test('there is no way back once something was changed at Dunlin that the source does not know', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const of = await subscriber(moving, clocks.source.id, { amount: 1300 });
  await importedOn(clocks);
  const { id } = await cutOver(of.customer, { force: true });
  const { id: item } = await target.stripe.invoiceItems.create({ customer: of.customer, amount: 50, currency: 'usd' });
  const takingBack = () => refusal(target.post(`/v1/cutovers/${id}/return`));
  expect((await takingBack()).message).toMatch(/invoice item .* was created at Dunlin/);
  await target.stripe.invoiceItems.del(item);
  await target.stripe.subscriptions.update(of.subscription, { cancel_at_period_end: true });
  expect((await takingBack()).message).toMatch(/was changed at Dunlin/);
  await clocks.to('2026-02-16');
  expect(await paidPeriods(of.subscription)).toEqual({ source: [day('2026-01-15')], target: [] });
});

test('a schedule that has not begun is begun by the source before the cutover, by Dunlin after it, and never by both', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const stays = await subscriber(moving, clocks.source.id, { amount: 1700 });
  const moves = await subscriber(moving, clocks.source.id, { amount: 1800 });
  const dropped = await subscriber(moving, clocks.source.id, { amount: 1900 });
  const plan = async ({ customer, price }: typeof moves) => {
    const phases = [
      { items: [{ price, quantity: 2 }], duration: { interval: 'month' as const } },
      { items: [{ price, quantity: 5 }], duration: { interval: 'month' as const } },
    ];
    return (await source.stripe.subscriptionSchedules.create({ customer, start_date: day('2026-02-20'), phases })).id;
  };
  const [there, here, none] = [await plan(stays), await plan(moves), await plan(dropped)];
  const run = await imported(moving, { source_test_clock: clocks.source.id, test_clock: clocks.target.id });
  expect(run.counts['subscription_schedule']).toMatchObject({ taken: 3, refused: 0 });
  for (const id of [there, here, none]) {
    expect(await target.stripe.subscriptionSchedules.retrieve(id)).toMatchObject({
      status: 'not_started',
      phases: (await source.stripe.subscriptionSchedules.retrieve(id)).phases,
    });
  }
  await source.stripe.subscriptionSchedules.cancel(none);
  const { id } = await cutOver(moves.customer, { force: true });
  await cutOver(dropped.customer, { force: true });
  expect(await source.stripe.subscriptionSchedules.retrieve(here)).toMatchObject({ status: 'released', released_subscription: null });
  expect((await target.stripe.subscriptionSchedules.retrieve(none)).status).toBe('canceled');
  expect((await refusal(target.post(`/v1/cutovers/${id}/return`))).message).toContain(here);

  await clocks.to('2026-02-21');
  await importedOn(clocks);
  await clocks.to('2026-04-21');
  expect(await billedBySchedule(there)).toEqual({ source: [3400, 8500, 8500], target: [] });
  expect(await billedBySchedule(here)).toEqual({ source: [], target: [3600, 9000, 9000] });
  expect(await billedBySchedule(none)).toEqual({ source: [], target: [] });
  await target.post('/v1/shadow_invoices/compare');
  const { released_subscription: subscription } = await source.stripe.subscriptionSchedules.retrieve(there);
  const { data } = (await target.get(`/v1/shadow_invoices?customer=${stays.customer}`)) as unknown as { data: object[] };
  expect(data.filter((each) => (each as { subscription: unknown }).subscription === subscription)).toMatchObject([
    { status: 'equal', ours: { total: 8500 } },
    { status: 'equal', ours: { total: 8500 } },
  ]);
});

test('a schedule that begins at the source in the moment of the cutover is a difference that waits for a person', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const of = await subscriber(moving, clocks.source.id, { amount: 1700 });
  const phases = [{ items: [{ price: of.price, quantity: 2 }] }];
  const { id: plan } = await source.stripe.subscriptionSchedules.create({ customer: of.customer, start_date: day('2026-02-10'), phases });
  await importedOn(clocks);
  await target.system.stopWorker();
  const { id } = await target.post('/v1/cutovers', { customer: of.customer, force: true });
  // As if the worker had died between the last look at the source and the release of the schedule there.
  const frozen = target.sql.json([{ subscription: of.subscription, pause: null }]);
  await target.sql`
    update cutovers set status = 'done', switched_at = ${day('2026-01-15')}, frozen = ${frozen}, money_at_switch = '{"balances": {}, "grants": {}}'
    where id = ${id as string}`;
  await target.sql`update customers set billed_by = 'dunlin' where id = ${of.customer}`;
  await clocks.source.to('2026-02-11');
  const subscription = (await source.stripe.subscriptionSchedules.retrieve(plan)).subscription as string;
  expect(subscription).toMatch(/^sub_/);
  await target.system.startWorker();
  const told = await until(
    async () => {
      const path = `/v1/shadow_invoices?customer=${of.customer}&status=different`;
      return ((await target.get(path)) as unknown as { data: { id: string }[] }).data[0] ?? null;
    },
    { timeoutMs: 60_000, what: 'the difference' },
  );
  const begun = { kind: 'begun_there', line: plan, ours: null, theirs: null };
  expect(told).toMatchObject({ subscription, customer: of.customer, cycle_at: day('2026-02-10'), differences: [begun] });
  expect((await target.stripe.subscriptionSchedules.retrieve(plan)).status).toBe('canceled');
  const { browser } = await consoleUser(target, 'finance');
  expect((await browser.look('/console/waiting')).html).toContain(subscription);
  await target.post(`/v1/shadow_invoices/${told.id}/accept`);
  expect((await browser.look('/console/waiting')).html).not.toContain(subscription);
  await clocks.to('2026-03-11');
  const { data } = await source.stripe.invoices.list({ subscription });
  expect(data.map(({ total }) => total)).toEqual([3400, 3400]);
  expect((await refusal(target.stripe.subscriptions.retrieve(subscription))).code).toBe('resource_missing');
});

/** The totals of the invoices of what a schedule has begun, by who has made them. The oldest first. */
async function billedBySchedule(schedule: string): Promise<{ source: number[]; target: number[] }> {
  const of = async ({ stripe }: Product): Promise<number[]> => {
    const { released_subscription: over, subscription: running } = await stripe.subscriptionSchedules.retrieve(schedule);
    const subscription = running ?? over;
    if (subscription === null) return [];
    const { data } = await stripe.invoices.list({ subscription: typeof subscription === 'string' ? subscription : subscription.id });
    return data.map(({ total }) => total).reverse();
  };
  return { source: await of(source), target: await of(target) };
}

test('while the source bills, no quote, schedule or checkout makes a subscription at Dunlin', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const { customer, price } = await subscriber(moving, clocks.source.id, { amount: 1600 });
  await importedOn(clocks);
  const elsewhere = { param: 'customer', message: expect.stringContaining('is still billed by the system') as string };
  const quote = await target.stripe.quotes.create({
    customer,
    line_items: [{ price }],
    subscription_data: { effective_date: day('2026-03-01') },
  });
  await target.stripe.quotes.finalizeQuote(quote.id);
  expect(await refusal(target.stripe.quotes.accept(quote.id))).toMatchObject(elsewhere);
  const success_url = 'https://example.com/done';
  const checkout = { customer, mode: 'subscription' as const, line_items: [{ price, quantity: 1 }], success_url };
  expect(await refusal(target.stripe.checkout.sessions.create(checkout))).toMatchObject(elsewhere);
  const csv = `customer,price,start_date\n${customer},${price},2036-02-01`;
  const { id: file } = await target.post('/v1/imports', { source: 'csv', csv });
  const read = await until(
    async () => {
      const answer = await target.get(`/v1/imports/${file as string}`);
      return answer['status'] === 'running' ? null : answer;
    },
    { timeoutMs: 60_000, what: 'the file' },
  );
  expect(read['counts']).toMatchObject({ subscription: { refused: 1 } });
  const phases = [{ items: [{ price }] }];
  expect(await refusal(target.stripe.subscriptionSchedules.create({ customer, start_date: day('2026-03-01'), phases }))).toMatchObject(
    elsewhere,
  );
  expect(await target.stripe.checkout.sessions.create({ customer, mode: 'setup', currency: 'usd', success_url })).toMatchObject({
    status: 'open',
  });
});

// Longer lives, and more of them, are in any-order.slow.test.ts.
testAnyOrder(moving, { seed: 8, cards: 2, rounds: 4 });
