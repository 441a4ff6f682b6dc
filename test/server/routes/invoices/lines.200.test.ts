import type Stripe from 'stripe';
import { customerWith } from '../../../support/builders';
import { startProduct, type Product } from '../../../support/product';

let product: Product;
let stripe: Stripe;
let customer: string;
let price: string;

beforeAll(async () => {
  product = await startProduct();
  ({ stripe } = product);
  ({ customer } = await customerWith(stripe, 'pm_card_visa'));
  ({ id: price } = await stripe.prices.create({ currency: 'usd', unit_amount: 250, product_data: { name: 'Hours' } }));
});
afterAll(() => product.stop());

const draft = (): Promise<Stripe.Invoice> => stripe.invoices.create({ customer, auto_advance: false, currency: 'usd' });
const amounts = (invoice: Stripe.Invoice): number[] => invoice.lines.data.map((line) => line.amount);
const idAt = (invoice: Stripe.Invoice, index: number): string => invoice.lines.data[index]?.id ?? '';

test('a line is an amount, or a price times a quantity, by id or as price_data', async () => {
  const { id } = await draft();
  const { id: sold } = await stripe.products.create({ name: 'Fees' });
  const invoice = await stripe.invoices.addLines(id, {
    lines: [
      { amount: 500, description: 'work', metadata: { kind: 'manual' } },
      { pricing: { price }, quantity: 3 },
      { price_data: { currency: 'usd', product: sold, unit_amount: 40 }, quantity: 2, discountable: false },
    ],
    invoice_metadata: { project: 'x' },
  });
  expect([amounts(invoice), invoice.total, invoice.metadata]).toEqual([[500, 750, 80], 1330, { project: 'x' }]);
  expect(invoice.lines.data.map((line) => line.description)).toEqual(['work', 'Hours', 'Fees']);
  expect(invoice.lines.data[1]).toMatchObject({ quantity: 3, pricing: { price_details: { price } } });
});

test('a line can create its product', async () => {
  const { id } = await draft();
  const line = (price_data: object) => stripe.invoices.addLines(id, { lines: [{ price_data: { currency: 'usd', ...price_data } }] });
  const product_data = { name: 'Repair', unit_label: 'hour', metadata: { a: '1' }, tax_details: { tax_code: 'txcd_1' } };
  const invoice = await line({ unit_amount: 900, product_data });
  expect([amounts(invoice), invoice.lines.data[0]?.description]).toEqual([[900], 'Repair']);
  const made = invoice.lines.data[0]?.pricing?.price_details?.product ?? '';
  expect(await stripe.products.retrieve(made)).toMatchObject({
    name: 'Repair',
    unit_label: 'hour',
    metadata: { a: '1' },
    tax_code: 'txcd_1',
  });
  await expect(line({ unit_amount: 1 })).rejects.toMatchObject({ param: 'lines[0][price_data][product]' });
  await expect(line({ unit_amount: 1, product: made, product_data })).rejects.toMatchObject({
    param: 'lines[0][price_data][product_data]',
  });
});

test('changing a line changes the total of its invoice, and keeps the other properties', async () => {
  const { id } = await draft();
  const { id: rate } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false });
  const made = await stripe.invoices.addLines(id, { lines: [{ pricing: { price }, quantity: 2, metadata: { a: '1', b: '2' } }] });
  const line = await stripe.invoices.updateLineItem(id, idAt(made, 0), { quantity: 4, tax_rates: [rate], metadata: { a: '' } });
  expect([line.amount, line.description, line.metadata, line.taxes?.[0]?.amount]).toEqual([1000, 'Hours', { b: '2' }, 200]);
  expect((await stripe.invoices.retrieve(id)).total).toBe(1200);
});

test('a deleted line is gone; the item of a removed line is pending again', async () => {
  const { id } = await draft();
  const made = await stripe.invoices.addLines(id, { lines: [{ amount: 100 }, { amount: 200 }, { amount: 300 }] });
  const left = await stripe.invoices.removeLines(id, {
    lines: [
      { id: idAt(made, 0), behavior: 'delete' },
      { id: idAt(made, 1), behavior: 'unassign' },
    ],
  });
  expect([amounts(left), left.total]).toEqual([[300], 300]);
  const waiting = (await stripe.invoiceItems.list({ customer, pending: true })).data;
  expect(waiting.map((item) => item.amount)).toEqual([200]);
  const { id: other } = await draft();
  const taken = await stripe.invoices.addLines(other, { lines: [{ invoice_item: waiting[0]?.id, description: 'later' }] });
  expect([amounts(taken), taken.lines.data[0]?.description]).toEqual([[200], 'later']);
  expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toEqual([]);
});

test('lines are listed in their order, page by page', async () => {
  const { id } = await draft();
  await stripe.invoices.addLines(id, { lines: Array.from({ length: 12 }, (_, index) => ({ amount: index })) });
  const invoice = await stripe.invoices.retrieve(id);
  expect([invoice.lines.data.length, invoice.lines.has_more]).toEqual([10, true]);
  const all = await stripe.invoices.listLineItems(id, { limit: 5 }).autoPagingToArray({ limit: 100 });
  expect(all.map((line) => line.amount)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const before = await stripe.invoices.listLineItems(id, { limit: 2, ending_before: all[5]?.id });
  expect([before.data.map((line) => line.amount), before.has_more]).toEqual([[3, 4], true]);
});

const WRONG: [string, object, object][] = [
  ['nothing but words', { description: 'x' }, { code: 'parameter_missing', param: 'lines[1][amount]' }],
  ['an amount and a price', { amount: 5, pricing: { price: 'PRICE' } }, { code: 'parameters_exclusive', param: 'lines[1][pricing]' }],
  ['an amount and a quantity', { amount: 5, quantity: 2 }, { code: 'parameters_exclusive', param: 'lines[1][quantity]' }],
  ['too much of a price', { pricing: { price: 'PRICE' }, quantity: 9e12 }, { code: 'amount_too_large', param: 'lines[1][quantity]' }],
  ['no such price', { pricing: { price: 'price_none' } }, { code: 'resource_missing', param: 'lines[1][pricing][price]' }],
  [
    'another currency',
    { price_data: { currency: 'eur', product: 'PRODUCT', unit_amount: 1 } },
    { param: 'lines[1][price_data][currency]' },
  ],
  ['a period that ends first', { amount: 1, period: { start: 2, end: 1 } }, { param: 'lines[1][period][end]' }],
  ['no such item', { invoice_item: 'ii_none' }, { code: 'resource_missing', param: 'lines[1][invoice_item]' }],
  ['tax amounts', { amount: 1, tax_amounts: [] }, { code: 'parameter_unsupported', param: 'lines[1][tax_amounts]' }],
];

test.each(WRONG)('a line with %s is refused with its path, and so are the lines before it', async (_what, wrong, refusal) => {
  const { id } = await draft();
  const { product: sold } = await stripe.prices.retrieve(price);
  const line = JSON.parse(
    JSON.stringify(wrong)
      .replace('PRICE', price)
      .replace('PRODUCT', sold as string),
  ) as object;
  const lines = [
    { amount: 100 },
    'tax_amounts' in wrong ? { ...line, tax_amounts: [{ amount: 1 }] } : line,
  ] as Stripe.InvoiceAddLinesParams.Line[];
  await expect(stripe.invoices.addLines(id, { lines })).rejects.toMatchObject({ statusCode: 400, ...refusal });
  expect((await stripe.invoices.retrieve(id)).lines.data).toEqual([]);
});

test('lines of a final invoice cannot change', async () => {
  const { id } = await draft();
  const made = await stripe.invoices.addLines(id, { lines: [{ amount: 100 }] });
  await stripe.invoices.finalizeInvoice(id);
  const refusal = { code: 'invoice_not_editable', statusCode: 400 };
  await expect(stripe.invoices.addLines(id, { lines: [{ amount: 1 }] })).rejects.toMatchObject(refusal);
  await expect(stripe.invoices.updateLineItem(id, idAt(made, 0), { amount: 1 })).rejects.toMatchObject(refusal);
});
