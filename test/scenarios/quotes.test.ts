import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, invoicesOf, priceOf, refusal, typesOf } from '../support/builders';
import { at, iso, startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

/** A customer with a card on 1 April, a monthly price of 1000 and a fee of 500. */
async function april() {
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id: fee } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Setup' } });
  return { clock, customer, monthly: await priceOf(stripe), fee };
}
const opened = async (params: Stripe.QuoteCreateParams) => stripe.quotes.finalizeQuote((await stripe.quotes.create(params)).id);
const told = async (quote: string) =>
  typesOf((await eventsOf(stripe, { type: 'quote.*' })).filter(({ data }) => (data.object as { id: string }).id === quote));
/** Subtotal, discount, tax and total, of a quote or an invoice. */
const quoted = ({ amount_subtotal: subtotal, total_details: details, amount_total: total }: Stripe.Quote.Computed.Upfront) => [
  subtotal,
  details.amount_discount,
  details.amount_tax,
  total,
];
const billed = ({ subtotal, total_discount_amounts: discounts, total_taxes: taxes, total }: Stripe.Invoice) => [
  subtotal,
  (discounts ?? []).reduce((sum, { amount }) => sum + amount, 0),
  (taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
  total,
];

test('a quote is drafted, finalized and accepted: its subscription bills the quoted amounts, upfront and each month', async () => {
  const { clock, customer, monthly, fee } = await april();
  const [off, rate] = [await stripe.coupons.create({ percent_off: 20, duration: 'once' }), await vat()];
  const draft = await stripe.quotes.create({
    customer,
    line_items: [{ price: monthly, quantity: 3 }, { price: fee }],
    discounts: [{ coupon: off.id }],
    default_tax_rates: [rate],
    subscription_data: { description: 'Three seats', metadata: { deal: '7' } },
    invoice_settings: { footer: 'Thank you' },
    description: 'For Ada',
  });
  expect(draft).toMatchObject({ status: 'draft', number: null, currency: 'usd', test_clock: clock.id, description: 'For Ada' });
  expect(iso(draft.expires_at)).toBe('2026-05-01');
  // (3000 + 500) - 20% = 2800, + 10% = 3080; from the second month on 3000 + 10%.
  expect(quoted(draft.computed.upfront)).toEqual([3500, 700, 280, 3080]);
  expect(draft.computed.recurring).toMatchObject({ amount_subtotal: 3000, amount_total: 3300, interval: 'month', interval_count: 1 });
  expect((await stripe.coupons.retrieve(off.id)).times_redeemed).toBe(0);
  const { status, number } = await stripe.quotes.finalizeQuote(draft.id);
  expect([status, number]).toEqual(['open', expect.stringMatching(/^QT-[A-Z0-9]+-0001-1$/)]);

  const accepted = await stripe.quotes.accept(draft.id, { expand: ['subscription', 'invoice', 'discounts'] });
  const subscription = accepted.subscription as Stripe.Subscription;
  const first = accepted.invoice as Stripe.Invoice;
  expect(accepted).toMatchObject({
    status: 'accepted',
    subscription_schedule: null,
    status_transitions: { accepted_at: at('2026-04-01') },
  });
  expect(subscription).toMatchObject({ status: 'active', description: 'Three seats', metadata: { deal: '7' }, latest_invoice: first.id });
  expect(first).toMatchObject({ status: 'draft', auto_advance: true, billing_reason: 'subscription_create', footer: 'Thank you' });
  expect(billed(first)).toEqual(quoted(draft.computed.upfront));
  expect((await stripe.coupons.retrieve(off.id)).times_redeemed).toBe(1);
  await clock.to('2026-05-01T02:00:00Z');
  const [paid, next] = await invoicesOf(stripe, subscription.id);
  expect([paid?.status, paid?.total, next?.status, next?.total]).toEqual(['paid', 3080, 'paid', 3300]);
  expect(await told(draft.id)).toEqual(['quote.created', 'quote.finalized', 'quote.accepted']);
});

async function vat(inclusive = false): Promise<string> {
  return (await stripe.taxRates.create({ display_name: 'VAT', percentage: 10, inclusive })).id;
}

describe('the amounts of a quote are those of the first invoice', () => {
  type Shape = (of: Awaited<ReturnType<typeof april>>) => Promise<Stripe.QuoteCreateParams>;
  const shapes: Record<string, Shape> = {
    'inclusive tax, and a line with its own discount': async ({ monthly, fee }) => ({
      line_items: [
        {
          price: monthly,
          quantity: 7,
          discounts: [{ coupon: (await stripe.coupons.create({ percent_off: 33, duration: 'forever' })).id }],
        },
        { price: fee, tax_rates: [await vat()] },
      ],
      default_tax_rates: [await vat(true)],
    }),
    'a trial, with a fee that is due at once': ({ monthly, fee }) =>
      Promise.resolve({ line_items: [{ price: monthly }, { price: fee }], subscription_data: { trial_period_days: 14 } }),
    'yen, described prices, three months off an amount': async () => ({
      line_items: [
        { price_data: { ...(await described('jpy', 999)), recurring: { interval: 'month' } }, quantity: 3 },
        { price_data: await described('jpy', 101) },
      ],
      discounts: [
        { coupon: (await stripe.coupons.create({ amount_off: 777, currency: 'jpy', duration: 'repeating', duration_in_months: 3 })).id },
      ],
    }),
    'tiers, and invoices that are sent': async () => ({
      line_items: [{ price: await tiered(), quantity: 25 }],
      collection_method: 'send_invoice',
      invoice_settings: { days_until_due: 14 },
    }),
  };
  const described = async (currency: string, unit_amount: number) => ({
    currency,
    unit_amount,
    product: (await stripe.products.create({ name: 'Made to measure' })).id,
  });
  const tiered = () =>
    priceOf(stripe, 0, {
      unit_amount: undefined as never,
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      tiers: [
        { up_to: 10, unit_amount_decimal: '33.3' as never },
        { up_to: 'inf', unit_amount: 11, flat_amount: 100 },
      ],
    });

  test.each(Object.keys(shapes))('%s', async (name) => {
    const of = await april();
    const quote = await opened({ customer: of.customer, ...(await shapes[name]?.(of)) });
    const { invoice } = await stripe.quotes.accept(quote.id);
    const first = await stripe.invoices.retrieve(invoice as string);
    expect(billed(first)).toEqual(quoted(quote.computed.upfront));
    const { data } = await stripe.quotes.listComputedUpfrontLineItems(quote.id);
    expect(data.map(({ amount_subtotal: amount }) => amount)).toEqual(first.lines.data.map(({ amount }) => amount));
    expect(data.reduce((sum, line) => sum + line.amount_total, 0)).toBe(first.total);
  });

  test('a trial is not charged upfront, but quoted and billed after it', async () => {
    const { clock, customer, monthly } = await april();
    const quote = await opened({ customer, line_items: [{ price: monthly }], subscription_data: { trial_period_days: 14 } });
    expect([quote.amount_total, quote.computed.upfront.amount_total, quote.computed.recurring?.amount_total]).toEqual([1000, 0, 1000]);
    const { subscription } = await stripe.quotes.accept(quote.id);
    expect((await stripe.subscriptions.retrieve(subscription as string)).status).toBe('trialing');
    await clock.to('2026-04-16');
    expect((await invoicesOf(stripe, subscription as string)).map(({ total, status }) => [total, status])).toEqual([
      [0, 'paid'],
      [1000, 'paid'],
    ]);
  });
});

test('a quote with a later effective date creates a schedule, whose first invoice matches the quote', async () => {
  const { clock, customer, monthly, fee } = await april();
  const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: 'repeating', duration_in_months: 2 });
  const quote = await opened({
    customer,
    line_items: [{ price: monthly }, { price: fee }],
    discounts: [{ coupon }],
    subscription_data: { effective_date: at('2026-06-10'), metadata: { deal: '8' } },
    expires_at: at('2026-05-20'),
  });
  expect(quoted(quote.computed.upfront)).toEqual([1500, 750, 0, 750]);
  const accepted = await stripe.quotes.accept(quote.id, { expand: ['subscription_schedule'] });
  const schedule = accepted.subscription_schedule as Stripe.SubscriptionSchedule;
  expect([accepted.subscription, accepted.invoice, schedule.status]).toEqual([null, null, 'not_started']);
  expect(schedule.phases.map(({ start_date, metadata }) => [iso(start_date), metadata])).toEqual([['2026-06-10', { deal: '8' }]]);
  await clock.to('2026-08-10T02:00:00Z');
  const [subscription] = (await stripe.subscriptions.list({ customer })).data;
  expect(subscription).toMatchObject({ status: 'active', schedule: null, metadata: { deal: '8' } });
  // Two months at half the price, the fee with the first; then the whole.
  expect((await invoicesOf(stripe, subscription?.id ?? '')).map(({ total, status }) => [total, status])).toEqual([
    [750, 'paid'],
    [500, 'paid'],
    [1000, 'paid'],
  ]);
  expect((await stripe.quotes.retrieve(quote.id)).status).toBe('accepted');
});

test('without recurring items, acceptance creates a draft that waits to be finalized', async () => {
  const { clock, customer, fee } = await april();
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: 'once' });
  const quote = await opened({
    customer,
    line_items: [{ price: fee, quantity: 3, discounts: [{ coupon }] }],
    default_tax_rates: [await vat()],
    invoice_settings: { description: 'As agreed' },
  });
  expect([quote.computed.recurring, quoted(quote.computed.upfront)]).toEqual([null, [1500, 150, 135, 1485]]);
  const { invoice, subscription } = await stripe.quotes.accept(quote.id);
  expect(subscription).toBeNull();
  const draft = await stripe.invoices.retrieve(invoice as string);
  expect(draft).toMatchObject({ status: 'draft', auto_advance: false, billing_reason: 'quote_accept', description: 'As agreed' });
  expect(draft.parent).toEqual({ type: 'quote_details', quote_details: { quote: quote.id }, subscription_details: null });
  expect(billed(draft)).toEqual(quoted(quote.computed.upfront));
  await clock.to('2026-04-03');
  expect((await stripe.invoices.pay(invoice as string)).status).toBe('paid');
});

test('drafts and open quotes are canceled when they expire, at their customer’s time', async () => {
  const { clock, customer, monthly } = await april();
  const params = { customer, line_items: [{ price: monthly }], expires_at: at('2026-04-05') };
  const [draft, open, moved] = [await stripe.quotes.create(params), await opened(params), await opened(params)];
  await stripe.quotes.update(moved.id, { expires_at: at('2026-04-20') });
  await clock.to('2026-04-06');
  const statuses = async () => Promise.all([draft, open, moved].map(async ({ id }) => (await stripe.quotes.retrieve(id)).status));
  expect(await statuses()).toEqual(['canceled', 'canceled', 'open']);
  expect(iso((await stripe.quotes.retrieve(open.id)).status_transitions.canceled_at)).toBe('2026-04-05');
  expect((await refusal(stripe.quotes.accept(open.id))).message).toMatch(/canceled/);
  await clock.to('2026-04-21');
  expect(await statuses()).toEqual(['canceled', 'canceled', 'canceled']);
  expect(await told(moved.id)).toEqual(['quote.created', 'quote.finalized', 'quote.canceled']);
  expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
});

test('of several concurrent acceptances one succeeds; repeated with its key, it returns the same answer', async () => {
  const { customer, monthly } = await april();
  const { id } = await opened({ customer, line_items: [{ price: monthly }] });
  const answers = await Promise.allSettled(
    [1, 2, 3, 4, 5].map((n) => stripe.quotes.accept(id, {}, { idempotencyKey: `${id}/${String(n)}` })),
  );
  const won = answers.findIndex(({ status }) => status === 'fulfilled');
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { data } = await stripe.subscriptions.list({ customer, status: 'all' });
  expect(data).toHaveLength(1);
  const again = await stripe.quotes.accept(id, {}, { idempotencyKey: `${id}/${String(won + 1)}` });
  expect([again.status, again.subscription]).toEqual(['accepted', data[0]?.id]);
  expect((await told(id)).filter((type) => type === 'quote.accepted')).toHaveLength(1);
});

test('a repeated acceptance whose answer was lost returns what it created', async () => {
  const { customer, monthly, fee } = await april();
  const params: Stripe.QuoteCreateParams[] = [
    { line_items: [{ price: monthly }] },
    { line_items: [{ price: fee }] },
    { line_items: [{ price: monthly }], subscription_data: { effective_date: at('2026-09-01') } },
  ];
  for (const [index, each] of params.entries()) {
    const { id } = await opened({ customer, ...each });
    const idempotencyKey = `lost/${id}/${String(index)}`;
    const first = await stripe.quotes.accept(id, {}, { idempotencyKey });
    // What a crash leaves: the commit is there, the answer is not, and the lease has run out.
    await product.sql`update requests set status = null, response = null, held_until = now() - interval '1 second' where idempotency_key = ${idempotencyKey}`;
    expect(await stripe.quotes.accept(id, {}, { idempotencyKey })).toEqual(first);
    expect((await told(id)).filter((type) => type === 'quote.accepted')).toHaveLength(1);
  }
  expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toHaveLength(1);
  expect((await stripe.subscriptionSchedules.list({ customer })).data).toHaveLength(1);
  expect((await stripe.invoices.list({ customer })).data).toHaveLength(2);
});

test('a revision has the same number with the next suffix, and replaces the quote that it revises', async () => {
  const { customer, monthly } = await april();
  const first = await opened({ customer, line_items: [{ price: monthly }], metadata: { deal: '9' } });
  const copy = await stripe.quotes.create({ from_quote: { quote: first.id } });
  const revision = await stripe.quotes.create({ from_quote: { quote: first.id, is_revision: true } });
  expect(revision).toMatchObject({ status: 'draft', metadata: { deal: '9' }, from_quote: { quote: first.id, is_revision: true } });
  const { data } = await stripe.quotes.listLineItems(revision.id);
  const changed = await stripe.quotes.update(revision.id, { line_items: [{ id: data[0]?.id ?? '', quantity: 2 }] });
  expect(changed.amount_total).toBe(2000);
  const numbers = [await stripe.quotes.finalizeQuote(revision.id), await stripe.quotes.finalizeQuote(copy.id)].map(({ number }) => number);
  const prefix = (first.number ?? '').slice(0, -'0001-1'.length);
  expect([first.number, ...numbers]).toEqual([`${prefix}0001-1`, `${prefix}0001-2`, `${prefix}0002-1`]);
  expect((await stripe.quotes.retrieve(first.id)).status).toBe('canceled');
});

test('a coupon that can no longer be redeemed refuses the acceptance, which then has created nothing', async () => {
  const { customer, monthly } = await april();
  const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: 'once', max_redemptions: 1 });
  const [one, other] = [
    await opened({ customer, line_items: [{ price: monthly }], discounts: [{ coupon }] }),
    await opened({ customer, line_items: [{ price: monthly }], discounts: [{ coupon }] }),
  ];
  await stripe.quotes.accept(one.id);
  expect(await refusal(stripe.quotes.accept(other.id))).toMatchObject({ code: 'coupon_expired', param: 'discounts[0][coupon]' });
  expect((await stripe.quotes.retrieve(other.id)).status).toBe('open');
  expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toHaveLength(1);
});

test('a quote keeps its promises: an archived price, and a coupon that a later one has redeemed', async () => {
  const { clock, customer, monthly } = await april();
  const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: 'once', max_redemptions: 1 });
  const later = { effective_date: at('2026-05-10') };
  const params = { customer, line_items: [{ price: monthly }], discounts: [{ coupon }], subscription_data: later };
  const [one, other] = [await opened(params), await opened(params)];
  await stripe.prices.update(monthly, { active: false });
  await stripe.quotes.accept(one.id);
  expect(await refusal(stripe.quotes.accept(other.id))).toMatchObject({ code: 'coupon_expired', param: 'discounts[0][coupon]' });
  await stripe.coupons.del(coupon);
  await clock.to('2026-06-11');
  const [subscription] = (await stripe.subscriptions.list({ customer })).data;
  expect((await invoicesOf(stripe, subscription?.id ?? '')).map(({ total }) => total)).toEqual([500, 1000]);
});
