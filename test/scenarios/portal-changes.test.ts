import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { priceOf, refusal } from '../support/builders';
import { sendNaming } from '../support/foreign-host';
import { changingPlans, hiddenOf, memberOf, portalFeatures, portalPlans, PortalVisitor, type Plans } from '../support/portal';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);
const visitor = new PortalVisitor(product);

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

const planning = (offered: Plans, change: Partial<NonNullable<Features['subscription_update']>>): Features =>
  portalFeatures({ subscription_update: { enabled: true, ...changingPlans(offered).subscription_update, ...change } });

async function sessionWith(customer: string, features: Features, flow?: Stripe.BillingPortal.SessionCreateParams.FlowData) {
  const { id: configuration } = await stripe.billingPortal.configurations.create({ features });
  return stripe.billingPortal.sessions.create({ customer, configuration, ...(flow ? { flow_data: flow } : {}) });
}

interface Offers {
  data: { status: string; coupon: string; subscription: string }[];
}

const offersOf = async (customer: string): Promise<Offers> =>
  (await product.get(`/v1/billing_portal/retention_offers?customer=${customer}`)) as unknown as Offers;

/** The events of the transaction that recorded the customer's answer: who has the answer has the change, although a server dies. */
async function committedWith(customer: string): Promise<string[]> {
  const { sql } = product;
  const events = await sql<{ type: string }[]>`
    select e.type from events e join portal_retention_offers o on o.xmin = e.xmin where o.customer = ${customer} order by e.type`;
  return events.map(({ type }) => type);
}

test('a customer who wants to cancel is offered a coupon once, and stays with it', async () => {
  const { customer, subscription, clock } = await memberOf(stripe, await priceOf(stripe, 2000));
  const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'repeating', duration_in_months: 3 });
  const cancel = {
    type: 'subscription_cancel',
    subscription_cancel: { subscription: subscription.id, retention: { type: 'coupon_offer', coupon_offer: { coupon: coupon.id } } },
  } as const;
  const session = await sessionWith(customer, portalFeatures(), cancel);
  expect(session.flow?.subscription_cancel).toEqual({
    subscription: subscription.id,
    retention: { type: 'coupon_offer', coupon_offer: { coupon: coupon.id } },
  });
  expect((await visitor.look(session)).html).toMatch(/25% off<\/b>, (<!-- -->)?for 3 months/);
  const [first, second] = await Promise.all([visitor.submit(session, '', 'stay'), visitor.submit(session, '', 'stay')]);
  expect([first.status, second.status]).toEqual([303, 303]);
  const stayed = await stripe.subscriptions.retrieve(subscription.id);
  expect([stayed.cancel_at_period_end, stayed.discounts.length]).toEqual([false, 1]);
  expect((await offersOf(customer)).data).toMatchObject([{ status: 'accepted', coupon: coupon.id, subscription: subscription.id }]);
  expect(await committedWith(customer)).toEqual([
    'billing_portal.retention_offer.accepted',
    'customer.discount.created',
    'customer.subscription.updated',
  ]);
  const again = await sessionWith(customer, portalFeatures(), cancel);
  expect((await visitor.look(again)).html).not.toContain('25% off');
  await clock.to('2026-02-02');
  const [renewal] = (await stripe.invoices.list({ customer })).data;
  expect(renewal?.amount_paid).toBe(1500);
});

test('a customer who cancels anyway has declined the offer; a coupon that does not exist is refused', async () => {
  const { customer, subscription } = await memberOf(stripe, await priceOf(stripe, 2000));
  const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'once' });
  const flow = (id: string) => ({
    type: 'subscription_cancel' as const,
    subscription_cancel: { subscription: subscription.id, retention: { type: 'coupon_offer' as const, coupon_offer: { coupon: id } } },
  });
  expect((await refusal(sessionWith(customer, portalFeatures(), flow('none')))).param).toBe(
    'flow_data[subscription_cancel][retention][coupon_offer][coupon]',
  );
  const session = await sessionWith(customer, portalFeatures(), flow(coupon.id));
  expect((await visitor.submit(session, '', 'cancel')).status).toBe(303);
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ cancel_at_period_end: true, discounts: [] });
  expect((await offersOf(customer)).data).toMatchObject([{ status: 'declined' }]);
  expect(await committedWith(customer)).toEqual(['billing_portal.retention_offer.declined', 'customer.subscription.updated']);
});

test('who cancels at once has declined the offer in the same commit', async () => {
  const { customer, subscription } = await memberOf(stripe, await priceOf(stripe, 2000));
  const { id: coupon } = await stripe.coupons.create({ percent_off: 25, duration: 'once' });
  const retention = { type: 'coupon_offer' as const, coupon_offer: { coupon } };
  const features = portalFeatures({ subscription_cancel: { enabled: true, mode: 'immediately' } });
  const flow = { type: 'subscription_cancel' as const, subscription_cancel: { subscription: subscription.id, retention } };
  const session = await sessionWith(customer, features, flow);
  await visitor.submit(session, '', 'cancel');
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
  expect((await offersOf(customer)).data).toMatchObject([{ status: 'declined' }]);
  expect(await committedWith(customer)).toEqual(['billing_portal.retention_offer.declined', 'customer.subscription.deleted']);
});

test('a smaller plan waits for the end of the period, is shown, and can be taken back', async () => {
  const offered = await portalPlans(stripe);
  const { customer, subscription, clock } = await memberOf(stripe, offered.large);
  const later = { conditions: [{ type: 'decreasing_item_amount' as const }, { type: 'shortening_interval' as const }] };
  const session = await sessionWith(customer, planning(offered, { schedule_at_period_end: later }));
  const view = `confirm?subscription=${subscription.id}&price=${offered.small}&quantity=1`;
  expect((await visitor.look(session, view)).html).toContain('The change is made on January 1, 2027.');
  expect((await visitor.submit(session, view, 'change')).status).toBe(303);
  expect((await visitor.look(session, 'home')).html).toContain('on January 1, 2027. Until then your present plan stays.');
  const planned = await stripe.subscriptions.retrieve(subscription.id, { expand: ['schedule'] });
  expect(planned.items.data).toMatchObject([{ price: { id: offered.large } }]);
  expect(planned.schedule).toMatchObject({ metadata: { billing_portal_session: session.id }, end_behavior: 'release' });
  expect((await visitor.submit(session, 'home', 'unplan')).status).toBe(303);
  expect((await stripe.subscriptions.retrieve(subscription.id)).schedule).toBeNull();
  expect((await visitor.submit(session, view, 'change')).status).toBe(303);
  await clock.to('2027-01-02');
  const changed = await stripe.subscriptions.retrieve(subscription.id);
  expect(changed.items.data).toMatchObject([{ price: { id: offered.small } }]);
  const bigger = await visitor.look(session, `confirm?subscription=${subscription.id}&price=${offered.large}&quantity=1`);
  expect(bigger.status).toBe(200);
  const charged = (await stripe.charges.list({ customer })).data.map(({ amount }) => amount);
  expect(charged).toEqual([1000, 30_000]);
});

test('a customer who planned a change can cancel', async () => {
  const offered = await portalPlans(stripe);
  const { customer, subscription } = await memberOf(stripe, offered.large);
  const conditions = [{ type: 'shortening_interval' as const }];
  const session = await sessionWith(customer, planning(offered, { schedule_at_period_end: { conditions } }));
  await visitor.submit(session, `confirm?subscription=${subscription.id}&price=${offered.small}`, 'change');
  expect((await visitor.submit(session, `cancel?subscription=${subscription.id}`, 'cancel')).status).toBe(303);
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ schedule: null, cancel_at_period_end: true });
});

test('a promotion code makes a change cheaper, exactly as shown; a wrong one changes nothing', async () => {
  const offered = await portalPlans(stripe);
  const { customer, subscription } = await memberOf(stripe, offered.small);
  const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: 'forever' });
  const code = `HALF${subscription.id.slice(-6).toUpperCase()}`;
  await stripe.promotionCodes.create({ code, promotion: { type: 'coupon', coupon } });
  const allowed = ['price', 'promotion_code', 'quantity'] as const;
  const session = await sessionWith(customer, planning(offered, { default_allowed_updates: [...allowed] }));
  const view = `confirm?subscription=${subscription.id}&price=${offered.small}&quantity=3`;
  expect((await visitor.look(session, `${view}&code=NOTHING`)).html).toContain('This code is not valid for this subscription.');
  const { html } = await visitor.look(session, `${view}&code=${code}`);
  const [, shown = ''] = /Confirm and pay \$([\d.]+)/.exec(html) ?? [];
  const amounts = [...html.matchAll(/<dd class="amount">(-?)\$([\d.]+)/g)].map(([, sign, amount]) =>
    Number(`${String(sign)}${String(amount)}`),
  );
  expect(html).toMatch(/<dt>Discount<\/dt><dd class="amount">-\$/);
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(Number(shown));
  expect((await visitor.submit(session, `${view}&code=${code}`, 'change')).status).toBe(303);
  const changed = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
  expect([changed.items.data[0]?.quantity, changed.discounts.length]).toEqual([3, 1]);
  expect((changed.latest_invoice as Stripe.Invoice).amount_paid).toBe(Math.round(Number(shown) * 100));
});

test('a change with a coupon is made once, however often its form is sent; what the API refuses is said on a page', async () => {
  const offered = await portalPlans(stripe);
  const { customer, subscription } = await memberOf(stripe, offered.small);
  const flow = (coupon: string, quantity: number): Stripe.BillingPortal.SessionCreateParams.FlowData => ({
    type: 'subscription_update_confirm',
    subscription_update_confirm: {
      subscription: subscription.id,
      items: [{ id: String(subscription.items.data[0]?.id), quantity }],
      discounts: [{ coupon }],
    },
  });
  const { id: half } = await stripe.coupons.create({ percent_off: 50, duration: 'forever' });
  const session = await sessionWith(customer, changingPlans(offered), flow(half, 3));
  const hidden = hiddenOf((await visitor.look(session)).html);
  const sent = [await visitor.send(session, '', hidden), await visitor.send(session, '', hidden)];
  expect(sent.map(({ status }) => status)).toEqual([303, 303]);
  expect(sent[1]?.location).toBe(sent[0]?.location);
  expect((await stripe.charges.list({ customer })).data.map(({ amount }) => amount)).toEqual([500, 1000]);
  const { id: gone } = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
  const late = await sessionWith(customer, changingPlans(offered), flow(gone, 4));
  const form = hiddenOf((await visitor.look(late)).html);
  await stripe.coupons.del(gone);
  const refused = await visitor.send(late, '', form);
  expect([refused.status, refused.html.includes('This code is not valid for this subscription.')]).toEqual([402, true]);
  const unlimited = { product: offered.product, prices: [offered.small], adjustable_quantity: { enabled: true } };
  const free = await sessionWith(customer, planning(offered, { products: [unlimited] }));
  const tooMany = await visitor.look(free, `confirm?subscription=${subscription.id}&quantity=999999999999999`);
  expect([tooMany.status, tooMany.html.includes('Choose a plan')]).toEqual([200, true]);
  const changed = await stripe.subscriptions.retrieve(subscription.id);
  expect([changed.items.data[0]?.quantity, changed.discounts.length]).toEqual([3, 1]);
});

test('the address of a confirmation is the same, whatever host the request to be deleted names', async () => {
  const { customer } = await memberOf(stripe, await priceOf(stripe, 2000));
  const session = await stripe.billingPortal.sessions.create({ customer });
  const page = visitor.at(`${new URL(session.url).pathname}/privacy`);
  expect(await sendNaming('evil.example', page, { action: 'delete_me', submission: 'forged' })).toBe(303);
  const urls = await product.sql<{ url: string }[]>`select url from customer_requests where customer = ${customer}`;
  expect(urls.map(({ url }) => new URL(url).hostname)).toEqual(['127.0.0.1']);
});

test('a customer pauses for a month where the seller allows it, and goes on early', async () => {
  const { customer, subscription, clock } = await memberOf(stripe, await priceOf(stripe, 2000));
  const usual = await sessionWith(customer, portalFeatures());
  expect((await visitor.look(usual, `pause?subscription=${subscription.id}`)).location).toContain('/home');
  const pausing: Features & { subscription_pause: { enabled: boolean } } = { ...portalFeatures(), subscription_pause: { enabled: true } };
  const session = await sessionWith(customer, pausing);
  const view = `pause?subscription=${subscription.id}`;
  expect((await visitor.look(session, view)).html).toContain('Until February 1, 2026');
  expect((await visitor.submit(session, view, 'pause', { duration: '0' })).status).toBe(303);
  expect((await stripe.subscriptions.retrieve(subscription.id)).pause_collection).toMatchObject({
    behavior: 'void',
    resumes_at: 1_769_904_000,
  });
  expect((await visitor.look(session, 'home')).html).toContain('Paused until February 1, 2026.');
  expect((await visitor.submit(session, 'home', 'resume')).status).toBe(303);
  expect((await stripe.subscriptions.retrieve(subscription.id)).pause_collection).toBeNull();
  await clock.to('2026-02-02');
  expect((await stripe.charges.list({ customer })).data.map(({ amount }) => amount)).toEqual([2000, 2000]);
});

test('a customer sets where goods go, takes its data along, and asks to be deleted', async () => {
  const { customer, subscription } = await memberOf(stripe, await priceOf(stripe, 2000));
  const session = await stripe.billingPortal.sessions.create({ customer });
  const entered = { country: 'DE', line1: 'Weg 1', city: 'Berlin', postal_code: '10115', name: 'Ada' };
  const shipping = Object.fromEntries(Object.entries(entered).map(([name, value]) => [`shipping_${name}`, value]));
  await visitor.submit(session, 'details', 'shipping', shipping);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    shipping: { name: 'Ada', address: { country: 'DE', line1: 'Weg 1' } },
  });
  const file = await visitor.look(session, 'data');
  expect(file.headers.get('content-disposition')).toContain(`${customer}.json`);
  const { records } = JSON.parse(file.html) as { records: Record<string, { id: string }[]> };
  expect(records['customers']).toMatchObject([{ id: customer, email: 'ada@example.com' }]);
  expect(records['subscriptions']).toMatchObject([{ id: subscription.id }]);
  expect(Object.keys(records)).toEqual(
    expect.arrayContaining(['charges', 'invoices', 'invoice_line_items', 'payment_methods', 'portal_sessions']),
  );
  expect(file.html).not.toContain('_secret_');
  expect((await visitor.submit(session, 'privacy', 'delete_me')).status).toBe(303);
  expect((await visitor.look(session, 'privacy')).html).toContain('You have asked to be deleted.');
  const { data } = (await product.get(`/v1/customer_requests?customer=${customer}`)) as {
    data: { id: string; status: string; due_at: number; created: number }[];
  };
  expect(data).toMatchObject([{ status: 'open', type: 'deletion', open_reason: 'reviewed', owner: 'billing' }]);
  const [request] = data;
  expect((request?.due_at ?? 0) - (request?.created ?? 0)).toBe(28 * 86_400);
  expect(await product.post(`/v1/customer_requests/${String(request?.id)}/fulfill`, {})).toMatchObject({ status: 'done' });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
  expect(await product.post(`/v1/customers/${customer}/erase`)).toMatchObject({ id: customer, deleted: true });
  const left = JSON.stringify(await product.get(`/v1/customers/${customer}/personal_data`));
  expect(JSON.parse(left)).toMatchObject({ records: { customers: [{ name: null, email: null, shipping: null, address: null }] } });
  const [invoice] = (await stripe.invoices.list({ customer })).data;
  expect(invoice?.status).toBe('paid');
});

test('an erased customer is named no more by its mails, its questions and its machines; a wish not to be written to stays', async () => {
  const { customer } = await memberOf(stripe, await priceOf(stripe, 2000));
  const email = `Erased.${customer}@example.com`;
  await stripe.customers.update(customer, { email });
  const named = 'Ada Erased';
  const ask = (of: Record<string, string>) =>
    product.post('/v1/support_tickets', { subject: `From ${named}`, message: `I am ${named}`, name: named, ...of });
  const known = await ask({ customer });
  await product.post(`/v1/support_tickets/${String(known['id'])}/messages`, { message: `Dear ${named}` });
  const from = `From: ${named} <${email.toLowerCase()}>\r\nSubject: ${named}\r\nMessage-ID: <1@${customer}>\r\n\r\n${named}`;
  await stripe.customers.update(customer, { email: '' });
  const guest = (await product.post('/v1/support_tickets/inbound', { mail: from })) as { id: string; customer: string | null };
  await stripe.customers.update(customer, { email });
  await product.post(`/v1/support_tickets/${guest.id}/messages`, { message: `Dear guest ${named}` });
  const suppression = await product.post('/v1/mail_suppressions', { email: email.toUpperCase() });
  const editor = await stripe.products.create({ name: 'Editor' });
  await product.post('/v1/license_policies', { product: editor.id, on_cancellation: 'keep' });
  const price = await priceOf(stripe, 500, { product: editor.id, product_data: undefined as never });
  await stripe.subscriptions.create({ customer, items: [{ price }] });
  const [license] = ((await product.get(`/v1/licenses?customer=${customer}`)) as { data: { id: string; key: string }[] }).data;
  const machine = new URLSearchParams({ key: String(license?.key), fingerprint: named, name: named });
  expect((await fetch(`${product.url}/licenses/activate`, { method: 'POST', body: machine })).status).toBe(200);
  await product.sql`update mails set status = 'pending', next_try_at = 99999999999 where about = ${guest.id}`;

  const mentions = async (): Promise<string[]> => {
    const tables = ['mails', 'mail_suppressions', 'support_tickets', 'support_messages', 'license_activations', 'customers'];
    const found = await Promise.all(
      tables.map(async (table) => {
        const rows = await product.sql`select 1 from ${product.sql(table)} t
          where to_jsonb(t)::text ilike ${`%${email}%`} or to_jsonb(t)::text ilike ${`%${named}%`}`;
        return rows.map(() => table);
      }),
    );
    return found.flat();
  };
  expect(new Set(await mentions())).toEqual(
    new Set(['mails', 'mail_suppressions', 'support_tickets', 'support_messages', 'license_activations', 'customers']),
  );
  const { records } = (await product.get(`/v1/customers/${customer}/personal_data`)) as { records: Record<string, unknown[]> };
  expect(records['mail_suppressions']).toMatchObject([{ id: suppression['id'] }]);
  await product.post(`/v1/customers/${customer}/erase`);
  expect(await mentions()).toEqual(['mail_suppressions']);
  const [answer] = ((await product.get(`/v1/mails?about=${String(known['id'])}`)) as { data: { id: string }[] }).data;
  expect(await product.get(`/v1/mails/${String(answer?.id)}`)).toMatchObject({
    kind: 'support_answer',
    recipient: '',
    subject: '',
    text: '',
  });
  expect(await product.get(`/v1/mails?about=${guest.id}`)).toMatchObject({ data: [{ status: 'kept', recipient: '' }] });
  for (const id of [String(known['id']), guest.id]) {
    expect(await product.get(`/v1/support_tickets/${id}`)).toMatchObject({ status: 'closed', subject: '', answer_by: null });
  }
});

test('a customer sees usage and spend so far by day, what the period will cost, its credit, and accepts a quote', async () => {
  const { customer, clock } = await memberOf(stripe, await priceOf(stripe, 2000));
  const event_name = `calls_${clock.id}`;
  const meter = await stripe.billing.meters.create({ display_name: 'API calls', event_name, default_aggregation: { formula: 'sum' } });
  const calls = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 5,
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    product_data: { name: 'Calls' },
  });
  await stripe.subscriptions.create({ customer, items: [{ price: calls.id }] });
  await clock.to('2026-01-11');
  const use = (value: string, day: string) =>
    stripe.billing.meterEvents.create({
      event_name,
      payload: { stripe_customer_id: customer, value },
      timestamp: Date.parse(`${day}T12:00:00Z`) / 1000,
    });
  await use('60', '2026-01-02');
  await use('40', '2026-01-10');
  await stripe.billing.creditGrants.create({
    customer,
    category: 'paid',
    amount: { type: 'monetary', monetary: { currency: 'usd', value: 800 } },
    applicability_config: { scope: { price_type: 'metered' } },
  });
  const quote = await stripe.quotes.finalizeQuote(
    (await stripe.quotes.create({ customer, line_items: [{ price: await priceOf(stripe, 700) }] })).id,
  );
  const [paid] = (await stripe.invoices.list({ customer })).data.filter(({ amount_paid: amount }) => amount > 0);
  const note = await stripe.creditNotes.create({ invoice: String(paid?.id), amount: 500, refund_amount: 500 });
  const session = await stripe.billingPortal.sessions.create({ customer });
  const home = (await visitor.look(session)).html;
  for (const shown of [note.number, String(quote.number), '/usage']) expect(home).toContain(shown);
  const { html } = await visitor.look(session, 'usage');
  // 100 calls in 10 of 31 days: 310 by the end.
  for (const shown of ['$5.00', '310', '$15.50', '$3.00 left', '<svg', 'Calls by day']) expect(html).toContain(shown);
  expect(html).toMatch(/Jan 2, 2026<\/th><td>60<\/td>/);
  const pdf = await visitor.look(session, `quote-pdf?quote=${quote.id}`);
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const offer = (await visitor.look(session, `quote?quote=${quote.id}`)).html;
  for (const shown of ['<b>Pro</b>', '$7.00', 'Accept with obligation to pay']) expect(offer).toContain(shown);
  expect((await visitor.submit(session, `quote?quote=${quote.id}`, 'accept_quote')).status).toBe(303);
  expect((await stripe.quotes.retrieve(quote.id)).status).toBe('accepted');
  const stranger = await stripe.billingPortal.sessions.create({ customer: (await memberOf(stripe, await priceOf(stripe))).customer });
  expect((await visitor.look(stranger, `quote-pdf?quote=${quote.id}`)).status).toBe(404);
});
