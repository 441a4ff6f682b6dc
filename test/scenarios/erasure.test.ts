/** What is left of a person after an erasure, wherever Dunlin writes: every table, every history, every log line, every mail and event. */
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { priceOf } from '../support/builders';
import { startClock } from '../support/clock';
import { hiddenOf, PortalVisitor } from '../support/portal';
import { useProduct } from '../support/product';

const logged: string[] = [];
const product = useProduct({ readLog: (line) => logged.push(line) });
const { stripe } = product;
booksBalanceAfterEach(product);

/** Each field of the person has a word of its own, so that what is found says where it came from. */
const word = (field: string): string => `zyxwvut${field}`;
const wordsIn = (text: string): string[] =>
  [...new Set([...text.toLowerCase().matchAll(/zyxwvut([a-z]+)/g)].map(([, field = '']) => field))].sort();

const addressOf = (of: string) => ({
  ...{ line1: word(`${of}line`), line2: word(`${of}extra`), city: word(`${of}city`), postal_code: '10115', country: 'DE' },
});
const EMAIL = `${word('email')}@example.com`;

/** The words of each table, in every column. */
async function dumped(): Promise<Record<string, string[]>> {
  const tables = await product.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const found: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await product.sql<{ text: string }[]>`
      select to_jsonb(t)::text as text from ${product.sql(name)} t where to_jsonb(t)::text ilike '%zyxwvut%'`;
    if (rows.length > 0) found[name] = wordsIn(rows.map(({ text }) => text).join(' '));
  }
  return found;
}

/** Everything that Temporal keeps of the product's workflows: inputs, updates, results, memos, search attributes, failures. */
async function histories(): Promise<string[]> {
  const { workflow } = product.system.temporal;
  const texts: string[] = [];
  for await (const { workflowId, runId } of workflow.list({ query: `TaskQueue = '${product.system.taskQueue}'` })) {
    const handle = workflow.getHandle(workflowId, runId);
    texts.push(decoded(await handle.fetchHistory()), decoded((await handle.describe()).raw));
  }
  return texts;
}

const decoded = (value: unknown): string =>
  JSON.stringify(value, (key, each: unknown) => {
    if (each instanceof Uint8Array) return Buffer.from(each).toString();
    return key === 'data' && typeof each === 'string' ? Buffer.from(each, 'base64').toString() : each;
  });

const eventsAbout = async (): Promise<Stripe.Event[]> => stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });

test('after an erasure no dump, history, log, mail or event names the customer; its books do, as the law asks', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const shipping = { name: word('shipname'), phone: word('shipphone'), address: addressOf('ship') };
  const { id: customer } = await stripe.customers.create({
    ...{ test_clock: clock.id, name: word('name'), email: EMAIL, phone: word('phone'), description: word('description') },
    ...{ address: addressOf('home'), shipping, metadata: { note: word('metadata') } },
    invoice_settings: { custom_fields: [{ name: 'Contact', value: word('field') }] },
    tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
  });
  const card = await stripe.paymentMethods.create({
    type: 'card',
    card: { token: 'tok_visa' },
    billing_details: {
      name: word('cardname'),
      email: `${word('cardemail')}@example.com`,
      phone: word('cardphone'),
      address: addressOf('card'),
    },
  });
  await stripe.paymentMethods.attach(card.id, { customer });
  const removed = await stripe.paymentMethods.create({
    type: 'card',
    card: { token: 'tok_visa' },
    billing_details: { name: word('removed') },
  });
  await stripe.setupIntents.create({
    ...{ customer, payment_method: removed.id, confirm: true, return_url: 'https://shop.example.com' },
  });
  await stripe.paymentMethods.detach(removed.id);
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id }, name: word('newname') });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 2000) }] });
  const intent = await stripe.paymentIntents.create({
    ...{ customer, amount: 500, currency: 'usd', payment_method: card.id, confirm: true, return_url: 'https://shop.example.com' },
    ...{ receipt_email: `${word('receipt')}@example.com`, shipping },
  });
  await expect(
    stripe.paymentIntents.create(
      {
        ...{ customer, amount: 500, currency: 'usd', payment_method: 'pm_card_chargeDeclined', confirm: true },
        ...{ receipt_email: `${word('declined')}@example.com`, return_url: 'https://shop.example.com' },
      },
      { idempotencyKey: 'declined' },
    ),
  ).rejects.toThrow('declined');
  const [invoice] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  await stripe.creditNotes.create({ invoice: String(invoice?.id), amount: 100, refund_amount: 100 });
  const quote = await stripe.quotes.create({ customer, line_items: [{ price: await priceOf(stripe, 100) }] });
  await stripe.quotes.finalizeQuote(quote.id);
  await product.post('/v1/support_tickets', { customer, subject: word('subject'), message: word('question'), name: word('asker') });
  const evaluated = { customer, email: `${word('evaluated')}@example.com`, name: word('evaluatedname') };
  await stripe.radar.paymentEvaluations.create({
    customer_details: evaluated,
    payment_details: { amount: 2000, currency: 'usd', payment_method_details: { payment_method: card.id } },
  });
  const office = { line1: 'Torstr. 1', city: 'Berlin', postal_code: '10119', country: 'DE' };
  await stripe.tax.settings.update({
    defaults: { tax_behavior: 'exclusive', tax_code: 'txcd_10000000' },
    head_office: { address: office },
  });
  await stripe.tax.calculations.create({
    ...{ currency: 'eur', customer },
    line_items: [{ amount: 1000, reference: 'one' }],
  });
  const session = await stripe.billingPortal.sessions.create({ customer });
  const visitor = new PortalVisitor(product);
  const { html } = await visitor.look(session, `cancel?subscription=${subscription.id}`);
  await visitor.send(session, `cancel?subscription=${subscription.id}`, { ...hiddenOf(html), reason: 'unused', comment: word('comment') });
  await clock.to('2026-03-02');

  const before = await dumped();
  expect(before['customers']).toEqual(expect.arrayContaining(['newname', 'email', 'homeline', 'shipname', 'metadata', 'description']));
  expect(wordsIn(JSON.stringify(await eventsAbout()))).toEqual(
    expect.arrayContaining(['name', 'newname', 'cardname', 'shipname', 'receipt']),
  );
  // What is sealed is in no dump, erased or not.
  expect([before['events'], before['requests']]).toEqual([undefined, undefined]);

  const asking = await stripe.billingPortal.sessions.create({ customer });
  await visitor.submit(asking, 'privacy', 'delete_me');
  const asked = (await product.get(`/v1/customer_requests?customer=${customer}`)) as unknown as {
    data: { id: string; declaration: { email: string } }[];
  };
  expect(asked.data).toMatchObject([{ declaration: { name: word('newname'), email: EMAIL } }]);
  await product.post(`/v1/customer_requests/${String(asked.data[0]?.id)}/fulfill`);

  const books = ['field', 'homecity', 'homeextra', 'homeline', 'newname', 'shipcity', 'shipextra', 'shipline', 'shipname'];
  expect(await dumped()).toEqual({ invoices: books });
  const events = await eventsAbout();
  expect(wordsIn(JSON.stringify(events))).toEqual([]);
  expect(events.find(({ type }) => type === 'customer.created')?.data.object).toMatchObject({ id: customer, name: null, metadata: {} });
  expect(events.find(({ type }) => type === 'payment_intent.succeeded')?.data.object).toMatchObject({ amount: 500, shipping: null });
  const texts = await histories();
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.join(' ')).toContain(subscription.id);
  expect(wordsIn(texts.join(' '))).toEqual([]);
  expect(wordsIn(logged.join(' '))).toEqual([]);
  const mails = (await product.get(`/v1/mails?customer=${customer}&limit=100`)) as { data: { id: string; kind: string }[] };
  expect(mails.data.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['receipt']));
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ amount: 500, status: 'succeeded', receipt_email: null });
}, 240_000);
