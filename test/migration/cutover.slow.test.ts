/** What is carried over to the other system: credit, usage, schedules, pauses. cutover.test.ts has who bills which period. */
import type Stripe from 'stripe';
import { priceOf, refusal } from '../support/builders';
import { until } from '../support/system';
import { day, useCutovers, type CutoverAnswer } from './cutover';
import { creditLeft, grantOf, meteredSubscriber, startClocks, subscriber } from './moving';

const { moving, settled, cutOver, takeBack, paidPeriods, importedOn } = useCutovers();
const { source, target } = moving;

test('a worker that dies again and again on the way there and back leaves each period billed once', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const customers = [];
  for (const amount of [500, 600, 900]) customers.push(await subscriber(moving, clocks.source.id, { amount }));
  await importedOn(clocks);
  for (const [round, until_] of ['2026-02-16', '2026-03-16', '2026-04-16'].entries()) {
    const begun = await Promise.all(
      customers.slice(0, round + 1).map(async ({ customer }) => {
        const { data } = (await target.get(`/v1/cutovers?customer=${customer}&limit=1`)) as unknown as { data: CutoverAnswer[] };
        const known = data[0];
        if (known?.billed_by === 'dunlin') return target.post(`/v1/cutovers/${known.id}/return`).catch(() => known);
        return target.post('/v1/cutovers', { customer, force: true });
      }),
    );
    for (const pause of [20, 60, 150]) {
      await new Promise((resolve) => setTimeout(resolve, pause + round * 25));
      await target.system.stopWorker();
      await target.system.startWorker();
    }
    for (const { id } of begun) await settled(id as string);
    await clocks.to(until_);
  }
  for (const { subscription } of customers) {
    const { source: there, target: here } = await paidPeriods(subscription);
    expect([...there, ...here].sort((a, b) => a - b)).toEqual(['2026-01-15', '2026-02-15', '2026-03-15', '2026-04-15'].map(day));
  }
}, 240_000);

test('an invoice item that the source has billed apart is not billed again after the cutover', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const of = await subscriber(moving, clocks.source.id, { amount: 1200 });
  const { customer } = of;
  await source.stripe.invoiceItems.create({ customer, amount: 300, currency: 'usd', description: 'Setup' });
  await source.stripe.invoiceItems.create({ customer, amount: 45, currency: 'usd', description: 'Waits', subscription: of.subscription });
  await importedOn(clocks);
  const apart = await source.stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' });
  await source.stripe.invoices.pay(apart.id);
  expect((await source.stripe.invoices.retrieve(apart.id)).total).toBe(300);
  await cutOver(customer, { force: true });
  await clocks.to('2026-02-16');
  const [renewal] = (await target.stripe.invoices.list({ customer })).data;
  expect(renewal).toMatchObject({ total: 1245, status: 'paid' });
});

test('credit that is left is the customer’s after a forced cutover, and used by one system', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const of = await meteredSubscriber(moving, clocks.source.id, { amount: 10 });
  const grant = await grantOf(source.stripe, of.customer, 5000);
  await of.use(source.stripe, 120);
  await clocks.to('2026-02-16');
  // 1,200 were used by the first invoice there.
  await importedOn(clocks);
  expect(await creditLeft(target.stripe, of.customer)).toBe(3800);
  await of.use(source.stripe, 30);
  await of.use(target.stripe, 30);
  await clocks.to('2026-03-16');
  await target.post('/v1/shadow_invoices/compare');
  const { data } = (await target.get(`/v1/shadow_invoices?customer=${of.customer}`)) as unknown as { data: object[] };
  expect(data).toMatchObject([{ status: 'equal', ours: { credit: 300, total: 0 }, theirs: { credit: 300 } }]);
  expect([await creditLeft(source.stripe, of.customer), await creditLeft(target.stripe, of.customer)]).toEqual([3500, 3500]);
  const elsewhere = { message: expect.stringContaining('is still billed by the system') as string };
  expect(await refusal(target.stripe.billing.creditGrants.voidGrant(grant))).toMatchObject(elsewhere);
  expect(await refusal(grantOf(target.stripe, of.customer, 100))).toMatchObject(elsewhere);
  expect(await refusal(target.stripe.customers.createBalanceTransaction(of.customer, { amount: -1, currency: 'usd' }))).toMatchObject(
    elsewhere,
  );
  expect(await cutOver(of.customer, { force: true })).toMatchObject({ status: 'done' });
  await of.use(target.stripe, 400);
  await clocks.to('2026-04-16');
  expect(await creditLeft(target.stripe, of.customer)).toBe(0);
  const [renewal] = (await target.stripe.invoices.list({ customer: of.customer })).data;
  expect(renewal).toMatchObject({ subtotal: 4000, total: 500, status: 'paid' });
});

test('usage that the source has counted and not billed is billed once by whoever makes the next invoice', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const [moved, stays] = [
    await meteredSubscriber(moving, clocks.source.id, { amount: 3 }),
    await meteredSubscriber(moving, clocks.source.id, { amount: 3 }),
  ];
  await clocks.to('2026-01-20T10:30:00Z');
  for (const { use } of [moved, stays]) {
    await use(source.stripe, 1000, day('2026-01-15') + 90);
    await use(source.stripe, 250.5, day('2026-01-18') + 7000);
  }
  await importedOn(clocks);
  await importedOn(clocks);
  // From here on usage is sent to both; one call is known only there when the customer is cut over.
  for (const { use } of [moved, stays]) {
    for (const { stripe } of [source, target]) await use(stripe, 40, day('2026-01-20') + 36_000);
    await use(source.stripe, 7, day('2026-01-20') + 37_000);
  }
  await clocks.to('2026-02-01');
  expect(await cutOver(moved.customer, { force: true })).toMatchObject({ status: 'done' });
  for (const { use } of [moved, stays]) await use(target.stripe, 2);
  await stays.use(source.stripe, 2);
  await importedOn(clocks);
  await clocks.to('2026-02-16');
  const [bill] = (await target.stripe.invoices.list({ customer: moved.customer })).data;
  // 1000 + 250.5 + 40 + 7 + 2 calls at 3 cents.
  expect(bill).toMatchObject({ total: 3899, status: 'paid' });
  await target.post('/v1/shadow_invoices/compare');
  const { data } = (await target.get(`/v1/shadow_invoices?customer=${stays.customer}`)) as unknown as { data: object[] };
  expect(data).toMatchObject([{ status: 'equal', ours: { total: 3899 }, theirs: { total: 3899 } }]);
});

test('a running schedule goes on through its phases, in the shadow, after the cutover and after the way back', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const [moved, back] = [
    await subscriber(moving, clocks.source.id, { amount: 1000 }),
    await subscriber(moving, clocks.source.id, { amount: 1000 }),
  ];
  const other = await priceOf(source.stripe, 2500);
  const coupon = await source.stripe.coupons.create({ percent_off: 50, duration: 'forever' });
  for (const { subscription, price } of [moved, back]) {
    const { id, phases } = await source.stripe.subscriptionSchedules.create({ from_subscription: subscription });
    await source.stripe.subscriptionSchedules.update(id, {
      end_behavior: 'cancel',
      phases: [
        { start_date: phases[0]?.start_date, end_date: day('2026-03-01'), items: [{ price, quantity: 1 }] },
        { end_date: day('2026-04-15'), items: [{ price, quantity: 3 }] },
        { end_date: day('2026-06-15'), items: [{ price: other }], discounts: [{ coupon: coupon.id }] },
      ],
    });
  }
  await importedOn(clocks);
  const [known] = (await source.stripe.subscriptionSchedules.list({ customer: moved.customer })).data;
  expect(await target.stripe.subscriptionSchedules.retrieve(known?.id ?? '')).toMatchObject({
    status: 'active',
    phases: known?.phases,
    current_phase: known?.current_phase,
  });
  await clocks.to('2026-03-16');
  await target.post('/v1/shadow_invoices/compare');
  for (const { customer } of [moved, back]) {
    const { data } = (await target.get(`/v1/shadow_invoices?customer=${customer}`)) as unknown as { data: object[] };
    // The second has the proration of the phase that began on 1 March.
    expect(data).toMatchObject([
      { status: 'equal', ours: { lines: [{}, {}, {}] } },
      { status: 'equal', ours: { total: 1000 } },
    ]);
  }
  expect(await cutOver(moved.customer)).toMatchObject({ status: 'done' });
  const { id } = await cutOver(back.customer);
  expect(await takeBack(id)).toMatchObject({ status: 'returned' });
  await clocks.to('2026-06-16');
  const totals = async (stripe: Stripe, { subscription }: { subscription: string }) =>
    (await stripe.invoices.list({ subscription, status: 'paid', limit: 100 })).data.map(({ total }) => total);
  const whole = await totals(source.stripe, back);
  expect(whole).toHaveLength(5);
  expect(await totals(target.stripe, back)).toEqual([]);
  expect([...(await totals(target.stripe, moved)), ...(await totals(source.stripe, moved))]).toEqual(whole);
  for (const [{ stripe }, of] of [
    [target, moved],
    [source, back],
  ] as const) {
    expect((await stripe.subscriptions.retrieve(of.subscription)).status).toBe('canceled');
  }
});

test('a change in the middle of a period that the source has billed gives its time back', async () => {
  const clocks = await startClocks(moving, '2026-02-01');
  const subscribers = [];
  for (const type of ['flexible', 'classic'] as const) {
    subscribers.push(await subscriber(moving, clocks.source.id, { amount: 2800, subscription: { billing_mode: { type } } }));
  }
  await importedOn(clocks);
  for (const { customer } of subscribers) expect(await cutOver(customer, { force: true })).toMatchObject({ status: 'done' });
  await clocks.to('2026-02-15');
  for (const { subscription } of subscribers) {
    const [item] = (await target.stripe.subscriptions.retrieve(subscription)).items.data;
    await target.stripe.subscriptions.update(subscription, {
      items: [{ id: item?.id ?? '', quantity: 3 }],
      proration_behavior: 'always_invoice',
    });
    const [bill] = (await target.stripe.invoices.list({ subscription })).data;
    expect(bill?.lines.data.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-1400, 4200]);
  }
});

test('there is no way back once a balance or credit was changed at Dunlin', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const of = await meteredSubscriber(moving, clocks.source.id, { amount: 10 });
  const grant = await grantOf(source.stripe, of.customer, 700);
  await source.stripe.customers.update(of.customer, { balance: -250 });
  await importedOn(clocks);
  const { id } = await cutOver(of.customer, { force: true });
  const takingBack = () => refusal(target.post(`/v1/cutovers/${id}/return`));
  const by = (amount: number) => target.stripe.customers.createBalanceTransaction(of.customer, { amount, currency: 'usd' });
  await by(-100);
  expect((await takingBack()).message).toMatch(/balance in usd was changed/);
  await by(100);
  const more = await grantOf(target.stripe, of.customer, 50);
  expect((await takingBack()).message).toMatch(/credit grant .* was changed/);
  await target.stripe.billing.creditGrants.voidGrant(more);
  expect(await takeBack(id)).toMatchObject({ status: 'returned', billed_by: 'source' });
  await source.stripe.billing.creditGrants.voidGrant(grant);
  await importedOn(clocks);
  expect(await creditLeft(target.stripe, of.customer)).toBe(0);
});

test('a pause of the seller that is over by the way back does not keep the source from billing', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const until_ = day('2026-01-20');
  const of = await subscriber(moving, clocks.source.id, { amount: 1400 });
  await source.stripe.subscriptions.update(of.subscription, { pause_collection: { behavior: 'void', resumes_at: until_ } });
  await importedOn(clocks);
  const { id } = await cutOver(of.customer, { force: true });
  await clocks.to('2026-01-25');
  expect(await takeBack(id)).toMatchObject({ status: 'returned', billed_by: 'source' });
  expect((await source.stripe.subscriptions.retrieve(of.subscription)).pause_collection).toBeNull();
  await clocks.to('2026-02-16');
  expect(await paidPeriods(of.subscription)).toEqual({ source: [day('2026-01-15'), day('2026-02-15')], target: [] });
});

test('a copy of a customer whom the source bills shows what Dunlin would bill', async () => {
  const clocks = await startClocks(moving, '2026-01-15');
  const { customer } = await subscriber(moving, clocks.source.id, { amount: 1700 });
  await importedOn(clocks);
  const made = (await target.post('/v1/test_helpers/test_clocks/copy', { customers: [customer] })) as unknown as {
    test_clock: { id: string };
  };
  await target.stripe.testHelpers.testClocks.advance(made.test_clock.id, { frozen_time: day('2026-02-16') });
  const { id: copy } = (await target.stripe.customers.list({ test_clock: made.test_clock.id })).data[0] ?? {};
  const billed = await until(async () => (await target.stripe.invoices.list({ customer: copy ?? '', status: 'paid' })).data[0] ?? null, {
    timeoutMs: 90_000,
    what: 'the invoice of the copy',
  });
  expect(billed.total).toBe(1700);
  expect((await target.stripe.invoices.list({ customer })).data).toEqual([]);
});
