import type Stripe from 'stripe';
import { customerWith, eventsOf, priceOf, refusal } from '../support/builders';
import { submitPage } from '../support/checkout-page';
import { DAY, HOUR, startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';
import { until as waitUntil } from '../support/system';
import { startStripeTax, type StripeTaxFake } from '../../scripts/stripe-tax';

let product: Product;
let stripe: Stripe;
let provider: StripeTaxFake;
let price: string;

beforeAll(async () => {
  provider = await startStripeTax();
  product = await startProduct({ stripeTax: { test: 'sk_test_tax', url: provider.url }, sweepEveryMs: 300 });
  stripe = product.stripe;
  await stripe.tax.settings.update({ head_office: { address: { country: 'DE' } }, defaults: { tax_behavior: 'exclusive' } });
  price = await priceOf(stripe);
}, 120_000);
afterAll(async () => {
  await product.stop();
  await provider.stop();
});
beforeEach(async () => {
  provider.mood = 'answers';
  provider.rate = '10';
  await settings({ provider: 'stripe', when_unavailable: 'wait', wait_seconds: 3 * DAY });
});

const ON = { automatic_tax: { enabled: true } } as const;
const settings = (tax: object): Promise<unknown> => product.post('/v1/account_settings', { tax });
const BERLIN = { country: 'DE', line1: 'Unter den Linden 1', postal_code: '10117', city: 'Berlin' };

async function subscribed(from = '2026-02-01') {
  const clock = await startClock(stripe, from);
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, address: BERLIN });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], ...ON });
  const latest = async (): Promise<Stripe.Invoice> =>
    (await stripe.invoices.list({ subscription: subscription.id, limit: 1 })).data[0] as never;
  return { clock, customer, id: subscription.id, latest };
}

/** What a workflow has scheduled on the provider's own queue. */
async function remoteCallsOf(workflowId: string): Promise<{ queue: string | null | undefined; attempts: number }[]> {
  const { events = [] } = await product.system.temporal.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled?.activityType?.name === 'calculateRemoteTax'
      ? [{ queue: scheduled.taskQueue?.name, attempts: scheduled.retryPolicy?.maximumAttempts ?? 0 }]
      : [],
  );
}

test('the provider calculates the tax of an invoice: its answer is billed and stored, and its queue is the provider’s own', async () => {
  provider.rate = '8.875';
  const { id, customer, latest } = await subscribed();
  const invoice = await latest();
  expect(invoice).toMatchObject({
    ...{ status: 'paid', total: 1089, automatic_tax: { enabled: true, status: 'complete', disabled_reason: null, provider: 'stripe' } },
    total_taxes: [{ amount: 89, tax_behavior: 'exclusive', taxability_reason: 'standard_rated', taxable_amount: 1000 }],
  });
  const [asked] = provider.asked.filter(({ path }) => path.endsWith('/calculations')).slice(-1);
  expect(asked?.body).toMatchObject({
    currency: 'usd',
    customer_details: { address: BERLIN, address_source: 'billing' },
    line_items: { 0: { amount: '1000', tax_behavior: 'exclusive', tax_code: 'txcd_10000000' } },
  });
  expect(asked?.key).toBe('Bearer sk_test_tax');
  const [stored] = await product.sql`select provider, provider_calculations as kept from tax_calculations where invoice = ${invoice.id}`;
  expect(stored).toEqual({ provider: 'stripe', kept: [expect.stringMatching(/^taxcalc_/)] });
  const queue = `${product.system.taskQueue}-tax-stripe`;
  expect(await remoteCallsOf(`subscription/${id}`)).toEqual([{ queue, attempts: 4 }]);
  const history = await product.system.temporal.workflow.getHandle(`subscription/${id}`).fetchHistory();
  expect(Buffer.from(JSON.stringify(history)).toString()).not.toContain(Buffer.from('Unter den Linden').toString('base64').slice(4, 20));
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 1089, out_of_band_amount: 1089 });
  expect(note.total_taxes).toMatchObject([{ amount: 89 }]);
  expect(customer).toBe(invoice.customer);
});

test('invoices, quotes and sessions name who calculates their tax, and a final invoice who has calculated it', async () => {
  const { customer, latest } = await subscribed();
  const invoice = await latest();
  const line = [{ price, quantity: 1 }];
  const session = { mode: 'subscription', success_url: 'https://shop.example.com', customer, line_items: line, ...ON } as const;
  const named = async () => {
    const quote = await stripe.quotes.create({ customer, line_items: [{ price }], ...ON });
    const opened = await stripe.checkout.sessions.create(session);
    const { id } = await stripe.invoices.create({ customer, ...ON, auto_advance: false });
    const drafts = [quote, opened, await stripe.invoices.retrieve(id), await stripe.invoices.retrieve(invoice.id)];
    const off = await stripe.invoices.update(id, { automatic_tax: { enabled: false } });
    return [...drafts, off].map(({ automatic_tax: { provider: name } }) => name);
  };
  expect(await named()).toEqual(['stripe', 'stripe', 'stripe', 'stripe', null]);
  await settings({ provider: 'dunlin' });
  expect(await named()).toEqual(['dunlin', 'dunlin', 'dunlin', 'stripe', null]);
});

test('a provider that is down for a day holds back the invoice, not the subscription; then the invoice goes out with its tax', async () => {
  const { clock, id, customer, latest } = await subscribed();
  provider.mood = 'down';
  await clock.to('2026-03-01T02:00:00Z');
  const draft = await latest();
  expect(draft).toMatchObject({
    ...{ status: 'draft', automatic_tax: { enabled: true, status: 'failed' }, number: null },
    last_finalization_error: { code: 'taxes_calculation_failed', message: expect.stringContaining('HTTP 503') as string },
  });
  const { done, planned } = (await product.get(`/v1/subscriptions/${id}/timeline`)) as Record<'done' | 'planned', { sentence: string }[]>;
  expect(done.map(({ sentence }) => sentence)).toContain(`Invoice ${draft.id} is not finalized: its tax provider is unavailable.`);
  expect(planned.map(({ sentence }) => sentence)).toContainEqual(
    expect.stringContaining(`The tax provider is asked again: invoice ${draft.id} is finalized and collected`),
  );
  await clock.by(12 * HOUR);
  expect(await stripe.subscriptions.update(id, { metadata: { still: 'served' } })).toMatchObject({ status: 'active' });
  expect(await refusal(stripe.invoices.finalizeInvoice(draft.id))).toMatchObject({ code: 'taxes_calculation_failed', statusCode: 503 });
  expect(await refusal(stripe.subscriptions.create({ customer, items: [{ price }], ...ON }))).toMatchObject({ statusCode: 503 });
  await clock.by(12 * HOUR);
  expect(await latest()).toMatchObject({ id: draft.id, status: 'draft' });
  provider.mood = 'answers';
  await clock.by(2 * HOUR);
  expect(await latest()).toMatchObject({
    ...{ id: draft.id, status: 'paid', total: 1100, last_finalization_error: null },
    automatic_tax: { enabled: true, status: 'complete', disabled_reason: null },
  });
  const failures = await eventsOf(stripe, { type: 'invoice.finalization_failed' });
  expect(failures.filter(({ data }) => (data.object as Stripe.Invoice).id === draft.id)).toHaveLength(1);
  expect((await stripe.subscriptions.list({ customer })).data.map((each) => each.id)).toEqual([id]);
  const { data: charges } = await stripe.charges.list({ customer });
  expect(charges.map(({ amount }) => amount)).toEqual([1100, 1100]);
}, 60_000);

test('at the deadline an invoice is billed without tax and says so, if the seller wants that; the next one has its tax again', async () => {
  await settings({ when_unavailable: 'bill_without_tax', wait_seconds: 6 * HOUR });
  const { clock, id, latest } = await subscribed();
  provider.mood = 'locked';
  await clock.to('2026-03-01T06:00:00Z');
  expect(await latest()).toMatchObject({ status: 'draft', automatic_tax: { status: 'failed' } });
  await clock.by(2 * HOUR);
  expect(await latest()).toMatchObject({
    ...{ status: 'paid', total: 1000, total_taxes: [] },
    automatic_tax: { enabled: false, status: null, disabled_reason: 'finalization_system_error' },
  });
  expect((await stripe.subscriptions.retrieve(id)).automatic_tax.enabled).toBe(true);
  provider.mood = 'answers';
  await clock.to('2026-04-01T02:00:00Z');
  expect(await latest()).toMatchObject({ status: 'paid', total: 1100, automatic_tax: { enabled: true } });
}, 60_000);

test('a place that the provider refuses is no outage: a renewal goes out without tax, a request is refused at once', async () => {
  const { clock, customer, id, latest } = await subscribed();
  provider.mood = 'refuses';
  await clock.to('2026-03-01T02:00:00Z');
  expect(await latest()).toMatchObject({
    ...{ status: 'paid', total: 1000 },
    automatic_tax: { enabled: false, disabled_reason: 'finalization_requires_location_inputs' },
  });
  expect((await stripe.subscriptions.retrieve(id)).automatic_tax).toMatchObject({
    enabled: false,
    disabled_reason: 'requires_location_inputs',
  });
  const error = await refusal(stripe.subscriptions.create({ customer, items: [{ price }], ...ON }));
  expect(error).toMatchObject({ code: 'customer_tax_location_invalid', statusCode: 400 });
  expect(error.message).not.toContain('Main Street');
});

const recorded = () => provider.asked.filter(({ path }) => path.includes('/tax/transactions/'));

/** What is sold at the provider after all reversals, and how far each document is. */
async function recordsOf(invoice: string) {
  const rows = await product.sql<
    {
      kind: string;
      status: string;
      problem: string | null;
      id: string;
      nextTryAt: number | null;
      lines: { amount: number; tax: number }[];
    }[]
  >`
    select id, kind, status, problem, next_try_at, lines from tax_records where invoice = ${invoice} order by seq`;
  const sum = (of: 'amount' | 'tax') => rows.flatMap(({ lines }) => lines).reduce((total, line) => total + line[of], 0);
  return { states: rows.map(({ kind, status }) => `${kind} ${status}`), left: [sum('amount'), sum('tax')], rows };
}

async function sale(customer: string, amounts: number[]) {
  const { id } = await stripe.invoices.create({ customer, ...ON, auto_advance: false });
  for (const amount of amounts) await stripe.invoiceItems.create({ customer, invoice: id, amount, currency: 'usd' });
  return stripe.invoices.finalizeInvoice(id);
}

const until = async (invoice: string, states: string[]) => {
  await waitUntil(async () => (await recordsOf(invoice)).states.join() === states.join(), { what: states.join(), timeoutMs: 40_000 });
  return recordsOf(invoice);
};

test('final invoices and credit notes are recorded at the provider, each once; a void invoice is taken back', async () => {
  provider.rate = '20';
  const { customer } = await customerWith(stripe, 'pm_card_visa', { address: BERLIN });
  const [sold, gone] = [await sale(customer, [1000, 500, -200]), await sale(customer, [1000, 500, -200])];
  expect(sold.total).toBe(1560);
  await until(sold.id, ['sale recorded']);
  await stripe.creditNotes.create({ invoice: sold.id, amount: 780 });
  await stripe.invoices.voidInvoice(gone.id);
  expect((await until(sold.id, ['sale recorded', 'credit recorded'])).left).toEqual([650, 130]);
  expect((await until(gone.id, ['sale recorded', 'void recorded'])).left).toEqual([0, 0]);
  const own = [...(await recordsOf(sold.id)).rows, ...(await recordsOf(gone.id)).rows].map(({ id }) => id);
  const calls = recorded().filter(({ body }) => own.some((id) => String(body['reference']).startsWith(id)));
  const references = calls.map(({ body }) => body['reference']);
  expect(new Set(references).size).toBe(references.length);
  expect(calls.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
    ...['create_from_calculation', 'create_from_calculation'],
    ...['create_reversal', 'create_reversal', 'create_reversal', 'create_reversal'],
  ]);
}, 60_000);

test('a credit note that is voided after the provider has recorded it is taken back there, and can be credited again', async () => {
  provider.rate = '20';
  const { customer } = await customerWith(stripe, 'pm_card_visa', { address: BERLIN });
  const { id } = await sale(customer, [1000, 500]);
  const note = await stripe.creditNotes.create({ invoice: id, amount: 900 });
  await until(id, ['sale recorded', 'credit recorded']);
  const reversal = recorded().at(-1)?.body['reference'];
  await stripe.creditNotes.voidCreditNote(note.id);
  const { left } = await until(id, ['sale recorded', 'credit recorded', 'restored recorded']);
  expect(left).toEqual([1500, 300]);
  const { body } = recorded().at(-1) as { body: Record<string, string> };
  expect(body).toMatchObject({ mode: 'full' });
  expect(provider.transactionOf(String(reversal))).toBe(body['original_transaction']);
  await stripe.creditNotes.create({ invoice: id, amount: 1800 });
  const again = await until(id, ['sale recorded', 'credit recorded', 'restored recorded', 'credit recorded']);
  expect(again.left).toEqual([0, 0]);
}, 60_000);

test('a document that the provider does not take is tried again, in a workflow that Temporal’s UI shows, and delays nothing', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa', { address: BERLIN });
  const { id } = await sale(customer, [1000]);
  const workflow = `tax-records/${product.account}/test/stripe`;
  provider.mood = 'locked';
  const isPostponed = async () => {
    const [found] = (await recordsOf(id)).rows;
    return found?.problem !== null && Number(found?.nextTryAt) > Date.now() / 1000 ? found : null;
  };
  const row = await waitUntil(isPostponed, { what: 'a later try', timeoutMs: 40_000 });
  expect(row).toMatchObject({ status: 'pending', problem: expect.stringContaining('HTTP 401') as string });
  provider.mood = 'answers';
  await product.sql`update tax_records set next_try_at = 0 where status = 'pending'`;
  await until(id, ['sale recorded']);
  const { events = [] } = await product.system.temporal.workflow.getHandle(workflow).fetchHistory();
  const calls = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: call }) =>
    call?.activityType?.name === 'recordTax' ? [{ queue: call.taskQueue?.name, attempts: call.retryPolicy?.maximumAttempts }] : [],
  );
  expect(calls.at(-1)).toEqual({ queue: `${product.system.taskQueue}-tax-stripe`, attempts: 4 });
}, 60_000);

test('a refund without a credit note is taken back at the provider; one that fails is sold again', async () => {
  provider.rate = '20';
  const { customer } = await customerWith(stripe, 'pm_card_visa', { address: BERLIN });
  const { id } = await sale(customer, [1000, 500]);
  await stripe.invoices.pay(id);
  const { payments } = await stripe.invoices.retrieve(id, { expand: ['payments'] });
  await stripe.refunds.create({ payment_intent: payments?.data[0]?.payment.payment_intent as string, amount: 900 });
  expect((await until(id, ['sale recorded', 'refund recorded'])).left).toEqual([750, 150]);
}, 60_000);

describe('what is offered', () => {
  const details = { address: BERLIN, address_source: 'billing' } as const;
  const asked = () => provider.asked.filter(({ path }) => path.endsWith('/tax/calculations')).at(-1)?.body;

  test('a preview shows the tax of the provider, also for a customer that does not exist', async () => {
    provider.rate = '8.875';
    const { customer } = await customerWith(stripe, 'pm_card_visa', { address: BERLIN });
    const preview = { subscription_details: { items: [{ price, quantity: 3 }] }, ...ON };
    expect(await stripe.invoices.createPreview({ customer, ...preview })).toMatchObject({
      ...{ total: 3266, automatic_tax: { status: 'complete' } },
      total_taxes: [{ amount: 266, taxable_amount: 3000 }],
    });
    const address = { country: 'FR', line1: '1 rue Cler', city: 'Paris', postal_code: '75007' };
    const described = await stripe.invoices.createPreview({ customer_details: { address }, ...preview });
    expect(described.total).toBe(3266);
    expect(asked()).toMatchObject({ customer_details: { address } });
  });

  test('a quote has the tax that its invoice will have', async () => {
    provider.rate = '12.5';
    const { customer } = await customerWith(stripe, 'pm_card_visa', { address: BERLIN });
    const quote = await stripe.quotes.create({ customer, line_items: [{ price, quantity: 2 }], ...ON });
    expect(quote).toMatchObject({ amount_total: 2250, total_details: { amount_tax: 250 }, automatic_tax: { status: 'complete' } });
    expect(quote.computed.recurring).toMatchObject({ amount_total: 2250, total_details: { amount_tax: 250 } });
  });

  const offer = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
    stripe.checkout.sessions.create({ mode: 'subscription', success_url: 'https://shop.example.com/thanks', ...ON, ...params });
  const CARD = { email: 'ada@example.com', name: 'Ada', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0' };
  const BUYER = { country: 'DE', line1: 'Unter den Linden 1', postal_code: '10117', city: 'Berlin', withdrawal_consent: 'yes' };

  test('a checkout shows the tax of the provider, as soon as the buyer’s place is known, and that is what is charged', async () => {
    provider.rate = '8.875';
    const { customer } = await customerWith(stripe, 'pm_card_visa', { address: BERLIN });
    const known = await offer({ customer, line_items: [{ price, quantity: 3 }] });
    expect(known).toMatchObject({ amount_subtotal: 3000, amount_total: 3266, total_details: { amount_tax: 266 } });
    const once = { price_data: { currency: 'usd', unit_amount: 2000, product_data: { name: 'Book' } }, quantity: 1 };
    for (const [mode, line] of [
      ['subscription', { price, quantity: 2 }],
      ['payment', once],
    ] as const) {
      const session = await offer({ mode, line_items: [line] });
      expect(session).toMatchObject({ amount_total: 2000, automatic_tax: { status: 'requires_location_inputs' } });
      expect((await submitPage(session.url ?? '', { ...CARD, ...BUYER, action: 'update' })).html).toContain('$21.78');
      expect((await submitPage(session.url ?? '', { ...CARD, ...BUYER, amount: '2178' })).status).toBe(303);
      const paid = await stripe.checkout.sessions.retrieve(session.id);
      expect(paid).toMatchObject({ status: 'complete', amount_total: 2178, total_details: { amount_tax: 178 } });
      const [charge] = (await stripe.charges.list({ limit: 1 })).data;
      expect(charge?.amount).toBe(2178);
    }
  });

  test('a buyer whose tax the provider cannot calculate now pays nothing, and can try again', async () => {
    const session = await offer({ line_items: [{ price, quantity: 1 }] });
    provider.mood = 'down';
    expect((await submitPage(session.url ?? '', { ...CARD, ...BUYER, amount: '1100' })).status).toBe(402);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    provider.mood = 'answers';
    expect((await submitPage(session.url ?? '', { ...CARD, ...BUYER, amount: '1100' })).status).toBe(303);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', amount_total: 1100 });
  });

  test('a requested calculation is the provider’s, jurisdiction by jurisdiction', async () => {
    provider.rate = '6.5';
    const calculation = await stripe.tax.calculations.create({
      ...{ currency: 'usd', customer_details: details, expand: ['line_items.data.tax_breakdown'] },
      line_items: [
        { amount: 1000, reference: 'a' },
        { amount: 1065, reference: 'b', tax_behavior: 'inclusive' },
      ],
    });
    expect(calculation).toMatchObject({ amount_total: 2130, tax_amount_exclusive: 65, tax_amount_inclusive: 65 });
    const [line] = calculation.line_items?.data ?? [];
    expect(line?.tax_breakdown).toMatchObject([
      {
        ...{ amount: 65, taxable_amount: 1000, taxability_reason: 'standard_rated' },
        jurisdiction: { country: 'DE', level: 'country', display_name: 'Tax office of DE' },
        tax_rate_details: { percentage_decimal: '6.5', tax_type: 'vat' },
      },
    ]);
  });

  test('while the provider is down each is answered with 503 and changes nothing; a place that it refuses is the caller’s mistake', async () => {
    const { customer } = await customerWith(stripe, 'pm_card_visa', { address: BERLIN });
    const ask = {
      preview: () => stripe.invoices.createPreview({ customer, subscription_details: { items: [{ price }] }, ...ON }),
      quote: () => stripe.quotes.create({ customer, line_items: [{ price }], ...ON }),
      checkout: () => offer({ customer, line_items: [{ price, quantity: 1 }] }),
      calculation: () => stripe.tax.calculations.create({ currency: 'usd', customer_details: details, line_items: [{ amount: 1 }] }),
    };
    const count = async () =>
      (
        await product.sql`select id from quotes union all select id from checkout_sessions union all select id from requested_tax_calculations`
      ).length;
    const before = await count();
    for (const [mood, answer] of [
      ['down', { code: 'taxes_calculation_failed', statusCode: 503 }],
      ['refuses', { code: 'customer_tax_location_invalid', statusCode: 400 }],
    ] as const) {
      provider.mood = mood;
      for (const each of Object.values(ask)) expect(await refusal(each())).toMatchObject(answer);
    }
    expect(await count()).toBe(before);
    provider.mood = 'answers';
    expect((await ask.quote()).amount_total).toBe(1100);
  });
});
