/** Payments that are made apart from an invoice and attached to it: several for one invoice, and no money lost or taken twice. */
import type Stripe from 'stripe';
import { accountsOf, booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, priceOf, refusal, typesOf, useCard } from '../support/builders';
import { DAY, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

async function finalInvoice(customer: string, amount: number): Promise<string> {
  await stripe.invoiceItems.create({ customer, amount, currency: 'usd' });
  const { id } = await stripe.invoices.create({ customer, auto_advance: false, pending_invoice_items_behavior: 'include' });
  await stripe.invoices.finalizeInvoice(id);
  return id;
}

/** A payment without an invoice, which has succeeded unless `confirm` is false. */
async function payment(customer: string, amount: number, { confirm = true } = {}): Promise<string> {
  const { id } = await stripe.paymentIntents.create({ customer, amount, currency: 'usd', payment_method: 'pm_card_visa', confirm });
  return id;
}

const attach = (invoice: string, intent: string) => stripe.invoices.attachPayment(invoice, { payment_intent: intent });
const balanceOf = async (customer: string) => ((await stripe.customers.retrieve(customer)) as Stripe.Customer).balance;
const eventsAbout = async (id: string) =>
  typesOf((await eventsOf(stripe)).filter(({ data }) => JSON.stringify(data.object).includes(`"${id}"`)));

test('two attached payments pay an invoice in full; its own payment follows the rest and is then canceled', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer, 1000);
  const first = await payment(customer, 400);
  const partly = await attach(invoice, first);
  expect(partly).toMatchObject({ status: 'open', amount_due: 1000, amount_paid: 400, amount_remaining: 600, amount_overpaid: 0 });
  const open = await stripe.invoices.retrieve(invoice, { expand: ['payments.data.payment.payment_intent'] });
  const own = open.payments?.data.find(({ is_default: isDefault }) => isDefault);
  expect(own).toMatchObject({ amount_requested: 600, amount_paid: null, status: 'open', payment: { payment_intent: { amount: 600 } } });
  const second = await payment(customer, 600);
  expect(await attach(invoice, second)).toMatchObject({ status: 'paid', amount_paid: 1000, amount_remaining: 0, amount_overpaid: 0 });
  const { data } = await stripe.invoicePayments.list({ invoice });
  expect(data.map(({ status, amount_paid: paid }) => [status, paid])).toEqual([
    ['paid', 600],
    ['paid', 400],
    ['canceled', null],
  ]);
  expect((await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: first } })).data).toHaveLength(1);
  expect(await eventsAbout(invoice)).toEqual(expect.arrayContaining(['invoice_payment.paid', 'invoice.updated', 'invoice.paid']));
  expect(await balanceOf(customer)).toBe(0);
  expect(await accountsOf(product.sql, { invoice })).not.toHaveProperty('receivable');
});

test('what an attached payment brings above what is due is credited to the customer, and told', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer, 1000);
  const paid = await attach(invoice, await payment(customer, 1300));
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 1000, amount_overpaid: 300, amount_remaining: 0 });
  expect(await balanceOf(customer)).toBe(-300);
  const { data } = await stripe.customers.listBalanceTransactions(customer);
  expect(data).toMatchObject([{ type: 'invoice_overpaid', amount: -300, invoice }]);
  expect(await eventsAbout(invoice)).toContain('invoice.overpaid');
  expect(await accountsOf(product.sql, { invoice })).toMatchObject({ customer_balance: -300 });
});

test('an attached payment that has not succeeded pays when it succeeds', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer, 1000);
  const intent = await payment(customer, 1000, { confirm: false });
  expect(await attach(invoice, intent)).toMatchObject({ status: 'open', amount_paid: 0, amount_remaining: 1000 });
  await expect(stripe.paymentIntents.update(intent, { currency: 'eur' })).rejects.toMatchObject({ statusCode: 400 });
  await stripe.paymentIntents.confirm(intent);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', amount_paid: 1000, amount_remaining: 0 });
  expect(await accountsOf(product.sql, { invoice })).not.toHaveProperty('receivable');
});

test('a payment that succeeds after its invoice was paid otherwise is credited in full', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer, 1000);
  const late = await payment(customer, 250, { confirm: false });
  await attach(invoice, late);
  await attach(invoice, await payment(customer, 1000));
  await stripe.paymentIntents.confirm(late);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', amount_paid: 1000, amount_overpaid: 250 });
  expect(await balanceOf(customer)).toBe(-250);
});

test('a canceled payment lets go of its invoice', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer, 1000);
  const intent = await payment(customer, 1000, { confirm: false });
  await attach(invoice, intent);
  await stripe.paymentIntents.cancel(intent);
  const { data } = await stripe.invoicePayments.list({ invoice });
  expect(data.map(({ is_default: isDefault, status }) => [isDefault, status])).toEqual([
    [false, 'canceled'],
    [true, 'open'],
  ]);
});

test('the wrong payments are refused, and change nothing', async () => {
  const { customer } = await customerWith(stripe, null);
  const other = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer, 1000);
  const refused = async (of: Promise<unknown>) => {
    const { statusCode, param, code } = await refusal(of);
    return [statusCode, param, code];
  };
  expect(await refused(stripe.invoices.attachPayment(invoice))).toEqual([400, 'payment_intent', 'parameter_missing']);
  expect(await refused(attach(invoice, 'pi_none'))).toEqual([400, 'payment_intent', 'resource_missing']);
  expect(await refused(attach(invoice, await payment(other.customer, 1000)))).toEqual([400, 'payment_intent', undefined]);
  const euros = await stripe.paymentIntents.create({
    customer,
    amount: 500,
    currency: 'eur',
    payment_method: 'pm_card_visa',
    confirm: true,
  });
  expect((await refused(attach(invoice, euros.id)))[0]).toBe(400);
  const refunded = await payment(customer, 500);
  await stripe.refunds.create({ payment_intent: refunded });
  expect((await refused(attach(invoice, refunded)))[0]).toBe(400);
  const draft = await stripe.invoices.create({ customer, auto_advance: false });
  expect((await refused(attach(draft.id, await payment(customer, 500))))[0]).toBe(400);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ amount_paid: 0, amount_remaining: 1000 });
  const part = await payment(customer, 200);
  await attach(invoice, part);
  expect(await refused(attach(invoice, part))).toEqual([400, 'payment_intent', undefined]);
  expect((await refused(stripe.invoices.voidInvoice(invoice)))[0]).toBe(400);
  expect(await stripe.invoices.pay(invoice, { paid_out_of_band: true })).toMatchObject({
    ...{ status: 'paid', amount_paid: 1000, amount_paid_off_stripe: 800 },
  });
  expect((await refused(attach(invoice, await payment(customer, 100))))[0]).toBe(400);
});

test('of two invoices that are given one payment at the same time, one gets it and the other is refused', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoices = [await finalInvoice(customer, 1000), await finalInvoice(customer, 1000)];
  const intent = await payment(customer, 1000);
  const tries = await Promise.allSettled(invoices.map((invoice) => attach(invoice, intent)));
  expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { statusCode: 400, param: 'payment_intent' } });
  const states = await Promise.all(invoices.map((invoice) => stripe.invoices.retrieve(invoice)));
  expect(states.map(({ amount_paid: paid }) => paid).sort()).toEqual([0, 1000]);
});

test('two payments that are attached to one invoice at the same time lose no money', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer, 1000);
  const intents = [await payment(customer, 700), await payment(customer, 700)];
  await Promise.all(intents.map((intent) => attach(invoice, intent)));
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', amount_paid: 1000, amount_overpaid: 400 });
  expect(await balanceOf(customer)).toBe(-400);
});

test('a credit note on a partly paid invoice is mixed: it lowers what is due, and gives the rest back from each charge', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer, 1000);
  await attach(invoice, await payment(customer, 300));
  await attach(invoice, await payment(customer, 400));
  const note = await stripe.creditNotes.create({ invoice, amount: 800, refund_amount: 500 });
  expect(note).toMatchObject({ type: 'mixed', pre_payment_amount: 300, post_payment_amount: 500 });
  expect(note.refunds.map(({ amount_refunded: amount }) => amount)).toEqual([300, 200]);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', amount_due: 700, amount_paid: 700, amount_remaining: 0 });
  expect(await refusal(stripe.creditNotes.create({ invoice, amount: 201, credit_amount: 201 }))).toMatchObject({ statusCode: 400 });
});

test('a past due subscription is active again when an attached payment completes its invoice', async () => {
  const clock = await startClock(stripe, '2027-01-10');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.by(32 * DAY);
  const late = await stripe.subscriptions.retrieve(id);
  expect(late.status).toBe('past_due');
  await attach(late.latest_invoice as string, await payment(customer, 600));
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
  await attach(late.latest_invoice as string, await payment(customer, 400));
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
});

test('a chargeback of an attached payment cancels the subscription, if the account wants that', async () => {
  await product.post('/v1/account_settings', { disputes: { subscription: 'cancel' } });
  const { customer } = await customerWith(stripe, null);
  const { id, latest_invoice } = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: await priceOf(stripe) }], collection_method: 'send_invoice', days_until_due: 30 },
  });
  const invoice = latest_invoice as string;
  await stripe.invoices.finalizeInvoice(invoice);
  const intent = await payment(customer, 1000);
  expect(await attach(invoice, intent)).toMatchObject({ status: 'paid' });
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  const { latest_charge: charge } = await stripe.paymentIntents.retrieve(intent);
  await product.post(`/v1/test_helpers/charges/${charge as string}/dispute`, {});
  await until(async () => (await stripe.subscriptions.retrieve(id)).status === 'canceled' || null);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancellation_details: { reason: 'payment_disputed' } });
  await product.post('/v1/account_settings', { disputes: { subscription: 'none' } });
});
