import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, invoicesOf, priceOf, refusal, useCard } from '../support/builders';
import { startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

/** A card that works, and an invoice by hand of 700. */
async function billed(change: Stripe.InvoiceCreateParams = {}) {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer, card } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  await stripe.invoiceItems.create({ customer, amount: 700, currency: 'usd' });
  const { id: invoice } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include', ...change });
  return { clock, customer, card: card ?? '', invoice };
}

test('a deleted customer is not charged, neither by a draft nor by hand, and keeps no card', async () => {
  const { clock, customer, card, invoice } = await billed({ auto_advance: true });
  await stripe.customers.del(customer);
  await clock.to('2026-01-03');
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'draft', auto_advance: false });
  expect(await refusal(stripe.invoices.pay(invoice))).toMatchObject({ code: 'resource_missing', param: 'customer' });
  expect((await stripe.paymentMethods.retrieve(card)).customer).toBeNull();
});

test('auto_advance=false stops the dunning of an invoice, and true restarts it', async () => {
  const { clock, customer, invoice } = await billed({ auto_advance: true });
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-01-01T02:00:00Z');
  await stripe.invoices.update(invoice, { auto_advance: false });
  await clock.to('2026-01-05');
  await useCard(stripe, customer, 'pm_card_visa');
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'open', next_payment_attempt: null, attempt_count: 1 });
  await stripe.invoices.update(invoice, { auto_advance: true });
  expect((await stripe.invoices.retrieve(invoice)).status).toBe('paid');
});

test('a change is not collected while collection is paused', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await stripe.subscriptions.update(id, { pause_collection: { behavior: 'void' } });
  await clock.to('2026-01-10');
  const item = { id: items.data[0]?.id ?? '', price: await priceOf(stripe, 5000) };
  await stripe.subscriptions.update(id, { items: [item], proration_behavior: 'always_invoice' });
  expect((await invoicesOf(stripe, id)).map(({ status }) => status)).toEqual(['paid', 'void']);
  expect((await stripe.charges.list({ customer })).data.map(({ amount }) => amount)).toEqual([1000]);
});

test('of two unpaid renewals the later is voided: the subscription stays past due for the earlier until it is paid', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const price = await priceOf(stripe, 1000, { recurring: { interval: 'week' } });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-01-15T02:00:00Z');
  const [, earlier, later] = await invoicesOf(stripe, id);
  await stripe.invoices.voidInvoice(later?.id ?? '');
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
  await stripe.invoices.pay(earlier?.id ?? '', { paid_out_of_band: true });
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
});

test('an amount below the smallest charge counts as paid, and goes to the customer’s balance', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  await stripe.invoiceItems.create({ customer, amount: 30, currency: 'usd' });
  const { id } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' });
  expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({ status: 'paid', total: 30, amount_due: 0, ending_balance: 30 });
  const { data } = await stripe.customers.listBalanceTransactions(customer);
  expect(data.map(({ type, amount }) => [type, amount])).toEqual([['invoice_too_small', 30]]);
});

test('an invoice of a subscription cannot choose pending items, and its intent is captured at once', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const created = await stripe.subscriptions.create({
    customer,
    items: [{ price: await priceOf(stripe) }],
    payment_behavior: 'default_incomplete',
    expand: ['latest_invoice.payments'],
  });
  const params = { customer, subscription: created.id, pending_invoice_items_behavior: 'include' } as const;
  expect(await refusal(stripe.invoices.create(params))).toMatchObject({ param: 'pending_invoice_items_behavior' });
  const latest = created.latest_invoice as Stripe.Invoice;
  const intent = latest.payments?.data[0]?.payment.payment_intent as string;
  expect(await refusal(stripe.paymentIntents.confirm(intent, { capture_method: 'manual' }))).toMatchObject({ param: 'capture_method' });
});
