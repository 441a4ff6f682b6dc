import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { priceOf } from '../support/builders';
import { DAY, startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const VISA = '4242424242424242';
const DECLINED = '4000000000000002';
const ASKS_BANK = '4000002760003184';

async function sent(locale = 'en') {
  const { id: customer } = await stripe.customers.create({
    name: 'Jo',
    email: 'jo@example.com',
    preferred_locales: [locale],
    address: { country: 'US', state: 'CA', city: 'Oakland', line1: '1 Main St', postal_code: '94601' },
  });
  const { id: invoice } = await stripe.invoices.create({ customer, collection_method: 'send_invoice', days_until_due: 14 });
  await stripe.invoiceItems.create({ customer, invoice, amount: 1999, currency: 'usd', description: 'Setup <b>' });
  return stripe.invoices.finalizeInvoice(invoice);
}

const addressOf = ({ hosted_invoice_url: url }: Stripe.Invoice) => `${product.url}${new URL(String(url)).pathname}`;

async function look(invoice: Stripe.Invoice) {
  const response = await fetch(addressOf(invoice));
  return { status: response.status, html: await response.text(), policy: response.headers.get('content-security-policy') };
}

/** What a browser without script sends. */
async function submit(invoice: Stripe.Invoice, number: string, entries: Record<string, string> = {}) {
  const body = new URLSearchParams({ number, expiry: '12/34', cvc: '123', name: 'Jo', attempt: '0', amount: '1999', ...entries });
  const response = await fetch(addressOf(invoice), { method: 'POST', body, redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}

async function paidCharges({ customer }: Stripe.Invoice) {
  const { data } = await stripe.charges.list({ customer: customer as string });
  return data.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount);
}

test('the customer sees what is due without a key, pays by card, and finds the receipt', async () => {
  const invoice = await sent();
  const before = await look(invoice);
  expect(before.status).toBe(200);
  expect(before.policy).toContain("default-src 'none'");
  expect(before.html).toContain('Pay $19.99');
  expect(before.html).toContain('Setup &lt;b&gt;');
  expect(before.html).not.toContain('/receipts/');

  expect(await submit(invoice, VISA)).toMatchObject({ status: 303, location: addressOf(invoice) });
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid', amount_paid: 1999 });
  const after = await look(invoice);
  expect(after.html).toContain('Paid');
  expect(after.html).not.toContain('name="number"');
  for (const [, link = ''] of after.html.matchAll(/href="([^"]+)"/g)) {
    expect((await fetch(`${product.url}${new URL(link, product.url).pathname}`)).status).toBe(200);
  }
  expect(after.html).toContain('/receipts/');
});

test('a double submit and a second tab charge once, and both are led to the paid invoice', async () => {
  const invoice = await sent();
  await Promise.all([submit(invoice, VISA), submit(invoice, VISA), submit(invoice, '5555555555554444')]);
  expect((await submit(invoice, VISA)).status).toBe(303);
  expect((await submit(invoice, '5555555555554444', { attempt: '1' })).status).toBe(303);
  expect(await paidCharges(invoice)).toEqual([1999]);
});

test('a declined card charges nothing, and another card pays', async () => {
  const invoice = await sent();
  const declined = await submit(invoice, DECLINED);
  expect(declined.status).toBe(402);
  expect(declined.html).toContain('Your card was declined. Nothing was charged.');
  expect((await submit(invoice, '4242424242424241', { attempt: '1' })).html).toContain('The card number, the date');
  expect(await paidCharges(invoice)).toEqual([]);
  expect((await submit(invoice, VISA, { attempt: '1' })).status).toBe(303);
  expect(await paidCharges(invoice)).toEqual([1999]);
});

test('a card whose bank asks for approval: the page leads to the bank, and the bank back to the paid invoice', async () => {
  const invoice = await sent();
  const { status, location } = await submit(invoice, ASKS_BANK);
  expect(status).toBe(303);
  const bank = `${product.url}${new URL(String(location)).pathname}`;
  expect((await look(invoice)).html).toContain('Approve the payment at your bank');
  const body = new URLSearchParams({ result: 'succeeded' });
  const approved = await fetch(bank, { method: 'POST', body, redirect: 'manual' });
  expect(approved.headers.get('location')).toContain(addressOf(invoice));
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid' });
  expect(await paidCharges(invoice)).toEqual([1999]);
});

test('a payer who does not approve comes back to a page that says so in their language, and another card pays', async () => {
  const invoice = await sent('fr');
  const { location } = await submit(invoice, ASKS_BANK);
  const bank = `${product.url}${new URL(String(location)).pathname}`;
  const refused = await fetch(bank, { method: 'POST', body: new URLSearchParams({ result: 'failed' }), redirect: 'manual' });
  const back = await fetch(String(refused.headers.get('location')));
  expect([back.status, await back.text()]).toEqual([
    402,
    expect.stringContaining('Le paiement n’a pas été approuvé. Rien n’a été débité.'),
  ]);
  expect(await paidCharges(invoice)).toEqual([]);
  expect((await look(invoice)).html).not.toContain('pas été approuvé');
  expect((await submit(invoice, VISA, { attempt: '1' })).status).toBe(303);
  expect(await paidCharges(invoice)).toEqual([1999]);
  expect(await (await fetch(back.url)).text()).not.toContain('pas été approuvé');
});

test('never more is charged than the page showed; a void invoice, a forged link and a draft cannot be paid', async () => {
  const invoice = await sent();
  expect((await submit(invoice, VISA, { amount: '1998' })).html).toContain('The amount has changed. Nothing was charged.');
  const forged = await fetch(addressOf(invoice).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')));
  expect(forged.status).toBe(404);
  await stripe.invoices.voidInvoice(invoice.id);
  const { html } = await look(invoice);
  expect(html).toContain('Void');
  expect(html).not.toContain('name="number"');
  expect((await submit(invoice, VISA)).status).toBe(402);
  expect(await paidCharges(invoice)).toEqual([]);
});

test('who pays with another card for a subscription whose card was declined has changed its card, as the page says', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { id: customer } = await stripe.customers.create({ email: 'jo@example.com', name: 'Jo', test_clock: clock.id });
  const { id: declined } = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  const items = [{ price: await priceOf(stripe, 1999) }];
  const trial_end = clock.now() + DAY;
  const { id } = await stripe.subscriptions.create({ customer, items, trial_end, default_payment_method: declined });
  await clock.by(2 * DAY);
  const { status, latest_invoice: due } = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  expect(status).toBe('past_due');
  const invoice = due as Stripe.Invoice;
  const SAYS = 'What your subscription costs later is paid in the same way.';
  expect((await look(invoice)).html).toContain(SAYS);
  const { attempt = '' } = /name="attempt" value="(?<attempt>\d+)"/.exec((await look(invoice)).html)?.groups ?? {};
  expect((await submit(invoice, VISA, { attempt })).status).toBe(303);
  const recovered = await stripe.subscriptions.retrieve(id);
  expect(recovered).toMatchObject({ status: 'active', default_payment_method: expect.stringMatching(/^pm_/) as string });
  expect(recovered.default_payment_method).not.toBe(declined);
  await clock.to('2026-02-05');
  const invoices = await stripe.invoices.list({ subscription: id });
  expect(invoices.data.map(({ amount_paid: paid }) => paid)).toEqual([1999, 1999, 0]);
  expect((await look(await sent())).html).not.toContain(SAYS);
});

test('the page is in the language of the customer', async () => {
  const { html } = await look(await sent('de'));
  expect(html).toContain('<html lang="de');
  expect(html).toContain('Kartennummer');
});

test('what Dunlin writes on a line is in the language of the customer on the page, and in Stripe’s words in the API', async () => {
  const { id: customer } = await stripe.customers.create({ email: 'jo@example.com', preferred_locales: ['de'] });
  const price = await priceOf(stripe, 1500, { currency: 'eur', product_data: { name: 'Pro' } });
  const terms = { collection_method: 'send_invoice', days_until_due: 14 } as const;
  const { latest_invoice: draft } = await stripe.subscriptions.create({
    ...{ customer, items: [{ price, quantity: 2 }], ...terms },
    expand: ['latest_invoice'],
  });
  const invoice = await stripe.invoices.finalizeInvoice((draft as Stripe.Invoice).id);
  expect(invoice.lines.data.map(({ description }) => description)).toEqual(['2 × Pro (at €15.00 / month)']);
  expect((await look(invoice)).html.replaceAll('\u00a0', ' ')).toContain('2 × Pro (15,00 € / Monat)');
});

test('a form without entries pays nothing, and the page says that something is missing', async () => {
  const invoice = await sent();
  const response = await fetch(addressOf(invoice), { method: 'POST', redirect: 'manual' });
  expect(response.status).toBe(402);
  expect(await response.text()).toContain('Pay $19.99');
  expect(await paidCharges(invoice)).toEqual([]);
});
