import { quoteDocument, receiptDocument } from '../../../db/documents';
import { receiptSheet } from '../../../documents/receipt-sheet';
import { quoteSheet } from '../../../documents/quote-sheet';
import { useProduct } from '../../support/product';
import { documentAt } from './document-at';

const product = useProduct();

const meterOf = () =>
  product.stripe.billing.meters.create({ display_name: 'Calls', event_name: 'calls', default_aggregation: { formula: 'sum' } });

const isPdf = { status: 200, type: 'application/pdf' };

async function paidInvoice() {
  const { stripe } = product;
  const customer = await stripe.customers.create({
    name: 'Jo',
    email: 'jo@example.com',
    payment_method: 'pm_card_visa',
    preferred_locales: ['de'],
  });
  const draft = await stripe.invoices.create({ customer: customer.id, currency: 'eur' });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 5000, currency: 'eur', description: 'Setup' });
  const [method] = (await stripe.customers.listPaymentMethods(customer.id)).data;
  return stripe.invoices.pay(draft.id, { payment_method: String(method?.id) });
}

test('a credit note has a document, which its void form keeps', async () => {
  const { stripe } = product;
  const customer = await stripe.customers.create({ name: 'Jo' });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    currency: 'eur',
    collection_method: 'send_invoice',
    days_until_due: 3,
  });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 5000, currency: 'eur' });
  await stripe.invoices.finalizeInvoice(draft.id);
  const note = await stripe.creditNotes.create({ invoice: draft.id, amount: 1000 });
  const issued = await documentAt(product, note.pdf);
  expect(issued).toMatchObject({ ...isPdf, name: `inline; filename="Credit-note-${note.number}.pdf"` });
  const { pdf } = await stripe.creditNotes.voidCreditNote(note.id);
  expect((await documentAt(product, pdf)).text).not.toBe(issued.text);
  expect((await stripe.creditNotes.preview({ invoice: draft.id, amount: 500 })).pdf).toBe('');
});

test('a payment has a receipt in the language of its customer; a declined one has none', async () => {
  const { stripe } = product;
  const { id } = await paidInvoice();
  const [payment] = (await stripe.invoicePayments.list({ invoice: id })).data;
  const intent = await stripe.paymentIntents.retrieve(payment?.payment.payment_intent as string);
  const charge = await stripe.charges.retrieve(intent.latest_charge as string);
  const receipt = await documentAt(product, charge.receipt_url);
  expect(receipt).toMatchObject(isPdf);
  expect(receipt.name).toContain('Zahlungsbeleg-');
  await stripe.refunds.create({ charge: charge.id, amount: 100 });
  expect((await documentAt(product, charge.receipt_url)).text).not.toBe(receipt.text);

  const declined = stripe.paymentIntents.create({ amount: 900, currency: 'eur', payment_method: 'pm_card_chargeDeclined', confirm: true });
  await expect(declined).rejects.toThrow('declined');
  const [failed] = (await stripe.charges.list({ limit: 1 })).data;
  expect(failed).toMatchObject({ status: 'failed', receipt_url: null });
});

test('a receipt without an invoice names its customer, and of a guest whom nobody knows it names nobody', async () => {
  const { stripe, sql, account } = product;
  const address = { line1: 'Am Hafen 1', city: 'Passau', postal_code: '94032', country: 'DE' };
  const { id: customer } = await stripe.customers.create({ name: 'Rita', email: 'rita@example.com', address });
  const partiesOf = async (of: { customer?: string }) => {
    const paid = { amount: 900, currency: 'eur', payment_method: 'pm_card_visa', confirm: true, payment_method_types: ['card'] };
    const charge = (await stripe.paymentIntents.create({ ...paid, ...of })).latest_charge as string;
    return receiptSheet(charge, await receiptDocument(sql, { account, livemode: false }, charge)).parties.map(({ lines }) => lines);
  };
  const [named] = await partiesOf({ customer });
  expect(named).toEqual(expect.arrayContaining(['Rita', 'Am Hafen 1', 'rita@example.com']));
  expect(await partiesOf({})).toEqual([]);
});

test('a final quote has a document for its seller alone', async () => {
  const { stripe, url, system } = product;
  const customer = await stripe.customers.create({ name: 'Jo' });
  const line = {
    price_data: {
      currency: 'eur',
      product: (await stripe.products.create({ name: 'Plan' })).id,
      unit_amount: 900,
      recurring: { interval: 'month' as const },
    },
  };
  const quote = await stripe.quotes.create({ customer: customer.id, line_items: [line] });
  const ask = (key: string) => fetch(`${url}/v1/quotes/${quote.id}/pdf`, { headers: { Authorization: `Bearer ${key}` } });
  expect((await ask(system.keys.test)).status).toBe(404);
  await stripe.quotes.finalizeQuote(quote.id);
  const pdf = await ask(system.keys.test);
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect((await ask('sk_test_wrong')).status).toBe(401);
  expect((await ask(system.keys.live)).status).toBe(404);
});

test('a quote names each unit price and each rate of tax with what it is on', async () => {
  const { stripe, sql, account } = product;
  const customer = await stripe.customers.create({ name: 'Jo' });
  const { id: plan } = await stripe.products.create({ name: 'Plan' });
  const priced = (unit_amount: number, interval?: 'month') => ({
    price_data: { currency: 'eur', product: plan, unit_amount, ...(interval && { recurring: { interval } }) },
  });
  const rate = async (percentage: number) => (await stripe.taxRates.create({ display_name: 'USt', percentage, inclusive: false })).id;
  const { id: off } = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
  const [full, reduced] = [await rate(19), await rate(7)];
  const metered = await stripe.prices.create({
    currency: 'eur',
    product: plan,
    unit_amount_decimal: '0.5' as never,
    recurring: { interval: 'month', usage_type: 'metered', meter: (await meterOf()).id },
  });
  const { id } = await stripe.quotes.create({
    customer: customer.id,
    discounts: [{ coupon: off }],
    line_items: [
      { ...priced(900, 'month'), quantity: 3, tax_rates: [full] },
      { ...priced(5000), tax_rates: [reduced] },
      { price: metered.id, tax_rates: [full] },
    ],
  });
  await stripe.taxIds.create({ type: 'eu_vat', value: 'DE123456789' });
  await product.post('/v1/document_settings', { contact: { name: 'Ada Example' } });
  await stripe.quotes.finalizeQuote(id);
  const sheet = quoteSheet(id, await quoteDocument(sql, { account, livemode: false }, id));
  expect(sheet.seller.lines).toEqual(expect.arrayContaining(['Ada Example', 'VAT ID DE123456789']));
  expect(sheet.lines.map(({ details }) => details)).toEqual([['Discount (−10%): -€2.70'], ['Discount (−10%): -€5.00'], []]);
  expect(sheet.lines.map(({ cells }) => cells)).toEqual([
    ['3', '€9.00', '19%', '€27.00'],
    ['1', '€50.00', '7%', '€50.00'],
    ['by usage', '€0.005', '', '€0.00'],
  ]);
  expect(sheet.sums.map(({ label, amount }) => `${label}: ${amount}`)).toEqual([
    'Subtotal: €77.00',
    'Discount (−10%): -€7.70',
    'Total excluding tax: €69.30',
    'USt 19% · €24.30: €4.62',
    'USt 7% · €45.00: €3.15',
    'Total: €77.07',
    'Due upfront: €77.07',
    'Total per period (1 month): €28.92',
  ]);
});

test('an invoice is an e-invoice in both syntaxes, or the reason why not', async () => {
  const { stripe } = product;
  await stripe.taxIds.create({ type: 'eu_vat', value: 'DE123456789' });
  const rate = await stripe.taxRates.create({ display_name: 'USt', percentage: 19, inclusive: false });
  const finalized = async (name: string | undefined) => {
    const customer = await stripe.customers.create({ ...(name && { name }), address: { country: 'DE', city: 'Berlin' } });
    const terms = { collection_method: 'send_invoice' as const, days_until_due: 3, default_tax_rates: [rate.id] };
    const draft = await stripe.invoices.create({ customer: customer.id, currency: 'eur', ...terms });
    await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 10_000, currency: 'eur', description: 'Setup' });
    return stripe.invoices.finalizeInvoice(draft.id);
  };
  const { number, hosted_invoice_url: link } = await finalized('Jo');
  for (const syntax of ['ubl.xml', 'cii.xml']) {
    const { status, type, text } = await documentAt(product, `${String(link)}/${syntax}`);
    expect([status, type]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(text).toContain(`>${String(number)}<`);
    expect(text).toContain('>119.00<');
  }
  const nameless = await finalized(undefined);
  const refused = await documentAt(product, `${String(nameless.hosted_invoice_url)}/cii.xml`);
  expect(refused.status).toBe(400);
  expect(refused.text).toContain("because the customer's name is missing");
});
