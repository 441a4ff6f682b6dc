/** Templates of invoices, and how an invoice's document is written: who wins where several places have a text. */
import type Stripe from 'stripe';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

async function template(params: Record<string, unknown>): Promise<string> {
  const created = await product.post('/v1/invoice_rendering_templates', params);
  return String(created['id']);
}

const draftOf = (customer: string, params: Stripe.InvoiceCreateParams = {}) =>
  stripe.invoices.create({ customer, auto_advance: false, ...params });

async function customerWith(options: Stripe.CustomerCreateParams.InvoiceSettings = {}): Promise<string> {
  return (await stripe.customers.create({ invoice_settings: options })).id;
}

test('a template is created, retrieved, listed, archived and made active again', async () => {
  const id = await template({
    nickname: 'Public sector',
    footer: 'Art. 293 B',
    memo: 'Thanks',
    custom_fields: [{ name: 'PO', value: '7' }],
  });
  const active = { id, nickname: 'Public sector', status: 'active', version: 1, footer: 'Art. 293 B', memo: 'Thanks' };
  expect(await stripe.invoiceRenderingTemplates.retrieve(id)).toMatchObject({ object: 'invoice_rendering_template', ...active });
  expect(await stripe.invoiceRenderingTemplates.archive(id)).toMatchObject({ id, status: 'archived' });
  expect((await stripe.invoiceRenderingTemplates.list({ status: 'active' })).data.map((each) => each.id)).not.toContain(id);
  expect((await stripe.invoiceRenderingTemplates.list({ status: 'archived' })).data.map((each) => each.id)).toContain(id);
  expect(await stripe.invoiceRenderingTemplates.unarchive(id)).toMatchObject(active);
  await expect(stripe.invoiceRenderingTemplates.retrieve(id, { version: 2 })).rejects.toMatchObject({
    code: 'resource_missing',
    param: 'version',
  });
  await expect(stripe.invoiceRenderingTemplates.archive('inrtem_none')).rejects.toMatchObject({ code: 'resource_missing' });
});

test("each text is the invoice's, else its template's, else its customer's, else the account's", async () => {
  await product.post('/v1/document_settings', { memo: 'account', footer: 'account', custom_fields: [{ name: 'from', value: 'account' }] });
  const first = await template({ footer: 'template' });
  const customer = await customerWith({ footer: 'customer', rendering_options: { template: first } });
  const draft = await draftOf(customer);
  expect(draft).toMatchObject({ description: 'account', footer: 'template', custom_fields: [{ name: 'from', value: 'account' }] });
  expect(draft.rendering).toEqual({ amount_tax_display: null, pdf: { page_size: 'auto' }, template: first, template_version: 1 });
  expect(await draftOf(customer, { footer: 'own', rendering: { template: '' } })).toMatchObject({
    footer: 'own',
    rendering: { template: null, template_version: null },
  });
  expect(await draftOf(await customerWith({ footer: 'customer' }))).toMatchObject({ footer: 'customer' });

  const second = await template({ footer: 'second', memo: 'second' });
  const own = await draftOf(customer, { description: 'own' });
  expect(await stripe.invoices.update(own.id, { rendering: { template: second } })).toMatchObject({ description: 'own', footer: 'second' });
  expect(await stripe.invoices.update(own.id, { rendering: { template: '' } })).toMatchObject({ description: 'own', footer: 'customer' });
});

test('an archived or unknown template, or another version, is refused; drafts that have an archived one keep its texts', async () => {
  const id = await template({ footer: 'archived' });
  const customer = await customerWith({ rendering_options: { template: id, amount_tax_display: 'exclude_tax' } });
  const draft = await draftOf(customer);
  const wrongVersion = stripe.invoices.update(draft.id, { rendering: { template: id, template_version: 2 } });
  await expect(wrongVersion).rejects.toMatchObject({ statusCode: 400, param: 'rendering[template_version]' });
  await stripe.invoiceRenderingTemplates.archive(id);
  expect(await stripe.invoices.update(draft.id, { metadata: { a: 'b' } })).toMatchObject({
    footer: 'archived',
    rendering: { template: id },
  });
  const later = await draftOf(customer);
  expect([later.footer === 'archived', later.rendering]).toEqual([
    false,
    expect.objectContaining({ template: null, amount_tax_display: 'exclude_tax' }),
  ]);
  for (const unusable of [id, 'inrtem_none']) {
    const other = await draftOf(await customerWith());
    const refused = { statusCode: 400, param: 'rendering[template]' };
    await expect(stripe.invoices.update(other.id, { rendering: { template: unusable } })).rejects.toMatchObject(refused);
    await expect(customerWith({ rendering_options: { template: unusable } })).rejects.toMatchObject({
      ...{ statusCode: 400, param: 'invoice_settings[rendering_options][template]' },
    });
  }
});

test("a customer's rendering options are changed one by one, and emptied at once", async () => {
  const id = await template({ footer: 'x' });
  const customer = await customerWith({ rendering_options: { template: id } });
  const change = async (options: Stripe.Emptyable<Stripe.CustomerUpdateParams.InvoiceSettings.RenderingOptions>) => {
    const { invoice_settings: settings } = await stripe.customers.update(customer, { invoice_settings: { rendering_options: options } });
    return settings.rendering_options;
  };
  expect(await change({ amount_tax_display: 'exclude_tax' })).toEqual({ amount_tax_display: 'exclude_tax', template: id });
  expect(await change({ template: '' })).toEqual({ amount_tax_display: 'exclude_tax', template: null });
  expect(await change('')).toBeNull();
});

test('how a final invoice is written cannot change, apart from its page size; its receipt number is that of its charge', async () => {
  const { id: customer } = await stripe.customers.create({ payment_method: 'pm_card_visa' });
  const [method] = (await stripe.customers.listPaymentMethods(customer)).data;
  const draft = await draftOf(customer, { rendering: { amount_tax_display: 'include_inclusive_tax' } });
  await stripe.invoiceItems.create({ customer, invoice: draft.id, amount: 500, currency: 'usd' });
  expect(await stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({ receipt_number: null });
  for (const [name, value] of [
    ['template', 'inrtem_none'],
    ['amount_tax_display', 'exclude_tax'],
  ] as const) {
    const refused = stripe.invoices.update(draft.id, { rendering: { [name]: value } });
    await expect(refused).rejects.toMatchObject({ statusCode: 400, param: `rendering[${name}]` });
  }
  const sized = await stripe.invoices.update(draft.id, { rendering: { pdf: { page_size: 'letter' } } });
  expect(sized.rendering).toMatchObject({ amount_tax_display: 'include_inclusive_tax', pdf: { page_size: 'letter' } });
  const paid = await stripe.invoices.pay(draft.id, { payment_method: String(method?.id) });
  const [charge] = (await stripe.charges.list({ customer })).data;
  expect(paid.receipt_number).toBe(charge?.receipt_number);
  expect(paid.receipt_number).toMatch(/^.{4}-.{4}$/);
});
