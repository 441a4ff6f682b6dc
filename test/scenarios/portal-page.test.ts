import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf } from '../support/builders';
import { changingPlans, hiddenOf, memberOf, portalFeatures, portalPlans, PortalVisitor } from '../support/portal';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);
const visitor = new PortalVisitor(product);

const VISA = '4242424242424242';
const DECLINED = '4000000000000002';
const ASKS_BANK = '4000002760003184';
const BACK = 'https://shop.example.com/account';

const card = (number: string) => ({ number, expiry: '12/34', cvc: '123', name: 'Ada' });

test('a customer sees what it has and what is charged next, without a key and in its language', async () => {
  const { customer } = await memberOf(stripe, await priceOf(stripe, 1900));
  await stripe.customers.update(customer, { preferred_locales: ['de'] });
  const session = await stripe.billingPortal.sessions.create({ customer, return_url: BACK });
  const { status, html, headers } = await visitor.look(session);
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).toContain('<html lang="de"');
  expect(html).toContain('Nächste Abbuchung: 19,00 $ am 1. Februar 2026');
  expect(html).toContain('Visa mit den Endziffern 4242');
  expect(html).toContain('Bezahlt');
  expect(html).toContain(`href="${BACK}"`);
  const english = await stripe.billingPortal.sessions.create({ customer, locale: 'en' });
  const page = (await visitor.look(english)).html;
  for (const [, link = ''] of page.matchAll(/href="([^"]*\/i\/[^"]+)"/g)) {
    expect((await fetch(`${product.url}${new URL(link, product.url).pathname}`)).status).toBe(200);
  }
  expect(page).toContain('Next charge: $19.00 on February 1, 2026');
  expect((await fetch(visitor.at(english.url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))))).status).toBe(404);
});

test('an address expires that nobody opens', async () => {
  const { customer } = await customerWith(stripe, null);
  const session = await stripe.billingPortal.sessions.create({ customer, return_url: BACK });
  await product.sql`update portal_sessions set expires_at = expires_at - 301 where id = ${session.id}`;
  const { status, html } = await visitor.look(session);
  expect([status, html.includes('This page has expired.'), html.includes('ada@example.com')]).toEqual([410, true, false]);
  expect((await visitor.send(session, '', { action: 'details', name: 'Eve', email: 'eve@example.com', submission: 'x' })).status).toBe(410);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ name: 'Ada' });
});

test('a customer cancels with a reason, once, and takes it back', async () => {
  const { customer, subscription, clock } = await memberOf(stripe, await priceOf(stripe));
  const session = await stripe.billingPortal.sessions.create({ customer });
  const view = `cancel?subscription=${subscription.id}`;
  expect((await visitor.look(session, view)).html).toContain('Your subscription stays until February 1, 2026.');
  const entries = { feedback: 'too_expensive', comment: 'Too much <for> me' };
  expect((await visitor.submit(session, view, 'cancel', entries)).location).toContain('/home?saved');
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: 'active',
    cancel_at_period_end: true,
    cancellation_details: { feedback: 'too_expensive', comment: 'Too much <for> me', reason: 'cancellation_requested' },
  });
  expect((await visitor.look(session, 'home')).html).toContain('Ends on February 1, 2026.');
  expect((await visitor.submit(session, 'home', 'keep')).status).toBe(303);
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ cancel_at_period_end: false, canceled_at: null });
  await clock.to('2026-02-02');
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
});

test('a cancellation at once credits what the page said, to the cent', async () => {
  const { customer, subscription, clock } = await memberOf(stripe, await priceOf(stripe, 3100));
  await clock.to('2026-01-11');
  const configuration = await stripe.billingPortal.configurations.create({
    features: portalFeatures({ subscription_cancel: { enabled: true, mode: 'immediately', proration_behavior: 'create_prorations' } }),
  });
  const session = await stripe.billingPortal.sessions.create({
    customer,
    configuration: configuration.id,
    flow_data: {
      type: 'subscription_cancel',
      subscription_cancel: { subscription: subscription.id },
      after_completion: { type: 'redirect', redirect: { return_url: 'https://shop.example.com/gone' } },
    },
  });
  expect((await visitor.look(session)).html).toContain('$21.00 for the unused time is credited to your account.');
  expect(await visitor.submit(session, '', 'cancel')).toMatchObject({ status: 303, location: 'https://shop.example.com/gone' });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -2100 });
  expect((await visitor.look(session)).location).toBe('https://shop.example.com/gone');
});

test('a change of plan costs exactly what the page said; a double click changes once', async () => {
  const offered = await portalPlans(stripe);
  const { customer, subscription, clock } = await memberOf(stripe, offered.small);
  await clock.to('2026-01-11');
  const configuration = await stripe.billingPortal.configurations.create({ features: changingPlans(offered) });
  const session = await stripe.billingPortal.sessions.create({ customer, configuration: configuration.id });
  const plan = (await visitor.look(session, `plan?subscription=${subscription.id}`)).html;
  expect(plan).toContain('$300.00 every year');
  const view = `confirm?subscription=${subscription.id}&price=${offered.large}&quantity=2`;
  const { html } = await visitor.look(session, view);
  const [, shown = ''] = /Confirm and pay \$([\d.]+)/.exec(html) ?? [];
  const due = Math.round(Number(shown) * 100);
  expect(due).toBeGreaterThan(50_000);
  const hidden = hiddenOf(html);
  const less = { ...hidden, amount: String(due - 1) };
  expect((await visitor.send(session, view, less)).html).toContain('The amount has changed. Nothing was changed or charged.');
  const sent = await Promise.all([visitor.send(session, view, hidden), visitor.send(session, view, hidden)]);
  expect(sent.map(({ status }) => status)).toEqual([303, 303]);
  const changed = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
  expect(changed.items.data).toMatchObject([{ price: { id: offered.large }, quantity: 2 }]);
  expect(changed.latest_invoice).toMatchObject({ status: 'paid', amount_paid: due, billing_reason: 'subscription_update' });
  const { data } = await stripe.charges.list({ customer });
  expect(data.map(({ amount }) => amount)).toEqual([due, 1000]);
});

test('a change that the bank declines leaves the plan, and leads to the invoice that waits', async () => {
  const offered = await portalPlans(stripe);
  const { customer, subscription } = await memberOf(stripe, offered.small);
  const { id: bad } = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad } });
  const configuration = await stripe.billingPortal.configurations.create({ features: changingPlans(offered) });
  const session = await stripe.billingPortal.sessions.create({
    customer,
    configuration: configuration.id,
    flow_data: {
      type: 'subscription_update_confirm',
      subscription_update_confirm: {
        subscription: subscription.id,
        items: [{ id: String(subscription.items.data[0]?.id), quantity: 3 }],
      },
    },
  });
  expect(session.flow).toMatchObject({ subscription_update_confirm: { items: [{ quantity: 3, price: offered.small }] } });
  const { status, location } = await visitor.submit(session, '', 'change');
  expect([status, location]).toEqual([303, expect.stringContaining('/i/')]);
  const pending = await stripe.subscriptions.retrieve(subscription.id);
  expect(pending.items.data).toMatchObject([{ quantity: 1 }]);
  const page = `${product.url}${new URL(String(location)).pathname}`;
  const [, attempt = ''] = /name="attempt" value="(\d+)"/.exec(await (await fetch(page)).text()) ?? [];
  await fetch(page, { method: 'POST', body: new URLSearchParams({ ...card(VISA), attempt, amount: '2000' }), redirect: 'manual' });
  expect((await stripe.subscriptions.retrieve(subscription.id)).items.data).toMatchObject([{ quantity: 3 }]);
});

test('a new card pays from now on, also what had a card of its own; the bank may be asked first', async () => {
  const { customer, subscription, card: first } = await memberOf(stripe, await priceOf(stripe));
  await stripe.subscriptions.update(subscription.id, { default_payment_method: first });
  const configuration = await stripe.billingPortal.configurations.create({ features: portalFeatures() });
  const flow = {
    type: 'payment_method_update',
    after_completion: { type: 'hosted_confirmation', hosted_confirmation: { custom_message: 'Thank **you**.' } },
  } as const;
  const session = await stripe.billingPortal.sessions.create({ customer, configuration: configuration.id, flow_data: flow });
  expect((await visitor.submit(session, '', 'add_card', card(DECLINED))).html).toContain(
    'Your bank declined the card. Nothing was changed.',
  );
  const { status, location } = await visitor.submit(session, '', 'add_card', card(ASKS_BANK));
  expect(status).toBe(303);
  const bank = `${product.url}${new URL(String(location)).pathname}`;
  const approved = await fetch(bank, { method: 'POST', body: new URLSearchParams({ result: 'succeeded' }), redirect: 'manual' });
  const back = new URL(String(approved.headers.get('location')));
  const end = await fetch(`${product.url}${back.pathname}${back.search}`, { redirect: 'manual' });
  expect(end.headers.get('location')).toContain('/done');
  expect((await visitor.look(session, 'done')).html).toContain('Thank <strong>you</strong>.');
  const { invoice_settings: settings } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  const method = settings.default_payment_method as string;
  expect(method).not.toBe(first);
  expect((await stripe.subscriptions.retrieve(subscription.id)).default_payment_method).toBe(method);
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(2);
});

test('a card is made the default or removed, but not the one that pays for what runs', async () => {
  const { customer, card: first } = await memberOf(stripe, await priceOf(stripe));
  const session = await stripe.billingPortal.sessions.create({ customer });
  expect((await visitor.submit(session, 'card', 'add_card', card('5555555555554444'))).status).toBe(303);
  const { data } = await stripe.paymentMethods.list({ customer });
  const second = String(data.find(({ id }) => id !== first)?.id);
  await visitor.send(session, 'home', { action: 'remove_card', card: first, submission: 'a' });
  expect((await stripe.paymentMethods.retrieve(first)).customer).toBe(customer);
  expect((await visitor.submit(session, 'home', 'default_card', { card: second })).status).toBe(303);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ invoice_settings: { default_payment_method: second } });
  expect((await visitor.submit(session, 'home', 'remove_card', { card: first })).status).toBe(303);
  expect((await stripe.paymentMethods.list({ customer })).data.map(({ id }) => id)).toEqual([second]);
  await visitor.submit(session, 'card', 'add_card', { ...card(VISA), default: 'yes' });
  const { invoice_settings: settings } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  expect([first, second, null]).not.toContain(settings.default_payment_method);
});

test('a customer changes its details, address and tax ids, as far as the configuration allows', async () => {
  const { customer } = await customerWith(stripe, null);
  const session = await stripe.billingPortal.sessions.create({ customer });
  expect((await visitor.submit(session, 'details', 'details', { name: 'Ada L', email: 'nobody', phone: '' })).html).toContain('not valid');
  await visitor.submit(session, 'details', 'details', { name: 'Ada L', email: 'al@example.com', phone: '+49 30 1234567' });
  await visitor.submit(session, 'details', 'address', { country: 'DE', line1: 'Weg 1', city: 'Berlin', postal_code: '10115', state: '' });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    name: 'Ada L',
    email: 'al@example.com',
    phone: '+49 30 1234567',
    address: { country: 'DE', line1: 'Weg 1', city: 'Berlin', postal_code: '10115' },
  });
  expect((await visitor.submit(session, 'details', 'add_tax_id', { tax_id: '12' })).html).toContain(
    'This tax ID cannot be one of this country.',
  );
  await visitor.submit(session, 'details', 'add_tax_id', { tax_id: '136695976' });
  expect((await stripe.customers.listTaxIds(customer)).data).toMatchObject([{ type: 'eu_vat', value: 'DE136695976' }]);
  await visitor.submit(session, 'details', 'remove_tax_id');
  expect((await stripe.customers.listTaxIds(customer)).data).toEqual([]);
  const only = portalFeatures({ customer_update: { enabled: true, allowed_updates: ['email'] } });
  const { id: configuration } = await stripe.billingPortal.configurations.create({ features: only });
  const narrow = await stripe.billingPortal.sessions.create({ customer, configuration });
  await visitor.send(narrow, 'details', { action: 'details', name: 'Eve', email: 'eve@example.com', submission: 'b' });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ name: 'Ada L', email: 'eve@example.com' });
  await visitor.send(narrow, 'details', { action: 'address', country: 'US', line1: '1 Main St', submission: 'c' });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ address: { country: 'DE' } });
});

test('another customer’s subscription and card cannot be reached', async () => {
  const mine = await memberOf(stripe, await priceOf(stripe));
  const theirs = await memberOf(stripe, await priceOf(stripe));
  const session = await stripe.billingPortal.sessions.create({ customer: mine.customer });
  expect((await visitor.look(session, `cancel?subscription=${theirs.subscription.id}`)).location).toContain('/home');
  expect((await visitor.look(session, 'constructor')).location).toContain('/home');
  await visitor.send(session, 'home', { action: 'cancel', subscription: theirs.subscription.id, submission: 'd' });
  await visitor.send(session, 'home', { action: 'remove_card', card: theirs.card, submission: 'e' });
  expect((await stripe.subscriptions.retrieve(theirs.subscription.id)).cancel_at_period_end).toBe(false);
  expect((await stripe.paymentMethods.retrieve(theirs.card)).customer).toBe(theirs.customer);
});

test('a customer sees what it has bought without an invoice, what of it was given back, and its receipt', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const session = await stripe.billingPortal.sessions.create({ customer });
  expect((await visitor.look(session)).html).not.toContain('Orders');
  const bought = async (change: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<string> => {
    const price = await priceOf(stripe, 4900, { recurring: undefined as never, product_data: { name: 'Handbook' } });
    const sale = { mode: 'payment' as const, line_items: [{ price, quantity: 2 }], success_url: BACK, customer, ...change };
    const { id } = await stripe.checkout.sessions.create(sale);
    await product.post(`/v1/payment_pages/${id}/confirm`, { payment_method: 'pm_card_visa' });
    return (await stripe.checkout.sessions.retrieve(id)).payment_intent as string;
  };
  const intent = await bought();
  const { html } = await visitor.look(session);
  expect(html).toMatch(/Orders<\/h2>.*2 × Handbook.*Paid.*\$98\.00/);
  const [, receipt = ''] = /href="([^"]*)" aria-label="Receipt: 2 × Handbook"/.exec(html) ?? [];
  expect((await fetch(visitor.at(receipt))).headers.get('content-type')).toBe('application/pdf');
  await stripe.refunds.create({ payment_intent: intent, amount: 900 });
  expect((await visitor.look(session)).html).toContain('$9.00 refunded');
  await stripe.refunds.create({ payment_intent: intent });
  expect((await visitor.look(session)).html).toContain('>Refunded<');
  // What has an invoice is among the invoices.
  await bought({ invoice_creation: { enabled: true } });
  expect((await visitor.look(session)).html.match(/2 × Handbook.*?<\/li>/g)).toHaveLength(1);
  // A link leads to what does not fit on a page.
  for (let more = 0; more < 12; more += 1) await bought();
  const [invoice] = (await stripe.invoices.list({ customer })).data;
  for (let more = 0; more < 13; more += 1) await stripe.creditNotes.create({ invoice: String(invoice?.id), amount: 1, credit_amount: 1 });
  const home = (await visitor.look(session)).html;
  const countsIn = (text: string): number[] => [/2 × Handbook <span/g, /aria-label="PDF: /g].map((row) => [...text.matchAll(row)].length);
  const older = (words: string): string => new RegExp(`href="[^"]*/(home[^"]*)">${words}`).exec(home)?.[1] ?? '';
  expect(countsIn(home)).toEqual([12, 12]);
  expect(countsIn((await visitor.look(session, older('Older orders'))).html)).toEqual([1, 12]);
  expect(countsIn((await visitor.look(session, older('Older credit notes'))).html)).toEqual([12, 1]);
  // What is reserved is not paid yet; what a capture of a part releases was not given back.
  const reserved = await bought({ payment_intent_data: { capture_method: 'manual' } });
  const orders = async () => (await visitor.look(session)).html.match(/2 × Handbook.*?<\/li>/g) ?? [];
  expect((await orders())[0]).toMatch(/Payment pending.*\$98\.00(?!.*Receipt)/);
  await stripe.paymentIntents.capture(reserved, { amount_to_capture: 7000 });
  expect((await orders())[0]).toMatch(/Paid.*\$70\.00.*Receipt/);
  await stripe.paymentIntents.cancel(await bought({ payment_intent_data: { capture_method: 'manual' } }));
  expect((await orders())[0]).toContain('$70.00');
});
