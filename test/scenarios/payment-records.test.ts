/** Payments that were made elsewhere: reported, attached to invoices, given back. */
import { accountsOf, booksBalanceAfterEach } from '../ledger/books';
import type Stripe from 'stripe';
import { customerWith, refusal } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const NOW = 1_790_000_000;

function transfer(customer: string, value: number, change: Partial<Stripe.PaymentRecordReportPaymentParams> = {}) {
  return stripe.paymentRecords.reportPayment({
    amount_requested: { currency: 'usd', value },
    customer_details: { customer },
    initiated_at: NOW,
    payment_method_details: { type: 'custom', custom: { display_name: 'Bank transfer' } },
    processor_details: { type: 'custom', custom: { payment_reference: 'TRX-7' } },
    ...change,
  });
}

const ARRIVED = { outcome: 'guaranteed', guaranteed: { guaranteed_at: NOW } } as const;

async function finalInvoice(customer: string): Promise<string> {
  await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd' });
  const { id } = await stripe.invoices.create({ customer, auto_advance: false, pending_invoice_items_behavior: 'include' });
  await stripe.invoices.finalizeInvoice(id);
  return id;
}

test('a bank transfer that has arrived pays an invoice in part, and a second one the rest', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer);
  const first = await transfer(customer, 400, ARRIVED);
  expect(first).toMatchObject({
    ...{ object: 'payment_record', reported_by: 'self', amount_guaranteed: { value: 400, currency: 'usd' } },
    ...{ processor_details: { custom: { payment_reference: 'TRX-7' } }, amount_refunded: { value: 0 } },
  });
  expect(await stripe.invoices.attachPayment(invoice, { payment_record: first.id })).toMatchObject({
    ...{ status: 'open', amount_paid: 400, amount_paid_off_stripe: 400, amount_remaining: 600 },
  });
  const second = await transfer(customer, 600);
  expect(await stripe.invoices.attachPayment(invoice, { payment_record: second.id })).toMatchObject({ status: 'open', amount_paid: 400 });
  await stripe.paymentRecords.reportPaymentAttemptGuaranteed(second.id, { guaranteed_at: NOW });
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', amount_paid: 1000, amount_paid_off_stripe: 1000 });
  const { data } = await stripe.invoicePayments.list({ payment: { type: 'payment_record', payment_record: second.id } });
  expect(data).toMatchObject([{ status: 'paid', amount_paid: 600, payment: { type: 'payment_record', payment_record: second.id } }]);
  expect(await accountsOf(product.sql, { invoice })).toMatchObject({ out_of_band_payments: 1000 });
  expect((await stripe.paymentRecords.list({ limit: 2 })).data.map(({ id }) => id)).toEqual([second.id, first.id]);
  expect((await stripe.paymentRecords.retrieve(first.id)).id).toBe(first.id);
});

test('a failed attempt is followed by another one, and a canceled one too; two outcomes of one attempt are refused', async () => {
  const { customer } = await customerWith(stripe, null);
  const { id } = await transfer(customer, 500);
  expect(await refusal(stripe.paymentRecords.reportPaymentAttempt(id, { initiated_at: NOW }))).toMatchObject({ statusCode: 400 });
  expect(await stripe.paymentRecords.reportPaymentAttemptFailed(id, { failed_at: NOW })).toMatchObject({ amount_failed: { value: 500 } });
  const again = await stripe.paymentRecords.reportPaymentAttempt(id, { initiated_at: NOW, description: 'Second try' });
  expect(again).toMatchObject({ amount_failed: { value: 0 }, description: 'Second try' });
  expect(await stripe.paymentRecords.reportPaymentAttemptCanceled(id, { canceled_at: NOW })).toMatchObject({
    amount_canceled: { value: 500 },
  });
  await stripe.paymentRecords.reportPaymentAttempt(id, { initiated_at: NOW, ...ARRIVED });
  expect(await refusal(stripe.paymentRecords.reportPaymentAttemptFailed(id, { failed_at: NOW }))).toMatchObject({ statusCode: 400 });
  const told = await stripe.paymentRecords.reportPaymentAttemptInformational(id, { description: 'Rent', metadata: { room: '3' } });
  expect(told).toMatchObject({ description: 'Rent', metadata: { room: '3' }, amount_guaranteed: { value: 500 } });
});

test('no more is given back than was paid, and what is left pays an invoice', async () => {
  const { customer } = await customerWith(stripe, null);
  const { id } = await transfer(customer, 500, ARRIVED);
  const refund = (value?: number) =>
    stripe.paymentRecords.reportRefund(id, {
      ...{ outcome: 'refunded', processor_details: { type: 'custom', custom: { refund_reference: 'BACK-1' } } },
      ...(value === undefined ? {} : { amount: { currency: 'usd', value } }),
    });
  expect(await refund(200)).toMatchObject({ amount_refunded: { value: 200 } });
  expect(await refusal(refund(301))).toMatchObject({ statusCode: 400, param: 'amount[value]' });
  const invoice = await finalInvoice(customer);
  expect(await stripe.invoices.attachPayment(invoice, { payment_record: id })).toMatchObject({ amount_paid: 300, amount_remaining: 700 });
  expect(await refund()).toMatchObject({ amount_refunded: { value: 500 } });
  expect(await refusal(refund())).toMatchObject({ statusCode: 400 });
});

test('a record pays invoices of its own customer only, and one of them', async () => {
  const { customer } = await customerWith(stripe, null);
  const other = await customerWith(stripe, null);
  const record = await transfer(customer, 1000, ARRIVED);
  const attach = (invoice: string) => stripe.invoices.attachPayment(invoice, { payment_record: record.id });
  expect(await refusal(attach(await finalInvoice(other.customer)))).toMatchObject({ statusCode: 400, param: 'payment_record' });
  const invoices = [await finalInvoice(customer), await finalInvoice(customer)];
  const tries = await Promise.allSettled(invoices.map(attach));
  expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { statusCode: 400, param: 'payment_record' } });
  const moved = stripe.paymentRecords.reportPaymentAttemptInformational(record.id, { customer_details: { customer: other.customer } });
  expect(await refusal(moved)).toMatchObject({ statusCode: 400, param: 'customer_details[customer]' });
});
