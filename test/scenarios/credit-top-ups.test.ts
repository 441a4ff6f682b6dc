import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, invoicesOf, refusal, typesOf, useCard } from '../support/builders';
import { startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

interface TopUp {
  id: string;
  object: string;
  status: string;
  pause_reason: string | null;
  pending_invoice: string | null;
  latest_invoice: string | null;
  latest_credit_grant: string | null;
  month: { start: number; spent: number } | null;
  unit_amount: number;
  threshold: number;
}

const PATH = '/v1/billing/credit_top_ups';
const post = (path: string, parameters: object = {}) => stripe.rawRequest('POST', path, { ...parameters }) as Promise<TopUp>;
const topUpOf = (id: string) => stripe.rawRequest('GET', `/v1/billing/credit_top_ups/${id}`) as Promise<TopUp>;

/** A customer on a clock of 10 April, with calls at 2 in arrears and a rule: below 500, 1000 of credit for 900, 2700 a month at most. */
async function prepaid(rule: object | null = {}, card: string | null = 'pm_card_visa') {
  const clock = await startClock(stripe, '2026-04-10');
  const { customer } = await customerWith(stripe, card, { test_clock: clock.id });
  const event_name = `calls_${clock.id}`;
  const meter = await stripe.billing.meters.create({ display_name: 'Calls', event_name, default_aggregation: { formula: 'sum' } });
  const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id } as const;
  const calls = await stripe.prices.create({ currency: 'usd', unit_amount: 2, recurring, product_data: { name: 'Calls' } });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: calls.id }] });
  const terms = { customer, currency: 'usd', threshold: 500, amount: 1000, unit_amount: 900, monthly_limit: 2700 };
  const topUp = rule === null ? null : await post(PATH, { ...terms, ...rule });
  const use = (value: number) =>
    stripe.billing.meterEvents.create({
      event_name,
      payload: { stripe_customer_id: customer, value: String(value) },
      timestamp: clock.now(),
    });
  const grants = async () => (await stripe.billing.creditGrants.list({ customer, limit: 100 })).data.reverse();
  const bought = async () =>
    (await stripe.invoices.list({ customer, limit: 100 })).data.filter((each) => each.metadata?.['credit_top_up']).reverse();
  /** All that was woken has looked at its rows. */
  const settled = () =>
    until(async () => {
      const due = await product.sql`
        select 1 from workflows w where w.customer = ${customer} and w.ended_at is null and w.next_due <= ${clock.now()}`;
      return due.length === 0;
    });
  return { clock, customer, calls: calls.id, subscription: id, terms, topUp: topUp?.id ?? '', use, grants, bought, settled };
}

test('usage reduces credit to the threshold: a paid invoice and one grant follow, and the next usage invoice uses the grant', async () => {
  const { clock, customer, topUp, subscription, use, grants, bought, settled } = await prepaid({
    credit_grant: { name: 'Credits', priority: 10, expires_after_days: 90 },
  });
  // None was there: it has bought at once.
  await until(async () => (await grants()).length === 1);
  const [invoice] = await bought();
  expect(invoice).toMatchObject({
    billing_reason: 'manual',
    status: 'paid',
    total: 900,
    amount_paid: 900,
    collection_method: 'charge_automatically',
  });
  expect(invoice?.lines.data).toMatchObject([{ amount: 900, description: 'Credits', discountable: false }]);
  expect((await grants())[0]).toMatchObject({
    ...{ category: 'paid', name: 'Credits', priority: 10, expires_at: clock.now() + 90 * 86_400 },
    ...{ amount: { monetary: { value: 1000, currency: 'usd' } }, metadata: { credit_top_up: topUp, invoice: invoice?.id } },
  });
  // Its sale is no revenue of a margin: its use will be.
  const margins = await product.get(`/v1/billing/margins?customer=${customer}&start_time=${clock.now()}&end_time=${clock.now() + 60}`);
  expect(margins['data']).toEqual([]);
  // 250 calls take 500 of it: at the threshold, not below.
  await use(250);
  await settled();
  expect(await bought()).toHaveLength(1);
  expect(await product.get(`/v1/customers/${customer}/usage`)).toMatchObject({ credits: [{ currency: 'usd', left: 500 }] });
  await use(1);
  await until(async () => (await grants()).length === 2);
  expect(await topUpOf(topUp)).toMatchObject({ status: 'active', pending_invoice: null, month: { spent: 1800 } });
  // 502 of usage on the invoice of 10 May: taken from the first grant, then what is left is 1498.
  await clock.to('2026-05-10T02:00:00Z');
  const usage = (await invoicesOf(stripe, subscription)).at(-1);
  expect(usage).toMatchObject({ status: 'paid', subtotal: 502, total: 0 });
  expect(usage?.total_pretax_credit_amounts).toMatchObject([{ amount: 502 }]);
  expect(await bought()).toHaveLength(2);
  const summary = await stripe.billing.creditBalanceSummaries.retrieve({
    customer,
    filter: { type: 'applicability_scope', applicability_scope: { price_type: 'metered' } },
  });
  expect(summary.balances[0]?.available_balance.monetary?.value).toBe(1498);
});

test('concurrent calls cause one purchase', async () => {
  const { topUp, use, grants, bought, settled } = await prepaid({ threshold: 400, amount: 5000, unit_amount: 5000, monthly_limit: 50_000 });
  await until(async () => (await grants()).length === 1);
  await Promise.all(Array.from({ length: 24 }, () => use(100)));
  await until(async () => (await grants()).length === 2);
  await settled();
  expect((await bought()).map(({ status, total }) => [status, total])).toEqual([
    ['paid', 5000],
    ['paid', 5000],
  ]);
  expect(await topUpOf(topUp)).toMatchObject({ month: { spent: 10_000 } });
});

test('a rule charges its own card; without that and without a default card it pauses; a deleted customer has none', async () => {
  const { customer, topUp, terms, use, grants, bought, settled } = await prepaid(null, null);
  expect(topUp).toBe('');
  const { id: card } = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
  const rule = await post(PATH, { ...terms, default_payment_method: card });
  await until(async () => (await grants()).length === 1);
  const expanded = await product.get(`/v1/billing/credit_top_ups/${rule.id}?expand[]=latest_invoice`);
  expect(expanded).toMatchObject({ latest_invoice: { object: 'invoice', total: 900, metadata: { credit_top_up: rule.id } } });
  await stripe.paymentMethods.detach(card);
  expect(await topUpOf(rule.id)).toMatchObject({ status: 'active', default_payment_method: null });
  await use(300);
  await until(async () => (await topUpOf(rule.id)).status === 'paused');
  expect(await topUpOf(rule.id)).toMatchObject({ pause_reason: 'payment_failed' });
  expect(await refusal(post(`/v1/billing/credit_top_ups/${rule.id}/resume`))).toMatchObject({ statusCode: 400 });
  await settled();
  expect((await bought()).map(({ status }) => status)).toEqual(['paid', 'open']);
  await stripe.customers.del(customer);
  expect(await refusal(topUpOf(rule.id))).toMatchObject({ statusCode: 404 });
});

test('a declined card pauses the rule: no credit, no retry, no second invoice; resuming voids the unpaid invoice and buys again', async () => {
  const { clock, customer, topUp, use, grants, bought, settled } = await prepaid({}, 'pm_card_chargeCustomerFail');
  await until(async () => (await topUpOf(topUp)).status === 'paused');
  const [declined] = await bought();
  expect(declined).toMatchObject({ status: 'open', attempt_count: 1, next_payment_attempt: null });
  expect(await topUpOf(topUp)).toMatchObject({ pause_reason: 'payment_failed', pending_invoice: declined?.id, latest_invoice: null });
  await use(500);
  await useCard(stripe, customer, 'pm_card_visa');
  await clock.by(20 * 86_400);
  expect(await bought()).toHaveLength(1);
  expect(await grants()).toEqual([]);
  const resumed = await post(`/v1/billing/credit_top_ups/${topUp}/resume`);
  expect(resumed).toMatchObject({ status: 'active', pause_reason: null });
  // What it buys at once is there when it answers; the unpaid one is not what it waits for.
  expect(resumed['pending_invoice']).not.toBe(declined?.id);
  await until(async () => (await bought()).length > 1);
  await until(async () => (await topUpOf(topUp)).pending_invoice === null);
  await settled();
  // 1000 of usage is ahead: twice 1000 reach the threshold.
  expect((await bought()).map(({ status, total }) => [status, total])).toEqual([
    ['void', 900],
    ['paid', 1800],
  ]);
  expect(await grants()).toMatchObject([{ amount: { monetary: { value: 2000 } } }]);
  expect((await refusal(stripe.invoices.pay(declined?.id ?? ''))).message).toContain('void');
  const own = (await eventsOf(stripe)).filter(({ data }) => (data.object as { id?: string }).id === topUp);
  expect(typesOf(own).map((type) => type.split('.').at(-1))).toEqual(['created', 'paused', 'resumed']);
});

test('an unpaid top-up that is paid later grants its credit as it was sold, and the rule continues', async () => {
  const { customer, topUp, grants } = await prepaid({}, 'pm_card_chargeCustomerFail');
  const { pending_invoice: unpaid } = await until(async () => {
    const found = await topUpOf(topUp);
    return found.status === 'paused' ? found : null;
  });
  await post(`/v1/billing/credit_top_ups/${topUp}`, { amount: 7000, unit_amount: 6000, monthly_limit: 9000 });
  const card = await useCard(stripe, customer, 'pm_card_visa');
  expect(await stripe.invoices.pay(unpaid ?? '', { payment_method: card })).toMatchObject({ status: 'paid', total: 900 });
  expect(await topUpOf(topUp)).toMatchObject({ status: 'active', pause_reason: null, pending_invoice: null, latest_invoice: unpaid });
  const [grant] = await grants();
  expect(grant).toMatchObject({ amount: { monetary: { value: 1000 } } });
  expect(await grants()).toHaveLength(1);
});

test('a month costs no more than its limit; the next month buys again without a request', async () => {
  const { clock, topUp, use, grants, bought, settled } = await prepaid();
  await until(async () => (await grants()).length === 1);
  await use(2000);
  await until(async () => (await grants()).length === 2);
  await settled();
  await use(100);
  await settled();
  expect((await bought()).map(({ total }) => total)).toEqual([900, 1800]);
  expect(await topUpOf(topUp)).toMatchObject({ status: 'active', month: { spent: 2700 } });
  const told = (await eventsOf(stripe, { type: 'billing.credit_top_up.limit_reached' })).map(
    ({ data }) => (data.object as { id?: string }).id,
  );
  expect(told.filter((id) => id === topUp)).toHaveLength(1);
  await clock.to('2026-04-30T23:59:59Z');
  expect(await bought()).toHaveLength(2);
  await clock.to('2026-05-01T00:00:05Z');
  const all = await bought();
  expect(all).toHaveLength(3);
  expect(all[2]).toMatchObject({ status: 'paid', total: 1800, created: Date.UTC(2026, 4, 1) / 1000 });
  // 3000 of April and 2000 of May, less 4200 of usage: 800 are left, above the threshold.
  expect(await topUpOf(topUp)).toMatchObject({ month: { spent: 1800 }, pending_invoice: null });
});

test('a paused or deleted rule buys nothing; voided credit is bought again; a wrong rule is refused with its parameter and creates nothing', async () => {
  const { customer, calls, terms, topUp, use, grants, bought, settled } = await prepaid();
  await until(async () => (await grants()).length === 1);
  expect(await post(`/v1/billing/credit_top_ups/${topUp}/pause`)).toMatchObject({ status: 'paused', pause_reason: 'requested' });
  await use(500);
  await settled();
  expect(await bought()).toHaveLength(1);
  await post(`/v1/billing/credit_top_ups/${topUp}/resume`);
  await until(async () => (await grants()).length === 2);
  await stripe.billing.creditGrants.voidGrant((await grants())[1]?.id ?? '');
  await until(async () => (await grants()).length === 3);
  const wrong: [object, string][] = [
    [{ ...terms, threshold: 0 }, 'threshold'],
    [{ ...terms, monthly_limit: 899 }, 'monthly_limit'],
    [{ ...terms, unit_amount: 49 }, 'unit_amount'],
    [{ ...terms, every: 'week' }, 'every'],
    [{ ...terms, default_payment_method: 'pm_none' }, 'default_payment_method'],
    [{ ...terms, default_tax_rates: ['txr_none'] }, 'default_tax_rates[0]'],
    [
      { ...terms, credit_grant: { applicability_config: { scope: { prices: [{ id: calls }] } } } },
      'credit_grant[applicability_config][scope]',
    ],
  ];
  for (const [parameters, param] of wrong) expect(await refusal(post(PATH, parameters))).toMatchObject({ statusCode: 400, param });
  const poor = await customerWith(stripe, null);
  expect(await refusal(post(PATH, { ...terms, customer: poor.customer }))).toMatchObject({ statusCode: 400 });
  const { data } = (await stripe.rawRequest('GET', `${PATH}?customer=${customer}`)) as unknown as { data: TopUp[] };
  expect(data.map(({ id }) => id)).toEqual([topUp]);
  expect(await stripe.rawRequest('DELETE', `/v1/billing/credit_top_ups/${topUp}`)).toMatchObject({ id: topUp, deleted: true });
  await use(5000);
  await settled();
  expect(await bought()).toHaveLength(3);
  expect(await refusal(topUpOf(topUp))).toMatchObject({ statusCode: 404 });
});
