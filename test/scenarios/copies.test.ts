import Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf, refusal } from '../support/builders';
import { at, startClock, type VirtualClock } from '../support/clock';
import { customerKinds } from '../support/customer-kinds';
import { useProduct } from '../support/product';

const product = useProduct();
booksBalanceAfterEach(product);

interface Copy {
  customers: { original: string; copy: string }[];
  subscriptions: { original: string; copy: string }[];
  test_clock: { id: string; frozen_time: number };
}

const copyOf = async (parameters: Record<string, unknown>): Promise<Copy> =>
  (await product.post('/v1/test_helpers/test_clocks/copy', parameters)) as unknown as Copy;

/** A clock that was made by a copy. */
function clockOf({ test_clock: { id } }: Copy): Pick<VirtualClock, 'to'> {
  const { stripe } = product;
  return {
    to: async (instant) => {
      await stripe.testHelpers.testClocks.advance(id, { frozen_time: at(String(instant)) });
      for (;;) {
        const { status } = await stripe.testHelpers.testClocks.retrieve(id);
        if (status === 'ready') return;
        if (status !== 'advancing') throw new Error(`the clock is ${status}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

/** What an invoice bills, without ids and numbers. */
const billed = (invoice: Stripe.Invoice) => ({
  ...{ at: invoice.created, reason: invoice.billing_reason, status: invoice.status, attempts: invoice.attempt_count },
  ...{ subtotal: invoice.subtotal, total: invoice.total, due: invoice.amount_due, paid: invoice.amount_paid },
  ...{ starting: invoice.starting_balance, ending: invoice.ending_balance, dueAt: invoice.due_date },
  lines: invoice.lines.data.map((line) => ({
    ...{ amount: line.amount, quantity: line.quantity, period: line.period, price: line.pricing?.price_details?.price },
    discounts: (line.discount_amounts ?? []).map(({ amount }) => amount),
    credits: (line.pretax_credit_amounts ?? []).map(({ amount, type }) => [type, amount]),
    taxes: (line.taxes ?? []).map(({ amount, taxable_amount }) => [amount, taxable_amount]),
  })),
});

async function billedSince(customer: string, since: number) {
  const invoices = await product.stripe.invoices.list({ customer, limit: 100 });
  return invoices.data
    .filter(({ status, status_transitions: { finalized_at: final } }) => final !== null && (final > since || status !== 'paid'))
    .map(billed)
    .reverse();
}

/** How a customer stands, without ids. */
async function standing(id: string) {
  const { stripe } = product;
  const { balance, delinquent } = (await stripe.customers.retrieve(id)) as Stripe.Customer;
  const { data } = await stripe.subscriptions.list({ customer: id, status: 'all' });
  const subscriptions = data.map(({ status, canceled_at, items: { data: items } }) => ({
    ...{ status, canceled_at },
    items: items.map(({ current_period_end, quantity, price }) => ({ current_period_end, quantity, price: price.id })),
  }));
  return { balance, delinquent, subscriptions };
}

test('originals on one clock and their copies on another are billed the same, line by line', async () => {
  const { stripe } = product;
  const clock = await startClock(stripe, '2026-01-10');
  const buyer = async (more: Stripe.CustomerCreateParams = {}): Promise<string> =>
    (await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, metadata: { secret: 'Ada' }, phone: '+49 30 1', ...more }))
      .customer;
  const originals = new Map<string, string>();
  for (const [kind, build] of Object.entries(customerKinds(stripe, clock))) originals.set(kind, await build(buyer));
  await clock.to('2026-01-22');

  const copy = await copyOf({ customers: [...originals.values()] });
  expect(copy.test_clock.frozen_time).toBe(clock.now());
  expect(copy.customers).toHaveLength(originals.size);
  const copies = new Map(copy.customers.map((each) => [each.original, each.copy]));
  const since = clock.now();
  await clock.to('2026-05-02');
  await clockOf(copy).to('2026-05-02');

  const [expected, found] = [new Map<string, unknown>(), new Map<string, unknown>()];
  for (const [kind, customer] of originals) {
    expected.set(kind, await billedSince(customer, since));
    found.set(kind, await billedSince(copies.get(customer) ?? '', since));
    expect([kind, await standing(copies.get(customer) ?? '')]).toEqual([kind, await standing(customer)]);
  }
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  expect([...expected].filter(([, invoices]) => (invoices as unknown[]).length === 0).map(([kind]) => kind)).toEqual(['annual']);
}, 240_000);

test('what a live customer has is copied to the sandbox with its prices and coupons, once', async () => {
  const { system, stripe } = product;
  const { hostname: host, port } = new URL(product.url);
  const live = new Stripe(system.keys.live, { host, port: Number(port), protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const { id: customer } = await live.customers.create({ name: 'Ada', email: 'ada@example.com' });
  const price = await priceOf(live, 2000);
  const { id: coupon } = await live.coupons.create({ percent_off: 10, duration: 'forever' });
  const { id: rate } = await live.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false });
  await live.subscriptions.create({
    ...{ customer, items: [{ price, quantity: 3 }], discounts: [{ coupon }], default_tax_rates: [rate] },
    ...{ collection_method: 'send_invoice', days_until_due: 10 },
  });
  const copies: string[] = [];
  for (let time = 0; time < 2; time += 1) {
    const made = (await live.rawRequest('POST', '/v1/test_helpers/test_clocks/copy', { customers: [customer] })) as unknown as Copy;
    const day = new Date((made.test_clock.frozen_time + 35 * 86_400) * 1000).toISOString();
    await clockOf(made).to(day);
    copies.push(made.customers[0]?.copy ?? '');
    const { data } = await stripe.invoices.list({ customer: copies[time] ?? '' });
    expect(data.map(({ livemode, subtotal, total }) => [livemode, subtotal, total])).toEqual([
      [false, 6000, 6480],
      [false, 6000, 6480],
    ]);
  }
  expect((await stripe.prices.retrieve(price)).livemode).toBe(false);
  expect((await stripe.taxRates.list()).data).toHaveLength(2);
  expect((await live.invoices.list({ customer })).data).toHaveLength(1);
});

test('a copy has nothing that leads to the person', async () => {
  const { stripe, sql, account } = product;
  const { customer } = await customerWith(stripe, 'pm_card_visa', {
    ...{ name: 'Ada Lovelace', email: 'ada@lovelace.example', phone: '+49 30 4711', description: 'friend of Lovelace' },
    ...{ metadata: { lovelace: 'Lovelace' }, address: { line1: 'Lovelace 1', city: 'Lovelace', country: 'DE', postal_code: '10115' } },
  });
  await stripe.invoiceItems.create({
    customer,
    amount: 700,
    currency: 'usd',
    description: 'Lovelace asked for this',
    metadata: { lovelace: '1' },
  });
  await stripe.subscriptions.create({
    ...{
      customer,
      items: [{ price: await priceOf(stripe), metadata: { lovelace: '1' } }],
      description: 'for Lovelace',
      trial_period_days: 5,
    },
    metadata: { lovelace: '1' },
  });
  const { test_clock: clock, customers } = await copyOf({ customers: [customer] });
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'test_clock'`;
  for (const { name } of tables) {
    const rows = await sql`select to_jsonb(t)::text as row from ${sql(name)} t where test_clock = ${clock.id}`;
    for (const { row } of rows) expect(String(row).toLowerCase()).not.toContain('lovelace');
  }
  expect(await stripe.customers.retrieve(customers[0]?.copy ?? '')).toMatchObject({
    ...{ name: null, email: null, phone: null, metadata: {}, address: { country: 'DE', postal_code: '10115', city: null, line1: null } },
  });
  const [row] =
    await sql`select count(*)::integer as events from events where account = ${account} and object ->> 'test_clock' = ${clock.id}`;
  expect(row).toEqual({ events: 0 });
});

test('customers on different clocks, and what does not run, are refused by name', async () => {
  const { stripe } = product;
  const clock = await startClock(stripe, '2026-01-10');
  const price = await priceOf(stripe);
  const subscribed = async (more: Stripe.CustomerCreateParams): Promise<string> => {
    const { customer } = await customerWith(stripe, 'pm_card_visa', more);
    await stripe.subscriptions.create({ customer, items: [{ price }] });
    return customer;
  };
  const [free, held] = [await subscribed({}), await subscribed({ test_clock: clock.id })];
  const idle = await customerWith(stripe, null);
  const refused = async (parameters: Record<string, unknown>) => {
    const { code, param } = await refusal(copyOf(parameters));
    return [code, param];
  };
  expect(await refused({})).toEqual(['parameter_missing', 'customers']);
  expect(await refused({ customers: [free], subscriptions: ['sub_1'] })).toEqual(['parameters_exclusive', 'subscriptions']);
  expect(await refused({ customers: [free, held] })).toEqual([undefined, 'customers']);
  expect(await refused({ customers: [free, idle.customer] })).toEqual([undefined, 'customers[1]']);
  expect(await refused({ subscriptions: ['sub_none'] })).toEqual(['resource_missing', 'subscriptions[0]']);
});
