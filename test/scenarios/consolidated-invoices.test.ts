/** One invoice for the renewals of a day: as a customer's setting, over months on a clock. */
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, invoicesOf, priceOf, refusal, useCard } from '../support/builders';
import { iso, startClock, type VirtualClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const SAME_DAY = { consolidation: 'same_day' } as Stripe.CustomerUpdateParams.InvoiceSettings;

interface Consolidated {
  clock: VirtualClock;
  customer: string;
  /** 1000 from nine o'clock on, 2500 from noon on, 4000 sent. */
  small: string;
  large: string;
  sent: string;
}

/** Three subscriptions of one day, two of them charged. */
async function consolidated(): Promise<Consolidated> {
  const clock = await startClock(stripe, '2026-01-05T09:00:00Z');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  await stripe.customers.update(customer, { invoice_settings: SAME_DAY });
  const small = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await clock.to('2026-01-05T12:00:00Z');
  const large = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 2500) }] });
  const terms = { collection_method: 'send_invoice', days_until_due: 10 } as const;
  const sent = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 4000) }], ...terms });
  return { clock, customer, small: small.id, large: large.id, sent: sent.id };
}

const latest = async (subscription: string): Promise<Stripe.Invoice> => {
  const { latest_invoice: id } = await stripe.subscriptions.retrieve(subscription);
  return stripe.invoices.retrieve(id as string);
};
const chargesOf = async (customer: string) =>
  (await stripe.charges.list({ customer, limit: 100 })).data.reverse().map(({ amount, status }) => [amount, status]);
const statusesOf = ({ small, large }: Consolidated) =>
  Promise.all([small, large].map(async (id) => (await stripe.subscriptions.retrieve(id)).status));

test('two renewals of a day are one invoice with one number and one charge, whose lines name their subscriptions', async () => {
  const of = await consolidated();
  await of.clock.to('2026-02-06T02:00:00Z');
  const invoice = await latest(of.large);
  expect((await latest(of.small)).id).toBe(invoice.id);
  expect(invoice).toMatchObject({ status: 'paid', total: 3500, attempt_count: 1, parent: null, billing_reason: 'subscription_cycle' });
  expect(iso(invoice.status_transitions.finalized_at)).toBe('2026-02-06T01:00:00Z');
  const lines = invoice.lines.data.map(({ amount, parent }) => [parent?.subscription_item_details?.subscription, amount]);
  expect(lines).toEqual([
    [of.small, 1000],
    [of.large, 2500],
  ]);
  expect(await chargesOf(of.customer)).toEqual([
    [1000, 'succeeded'],
    [2500, 'succeeded'],
    [3500, 'succeeded'],
  ]);
  for (const id of [of.small, of.large]) expect((await invoicesOf(stripe, id)).map(({ total }) => total)).toContain(3500);
  expect(await latest(of.sent)).toMatchObject({ status: 'open', total: 4000, collection_method: 'send_invoice' });
  const { done } = (await product.get(`/v1/subscriptions/${of.small}/timeline`)) as { done: { step: string }[] };
  expect(done.map(({ step }) => step)).toEqual(expect.arrayContaining(['finalizeDraft', 'recordPayment']));
});

test('a decline makes both past due with one dunning; the customer pays once, and both are active', async () => {
  const of = await consolidated();
  await useCard(stripe, of.customer, 'pm_card_chargeCustomerFail');
  await of.clock.to('2026-02-07T02:00:00Z');
  expect(await statusesOf(of)).toEqual(['past_due', 'past_due']);
  const invoice = await latest(of.small);
  expect(invoice).toMatchObject({ status: 'open', amount_remaining: 3500, attempt_count: 2 });
  await useCard(stripe, of.customer, 'pm_card_visa');
  expect(await statusesOf(of)).toEqual(['active', 'active']);
  await of.clock.to('2026-03-06T02:00:00Z');
  expect((await chargesOf(of.customer)).filter(([, status]) => status === 'succeeded').map(([amount]) => amount)).toEqual([
    1000, 2500, 3500, 3500,
  ]);
});

test('if the dunning fails, both subscriptions end', async () => {
  const of = await consolidated();
  await useCard(stripe, of.customer, 'pm_card_chargeCustomerFail');
  await of.clock.to('2026-02-21');
  expect(await statusesOf(of)).toEqual(['canceled', 'canceled']);
  expect(await latest(of.small)).toMatchObject({ status: 'open', attempt_count: 9, next_payment_attempt: null });
});

test('a credit note takes one subscription back, and its revenue; a revision is refused', async () => {
  const of = await consolidated();
  await of.clock.to('2026-02-06T02:00:00Z');
  const invoice = await latest(of.small);
  const line = invoice.lines.data.find(({ amount }) => amount === 2500);
  const note = await stripe.creditNotes.create({
    invoice: invoice.id,
    lines: [{ type: 'invoice_line_item', invoice_line_item: line?.id ?? '', quantity: 1 }],
    credit_amount: 2500,
  });
  expect(note.total).toBe(2500);
  expect(await statusesOf(of)).toEqual(['active', 'active']);
  await of.clock.to('2026-03-06T02:00:00Z');
  // Two invoices become final in the same second, and the credit of 2500 goes to the first of them.
  const [charged, sent] = [await latest(of.large), await latest(of.sent)];
  expect([charged, sent]).toMatchObject([
    { status: 'paid', total: 3500 },
    { status: 'open', total: 4000 },
  ]);
  expect(charged.amount_due + sent.amount_due).toBe(3500 + 4000 - 2500);
  const revising = stripe.invoices.create({ from_invoice: { action: 'revision', invoice: invoice.id } });
  expect((await refusal(revising)).message).toContain('it is the invoice of a subscription');
});

test('an upgrade and a cancellation in the middle are on the next invoice of all', async () => {
  const of = await consolidated();
  await of.clock.to('2026-02-19T09:00:00Z');
  const [item] = (await stripe.subscriptions.retrieve(of.small)).items.data;
  await stripe.subscriptions.update(of.small, { items: [{ id: item?.id ?? '', price: await priceOf(stripe, 2000) }] });
  await stripe.subscriptions.cancel(of.large, { prorate: true });
  await of.clock.to('2026-03-06T02:00:00Z');
  const invoice = await latest(of.small);
  const lines = invoice.lines.data.map(({ amount, subscription }) => [subscription, amount]);
  // The credit for what is left of the canceled one waits as an item of the customer: 2500 × (14 days and 3 hours) ÷ 28 days.
  expect(lines).toEqual([
    [of.small, -500],
    [of.small, 1000],
    [null, -1261],
    [of.small, 2000],
  ]);
  expect(invoice).toMatchObject({ status: 'paid', total: 1239 });
});

test("a card that is detached while the draft waits is not charged: the customer's default is", async () => {
  const of = await consolidated();
  const { id: own } = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: of.customer });
  for (const id of [of.small, of.large]) await stripe.subscriptions.update(id, { default_payment_method: own });
  await of.clock.to('2026-02-05T13:00:00Z');
  expect(await latest(of.small)).toMatchObject({ status: 'draft', total: 3500, default_payment_method: own });
  await stripe.paymentMethods.detach(own);
  await of.clock.to('2026-02-06T02:00:00Z');
  expect(await latest(of.large)).toMatchObject({ status: 'paid', amount_paid: 3500 });
  const [charge] = (await stripe.charges.list({ customer: of.customer, limit: 1 })).data;
  const { invoice_settings } = (await stripe.customers.retrieve(of.customer)) as Stripe.Customer;
  expect(charge).toMatchObject({ amount: 3500, status: 'succeeded', payment_method: invoice_settings.default_payment_method });
});

test('a dispute of its charge cancels all its subscriptions if disputes cancel, and leaves others', async () => {
  await product.post('/v1/account_settings', { disputes: { subscription: 'cancel' } });
  const of = await consolidated();
  await useCard(stripe, of.customer, 'pm_card_createDispute');
  await of.clock.to('2026-02-06T02:00:00Z');
  expect(await statusesOf(of)).toEqual(['canceled', 'canceled']);
  for (const id of [of.small, of.large]) {
    expect((await stripe.subscriptions.retrieve(id)).cancellation_details?.reason).toBe('payment_disputed');
  }
  expect((await stripe.subscriptions.retrieve(of.sent)).status).not.toBe('canceled');
  expect((await stripe.disputes.list()).data.map(({ amount }) => amount)).toEqual([3500]);
  await product.post('/v1/account_settings', { disputes: { subscription: 'none' } });
});

test('a dispute of its charge pauses the collection of all its subscriptions if disputes pause, once, and of no other', async () => {
  await product.post('/v1/account_settings', { disputes: { subscription: 'pause_collection' } });
  const of = await consolidated();
  await useCard(stripe, of.customer, 'pm_card_createDispute');
  await of.clock.to('2026-02-06T02:00:00Z');
  const pauses = async () =>
    Promise.all([of.small, of.large, of.sent].map(async (id) => (await stripe.subscriptions.retrieve(id)).pause_collection));
  const paused = { behavior: 'keep_as_draft', resumes_at: null };
  expect(await pauses()).toEqual([paused, paused, null]);
  await useCard(stripe, of.customer, 'pm_card_visa');
  await of.clock.to('2026-03-06T02:00:00Z');
  expect([await latest(of.small), await latest(of.sent)]).toMatchObject([{ status: 'draft', auto_advance: false }, { status: 'open' }]);
  await stripe.subscriptions.update(of.small, { pause_collection: null });
  await stripe.subscriptions.update(of.large, { pause_collection: null });
  await of.clock.to('2026-04-06T02:00:00Z');
  expect(await pauses()).toEqual([null, null, null]);
  expect(await latest(of.small)).toMatchObject({ status: 'paid', amount_paid: 3500 });
  await product.post('/v1/account_settings', { disputes: { subscription: 'none' } });
});

test('the account decides for customers who have not chosen', async () => {
  await product.post('/v1/account_settings', { invoices: { consolidation: 'same_day' } });
  const [all, none] = await Promise.all(
    ['', 'none'].map(async (consolidation) => {
      const clock = await startClock(stripe, '2026-01-05');
      const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
      const settings = { consolidation } as Stripe.CustomerUpdateParams.InvoiceSettings;
      await stripe.customers.update(customer, { invoice_settings: settings });
      const ids: string[] = [];
      for (const amount of [1000, 2500]) {
        const items = [{ price: await priceOf(stripe, amount) }];
        ids.push((await stripe.subscriptions.create({ customer, items })).id);
      }
      await clock.to('2026-02-06T02:00:00Z');
      return Promise.all(ids.map(async (id) => (await latest(id)).total));
    }),
  );
  expect([all, none]).toEqual([
    [3500, 3500],
    [1000, 2500],
  ]);
  await product.post('/v1/account_settings', { invoices: { consolidation: 'none' } });
});

test('the customer shows the setting, and gives it up', async () => {
  const { customer } = await customerWith(stripe, null);
  expect(await stripe.customers.update(customer, { invoice_settings: SAME_DAY })).toMatchObject({ invoice_settings: SAME_DAY });
  await stripe.customers.update(customer, { invoice_settings: { footer: 'Thank you.' } });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ invoice_settings: { ...SAME_DAY, footer: 'Thank you.' } });
  const none = { consolidation: 'none' } as Stripe.CustomerUpdateParams.InvoiceSettings;
  expect(await stripe.customers.update(customer, { invoice_settings: none })).toMatchObject({ invoice_settings: none });
  const unset = { consolidation: '' } as Stripe.CustomerUpdateParams.InvoiceSettings;
  expect((await stripe.customers.update(customer, { invoice_settings: unset })).invoice_settings).not.toHaveProperty('consolidation');
  const wrong = { consolidation: 'same_week' } as Stripe.CustomerUpdateParams.InvoiceSettings;
  expect(await refusal(stripe.customers.update(customer, { invoice_settings: wrong }))).toMatchObject({
    param: 'invoice_settings[consolidation]',
  });
});
