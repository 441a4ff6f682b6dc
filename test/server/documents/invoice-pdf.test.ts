import { connect } from '../../../db/connect';
import { invoiceDocument, receiptDocument } from '../../../db/documents';
import { invoiceSheet } from '../../../documents/invoice-sheet';
import { receiptSheet } from '../../../documents/receipt-sheet';
import { LIMITS } from '../../../domain/core/limits';
import { useProduct } from '../../support/product';
import { documentAt } from './document-at';

const product = useProduct();

async function draft() {
  const { stripe } = product;
  const customer = await stripe.customers.create({ name: 'Jo', email: 'jo@example.com', address: { country: 'DE', city: 'Berlin' } });
  const invoice = await stripe.invoices.create({ customer: customer.id, collection_method: 'send_invoice', days_until_due: 14 });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 1999, currency: 'usd', description: 'Setup' });
  return invoice;
}

test('a draft has no document, a final invoice has one that needs no key', async () => {
  const invoice = await draft();
  expect(invoice).toMatchObject({ invoice_pdf: null, hosted_invoice_url: null });

  const final = await product.stripe.invoices.finalizeInvoice(invoice.id);
  const pdf = await documentAt(product, final.invoice_pdf);
  expect(pdf).toMatchObject({ status: 200, type: 'application/pdf', name: `inline; filename="Invoice-${String(final.number)}.pdf"` });
  expect(pdf.text.slice(0, 8)).toBe('%PDF-1.7');
  expect(pdf.text.trimEnd().slice(-5)).toBe('%%EOF');
  expect((await documentAt(product, final.hosted_invoice_url)).status).toBe(200);

  const [event] = (await product.stripe.events.list({ type: 'invoice.finalized' })).data;
  expect(event?.data.object).toMatchObject({ id: invoice.id, invoice_pdf: final.invoice_pdf });
});

test('the same invoice is the same document, byte by byte', async () => {
  const { invoice_pdf: url } = await product.stripe.invoices.finalizeInvoice((await draft()).id);
  const first = await documentAt(product, url);
  expect((await documentAt(product, url)).text).toBe(first.text);
});

test('a link that this installation did not make leads nowhere', async () => {
  const { id, invoice_pdf: url } = await product.stripe.invoices.finalizeInvoice((await draft()).id);
  const last = String(url).replace(/(.)\/pdf$/, (_, letter: string) => `${letter === 'A' ? 'B' : 'A'}/pdf`);
  for (const wrong of [
    last,
    `http://dunlin.test/i/${id}/pdf`,
    `http://dunlin.test/i/${id}_${'0'.repeat(32)}/pdf`,
    'http://dunlin.test/i/x/pdf',
  ]) {
    expect(await documentAt(product, wrong)).toMatchObject({ status: 404, type: 'application/json; charset=utf-8' });
  }
});

test("an invoice's document reads the charges that paid it, also of an attached payment, and no others of its customer", async () => {
  const { stripe, system } = product;
  const { id, customer } = await stripe.invoices.finalizeInvoice((await draft()).id);
  const pay = (amount: number) =>
    stripe.paymentIntents.create({
      ...{ customer: customer as string, amount, currency: 'usd', payment_method: 'pm_card_visa', confirm: true },
    });
  await pay(500);
  const attached = await pay(1999);
  await stripe.invoices.attachPayment(id, { payment_intent: attached.id });
  const sql = connect(system.database.url, { max: 1 });
  try {
    const scope = { account: system.account, livemode: false };
    const rows = await invoiceDocument(sql, scope, id);
    expect(rows.all('charge').map(({ paymentIntent }) => paymentIntent)).toEqual([attached.id]);
    expect(invoiceSheet(id, rows).tables.at(-1)?.rows).toMatchObject([[expect.any(String), 'Visa •••• 4242', '', '$19.99']]);
    const charge = attached.latest_charge as string;
    const receipt = receiptSheet(charge, await receiptDocument(sql, scope, charge));
    expect(receipt.facts).toContainEqual({ label: 'Invoice', value: rows.get('invoice', id).number });
  } finally {
    await sql.end();
  }
});

test('an address that asks for too many documents is refused for a minute', async () => {
  const { invoice_pdf: url } = await product.stripe.invoices.finalizeInvoice((await draft()).id);
  const asked = Array.from({ length: LIMITS.visitsPerMinute.max }, () => documentAt(product, 'http://dunlin.test/i/x/pdf'));
  await Promise.all(asked);
  expect(await documentAt(product, url)).toMatchObject({ status: 429, text: 'Too many requests. Try again in a minute.' });
});
