import { booksBalanceAfterEach } from '../ledger/books';
import { eventsOf, priceOf, typesOf } from '../support/builders';
import { sendNaming } from '../support/foreign-host';
import { memberOf, hiddenOf } from '../support/portal';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

beforeAll(async () => {
  await product.post('/v1/account_settings', { contracts: { pages: true, owner: 'support' } });
});

interface Seen {
  status: number;
  location: string | null;
  html: string;
}

async function call(path: string, entries?: Record<string, string>): Promise<Seen> {
  const init = entries === undefined ? {} : { method: 'POST', body: new URLSearchParams(entries) };
  const response = await fetch(`${product.url}${path}`, { redirect: 'manual', ...init });
  const html = (await response.text()).replace(/[\s\u00a0\u202f]+/g, ' ');
  return { status: response.status, location: response.headers.get('location'), html };
}

const place = (door: 'cancel' | 'withdraw'): string => `/${door}/${product.account}/test`;

/** Fills in the form and, for a withdrawal, confirms it. Answers the page of the confirmation. */
async function declare(door: 'cancel' | 'withdraw', entries: Record<string, string>): Promise<Seen & { address: string }> {
  const { html } = await call(place(door));
  const sent = await call(place(door), { ...hiddenOf(html), kind: 'ordinary', ...entries });
  const last = door === 'cancel' ? sent : await call(place(door), { ...hiddenOf(sent.html), step: 'confirm' });
  expect([last.status, last.location]).toEqual([303, expect.stringContaining('/contract/creq_')]);
  const address = String(last.location);
  return { ...(await call(address)), address };
}

interface Listed {
  id: string;
  status: string;
  open_reason: string | null;
  customer: string | null;
  plan: { refunds: { amount: number }[] } | null;
}

const requests = async (query: string): Promise<Listed[]> =>
  ((await product.get(`/v1/customer_requests?${query}`)) as { data: Listed[] }).data;

interface Mailed {
  id: string;
  kind: string;
  recipient: string;
  customer: string | null;
  locale: string;
  subject: string;
  text: string;
}

/** The mails that confirm a request, by the address of its page. */
async function mailsAbout(address: string): Promise<Mailed[]> {
  const id = address.slice('/contract/'.length).split('_secret_')[0] ?? '';
  const { data } = (await product.get(`/v1/mails?about=${id}`)) as unknown as { data: Mailed[] };
  return Promise.all(data.map(async (mail) => (await product.get(`/v1/mails/${mail.id}`)) as unknown as Mailed));
}
const plain = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ');

async function emailOf(customer: string): Promise<string> {
  const email = `${customer.toLowerCase()}@example.com`;
  await stripe.customers.update(customer, { email });
  return email;
}

test('a customer cancels without a login: at once confirmed, with everything it has declared, as a page and as a text', async () => {
  const { customer, subscription } = await memberOf(stripe, await priceOf(stripe, 2000));
  const email = await emailOf(customer);
  const seen = await declare('cancel', { name: 'Ada', email, contract: subscription.id, statement: 'Too <much>' });
  expect(seen.html).toContain('Your cancellation has arrived');
  expect(seen.html).toContain('The contract ends on February 1, 2026.');
  const { html: text } = await call(`${seen.address}/text`);
  for (const fact of [
    'I cancel this contract.',
    'Name: Ada',
    `Email: ${email}`,
    `Contract: ${subscription.id}`,
    'Too <much>',
    'Received: January 1, 2026',
    'As soon as possible',
  ])
    expect(text).toContain(fact);
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    cancel_at_period_end: true,
    cancellation_details: { comment: 'Too <much>', reason: 'cancellation_requested' },
  });
  expect(await requests(`customer=${customer}`)).toMatchObject([{ status: 'done', open_reason: null }]);
  const types = typesOf(await eventsOf(stripe)).filter((type) => type.startsWith('customer_request'));
  expect(types.slice(-2)).toEqual(['customer_request.created', 'customer_request.done']);
  const [mail, ...others] = await mailsAbout(seen.address);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ kind: 'cancellation', recipient: email, customer, subject: 'Your cancellation has been received' });
  for (const fact of [
    'I cancel this contract.',
    `Contract: ${subscription.id}`,
    'Too <much>',
    'Received: January 1, 2026',
    'ends on February 1',
  ])
    expect(plain(mail?.text)).toContain(fact);
  expect(mail?.text).toContain(seen.address);
});

test('a form with texts that no browser sends is answered as any other', async () => {
  const { status } = await call(place('cancel'), {
    ...{ name: 'Ada', email: 'ada@example.com', contract: 'sub_unknown', kind: 'ordinary' },
    ...{ submission: `\0${'x'.repeat(39)}😀`, statement: `${'x'.repeat(499)}😀` },
  });
  expect(status).toBe(303);
});

test('the address of a confirmation is the same, whatever host the request names', async () => {
  const entries = { name: 'Eve', email: 'victim@example.com', contract: 'sub_forged', kind: 'ordinary', submission: 'forged' };
  await sendNaming('evil.example', `${product.url}${place('cancel')}`, entries);
  const urls = await product.sql<{ url: string }[]>`select url from customer_requests where declaration->>'contract' = 'sub_forged'`;
  expect(urls.map(({ url }) => new URL(url).hostname)).toEqual(['127.0.0.1']);
});

test('a withdrawal is confirmed in a second step, ends the contract and gives everything back that was not asked for', async () => {
  const { customer, subscription, clock } = await memberOf(stripe, await priceOf(stripe, 3100));
  await clock.to('2026-01-11');
  const email = await emailOf(customer);
  const [invoice] = (await stripe.invoices.list({ customer })).data;
  const { html } = await call(place('withdraw'));
  const entries = { ...hiddenOf(html), name: 'Ada', email, contract: String(invoice?.number) };
  const review = await call(place('withdraw'), entries);
  expect(review.html).toContain('Confirm withdrawal');
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  const confirm = { ...hiddenOf(review.html), step: 'confirm' };
  const [first, second] = await Promise.all([call(place('withdraw'), confirm), call(place('withdraw'), confirm)]);
  expect(first.location).toBe(second.location);
  expect((await call(String(first.location))).html).toContain('You get $31.00 back by January 25, 2026');
  const mails = await mailsAbout(String(first.location));
  expect(mails).toMatchObject([{ kind: 'withdrawal', recipient: email, customer }]);
  expect(plain(mails[0]?.text)).toContain('You get $31.00 back by January 25, 2026');
  expect(plain(mails[0]?.text)).toContain('Tests received your withdrawal on January 11, 2026');
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
  expect((await stripe.refunds.list()).data.filter(({ metadata }) => metadata?.['type'] === 'withdrawal')).toMatchObject([
    { amount: 3100 },
  ]);
});

test('a service that began on request is paid for its days', async () => {
  const { customer, subscription, clock } = await memberOf(stripe, await priceOf(stripe, 3100));
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    customer,
    currency: 'usd',
    success_url: 'https://shop.example.com',
  });
  await product.sql`update checkout_sessions set subscription = ${subscription.id}, withdrawal_consent_at = ${subscription.created} where id = ${session.id}`;
  await clock.to('2026-01-11');
  const email = await emailOf(customer);
  const seen = await declare('withdraw', { name: 'Ada', email, contract: subscription.id });
  expect(seen.html).toContain('You get $21.00 back');
  expect((await stripe.charges.list({ customer })).data).toMatchObject([{ amount: 3100, amount_refunded: 2100 }]);
});

test('who has not proved to be the customer ends nothing; a person decides until the deadline, and acts by the API', async () => {
  const { customer, subscription } = await memberOf(stripe, await priceOf(stripe, 2000));
  await emailOf(customer);
  const seen = await declare('cancel', { name: 'Eve', email: 'eve@example.com', contract: subscription.id });
  const unknown = await declare('cancel', { name: 'Eve', email: 'eve@example.com', contract: 'sub_unknown' });
  expect(seen.html).toContain('A person checks it and answers by');
  expect(unknown.html).toContain('A person checks it and answers by');
  expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(false);
  const [last, named] = await requests('status=open&type=cancellation&owner=support');
  expect([named, last]).toMatchObject(Array(2).fill({ open_reason: 'no_contract', customer: null, plan: null }));
  const path = `/v1/customer_requests/${String(named?.id)}`;
  await expect(product.post(`${path}/fulfill`)).rejects.toMatchObject({ param: 'subscription' });
  expect(await product.post(path, { owner: 'Kim', note: 'Called back' })).toMatchObject({ owner: 'Kim', note: 'Called back' });
  expect(await product.post(`${path}/fulfill`, { subscription: subscription.id })).toMatchObject({ status: 'done', customer });
  expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(true);
  const other = String(last?.id);
  expect(await product.post(`/v1/customer_requests/${other}/refuse`, { note: 'There is no such contract.' })).toMatchObject({
    status: 'refused',
  });
  expect((await call(unknown.address)).html).toContain('There is no such contract.');
  await expect(product.post(`/v1/customer_requests/${other}/fulfill`, { subscription: subscription.id })).rejects.toMatchObject({
    statusCode: 400,
  });
});

test('an address that is only named is mailed no words of the visitor, and few mails in a day', async () => {
  const email = 'Victim@example.com';
  const asked = { name: 'Buy pills', email, contract: 'Cheap pills', statement: 'At pills.example' };
  const first = await declare('cancel', asked);
  const [mail] = await mailsAbout(first.address);
  expect(mail).toMatchObject({ kind: 'cancellation', recipient: email, customer: null });
  expect(mail?.text).not.toMatch(/pills/i);
  expect(plain(mail?.text)).toContain('A person checks it and answers by');
  expect(first.html).toContain('Cheap pills');
  const later = [
    await declare('withdraw', { ...asked, email: email.toLowerCase() }),
    await declare('cancel', asked),
    await declare('cancel', asked),
  ];
  expect(await Promise.all(later.map(async ({ address }) => (await mailsAbout(address)).length))).toEqual([1, 1, 0]);
});

test('a late withdrawal and a cancellation for an important reason wait for a person', async () => {
  const { customer, subscription, clock } = await memberOf(stripe, await priceOf(stripe, 2000));
  const email = await emailOf(customer);
  await clock.to('2026-01-17');
  await declare('withdraw', { name: 'Ada', email, contract: subscription.id });
  await declare('cancel', { name: 'Ada', email, contract: subscription.id, kind: 'extraordinary', statement: 'You have closed.' });
  expect((await requests(`customer=${customer}`)).map(({ open_reason: reason }) => reason).sort()).toEqual(['extraordinary', 'too_late']);
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'active', cancel_at_period_end: false });
});

describe('a request that a person must answer', () => {
  const eventsAbout = async (id: string | undefined): Promise<string[]> =>
    (await eventsOf(stripe)).filter(({ data }) => (data.object as { id?: string }).id === id).map(({ type }) => type);

  /** A withdrawal that comes too late, of a customer on a clock: it has to be answered by 31 January. */
  async function late() {
    const { customer, subscription, clock } = await memberOf(stripe, await priceOf(stripe, 2000));
    const email = await emailOf(customer);
    await clock.to('2026-01-17');
    const { address } = await declare('withdraw', { name: 'Ada', email, contract: subscription.id });
    const [request] = await requests(`customer=${customer}`);
    return { clock, email, subscription, address, id: String(request?.id) };
  }

  test('is told once at its deadline, to who answers, and stays open; the customer is mailed what is decided', async () => {
    await product.post('/v1/account_settings', { contracts: { owner: 'law@shop.example' } });
    const { clock, address, email, id } = await late();
    await clock.to('2026-01-30');
    expect(await product.get(`/v1/customer_requests/${id}`)).toMatchObject({ status: 'open', missed_at: null });
    await clock.to('2026-02-10');
    const due = Date.parse('2026-01-31') / 1000;
    expect(await product.get(`/v1/customer_requests/${id}`)).toMatchObject({ status: 'open', due_at: due, missed_at: due });
    expect(await eventsAbout(id)).toEqual(['customer_request.created', 'customer_request.overdue']);
    const overdue = (await mailsAbout(address)).find(({ kind }) => kind === 'answer_overdue');
    expect(overdue).toMatchObject({ recipient: 'law@shop.example', customer: null, subject: `Customer request ${id} is overdue` });
    expect(overdue?.text).toContain(`/console/requests/${id}`);
    expect(overdue?.text).not.toMatch(new RegExp(`Ada|${email}`));
    await product.post(`/v1/customer_requests/${id}/refuse`, { note: 'Fourteen days are over.' });
    const answer = (await mailsAbout(address)).find(({ kind }) => kind === 'request_answered');
    expect(answer).toMatchObject({ recipient: email, subject: 'Your request to Tests has been answered' });
    expect(answer?.text).toContain('Fourteen days are over.');
    await product.post('/v1/account_settings', { contracts: { owner: 'support' } });
  });

  test('is not told of when it was answered in time, and the customer is mailed that it is done', async () => {
    const { clock, address, id, subscription } = await late();
    await product.post(`/v1/customer_requests/${id}/fulfill`);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
    await clock.to('2026-02-10');
    expect(await eventsAbout(id)).toEqual(['customer_request.created', 'customer_request.done']);
    expect((await mailsAbout(address)).map(({ kind }) => kind).sort()).toEqual(['request_answered', 'withdrawal']);
  });
});

test('the link in a mail cancels without a login: opening it changes nothing, and afterwards it leads to the confirmation', async () => {
  const { customer, subscription } = await memberOf(stripe, await priceOf(stripe, 2000));
  const { data } = (await product.get(`/v1/mails?about=${subscription.id}`)) as unknown as { data: Mailed[] };
  const { text } = (await product.get(`/v1/mails/${String(data[0]?.id)}`)) as unknown as Mailed;
  const link = new URL(/https?:\S+cancel\/link\/\S+/.exec(text)?.[0] ?? '').pathname;
  const opened = await call(link);
  expect([opened.status, opened.html.includes(subscription.id), opened.html.includes('Cancel now')]).toEqual([200, true, true]);
  expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(false);
  const entries = { ...hiddenOf(opened.html), step: 'confirm' };
  const [first, second] = await Promise.all([call(link, entries), call(link, entries)]);
  expect([first.status, second.location]).toEqual([303, first.location]);
  expect((await call(String(first.location))).html).toContain('The contract ends on February 1, 2026.');
  expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(true);
  expect((await call(link)).location).toBe(first.location);
  expect(await requests(`customer=${customer}`)).toMatchObject([{ status: 'done' }]);
  expect((await call(`${link}x`)).status).toBe(404);
});

test('what was declared on a German page is confirmed in German, whatever language the browser asks for afterwards', async () => {
  const at = `${place('cancel')}?locale=de`;
  const declared = { name: 'Ada', email: 'ada@example.com', contract: 'NONE-1', kind: 'ordinary' };
  const { location } = await call(at, { ...hiddenOf((await call(at)).html), ...declared });
  const page = await fetch(`${product.url}${String(location)}`, { headers: { 'Accept-Language': 'en' } });
  const html = await page.text();
  expect(html).toContain('<html lang="de"');
  expect(html).toContain('Ihre Kündigung ist eingegangen');
  expect(html).not.toContain('Your cancellation');
});

test('a page with a missing entry sends nothing; without the setting there is no page', async () => {
  const before = (await requests('limit=100')).length;
  const { status, html } = await call(place('cancel'), { name: 'Ada', email: 'nobody', contract: 'sub_1', submission: 'x' });
  expect([status, html.includes('Nothing was sent.')]).toEqual([422, true]);
  expect(await requests('limit=100')).toHaveLength(before);
  expect((await fetch(`${product.url}${place('cancel')}?locale=de`).then((page) => page.text())).includes('Jetzt kündigen')).toBe(true);
  await product.post('/v1/account_settings', { contracts: { pages: false } });
  expect((await call(place('cancel'))).status).toBe(404);
  const shorter = product.post('/v1/account_settings', { contracts: { withdrawal_days: 13 } });
  await expect(shorter).rejects.toMatchObject({ statusCode: 400, param: 'contracts[withdrawal_days]' });
  expect((await call('/contract/creq_none_secret_none')).status).toBe(404);
});
