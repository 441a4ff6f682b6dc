import { useProduct } from '../../support/product';
import { documentAt } from './document-at';

const product = useProduct();

const BANK = { iban: 'DE02120300000000202051', bic: 'BYLADEM1001' };

async function customerWith(footer?: string) {
  const { stripe } = product;
  const settings = footer === undefined ? {} : { invoice_settings: { footer } };
  return stripe.customers.create({ name: 'Jo', address: { country: 'DE' }, ...settings });
}

async function invoiceOf(customer: string, params: { description?: string; footer?: string } = {}) {
  const { stripe } = product;
  const invoice = await stripe.invoices.create({ customer, collection_method: 'send_invoice', days_until_due: 14, ...params });
  await stripe.invoiceItems.create({ customer, invoice: invoice.id, amount: 1999, currency: 'usd' });
  return invoice;
}

test("the account's texts stand on invoices where neither the invoice nor the customer has its own", async () => {
  await product.post('/v1/document_settings', { memo: 'By Dunlin', footer: 'Of the account', custom_fields: [{ name: 'A', value: 'B' }] });
  const plain = await customerWith();
  expect(await invoiceOf(plain.id)).toMatchObject({
    ...{ description: 'By Dunlin', footer: 'Of the account', custom_fields: [{ name: 'A', value: 'B' }] },
  });
  const own = await customerWith('Of the customer');
  expect(await invoiceOf(own.id, { description: 'Of the invoice' })).toMatchObject({
    ...{ description: 'Of the invoice', footer: 'Of the customer' },
  });
  const { stripe } = product;
  const price = await stripe.prices.create({
    ...{ currency: 'usd', unit_amount: 500, recurring: { interval: 'month' }, product_data: { name: 'Plan' } },
  });
  const { latest_invoice: first } = await stripe.subscriptions.create({
    ...{ customer: plain.id, items: [{ price: price.id }], collection_method: 'send_invoice', days_until_due: 14 },
    expand: ['latest_invoice'],
  });
  expect(first).toMatchObject({ footer: 'Of the account' });
});

test('a final invoice keeps the contact and the bank account that it went out with', async () => {
  await product.post('/v1/document_settings', { contact: { name: 'Ada' }, bank_account: BANK });
  const { id } = await invoiceOf((await customerWith()).id);
  await product.stripe.invoices.finalizeInvoice(id);
  await product.post('/v1/document_settings', { contact: { name: 'Bob' }, bank_account: '' });
  const [row] = await product.sql`select seller_details from invoices where id = ${id}`;
  expect(row?.['sellerDetails'] ?? row?.['seller_details']).toEqual({
    ...{ contact: { name: 'Ada', phone: null, email: null }, bank_account: BANK, page_size: 'auto' },
  });
});

test('XRechnung is at the link of an invoice that has all it wants; otherwise a 400 says what is missing', async () => {
  const { stripe } = product;
  await product.post('/v1/document_settings', {
    bank_account: BANK,
    contact: { name: 'Ada', phone: '030 1234', email: 'ada@example.com' },
  });
  await stripe.tax.settings.update({ head_office: { address: { country: 'DE', city: 'Berlin', postal_code: '10115', line1: 'Weg 1' } } });
  const address = { country: 'DE', city: 'Bonn', postal_code: '53111', line1: 'Weg 2' };
  const { id: customer } = await stripe.customers.create({ name: 'Amt', email: 'amt@example.com', address });
  const { id } = await invoiceOf(customer);
  const without = await stripe.invoices.finalizeInvoice(id);
  const refused = await documentAt(product, `${String(without.hosted_invoice_url)}/xrechnung.xml`);
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('Leitweg-ID');

  const { id: other } = await invoiceOf(customer);
  await stripe.invoices.update(other, { custom_fields: [{ name: 'Leitweg-ID', value: '04011000-12345-03' }] });
  const final = await stripe.invoices.finalizeInvoice(other);
  const xml = await documentAt(product, `${String(final.hosted_invoice_url)}/xrechnung.xml`);
  expect(xml).toMatchObject({ status: 200, type: 'application/xml; charset=utf-8' });
  expect(xml.text).toContain('xrechnung_3.0');
});

test('the page size of an invoice may change when it is final, and its document follows', async () => {
  const { stripe } = product;
  const { id } = await invoiceOf((await customerWith()).id);
  const final = await stripe.invoices.finalizeInvoice(id);
  expect(final.rendering?.pdf).toEqual({ page_size: 'auto' });
  const before = await documentAt(product, final.invoice_pdf);
  const letter = await stripe.invoices.update(id, { rendering: { pdf: { page_size: 'letter' } } });
  expect(letter.rendering?.pdf).toEqual({ page_size: 'letter' });
  expect((await documentAt(product, letter.invoice_pdf)).text).not.toBe(before.text);
  await expect(stripe.invoices.update(id, { rendering: { amount_tax_display: 'exclude_tax' } })).rejects.toThrow('amount_tax_display');
});
