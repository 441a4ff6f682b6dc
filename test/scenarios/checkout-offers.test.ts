/** What a checkout offers besides its lines: more items, saved cards, an invoice, a way back after it has expired. */
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, priceOf, refusal, typesOf } from '../support/builders';
import { submitPage } from '../support/checkout-page';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const VISA = { number: '4242424242424242', expiry: '12/34', cvc: '123' };
const DECLINED = { ...VISA, number: '4000000000000002' };
const BUYER = { email: 'ada@example.com', name: 'Ada', withdrawal_consent: 'yes', renewal_consent: 'yes' };

const feeOf = async (amount: number) =>
  (await stripe.prices.create({ currency: 'usd', unit_amount: amount, product_data: { name: `Book ${String(amount)}` } })).id;

const open = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
  stripe.checkout.sessions.create({ mode: 'payment', success_url: 'https://shop.example.com/thanks', ...params });

const submit = (session: Stripe.Checkout.Session, entries: Record<string, string>) =>
  submitPage(session.url ?? '', { ...BUYER, ...VISA, attempt: '0', ...entries });

const pageOf = async ({ url }: Stripe.Checkout.Session) => (await fetch(url ?? '')).text();

describe('optional items', () => {
  test('the buyer adds one, removes it, adds it again, and pays for it', async () => {
    const [base, extra] = [await feeOf(500), await feeOf(300)];
    const session = await open({ line_items: [{ price: base, quantity: 1 }], optional_items: [{ price: extra, quantity: 2 }] });
    expect(session).toMatchObject({ amount_total: 500, optional_items: [{ price: extra, quantity: 2, adjustable_quantity: null }] });
    expect(await pageOf(session)).toContain(`add_item:${extra}`);
    const added = await submitPage(session.url ?? '', { action: `add_item:${extra}` });
    expect(added.html).toContain('$11.00');
    const [, line] = (await stripe.checkout.sessions.listLineItems(session.id)).data;
    await submitPage(session.url ?? '', { action: `remove_item:${line?.id ?? ''}` });
    expect((await stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(500);
    await submitPage(session.url ?? '', { action: `add_item:${extra}` });
    expect((await submit(session, { amount: '1100' })).status).toBe(303);
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] });
    expect(paid).toMatchObject({ payment_status: 'paid', amount_total: 1100 });
    expect(paid.line_items?.data.map(({ amount_total: total }) => total)).toEqual([500, 600]);
  });

  test('what is not offered is not added, and the line of the seller is not removed', async () => {
    const [base, extra, other] = [await feeOf(500), await feeOf(300), await feeOf(100)];
    const session = await open({ line_items: [{ price: base, quantity: 1 }], optional_items: [{ price: extra, quantity: 1 }] });
    const [line] = (await stripe.checkout.sessions.listLineItems(session.id)).data;
    await submitPage(session.url ?? '', { action: `add_item:${other}` });
    await submitPage(session.url ?? '', { action: `remove_item:${line?.id ?? ''}` });
    expect((await stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(500);
  });

  test('items that could not be bought are refused by their name', async () => {
    const line_items = [{ price: await feeOf(500), quantity: 1 }];
    const says = async (optional_items: Stripe.Checkout.SessionCreateParams.OptionalItem[]) => {
      const { code, param, message } = await refusal(open({ line_items, optional_items }));
      return [code, param, message];
    };
    expect(await says([{ price: 'price_none', quantity: 1 }])).toEqual([
      'resource_missing',
      'optional_items[0][price]',
      "No such price: 'price_none'",
    ]);
    expect((await says([{ price: await priceOf(stripe), quantity: 1 }]))[2]).toContain(
      'You specified `payment` mode but passed a recurring',
    );
    const euros = await stripe.prices.create({ currency: 'eur', unit_amount: 300, product_data: { name: 'Livre' } });
    expect((await says([{ price: euros.id, quantity: 1 }]))[1]).toBe('optional_items[0][price]');
    const { active } = await stripe.prices.update(euros.id, { active: false });
    expect([active, (await says([{ price: euros.id, quantity: 1 }]))[1]]).toEqual([false, 'optional_items[0][price]']);
    const eleven = Array.from({ length: 11 }, () => ({ price: euros.id, quantity: 1 }));
    expect((await says(eleven))[1]).toBe('optional_items');
  });
});

describe('invoice_creation', () => {
  test('a paid sale has one paid invoice with the seller’s words, and a decline leaves none', async () => {
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, max_redemptions: 1 });
    const session = await open({
      line_items: [{ price: await feeOf(800), quantity: 1 }],
      discounts: [{ promotion_code: code.id }],
      invoice_creation: { enabled: true, invoice_data: { description: 'For the library', footer: 'Thanks', metadata: { order: '7' } } },
    });
    expect(session.invoice_creation).toMatchObject({
      enabled: true,
      invoice_data: { description: 'For the library', issuer: { type: 'self' } },
    });
    expect((await submit(session, { amount: '400', ...DECLINED })).html).toContain('Your card was declined.');
    const { customer } = await stripe.checkout.sessions.retrieve(session.id);
    expect((await stripe.invoices.list({ customer: customer as string })).data).toEqual([]);
    expect((await submit(session, { amount: '400', attempt: '1' })).status).toBe(303);
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice'] });
    expect(paid.invoice).toMatchObject({
      status: 'paid',
      total: 400,
      amount_paid: 400,
      description: 'For the library',
      footer: 'Thanks',
      metadata: { order: '7' },
      billing_reason: 'manual',
    });
    expect((await stripe.invoices.list({ customer: customer as string })).data).toHaveLength(1);
    expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);
    const about = (await eventsOf(stripe, {})).filter(
      ({ data }) => (data.object as { id: string }).id === (paid.invoice as Stripe.Invoice).id,
    );
    expect(typesOf(about)).toEqual(['invoice.created', 'invoice.finalized', 'invoice.paid', 'invoice.payment_succeeded']);
  });

  test('a balance of the customer counts neither for the sale nor for its invoice; an expired session gives the code back', async () => {
    const { customer } = await customerWith(stripe, null);
    await stripe.customers.createBalanceTransaction(customer, { amount: -300, currency: 'usd' });
    const sale = await open({ customer, line_items: [{ price: await feeOf(500), quantity: 1 }], invoice_creation: { enabled: true } });
    expect((await submit(sale, { amount: '500' })).status).toBe(303);
    const { invoice } = await stripe.checkout.sessions.retrieve(sale.id, { expand: ['invoice'] });
    expect(invoice).toMatchObject({ status: 'paid', amount_due: 500, amount_paid: 500 });
    expect((await stripe.customers.retrieve(customer)) as Stripe.Customer).toMatchObject({ balance: -300 });

    const coupon = await stripe.coupons.create({ amount_off: 100, currency: 'usd', duration: 'once', max_redemptions: 1 });
    const given = await open({
      line_items: [{ price: await feeOf(500), quantity: 1 }],
      discounts: [{ coupon: coupon.id }],
      invoice_creation: { enabled: true },
    });
    await submit(given, { amount: '400', ...DECLINED });
    expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
    await stripe.checkout.sessions.expire(given.id);
    expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
  });

  test('it is refused for subscriptions, and where the payment would be captured later', async () => {
    const invoice_creation = { enabled: true };
    const recurring = [{ price: await priceOf(stripe), quantity: 1 }];
    expect((await refusal(open({ mode: 'subscription', line_items: recurring, invoice_creation }))).message).toBe(
      'You can not pass `invoice_creation` in `subscription` mode.',
    );
    const line_items = [{ price: await feeOf(500), quantity: 1 }];
    const later = { capture_method: 'manual' } as const;
    expect((await refusal(open({ line_items, invoice_creation, payment_intent_data: later }))).param).toBe(
      'payment_intent_data[capture_method]',
    );
  });
});

describe('an order that is shipped in parts', () => {
  const several = { card: { request_multicapture: 'if_available' } } as const;

  /** What the buyer of an authorized order is told and has, in the order of the seller's steps. */
  const standing = async (session: string) => {
    const { status, payment_status, payment_intent: intent } = await stripe.checkout.sessions.retrieve(session);
    const { data } = (await product.get(`/v1/licenses?checkout_session=${session}`)) as { data: unknown[] };
    const mails = await product.sql`select m.kind, m.facts ->> 'amount' as amount from mails m join charges c on m.about = c.id
      where c.payment_intent = ${intent as string}`;
    return { status, payment_status, licenses: data.length, receipts: mails.map(({ amount }) => Number(amount)) };
  };

  const sold = async () => {
    const price = await feeOf(5000);
    await product.post('/v1/license_policies', { product: (await stripe.prices.retrieve(price)).product });
    return [{ price, quantity: 1 }];
  };

  const intentOf = async (session: string) => (await stripe.checkout.sessions.retrieve(session)).payment_intent as string;

  /** Ordered through a payment link, whose page says how the order stands. */
  const reserved = async () => {
    const link = await stripe.paymentLinks.create({ line_items: await sold(), payment_intent_data: { capture_method: 'manual' } });
    const page = (await fetch(link.url, { redirect: 'manual' })).headers.get('location') ?? '';
    await submitPage(page, { ...BUYER, ...VISA, attempt: '0', amount: '5000' });
    const session = page.split('/').at(-1) ?? '';
    const says = async () => /<p class="total">([^<]*)/.exec(await (await fetch(page)).text())?.[1];
    return { session, intent: await intentOf(session), says };
  };

  const RESERVED = { status: 'complete', payment_status: 'unpaid', licenses: 0, receipts: [] };
  const PAID = { status: 'complete', payment_status: 'paid', licenses: 1 };

  test('is paid and delivered with the first part that is captured, once, and has its receipt with the last', async () => {
    const session = await open({
      line_items: await sold(),
      payment_intent_data: { capture_method: 'manual', receipt_email: BUYER.email },
      payment_method_options: several,
    });
    expect((await submit(session, { amount: '5000' })).status).toBe(303);
    const intent = await intentOf(session.id);
    expect(session.payment_method_options?.card).toEqual({ request_multicapture: 'if_available', request_three_d_secure: 'automatic' });
    expect(await standing(session.id)).toEqual(RESERVED);
    const part = await stripe.paymentIntents.capture(intent, { amount_to_capture: 3000, final_capture: false });
    expect(part).toMatchObject({ status: 'requires_capture', amount_received: 3000, amount_capturable: 2000 });
    expect(await standing(session.id)).toEqual({ ...PAID, receipts: [] });
    expect(await stripe.paymentIntents.capture(intent)).toMatchObject({ status: 'succeeded', amount_received: 5000 });
    expect(await standing(session.id)).toEqual({ ...PAID, receipts: [5000] });
    const events = (await eventsOf(stripe, {})).filter(({ data }) => (data.object as { id: string }).id === session.id);
    expect(typesOf(events)).toEqual(['checkout.session.completed']);
    expect(events.map(({ data }) => (data.object as Stripe.Checkout.Session).payment_status)).toEqual(['unpaid']);
  });

  test('is paid by the one capture of a part, and the page says so', async () => {
    const { session, intent, says } = await reserved();
    expect(await says()).toBe('Your order was received. Nothing was charged yet.');
    await stripe.paymentIntents.capture(intent, { amount_to_capture: 1200 });
    expect([await standing(session), await says()]).toEqual([{ ...PAID, receipts: [] }, 'Your payment was made.']);
  });

  test('stays unpaid, with nothing delivered, when the seller releases it', async () => {
    const { session, intent, says } = await reserved();
    expect(await stripe.paymentIntents.cancel(intent)).toMatchObject({ status: 'canceled', amount_capturable: 0 });
    expect([await standing(session), await says()]).toEqual([RESERVED, 'This payment was not made.']);
  });

  test('several captures are refused where nothing is captured by the seller', async () => {
    const line_items = [{ price: await priceOf(stripe), quantity: 1 }];
    expect(await refusal(open({ mode: 'subscription', line_items, payment_method_options: several }))).toMatchObject({
      message: 'You can not pass `payment_method_options[card][request_multicapture]` in `subscription` mode.',
      param: 'payment_method_options[card][request_multicapture]',
    });
  });
});

describe('saved cards', () => {
  test('a customer pays with a card that may be shown again, and with no other', async () => {
    const { customer } = await customerWith(stripe, null);
    const attach = async (allow_redisplay: 'always' | 'limited') => {
      const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_mastercard' }, allow_redisplay });
      return (await stripe.paymentMethods.attach(method.id, { customer })).id;
    };
    const [shown, hidden] = [await attach('always'), await attach('limited')];
    const line_items = [{ price: await feeOf(500), quantity: 1 }];
    const session = await open({ customer, line_items, saved_payment_method_options: { payment_method_remove: 'enabled' } });
    expect(session.saved_payment_method_options).toEqual({
      allow_redisplay_filters: null,
      payment_method_remove: 'enabled',
      payment_method_save: null,
    });
    const page = await pageOf(session);
    expect([page.includes(shown), page.includes(hidden)]).toEqual([true, false]);
    const refused = await submitPage(session.url ?? '', { ...BUYER, attempt: '0', saved_card: hidden });
    expect(refused.status).toBe(402);
    expect((await submitPage(session.url ?? '', { ...BUYER, attempt: '0', amount: '500', saved_card: shown })).status).toBe(303);
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(intent).toMatchObject({ status: 'succeeded', payment_method: shown });

    const second = await open({ customer, line_items, saved_payment_method_options: { payment_method_remove: 'enabled' } });
    await submitPage(second.url ?? '', { action: `remove_card:${hidden}` });
    await submitPage(second.url ?? '', { action: `remove_card:${shown}` });
    expect((await stripe.paymentMethods.list({ customer })).data.map(({ id }) => id)).toEqual([hidden]);
    const third = await open({ customer, line_items });
    await submitPage(third.url ?? '', { action: `remove_card:${hidden}` });
    expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
  });

  test('a new card is kept only if the buyer says so for the card that pays', async () => {
    const { customer } = await customerWith(stripe, null);
    const options = { customer, saved_payment_method_options: { payment_method_save: 'enabled' } } as const;
    const line_items = [{ price: await feeOf(500), quantity: 1 }];
    const kept = async () => (await stripe.paymentMethods.list({ customer })).data.map(({ allow_redisplay: shown }) => shown);
    const first = await open({ ...options, line_items });
    await submit(first, { amount: '500', save_card: 'yes', ...DECLINED });
    expect((await submit(first, { amount: '500', attempt: '1' })).status).toBe(303);
    expect(await kept()).toEqual([]);
    const second = await open({ ...options, line_items });
    expect((await submit(second, { amount: '500', save_card: 'yes' })).status).toBe(303);
    expect(await kept()).toEqual(['always']);
  });
});

describe('after_expiration.recovery', () => {
  const recovery = { recovery: { enabled: true, allow_promotion_codes: true } };
  const recoveryOf = ({ after_expiration: after }: Stripe.Checkout.Session) => ({
    url: after?.recovery?.url ?? '',
    until: after?.recovery?.expires_at ?? 0,
  });

  test('the buyer of an expired session continues with a copy, once, and pays it', async () => {
    const session = await open({
      line_items: [{ price: await feeOf(500), quantity: 2 }],
      after_expiration: recovery,
      metadata: { cart: '7' },
    });
    expect(session.after_expiration).toEqual({ recovery: { enabled: true, allow_promotion_codes: true, expires_at: null, url: null } });
    const expired = await stripe.checkout.sessions.expire(session.id);
    const { url, until } = recoveryOf(expired);
    expect(until - Math.floor(Date.now() / 1000)).toBeGreaterThan(30 * 86_400 - 60);
    const [event] = (await eventsOf(stripe, { type: 'checkout.session.expired' })).slice(-1);
    expect(recoveryOf(event?.data.object as Stripe.Checkout.Session).url).toBe(url);
    const follow = async () => (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    const pages = await Promise.all([follow(), follow()]);
    expect(new Set([...pages, await follow()]).size).toBe(1);
    const copy = await stripe.checkout.sessions.retrieve(pages[0].split('/').at(-1) ?? '');
    expect(copy).toMatchObject({
      status: 'open',
      amount_total: 1000,
      recovered_from: session.id,
      allow_promotion_codes: true,
      metadata: { cart: '7' },
    });
    expect((await submit(copy, { amount: '1000' })).status).toBe(303);
    // A paid copy is not sold again.
    expect(await follow()).toBe(pages[0]);
    expect(
      (await stripe.checkout.sessions.list({ status: 'open' })).data.filter(({ recovered_from: from }) => from === session.id),
    ).toEqual([]);
  });

  test('what cannot be sold any more, is too old, or was not to be recovered, is not continued', async () => {
    const price = await feeOf(500);
    const expired = async (params: Partial<Stripe.Checkout.SessionCreateParams>) => {
      const { id } = await open({ line_items: [{ price, quantity: 1 }], ...params });
      return stripe.checkout.sessions.expire(id);
    };
    const statusOf = async ({ after_expiration: after }: Stripe.Checkout.Session) =>
      (await fetch(after?.recovery?.url ?? '', { redirect: 'manual' })).status;
    const plain = await expired({});
    expect(plain.after_expiration).toBeNull();
    const [old, archived] = [await expired({ after_expiration: recovery }), await expired({ after_expiration: recovery })];
    await product.sql`update checkout_sessions set recovery_expires_at = created where id = ${old.id}`;
    await stripe.prices.update(price, { active: false });
    expect([await statusOf(old), await statusOf(archived)]).toEqual([410, 410]);
    const guessed = (archived.after_expiration?.recovery?.url ?? '').replace(/.$/, (letter) => (letter === 'a' ? 'b' : 'a'));
    expect((await fetch(guessed, { redirect: 'manual' })).status).toBe(404);
  });
});

test('automatic tax for a customer without a place is refused, unless the page saves the address that it asks for', async () => {
  const { customer } = await customerWith(stripe, null);
  const params = { customer, line_items: [{ price: await feeOf(500), quantity: 1 }], automatic_tax: { enabled: true } };
  expect(await refusal(open(params))).toMatchObject({
    code: 'customer_tax_location_invalid',
    message: expect.stringContaining("set either `customer_update[address]` to 'auto'") as string,
  });
  const asked = await open({ ...params, customer_update: { address: 'auto' } });
  expect(asked.automatic_tax.status).toBe('requires_location_inputs');
  expect(await pageOf(asked)).toContain('name="country"');
  expect((await submit(asked, { amount: '500' })).html).toContain('Nothing was charged.');
});

test('a payment link offers items and makes invoices, and its sessions do', async () => {
  const [base, extra] = [await feeOf(500), await feeOf(300)];
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: base, quantity: 1 }],
    optional_items: [{ price: extra, quantity: 1 }],
    invoice_creation: { enabled: true },
  });
  expect(link).toMatchObject({ optional_items: [{ price: extra, quantity: 1 }], invoice_creation: { enabled: true } });
  const page = (await fetch(link.url, { redirect: 'manual' })).headers.get('location') ?? '';
  await submitPage(page, { action: `add_item:${extra}` });
  await submitPage(page, { ...BUYER, ...VISA, attempt: '0', amount: '800' });
  const paid = await stripe.checkout.sessions.retrieve(page.split('/').at(-1) ?? '', { expand: ['invoice'] });
  expect(paid).toMatchObject({ payment_link: link.id, amount_total: 800, invoice: { status: 'paid', total: 800 } });
  const changed = await stripe.paymentLinks.update(link.id, { invoice_creation: { enabled: false } });
  expect(changed.invoice_creation?.enabled).toBe(false);
});
