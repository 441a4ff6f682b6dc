import { AxeBuilder } from '@axe-core/playwright';
import { useBrowser } from '../support/browser';
import { useProduct } from '../support/product';

const browser = useBrowser();
const product = useProduct({});

async function sent() {
  const { stripe } = product;
  const { id: customer } = await stripe.customers.create({ name: 'Jo', email: 'jo@example.com' });
  const { id: invoice } = await stripe.invoices.create({ customer, collection_method: 'send_invoice', days_until_due: 14 });
  await stripe.invoiceItems.create({ customer, invoice, amount: 1999, currency: 'usd', description: 'Setup' });
  return stripe.invoices.finalizeInvoice(invoice);
}

test('an invoice is paid by a double click once, and axe finds nothing before and after', async () => {
  const invoice = await sent();
  const address = `${product.url}${new URL(String(invoice.hosted_invoice_url)).pathname}`;
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByLabel('Expiry date').fill('12/34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Jo');
  await page.locator('button.primary').dblclick();
  await page.getByText('Receipt').waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  expect(await product.stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid' });
  const { data } = await product.stripe.charges.list({ customer: invoice.customer as string });
  expect(data.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount)).toEqual([1999]);
});
