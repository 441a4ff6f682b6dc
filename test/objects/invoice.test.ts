import type { Invoice, InvoiceLineItem } from '../../domain/rows/invoice';
import { Rows } from '../../domain/rows/rows';
import { render } from '../../objects';
import { account, customer, invoice, invoiceItem, invoiceLineItem, price, taxId, taxRate } from './rows';

const shown = (change: Partial<Invoice> = {}, lines: InvoiceLineItem[] = [invoiceLineItem()]) => {
  const rows = new Rows({
    account: [account()],
    customer: [customer({ email: 'today@example.com', taxExempt: 'exempt' })],
    invoice: [invoice(change)],
    invoiceLineItem: lines,
    price: [price()],
    taxId: [taxId({ value: 'FRXX999999999' }), taxId({ id: 'txi_2', deleted: true })],
    taxRate: [taxRate()],
  });
  return render('invoice', 'in_1', rows) as { lines: { data: Record<string, unknown>[]; has_more: boolean } } & Record<string, unknown>;
};

const line = (change: Partial<InvoiceLineItem>) => shown({}, [invoiceLineItem(change)]).lines.data[0];

test('an invoice shows its first ten lines by position, and whether there are more', () => {
  const lines = Array.from({ length: 11 }, (_, index) => invoiceLineItem({ id: `il_${String(index)}`, position: 10 - index }));
  const ids = (object: ReturnType<typeof shown>) => object.lines.data.map(({ id }) => id);
  expect(shown({}, lines).lines).toMatchObject({ has_more: true, url: '/v1/invoices/in_1/lines' });
  expect(ids(shown({}, lines))).toEqual(['il_10', 'il_9', 'il_8', 'il_7', 'il_6', 'il_5', 'il_4', 'il_3', 'il_2', 'il_1']);
  expect(shown({}, lines.slice(1)).lines.has_more).toBe(false);
});

test('a draft shows the current customer, a finalized invoice the customer as of its finalization', () => {
  expect(shown({ status: 'draft' })).toMatchObject({
    customer_email: 'today@example.com',
    customer_tax_exempt: 'exempt',
    customer_tax_ids: [{ type: 'eu_vat', value: 'FRXX999999999' }],
  });
  expect(shown({ status: 'open' })).toMatchObject({
    customer_email: 'before@example.com',
    customer_tax_exempt: 'none',
    customer_tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
  });
});

test('an invoice of a subscription shows it, with its metadata of that time, as its parent', () => {
  expect(shown().parent).toEqual({
    quote_details: null,
    subscription_details: { metadata: { plan: 'gold' }, subscription: 'sub_1' },
    type: 'subscription_details',
  });
  expect(shown({ subscription: null }).parent).toBeNull();
});

test('an invoice shows the seller', () => {
  expect(shown()).toMatchObject({ account_name: 'Acme', account_country: 'US', issuer: { type: 'self' } });
});

test('taxes name their rate, on the line and in the total', () => {
  const tax = { amount: 89, tax_rate_details: { tax_rate: 'txr_1' }, taxable_amount: 1000, type: 'tax_rate_details' };
  expect(shown()).toMatchObject({ total_taxes: [tax], lines: { data: [{ taxes: [tax] }] } });
});

test('payments and the confirmation secret are shown only when expanded', () => {
  expect(shown()).not.toHaveProperty('payments');
  expect(shown()).not.toHaveProperty('confirmation_secret');
});

test('a payment out of band is shown as such', () => {
  expect(shown({ status: 'paid', amountPaid: 1089, amountPaidOffStripe: 600 }).amount_paid_off_stripe).toBe(600);
});

test('a deleted draft answers with its id only', () => {
  expect(shown({ deleted: true })).toEqual({ id: 'in_1', object: 'invoice', deleted: true });
});

test('a line of a subscription item names it, and its unit amount', () => {
  expect(line({})).toMatchObject({
    parent: {
      type: 'subscription_item_details',
      subscription_item_details: { subscription: 'sub_1', subscription_item: 'si_1', invoice_item: null },
    },
    pricing: { price_details: { price: 'price_1', product: 'prod_1' }, type: 'price_details', unit_amount_decimal: '1000' },
    quantity_decimal: '1',
  });
});

test('a proration credit names the lines that it credits', () => {
  const credited_items = { invoice: 'in_0', invoice_line_items: ['il_0'] };
  expect(line({ invoiceItem: 'ii_1', proration: true, prorationDetails: { credited_items } })?.['parent']).toMatchObject({
    subscription_item_details: { invoice_item: 'ii_1', proration: true, proration_details: { credited_items } },
  });
});

test('a line for a one-time amount refers to its invoice item', () => {
  const single = line({
    subscription: null,
    subscriptionItem: null,
    invoiceItem: 'ii_1',
    price: null,
    product: null,
    unitAmountDecimal: '250',
  });
  expect(single).toMatchObject({
    parent: {
      type: 'invoice_item_details',
      invoice_item_details: { invoice_item: 'ii_1', subscription: null },
      subscription_item_details: null,
    },
    pricing: { type: 'price_details', unit_amount_decimal: '250' },
  });
});

test('a pending proration shows what it credits, another item does not', () => {
  const rows = (change: Parameters<typeof invoiceItem>[0]) => new Rows({ invoiceItem: [invoiceItem(change)], taxRate: [taxRate()] });
  const credited_items = { invoice: 'in_0', invoice_line_items: ['il_0'] };
  expect(render('invoiceItem', 'ii_1', rows({ proration: true, prorationDetails: { credited_items } }))).toMatchObject({
    parent: { subscription_details: { subscription: 'sub_1', subscription_item: 'si_1' } },
    proration_details: { credited_items: { type: 'invoice_line_items', invoice_line_item_details: credited_items } },
  });
  expect(render('invoiceItem', 'ii_1', rows({}))).not.toHaveProperty('proration_details');
});
