import type Stripe from 'stripe';
import { accountsOf, booksBalance } from '../ledger/books';
import { customerWith, invoicesOf, priceOf, refusal } from '../support/builders';
import { startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';

let product: Product;
let stripe: Stripe;
beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
}, 120_000);
afterAll(() => product.stop());
afterEach(async () => {
  expect(await booksBalance(product.sql)).toEqual([]);
});

/** A final invoice of these amounts, not yet paid. */
async function oneOff(customer: string, amounts: number[], change: Stripe.InvoiceCreateParams = {}): Promise<Stripe.Invoice> {
  for (const amount of amounts) await stripe.invoiceItems.create({ customer, amount, currency: 'usd', description: `Item of ${String(amount)}` });
  const { id } = await stripe.invoices.create({ customer, auto_advance: false, pending_invoice_items_behavior: 'include', ...change });
  return stripe.invoices.finalizeInvoice(id);
}

test('a note lowers what is due first; what was paid goes to the balance or back to the card; never too much', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id: invoice, number } = await oneOff(customer, [1000]);
  const first = await stripe.creditNotes.create({ invoice, amount: 300, reason: 'order_change', memo: 'Sorry', metadata: { case: '7' } });
  expect(first).toMatchObject({
    ...{ number: `${String(number)}-CN-01`, status: 'issued', type: 'pre_payment', reason: 'order_change', memo: 'Sorry' },
    ...{ amount: 300, total: 300, subtotal: 300, pre_payment_amount: 300, post_payment_amount: 0, metadata: { case: '7' } },
    ...{ customer, invoice, customer_balance_transaction: null, refunds: [], out_of_band_amount: null },
  });
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
    ...{ total: 1000, amount_due: 700, amount_remaining: 700, pre_payment_credit_notes_amount: 300, status: 'open' },
  });
  expect(await stripe.invoices.pay(invoice)).toMatchObject({ status: 'paid', amount_paid: 700 });
  const second = await stripe.creditNotes.create({ invoice, amount: 200, credit_amount: 200 });
  expect(second).toMatchObject({ number: `${String(number)}-CN-02`, type: 'post_payment', post_payment_amount: 200 });
  const { balance } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  expect(balance).toBe(-200);
  const moved = await stripe.customers.retrieveBalanceTransaction(customer, second.customer_balance_transaction as string);
  expect(moved).toMatchObject({ type: 'credit_note', amount: -200, invoice, credit_note: second.id });
  const third = await stripe.creditNotes.create({ invoice, amount: 100, refund_amount: 100, expand: ['refunds.refund'] });
  expect(third.refunds).toMatchObject([{ amount_refunded: 100, type: 'refund', refund: { status: 'succeeded', amount: 100 } }]);
  expect((await stripe.invoices.retrieve(invoice)).post_payment_credit_notes_amount).toBe(300);
  expect(await refusal(stripe.creditNotes.create({ invoice, amount: 401, credit_amount: 401 }))).toMatchObject({ statusCode: 400, param: 'amount' });
  expect(await refusal(stripe.creditNotes.create({ invoice, amount: 400 }))).toMatchObject({ statusCode: 400, param: 'amount' });
  await stripe.creditNotes.create({ invoice, amount: 400, refund_amount: 300, out_of_band_amount: 100 });
  expect(await refusal(stripe.creditNotes.create({ invoice, amount: 1, out_of_band_amount: 1 }))).toMatchObject({ statusCode: 400 });
  expect((await stripe.creditNotes.list({ invoice })).data.map(({ number: each }) => each?.slice(-2))).toEqual(['04', '03', '02', '01']);
  const { data: events } = await stripe.events.list({ types: ['credit_note.created', 'invoice.updated'] });
  expect(events.filter(({ type }) => type === 'credit_note.created')).toHaveLength(4);
  const update = events.filter(({ type }) => type === 'invoice.updated').at(-1);
  expect(update?.data.previous_attributes).toMatchObject({ amount_due: 1000, amount_remaining: 1000, pre_payment_credit_notes_amount: 0 });
});
