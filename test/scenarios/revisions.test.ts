/** Revisions: a final invoice is replaced by another one, and the customer never owes both. */
import type Stripe from 'stripe';
import { booksBalance } from '../ledger/books';
import { customerWith, eventsOf, priceOf, refusal } from '../support/builders';
import { startProduct, type Product } from '../support/product';

let product: Product;
let stripe: Stripe;
beforeAll(async () => {
  product = await startProduct();
  ({ stripe } = product);
}, 120_000);
afterAll(() => product.stop());
afterEach(async () => {
  expect(await booksBalance(product.sql)).toEqual([]);
});

async function finalInvoice(customer: string, amount = 1000): Promise<string> {
  await stripe.invoiceItems.create({ customer, amount, currency: 'usd', description: 'Work', metadata: { job: '7' } });
  const { id } = await stripe.invoices.create({
    ...{ customer, auto_advance: false, pending_invoice_items_behavior: 'include', footer: 'Thanks', metadata: { po: '12' } },
    ...{ collection_method: 'send_invoice', days_until_due: 30 },
  });
  await stripe.invoices.finalizeInvoice(id);
  return id;
}

const revise = (invoice: string) => stripe.invoices.create({ from_invoice: { action: 'revision', invoice } });

test('a revision has the lines and settings of its original, which is void once the revision is final', async () => {
  const { customer } = await customerWith(stripe, null);
  const original = await finalInvoice(customer);
  await stripe.invoiceItems.create({ customer, amount: 70, currency: 'usd' });
  const draft = await revise(original);
  expect(draft).toMatchObject({
    status: 'draft',
    total: 1000,
    footer: 'Thanks',
    metadata: { po: '12' },
    number: null,
    latest_revision: null,
  });
  expect(draft.from_invoice).toEqual({ action: 'revision', invoice: original });
  expect(draft.lines.data).toMatchObject([{ amount: 1000, description: 'Work', metadata: { job: '7' } }]);
  expect(await stripe.invoices.retrieve(original)).toMatchObject({ status: 'open', latest_revision: null });
  await stripe.invoices.updateLines(draft.id, { lines: [{ id: draft.lines.data[0]?.id ?? '', amount: 900 }] });
  const final = await stripe.invoices.finalizeInvoice(draft.id);
  expect(final).toMatchObject({ status: 'open', total: 900, amount_remaining: 900 });
  expect(await stripe.invoices.retrieve(original)).toMatchObject({ status: 'void', latest_revision: draft.id });
  const events = (await eventsOf(stripe)).filter(({ data }) => (data.object as { id?: string }).id === original);
  expect(events.at(-1)?.type).toBe('invoice.voided');
  const second = await revise(draft.id);
  await stripe.invoices.finalizeInvoice(second.id);
  for (const id of [original, draft.id]) expect((await stripe.invoices.retrieve(id)).latest_revision).toBe(second.id);
});

test('the balance that the original used is used by the revision', async () => {
  const { customer } = await customerWith(stripe, null, { balance: -300 });
  const original = await finalInvoice(customer);
  expect(await stripe.invoices.retrieve(original)).toMatchObject({ amount_due: 700 });
  const draft = await revise(original);
  expect(draft).toMatchObject({ starting_balance: -300, amount_due: 700 });
  expect(await stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({ starting_balance: -300, ending_balance: 0, amount_due: 700 });
});

test('invoices of subscriptions, and drafts, paid and void ones, cannot be revised; an original has one draft revision', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const subscription = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: await priceOf(stripe) }], collection_method: 'send_invoice', days_until_due: 7 },
  });
  const draft = await stripe.invoices.create({ customer });
  const paid = await finalInvoice(customer);
  await stripe.invoices.pay(paid);
  for (const invoice of [subscription.latest_invoice as string, draft.id, paid, 'in_none']) {
    expect(await refusal(revise(invoice))).toMatchObject({ statusCode: 400, param: 'from_invoice[invoice]' });
  }
  const original = await finalInvoice(customer);
  await revise(original);
  expect(await refusal(revise(original))).toMatchObject({ statusCode: 400, param: 'from_invoice[invoice]' });
  const both = stripe.invoices.create({ customer, from_invoice: { action: 'revision', invoice: original } });
  expect(await refusal(both)).toMatchObject({ statusCode: 400 });
});

test('a revision whose original was paid meanwhile stays a draft, and the customer pays once', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const original = await finalInvoice(customer);
  const draft = await revise(original);
  await stripe.invoices.pay(original);
  expect(await refusal(stripe.invoices.finalizeInvoice(draft.id))).toMatchObject({ statusCode: 400 });
  expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ status: 'draft' });
  expect(await stripe.invoices.retrieve(original)).toMatchObject({ status: 'paid', amount_paid: 1000 });
});
