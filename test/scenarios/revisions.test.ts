/** Revisions: a final invoice is replaced by another one, and the customer never owes both. */
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, priceOf, refusal } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

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

test('a revision that becomes final by itself stays a draft, with the reason, if its original was paid meanwhile', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const original = await finalInvoice(customer);
  const draft = await revise(original);
  await stripe.invoices.update(draft.id, { auto_advance: true });
  await stripe.invoices.pay(original);
  await clock.by(2 * HOUR);
  const left = await stripe.invoices.retrieve(draft.id);
  expect(left).toMatchObject({ status: 'draft', number: null, automatically_finalizes_at: null });
  expect(left.last_finalization_error?.message).toContain('it is paid');
  const failed = await eventsOf(stripe, { type: 'invoice.finalization_failed' });
  expect(failed.map(({ data }) => (data.object as Stripe.Invoice).id)).toEqual([draft.id]);
});

test('the footer and the custom fields of a final invoice cannot change, its metadata can', async () => {
  const { customer } = await customerWith(stripe, null);
  const invoice = await finalInvoice(customer);
  expect(await refusal(stripe.invoices.update(invoice, { footer: 'Other' }))).toMatchObject({ statusCode: 400, param: 'footer' });
  const fields = [{ name: 'PO', value: '13' }];
  expect(await refusal(stripe.invoices.update(invoice, { custom_fields: fields }))).toMatchObject({
    statusCode: 400,
    param: 'custom_fields',
  });
  expect(await stripe.invoices.update(invoice, { metadata: { po: '13' } })).toMatchObject({ footer: 'Thanks', metadata: { po: '13' } });
});

test('a proration does not give back what a credit note has given back, also of an invoice that is not the latest', async () => {
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const subscription = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: await priceOf(stripe, 3000) }, { price: await priceOf(stripe, 600) }] },
  });
  const [item, other] = subscription.items.data;
  const first = await stripe.invoices.retrieve(subscription.latest_invoice as string);
  const line = first.lines.data.find(({ amount }) => amount === 3000)?.id ?? '';
  const lines = [{ type: 'invoice_line_item' as const, invoice_line_item: line, amount: 1000 }];
  await stripe.creditNotes.create({ invoice: first.id, lines, credit_amount: 1000 });
  await clock.to('2026-04-11');
  await stripe.subscriptions.update(subscription.id, {
    ...{ items: [{ id: other?.id ?? '', quantity: 2 }], proration_behavior: 'always_invoice' },
  });
  await clock.to('2026-04-16');
  const items = [{ id: item?.id ?? '', price: await priceOf(stripe, 6000) }];
  const { latest_invoice: latest } = await stripe.subscriptions.update(subscription.id, { items, proration_behavior: 'always_invoice' });
  const { lines: changed } = await stripe.invoices.retrieve(latest as string);
  expect(changed.data.map(({ amount }) => amount).sort()).toEqual([-1000, 3000]);
});
