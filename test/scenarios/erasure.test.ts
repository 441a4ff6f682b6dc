/** What is left of a person after an erasure, wherever Dunlin writes: every table, every history, every log line, every mail and event. */
import type Stripe from 'stripe';
import { KEEP_DEFAULT } from '../../db/retention';
import { keepHouse } from '../../worker/housekeeping';
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
/** Fields whose form is given have a value of their own. */
const IP = '203.0.113.77';
const KONBINI = '09012345678';
const wordsIn = (text: string): string[] =>
  [
    ...new Set(
      [
        ...text
          .toLowerCase()
          .replaceAll(IP, word('ip'))
          .replaceAll(KONBINI, word('konbini'))
          .matchAll(/zyxwvut([a-z]+)/g),
      ].map(([, field = '']) => field),
    ),
  ].sort();

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
      select to_jsonb(t)::text as text from ${product.sql(name)} t
      where to_jsonb(t)::text ilike any(${['zyxwvut', IP, KONBINI].map((each) => `%${each}%`)})`;
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

const listed = async (alias: string, value: string): Promise<void> => {
  const [list] = (await stripe.radar.valueLists.list({ alias })).data;
  await stripe.radar.valueListItems.create({ value_list: String(list?.id), value });
};

/** A debit under a mandate, a disputed charge, and a voucher with a phone number. */
async function giveProofs(customer: string): Promise<void> {
  const agreed = { type: 'online' as const, online: { ip_address: IP, user_agent: word('agent') } };
  const holder = { name: word('holder'), email: `${word('holderemail')}@example.com` };
  const confirmed = { customer, confirm: true, return_url: 'https://shop.example.com' };
  await stripe.paymentIntents.create({
    ...{ ...confirmed, amount: 700, currency: 'eur', payment_method_types: ['sepa_debit'] },
    payment_method_data: { type: 'sepa_debit', sepa_debit: { iban: 'DE89370400440532013000' }, billing_details: holder },
    mandate_data: { customer_acceptance: agreed },
  });
  await stripe.paymentIntents.create({
    ...{ ...confirmed, amount: 600, currency: 'usd', payment_method: 'pm_card_createDispute', metadata: { ip_address: IP } },
  });
  const [dispute] = (await stripe.disputes.list({ limit: 1 })).data;
  const file = { name: `${word('filename')}.pdf`, data: Buffer.from('%PDF-1.4\n%%EOF'), type: 'application/pdf' };
  const { id: receipt } = await stripe.files.create({ purpose: 'dispute_evidence', file });
  await stripe.disputes.update(String(dispute?.id), {
    evidence: { receipt, customer_name: word('evidencename'), access_activity_log: word('log'), customer_purchase_ip: IP },
    submit: false,
  });
  await stripe.paymentIntents.create({ ...confirmed, ...konbini(holder) });
}

/** The customer on the lists of fraud rules, and somebody else. */
async function listPerson(): Promise<void> {
  await stripe.radar.valueLists.create({ alias: 'known_faces', name: 'Known', item_type: 'case_sensitive_string' });
  await listed('known_faces', word('newname'));
  await listed('email_blocklist', EMAIL);
  await listed('ip_address_blocklist', '203.0.113.78');
  await listed('ip_address_blocklist', IP);
}

const konbini = (holder: { name: string; email: string }) => ({
  ...{ amount: 500, currency: 'jpy', payment_method_types: ['konbini'] },
  payment_method_data: { type: 'konbini' as const, billing_details: holder },
  payment_method_options: { konbini: { confirmation_number: KONBINI } },
});

/** Housekeeping so many days after the erasures. */
async function daysLater(days: number): Promise<void> {
  const { sql } = product;
  for (const table of ['customer_requests', 'disputes', 'mandates']) {
    await sql`update ${sql(table)} set erased_at = erased_at - make_interval(days => ${days})`;
  }
  const logger = { warn: (message: string) => logged.push(message) };
  await keepHouse({ sql, keep: KEEP_DEFAULT, logger, watchThresholds: () => Promise.resolve() });
}

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
  const rule = await product.post('/v1/radar/rules', { rule: "Block if :email: = 'nobody@example.com'" });
  await stripe.setupIntents.create({
    ...{ customer, payment_method: removed.id, confirm: true, return_url: 'https://shop.example.com' },
  });
  await product.post(`/v1/radar/rules/${String(rule['id'])}`, { active: false });
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
  await giveProofs(customer);
  const session = await stripe.billingPortal.sessions.create({ customer });
  const visitor = new PortalVisitor(product);
  const { html } = await visitor.look(session, `cancel?subscription=${subscription.id}`);
  await visitor.send(session, `cancel?subscription=${subscription.id}`, { ...hiddenOf(html), reason: 'unused', comment: word('comment') });
  await clock.to('2026-03-02');
  await listPerson();

  const before = await dumped();
  expect(before['customers']).toEqual(expect.arrayContaining(['newname', 'email', 'homeline', 'shipname', 'metadata', 'description']));
  expect(before['fraud_decisions']).toEqual(['email']);
  expect(before['files']).toEqual(['filename']);
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
  // The draft has what was known of the customer.
  const places = ['homecity', 'homeextra', 'homeline'];
  const disputes = ['email', 'evidencename', ...places, 'ip', 'log', 'shipcity', 'shipextra', 'shipline'];
  expect(await dumped()).toEqual({ disputes, invoices: books, mandates: ['agent', 'ip'] });
  const events = await eventsAbout();
  expect(wordsIn(JSON.stringify(events))).toEqual([]);
  expect(events.find(({ type }) => type === 'customer.created')?.data.object).toMatchObject({ id: customer, name: null, metadata: {} });
  const paid = events.find(({ type, data }) => type === 'payment_intent.succeeded' && (data.object as { id: string }).id === intent.id);
  expect(paid?.data.object).toMatchObject({ amount: 500, shipping: null });
  const texts = await histories();
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.join(' ')).toContain(subscription.id);
  expect(wordsIn(texts.join(' '))).toEqual([]);
  expect(wordsIn(logged.join(' '))).toEqual([]);
  const mails = (await product.get(`/v1/mails?customer=${customer}&limit=100`)) as { data: { id: string; kind: string }[] };
  expect(mails.data.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['receipt']));
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ amount: 500, status: 'succeeded', receipt_email: null });
  await daysLater(401);
  expect(await dumped()).toEqual({ disputes, invoices: books });
  await daysLater(200);
  expect(await dumped()).toEqual({ invoices: books });
}, 240_000);

test('a list still finds who is erased, and shows nobody', async () => {
  const [list] = (await stripe.radar.valueLists.list({ alias: 'email_blocklist' })).data;
  expect(list?.list_items.data.map(({ value }) => value)).toEqual(['']);
  expect((await stripe.radar.valueLists.list({ contains: EMAIL })).data.map(({ alias }) => alias)).toEqual(['email_blocklist']);
  const [addresses] = (await stripe.radar.valueLists.list({ alias: 'ip_address_blocklist' })).data;
  expect(addresses?.list_items.data.map(({ value }) => value)).toEqual(['', '203.0.113.78']);
  const { id: customer } = await stripe.customers.create({ email: EMAIL.toUpperCase() });
  const paying = stripe.paymentIntents.create({
    ...{ customer, amount: 500, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, return_url: 'https://shop.example.com' },
  });
  await expect(paying).rejects.toThrow('declined');
  const [charge] = (await stripe.charges.list({ customer })).data;
  expect(charge?.outcome).toMatchObject({ type: 'blocked', rule: 'email_blocklist' });
  await product.post(`/v1/customers/${customer}/erase`);
  for (const item of (await stripe.radar.valueListItems.list({ value_list: String(list?.id) })).data)
    await stripe.radar.valueListItems.del(item.id);
  await daysLater(0);
  expect(await product.sql`select 1 from value_list_items where value_list = ${String(list?.id)}`).toEqual([]);
});

test('a guest is erased by its address, also in events, which no key seals; nobody else is', async () => {
  const email = `${word('guest')}@example.com`;
  const before = await dumped();
  const buyer = { name: word('guestname'), phone: word('guestphone'), address: addressOf('guest') };
  const paid = await stripe.paymentIntents.create({
    ...{ amount: 900, currency: 'usd', confirm: true, receipt_email: email, return_url: 'https://shop.example.com' },
    payment_method_data: { type: 'card', card: { token: 'tok_visa' }, billing_details: { ...buyer, email } } as never,
    shipping: { name: word('guestship'), address: addressOf('guest') },
  });
  const waiting = await stripe.paymentIntents.create({ ...konbini({ name: buyer.name, email }), confirm: true });
  const disputed = await stripe.paymentIntents.create({
    ...{ amount: 800, currency: 'usd', payment_method: 'pm_card_createDispute', confirm: true, receipt_email: email },
    return_url: 'https://shop.example.com',
  });
  const [dispute] = (await stripe.disputes.list({ payment_intent: disputed.id })).data;
  await stripe.disputes.update(String(dispute?.id), { evidence: { customer_name: buyer.name }, submit: false });
  await product.post('/v1/support_tickets', { email, subject: word('guestsubject'), message: word('guestquestion') });
  const neighbor = await stripe.paymentIntents.create({ amount: 100, currency: 'usd', receipt_email: 'somebody@example.com' });
  const named = await dumped();
  expect(Object.keys(named)).toEqual(
    expect.arrayContaining(['charges', 'events', 'payment_intents', 'payment_methods', 'support_tickets']),
  );
  expect(named['events']).toEqual(expect.arrayContaining(['guest', 'guestname', 'guestship', 'konbini']));

  const erased = await product.post('/v1/guests/erase', { email: email.toUpperCase() });
  expect(erased).toMatchObject({ object: 'guest_erasure', erased: { charges: 3, payment_intents: 3, support_tickets: 1 } });
  const { disputes, ...others } = await dumped();
  expect(others).toEqual(before);
  expect(disputes).toContain('guestname');
  expect(wordsIn(JSON.stringify(await eventsAbout()))).toEqual([]);
  expect(await stripe.paymentIntents.retrieve(paid.id)).toMatchObject({ amount: 900, status: 'succeeded', shipping: null });
  expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({
    next_action: { konbini_display_details: { stores: { lawson: { payment_code: expect.stringMatching(/^\d+$/) as string } } } },
  });
  expect((await stripe.paymentIntents.retrieve(neighbor.id)).receipt_email).toBe('somebody@example.com');
  expect((await product.post('/v1/guests/erase', { email }))['erased']).toMatchObject({ charges: 0, payment_intents: 0 });
  await daysLater(541);
  expect((await dumped())['disputes']).toEqual(disputes);
  await stripe.disputes.close(String(dispute?.id));
  await daysLater(0);
  expect(await dumped()).toEqual(before);
});
