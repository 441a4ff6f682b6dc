import type Stripe from 'stripe';
import { accountsOf, booksBalanceAfterEach } from '../ledger/books';
import { customerWith, invoicesOf, priceOf, refusal } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

/** A customer on a clock of 1 April, with a base of 1000 in advance and calls at 2 in arrears, both with 20% tax on top. */
async function metered() {
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const event_name = `calls_${clock.id}`;
  const meter = await stripe.billing.meters.create({ display_name: 'Calls', event_name, default_aggregation: { formula: 'sum' } });
  const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id } as const;
  const calls = await stripe.prices.create({ currency: 'usd', unit_amount: 2, recurring, product_data: { name: 'Calls' } });
  const rate = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false });
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [{ price: await priceOf(stripe, 1000) }, { price: calls.id }],
    default_tax_rates: [rate.id],
  });
  const use = (value: number) =>
    stripe.billing.meterEvents.create({
      event_name,
      payload: { stripe_customer_id: customer, value: String(value) },
      timestamp: clock.now(),
    });
  const last = async () => (await invoicesOf(stripe, id)).at(-1) as Stripe.Invoice;
  return { clock, customer, calls: calls.id, id, use, last };
}

const EVERY = { scope: { price_type: 'metered' } } as const;
const usd = (value: number) => ({ type: 'monetary', monetary: { currency: 'usd', value } }) as const;

async function left(customer: string): Promise<[number | undefined, number | undefined]> {
  const filter = { type: 'applicability_scope', applicability_scope: { price_type: 'metered' } } as const;
  const { balances } = await stripe.billing.creditBalanceSummaries.retrieve({ customer, filter });
  return [balances[0]?.available_balance.monetary?.value, balances[0]?.ledger_balance.monetary?.value];
}

test('grants pay usage in their order, before tax; the draft shows it, the final invoice uses it', async () => {
  const { clock, customer, id, use, last } = await metered();
  const before = await accountsOf(product.sql);
  const prepaid = await stripe.billing.creditGrants.create({ customer, amount: usd(500), applicability_config: EVERY, name: 'Prepaid' });
  const given = await stripe.billing.creditGrants.create({
    ...{ customer, amount: usd(100), applicability_config: EVERY, category: 'promotional', priority: 10 },
  });
  expect(prepaid).toMatchObject({
    object: 'billing.credit_grant',
    category: 'paid',
    priority: 50,
    effective_at: clock.now(),
    test_clock: clock.id,
  });
  await use(150);
  const preview = await stripe.invoices.createPreview({ subscription: id });
  // 1000 + 300 - 100 - 200 = 1000, and 200 of tax.
  expect(preview).toMatchObject({ subtotal: 1300, total: 1200, total_excluding_tax: 1000 });
  await clock.to('2026-05-01T00:10:00Z');
  const draft = await last();
  expect(draft).toMatchObject({ status: 'draft', subtotal: 1300, total: 1200 });
  expect(draft.total_pretax_credit_amounts).toEqual([
    { amount: 100, credit_balance_transaction: null, type: 'credit_balance_transaction' },
    { amount: 200, credit_balance_transaction: null, type: 'credit_balance_transaction' },
  ]);
  expect(await left(customer)).toEqual([600, 600]);
  await clock.to('2026-05-01T02:00:00Z');
  const invoice = await last();
  expect(invoice).toMatchObject({ status: 'paid', total: 1200, total_excluding_tax: 1000, amount_paid: 1200 });
  expect(await left(customer)).toEqual([300, 300]);
  const { data } = await stripe.billing.creditBalanceTransactions.list({ customer });
  expect(
    data.map(({ credit_grant, debit, credit }) => [credit_grant, (debit ?? credit)?.type, (debit ?? credit)?.amount.monetary?.value]),
  ).toEqual([
    [prepaid.id, 'credits_applied', 200],
    [given.id, 'credits_applied', 100],
    [given.id, 'credits_granted', 100],
    [prepaid.id, 'credits_granted', 500],
  ]);
  const line = invoice.lines.data.find((each) => each.amount === 300);
  expect(line?.pretax_credit_amounts?.map((each) => each.credit_balance_transaction)).toEqual([data[1]?.id, data[0]?.id]);
  const applied = await stripe.billing.creditBalanceTransactions.retrieve(data[0]?.id ?? '', { expand: ['credit_grant'] });
  expect(applied.debit?.credits_applied).toEqual({ invoice: invoice.id, invoice_line_item: line?.id });
  expect((applied.credit_grant as Stripe.Billing.CreditGrant).id).toBe(prepaid.id);
  const explained = (await stripe.rawRequest('GET', `/v1/invoices/${invoice.id}/explain`)) as unknown as {
    lines: { credits: { credit_grant: string; amount: number; step: string }[] }[];
    totals: { of: string; amount: number; step: string }[];
  };
  expect(explained.lines.flatMap(({ credits }) => credits)).toEqual([
    { credit_grant: given.id, amount: 100, step: 'of 300 that are left, 100 are paid: 200' },
    { credit_grant: prepaid.id, amount: 200, step: 'of 200 that are left, 200 are paid: 0' },
  ]);
  expect(explained.totals.find((each) => each.of === 'total')?.step).toBe('1300 - 0 - 300 + 200 = 1200');
  const after = await accountsOf(product.sql);
  const moved = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
  expect(['prepaid_credit_sales', 'prepaid_credits', 'promotional_credits'].map(moved)).toEqual([500, -300, 100]);
  const { data: events } = await stripe.events.list({
    types: ['billing.credit_grant.created', 'billing.credit_balance_transaction.created'],
  });
  expect(events).toHaveLength(6);
});

test('a void invoice returns the credit that it used; a grant that expires meanwhile is posted at its time on the clock', async () => {
  const { clock, customer, calls, use, last } = await metered();
  const scope = { scope: { prices: [{ id: calls }] } };
  const grant = await stripe.billing.creditGrants.create({
    customer,
    amount: usd(200),
    applicability_config: scope,
    metadata: { deal: '7' },
  });
  const later = await stripe.billing.creditGrants.create({
    ...{ customer, amount: usd(90), applicability_config: EVERY, effective_at: clock.now() + 90 * 86_400 },
  });
  expect(await left(customer)).toEqual([0, 90]);
  await use(100);
  const declined = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: declined.id } });
  await clock.to('2026-05-01T02:00:00Z');
  const invoice = await last();
  expect(invoice).toMatchObject({ status: 'open', total: 1200 });
  await stripe.invoices.voidInvoice(invoice.id);
  const one = { customer, filter: { type: 'credit_grant', credit_grant: grant.id } } as const;
  expect((await stripe.billing.creditBalanceSummaries.retrieve(one)).balances[0]?.available_balance.monetary?.value).toBe(200);
  const ends = clock.now() + 3 * HOUR;
  const updated = await stripe.billing.creditGrants.update(grant.id, { expires_at: ends, metadata: { deal: '' } });
  expect(updated).toMatchObject({ expires_at: ends, metadata: {} });
  await clock.to(ends + HOUR);
  const [expired] = (await stripe.billing.creditBalanceTransactions.list({ credit_grant: grant.id, limit: 1 })).data;
  expect(expired).toMatchObject({ created: ends, effective_at: ends, type: 'debit', debit: { type: 'credits_expired', amount: usd(200) } });
  expect(await refusal(stripe.billing.creditGrants.update(grant.id, { expires_at: '' }))).toMatchObject({ statusCode: 400 });
  expect((await stripe.billing.creditGrants.voidGrant(later.id)).voided_at).toBe(clock.now());
  const third = await stripe.billing.creditGrants.create({ customer, amount: usd(10), applicability_config: EVERY });
  expect((await stripe.billing.creditGrants.expire(third.id)).expires_at).toBe(clock.now());
  expect((await stripe.billing.creditGrants.retrieve(third.id, { expand: ['customer'] })).customer).toMatchObject({ id: customer });
  expect((await stripe.billing.creditGrants.list({ customer })).data.map(({ id }) => id)).toEqual([third.id, later.id, grant.id]);
  expect(await left(customer)).toEqual([0, 0]);
  const summary = await stripe.billing.creditBalanceSummaries.retrieve({ ...one, expand: ['customer'] });
  expect(summary.customer).toMatchObject({ id: customer, object: 'customer' });
});

test('an invalid grant is refused, and nothing is created', async () => {
  const { customer, clock } = await metered();
  const licensed = await priceOf(stripe, 700);
  const grant = { customer, amount: usd(100), applicability_config: EVERY };
  const wrong: [object, string][] = [
    [{ ...grant, amount: usd(0) }, 'amount[monetary][value]'],
    [{ ...grant, priority: 101 }, 'priority'],
    [{ ...grant, applicability_config: { scope: { price_type: 'licensed' } } }, 'applicability_config[scope][price_type]'],
    [{ ...grant, applicability_config: { scope: { prices: [{ id: licensed }] } } }, 'applicability_config[scope][prices][0][id]'],
    [{ ...grant, applicability_config: { scope: { ...EVERY.scope, prices: [{ id: licensed }] } } }, 'applicability_config[scope][prices]'],
    [{ ...grant, expires_at: clock.now() }, 'expires_at'],
    [{ ...grant, customer: 'cus_none' }, 'customer'],
    [{ ...grant, customer_account: 'acct_x' }, 'customer_account'],
  ];
  for (const [parameters, param] of wrong) {
    const error = await refusal(stripe.billing.creditGrants.create(parameters as Stripe.Billing.CreditGrantCreateParams));
    expect(error).toMatchObject({ statusCode: 400, param });
  }
  expect((await stripe.billing.creditGrants.list({ customer })).data).toEqual([]);
});
