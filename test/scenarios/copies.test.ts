import Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf, refusal, useCard } from '../support/builders';
import { at, startClock, type VirtualClock } from '../support/clock';
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

type Item = Stripe.SubscriptionCreateParams.Item;
type Build = (buyer: (more?: Stripe.CustomerCreateParams) => Promise<string>) => Promise<string>;

/** One customer of each kind: what it has, and what it has bought. */
function kinds(clock: VirtualClock): Record<string, Build> {
  const { stripe } = product;
  const subscribe = (customer: string, items: Item[], more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
    stripe.subscriptions.create({ customer, items, ...more });
  const simple =
    (more: Partial<Stripe.SubscriptionCreateParams>, amount = 1000, change: Partial<Stripe.PriceCreateParams> = {}): Build =>
    async (buyer) => {
      const customer = await buyer();
      await subscribe(customer, [{ price: await priceOf(stripe, amount, change) }], more);
      return customer;
    };
  return {
    monthly: simple({}),
    annual: simple({}, 12_000, { recurring: { interval: 'year' } }),
    trial: simple({ trial_period_days: 30 }),
    sent: simple({ collection_method: 'send_invoice', days_until_due: 7 }),
    ending: simple({ cancel_at: at('2026-03-20') }),
    tiers: async (buyer) => {
      const customer = await buyer();
      const tiers = [
        { up_to: 5, unit_amount: 1000 },
        { up_to: 'inf' as const, unit_amount: 700 },
      ];
      const { id: price } = await stripe.prices.create({
        ...{ currency: 'usd', billing_scheme: 'tiered', tiers_mode: 'graduated', tiers, recurring: { interval: 'month' } },
        product_data: { name: 'Seats' },
      });
      await subscribe(customer, [{ price, quantity: 9 }]);
      return customer;
    },
    coupon: async (buyer) => {
      const customer = await buyer();
      const { id: coupon } = await stripe.coupons.create({ percent_off: 25, duration: 'repeating', duration_in_months: 3 });
      await subscribe(customer, [{ price: await priceOf(stripe) }], { discounts: [{ coupon }] });
      return customer;
    },
    schedule: async (buyer) => {
      const customer = await buyer();
      const [first, second] = [await priceOf(stripe), await priceOf(stripe, 2500)];
      await stripe.subscriptionSchedules.create({
        ...{ customer, start_date: clock.now(), end_behavior: 'release' },
        phases: [
          { items: [{ price: first }], duration: { interval: 'month', interval_count: 2 } },
          { items: [{ price: second, quantity: 2 }], duration: { interval: 'month', interval_count: 1 } },
        ],
      });
      return customer;
    },
    balance: async (buyer) => {
      const customer = await buyer();
      await subscribe(customer, [{ price: await priceOf(stripe) }]);
      await stripe.customers.createBalanceTransaction(customer, { amount: -1500, currency: 'usd' });
      return customer;
    },
    tax: async (buyer) => {
      const customer = await buyer();
      const { id } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false });
      await subscribe(customer, [{ price: await priceOf(stripe) }], { default_tax_rates: [id] });
      return customer;
    },
    changed: async (buyer) => {
      const customer = await buyer();
      const { items } = await subscribe(customer, [{ price: await priceOf(stripe), quantity: 2 }]);
      await stripe.subscriptionItems.update(items.data[0]?.id ?? '', { quantity: 5 });
      await stripe.invoiceItems.create({ customer, amount: 450, currency: 'usd', description: 'Ask Ada about this' });
      return customer;
    },
    metered: async (buyer) => {
      const customer = await buyer();
      const event = `calls_${customer.slice(4).toLowerCase()}`;
      const meter = await stripe.billing.meters.create({
        display_name: 'Calls',
        event_name: event,
        default_aggregation: { formula: 'sum' },
      });
      const price = await priceOf(stripe, 3, { recurring: { interval: 'month', usage_type: 'metered', meter: meter.id } });
      await subscribe(customer, [{ price }]);
      await stripe.billing.meterEvents.create({
        ...{ event_name: event, payload: { stripe_customer_id: customer, value: '250' }, timestamp: clock.now() },
      });
      await stripe.billing.creditGrants.create({
        ...{ customer, category: 'paid', amount: { type: 'monetary', monetary: { currency: 'usd', value: 400 } } },
        applicability_config: { scope: { price_type: 'metered' } },
      });
      return customer;
    },
    'past due': async (buyer) => {
      const customer = await buyer();
      await subscribe(customer, [{ price: await priceOf(stripe) }], { billing_cycle_anchor: at('2026-01-19'), proration_behavior: 'none' });
      await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
      return customer;
    },
  };
}

test('originals on one clock and their copies on another are billed the same, line by line', async () => {
  const { stripe } = product;
  const clock = await startClock(stripe, '2026-01-10');
  const buyer = async (more: Stripe.CustomerCreateParams = {}): Promise<string> =>
    (await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, metadata: { secret: 'Ada' }, phone: '+49 30 1', ...more }))
      .customer;
  const originals = new Map<string, string>();
  for (const [kind, build] of Object.entries(kinds(clock))) originals.set(kind, await build(buyer));
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
