import Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf } from '../support/builders';
import { startClock } from '../support/clock';
import { consoleUser, type ConsoleBrowser } from '../support/console';
import { useProduct } from '../support/product';
import { until } from '../support/system';
import { SECTIONS } from '../../server/console/sections';
import { SERIES } from '../../server/console/series';
import { REPORTS } from '../../server/console/reports';

/** Each visitor has an address, as in life: from one address, only so many pages are answered in a minute. */
const product = useProduct({ trustedProxies: ['127.0.0.1'] });
booksBalanceAfterEach(product);

/** What a form of the page would send. */
async function formOf(browser: ConsoleBrowser, page: string, action: string): Promise<{ to: string; entries: Record<string, string> }> {
  const { html } = await browser.look(page);
  const form = new RegExp(`<form[^>]* action="([^"]*/${action})"[^>]*>(.*?)</form>`, 's').exec(html);
  if (!form) throw new Error(`${page} has no form ${action}`);
  const hidden = [...(form[2] ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return { to: form[1] ?? '', entries: Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])) };
}

async function visitor(role: 'owner' | 'support' | 'read_only' | 'developer' | 'finance'): Promise<ConsoleBrowser> {
  const count = (await product.sql`select 1 from users`).length;
  const from = { 'X-Forwarded-For': `192.0.2.${String(count + 1)}` };
  return (await consoleUser(product, role, `${role}-${String(count)}@example.com`, from)).browser;
}

test('every place of the console answers, also while there is nothing in it, and nobody sees one without a login', async () => {
  const owner = await visitor('owner');
  const places = [
    '/console',
    '/console/go-live',
    '/console/waiting',
    '/console/waiting.csv',
    '/console/search?q=acme',
    ...SECTIONS.map(({ name }) => `/console/${name}`),
    ...[...REPORTS, ...SERIES].map(({ name }) => `/console/reports/${name}`),
  ];
  const statuses = await Promise.all(places.map(async (place) => [place, (await owner.look(place)).status]));
  expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  for (const { name } of SECTIONS)
    expect([name, (await owner.look(`/console/${name}`)).html.includes('unknown parameter')]).toEqual([name, false]);
  const anybody = await fetch(`${product.url}/console/customers`, { redirect: 'manual' });
  expect([anybody.status, anybody.headers.get('location')]).toEqual([303, '/console/login?back=%2Fconsole%2Fcustomers']);
  const nowhere = await owner.look('/console/nothing');
  expect([nowhere.status, nowhere.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  expect(nowhere.html).toContain('There is no such page in the console.');
  expect((await owner.look('/console/nothing/at/all/here')).html).toContain('<h2>This did not work</h2>');
  expect((await owner.look('/console/customers/cus_none')).status).toBe(404);
});

test('a subscription is found by its customer, explained by its timeline, and ended by a form that counts once', async () => {
  const { stripe } = product;
  const owner = await visitor('owner');
  const clock = await startClock(stripe, '2026-01-31');
  const { customer } = await customerWith(stripe, 'pm_card_visa', {
    test_clock: clock.id,
    name: '<script>alert(1)</script> GmbH',
    email: 'eve@example.com',
  });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 1999) }] });
  const page = `/console/subscriptions/${id}`;
  const { html } = await owner.look(page);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; GmbH');
  expect(html).not.toContain('<script>alert');
  expect(html).toContain('Planned: </b>2026-02-28');
  expect(html).toContain('$19.99');
  expect((await owner.look('/console/search?q=gmbh')).html).toContain(`/console/customers/${customer}`);

  const { to, entries } = await formOf(owner, page, 'end');
  const sent = await Promise.all([owner.send(to, entries), owner.send(to, entries)]);
  expect(sent.map(({ status, location }) => [status, location])).toEqual([
    [303, `${page}?done=end`],
    [303, `${page}?done=end`],
  ]);
  expect((await stripe.subscriptions.retrieve(id)).cancel_at_period_end).toBe(true);
  const told = await stripe.events.list({ type: 'customer.subscription.updated', limit: 10 });
  expect(told.data.filter(({ data }) => 'cancel_at_period_end' in (data.previous_attributes ?? {}))).toHaveLength(1);
  expect((await owner.look(`${page}?done=end`)).html).toContain('Done: Cancel at the end of the period.');
  // The action that no longer fits the state is gone, and a foreign form is refused.
  await expect(formOf(owner, page, 'end')).rejects.toThrow('has no form');
  expect((await owner.send(to, { ...entries, csrf: 'guessed' })).status).toBe(403);
});

test('what the API refuses is said on the page, which keeps what was entered', async () => {
  const owner = await visitor('owner');
  const { to, entries } = await formOf(owner, '/console/coupons', 'create');
  const refused = await owner.send(to, { ...entries, 'p.name': 'Spring', 'p.percent_off': '140', 'p.duration': 'once' });
  expect(refused.status).toBe(400);
  expect(refused.html).toMatch(/role="alert"[^>]*>[^<]*percent_off/);
  expect(refused.html).toContain('value="Spring"');
  expect((await product.stripe.coupons.list()).data).toEqual([]);
  const again = await owner.send(to, {
    ...entries,
    submission: 'another',
    'p.name': 'Spring',
    'p.percent_off': '14',
    'p.duration': 'once',
  });
  expect(again.status).toBe(303);
  expect((await product.stripe.coupons.list()).data).toMatchObject([{ name: 'Spring', percent_off: 14 }]);
  expect((await owner.look(again.location ?? '')).html).toContain('Done: Add a coupon.');
});

test('a long text is sent whole, or refused, and never cut', async () => {
  const owner = await visitor('owner');
  const { customer } = await customerWith(product.stripe, 'pm_card_createDispute', { email: 'long@example.com' });
  await product.stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    customer,
    payment_method: 'pm_card_createDispute',
    confirm: true,
  });
  const [dispute] = (await product.stripe.disputes.list({ limit: 1 })).data;
  const page = `/console/disputes/${dispute?.id ?? ''}`;
  const field = 'p.evidence[access_activity_log]';
  const send = async (text: string) => {
    const { to, entries } = await formOf(owner, page, 'evidence');
    return (await owner.send(to, { ...entries, [field]: text })).status;
  };
  const kept = async () => (await product.stripe.disputes.retrieve(dispute?.id ?? '')).evidence.access_activity_log;
  expect(await send('x'.repeat(20_001))).toBe(400);
  expect(await kept()).toBeNull();
  const text = 'He logged in. '.repeat(400).trim();
  expect(await send(text)).toBe(303);
  expect(await kept()).toBe(text);
  // The box to submit it was not ticked.
  expect((await product.stripe.disputes.retrieve(dispute?.id ?? '')).status).toBe('needs_response');
  await product.stripe.disputes.close(dispute?.id ?? '');
});

test('a file of a list whose filter is refused is no empty file', async () => {
  const owner = await visitor('owner');
  expect((await owner.look(`/console/customers.csv?email=${'x'.repeat(600)}`)).status).toBe(400);
  const support = await visitor('support');
  expect((await support.look('/console/closes.csv')).status).toBe(403);
  expect((await support.look('/console/reports/mrr.csv')).status).toBe(403);
  expect((await owner.look('/console/reports/mrr.csv?p.from=x')).status).toBe(400);
});

test('a list pages by cursor, filters, and comes as CSV with all its rows', async () => {
  const { stripe } = product;
  const owner = await visitor('owner');
  const before = (await stripe.products.list({ limit: 100 })).data.length;
  for (let index = 0; index < 30; index += 1) await stripe.products.create({ name: `=Plan ${String(index)}`, active: index % 2 === 0 });
  const first = await owner.look('/console/products');
  const older = /href="(\/console\/products\?after=[^"]+)"/.exec(first.html)?.[1] ?? '';
  expect(first.html).toMatch(/<select[^>]* name="active"><option value=""[^>]*>any<\/option><option value="true">yes/);
  const second = await owner.look(older.replaceAll('&amp;', '&'));
  expect(second.html).toContain('Plan 4');
  expect(second.html).not.toContain('Plan 29');
  expect(second.html).toContain('?before=');
  const { html, headers } = await owner.look('/console/products.csv?active=false');
  expect(headers.get('content-disposition')).toBe('attachment; filename="products.csv"');
  const lines = html.trim().split('\r\n');
  expect(lines[0]).toBe('id,Name,Active,Default price,Tax code,Created');
  expect(lines.slice(1).filter((line) => line.includes(",'=Plan ") && line.includes(',no,'))).toHaveLength(15);
  expect((await owner.look('/console/products.csv')).html.trim().split('\r\n')).toHaveLength(31 + before);
});

test('a list is sorted as a whole by its headings, also on further pages and in its file, and filtered by day', async () => {
  const { stripe } = product;
  const owner = await visitor('owner');
  for (let index = 0; index < 30; index += 1)
    await stripe.coupons.create({ name: `C${String((index * 7) % 30).padStart(2, '0')}`, percent_off: 5 });
  const namesIn = ({ html }: { html: string }) => [...html.matchAll(/data-label="Name"[^>]*>(C\d\d)</g)].map(([, name]) => name);
  const names = Array.from({ length: 30 }, (_, n) => `C${String(n).padStart(2, '0')}`);
  const plain = await owner.look('/console/coupons');
  expect(plain.html).toContain('href="/console/coupons?sort=name">Name</a>');
  // What is a part of more is not sorted by itself.
  expect(plain.html).not.toContain('data-sorts');
  const first = await owner.look('/console/coupons?sort=name');
  expect(namesIn(first)).toEqual(names.slice(0, 25));
  expect(first.html).toMatch(/aria-sort="ascending"[^>]*><a href="\/console\/coupons\?sort=-name">Name/);
  const next = /href="(\/console\/coupons\?sort=name&amp;after=[^"]+)">Next/.exec(first.html)?.[1] ?? '';
  const second = await owner.look(next.replaceAll('&amp;', '&'));
  expect(namesIn(second)).toEqual(names.slice(25));
  const back = /href="(\/console\/coupons\?sort=name&amp;before=[^"]+)">Previous/.exec(second.html)?.[1] ?? '';
  expect(namesIn(await owner.look(back.replaceAll('&amp;', '&')))).toEqual(names.slice(0, 25));
  const lines = (await owner.look('/console/coupons.csv?sort=-name')).html.trim().split('\r\n').slice(1);
  expect(lines.map((line) => line.split(',')[2]).filter((name) => name?.startsWith('C'))).toEqual([...names].reverse());
  // More than one part of a file, all with the same name: the order is that of one look.
  await product.sql`
    insert into coupons overriding system value select d.* from coupons c, generate_series(1, 230) n,
      jsonb_populate_record(null::coupons, to_jsonb(c) || jsonb_build_object('key', c.key || n, 'id', c.id || n, 'seq', 1000000 + n, 'name', 'D')) d
    where c.name = 'C00'`;
  const whole = (await owner.look('/console/coupons.csv?sort=-name')).html.trim().split('\r\n').slice(1);
  expect(whole.filter((line) => line.split(',')[2] === 'D').map((line) => /\d+$/.exec(line.split(',')[0] ?? '')?.[0])).toHaveLength(230);
  expect(new Set(whole).size).toBe(whole.length);
  await product.sql`delete from coupons where name = 'D'`;
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const day = (of: Record<string, string>) => owner.look(`/console/coupons?${new URLSearchParams(of).toString()}`);
  expect(namesIn(await day({ 'created[gte]': tomorrow }))).toEqual([]);
  expect(namesIn(await day({ 'created[lt]': tomorrow, sort: 'name' }))).toEqual(names.slice(0, 25));
  expect((await day({ 'created[gte]': 'soon' })).html).toContain('Invalid integer: soon');
});

test('a price, a quote and a program of recovery are made by forms, and a tax return is closed by one', async () => {
  const { stripe } = product;
  const owner = await visitor('owner');
  const send = async (place: string, action: string, of: Record<string, string>) => {
    const { to, entries } = await formOf(owner, `/console/${place}`, action);
    const answer = await owner.send(to, {
      ...entries,
      ...Object.fromEntries(Object.entries(of).map(([name, value]) => [`p.${name}`, value])),
    });
    return [answer.status, answer.location] as const;
  };
  const { id: sold } = await stripe.products.create({ name: 'Desk' });
  const of = { product: sold, unit_amount_decimal: '1250', currency: 'eur', 'recurring[interval]': 'month', nickname: 'Desk, monthly' };
  const [, price] = await send('prices', 'create', of);
  const made = await stripe.prices.retrieve(/price_\w+/.exec(price ?? '')?.[0] ?? '');
  expect(made).toMatchObject({ unit_amount: 1250, currency: 'eur', nickname: 'Desk, monthly', recurring: { interval: 'month' } });

  const { customer } = await customerWith(stripe, null);
  const [, quote] = await send('quotes', 'create', {
    customer,
    'line_items[0][price]': made.id,
    'line_items[0][quantity]': '3',
    expires_at: '2100-01-01',
  });
  const drafted = await stripe.quotes.retrieve(/qt_\w+/.exec(quote ?? '')?.[0] ?? '');
  expect(drafted).toMatchObject({ status: 'draft', customer, amount_total: 3750, expires_at: Date.UTC(2100, 0, 1) / 1000 });

  const waits = { 'arms[0][steps][0][seconds]': '86400', 'arms[0][steps][2][seconds]': '172800', 'arms[0][steps][4][seconds]': '604800' };
  await send('recovery-programs', 'create', { name: 'Three tries', ...waits, 'arms[0][ends_in]': 'unpaid', 'segment[countries][0]': 'DE' });
  const { data } = (await stripe.rawRequest('GET', '/v1/recovery_programs')) as unknown as { data: unknown[] };
  const wait = (seconds: number) => ({ type: 'wait', seconds });
  const retry = expect.objectContaining({ type: 'retry' }) as unknown;
  expect(data[0]).toMatchObject({
    ...{ name: 'Three tries', segment: { countries: ['DE'] } },
    arms: [{ ends_in: 'unpaid', share: 100, steps: [wait(86_400), retry, wait(172_800), retry, wait(604_800), retry] }],
  });

  expect((await send('closed-returns', 'close', { form: 'summary', period: '2099-12' }))[0]).toBe(400);
  expect(await send('closed-returns', 'close', { form: 'summary', period: '2019-12' })).toEqual([
    303,
    '/console/closed-returns?done=close',
  ]);
  expect((await owner.look('/console/closed-returns')).html).toContain('2019-12');
});

test('what a form asks for is offered by name, and charts, reports and tables of a page come as CSV, too', async () => {
  const { stripe } = product;
  const owner = await visitor('owner');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { name: 'Ada Offers' });
  const { id: price, product: sold } = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 700,
    product_data: { name: 'Seat' },
    nickname: 'Seat, once',
  });
  await stripe.invoiceItems.create({ customer, pricing: { price }, quantity: 3 });
  const invoice = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include', auto_advance: false });
  await stripe.invoices.finalizeInvoice(invoice.id);
  const of = { display_name: 'Calls offered', event_name: 'calls_offered', default_aggregation: { formula: 'sum' } } as const;
  const meter = await stripe.billing.meters.create(of);
  await stripe.billing.meterEvents.create({ event_name: of.event_name, payload: { stripe_customer_id: customer, value: '7' } });

  const usage = await owner.look('/console/reports/usage');
  expect(usage.html).toContain('Choose a customer.');
  expect(usage.html).toMatch(new RegExp(`<select[^>]*name="p.meter"[^]*<option value="${meter.id}"[^>]*>Calls offered</option>`));
  expect(usage.html).toContain(`<option value="${customer}" label="Ada Offers`);
  const asked = new URLSearchParams({ 'p.meter': meter.id, 'p.customer': customer }).toString();
  const lines = (await owner.look(`/console/reports/usage.csv?${asked}`)).html.trim().split('\r\n');
  expect([lines[0], lines.length, lines.at(-1)?.endsWith(',7')]).toEqual(['Week from,Counted', 13, true]);
  const cash = (await owner.look('/console/reports/cash.csv')).html.trim().split('\r\n');
  expect(cash[0]).toBe('Month,Change,There at the end');
  expect(cash.slice(1).every((line) => /^\d{4}-\d\d(,-?\d+\.\d\d){2}$/.test(line))).toBe(true);

  const margins = await owner.look('/console/reports/margins.csv');
  expect(margins.html).toContain(`${customer},${sold as string},$21.00,0,100`);
  expect((await owner.look(`/console/invoices/${invoice.id}`)).html).toContain(`/console/invoices/${invoice.id}/table.csv?heading=Lines`);
  expect((await owner.look(`/console/invoices/${invoice.id}/table.csv?heading=Lines`)).html).toContain('$21.00');
  expect((await owner.look(`/console/invoices/${invoice.id}/table.csv?heading=None`)).status).toBe(404);
  expect((await owner.look('/console/repairs')).html).toContain(`<option value="${price}" label="Seat, once, $7.00`);
});

test('a rule is tested on past payments where the rules are, and a tax return is looked at before it is closed', async () => {
  const { stripe } = product;
  const owner = await visitor('owner');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { address: { country: 'DE', postal_code: '10115' } });
  await stripe.paymentIntents.create({
    amount: 4321,
    currency: 'usd',
    customer,
    confirm: true,
    payment_method: 'pm_card_visa',
    off_session: true,
  });
  const { to, entries } = await formOf(owner, '/console/fraud-rules', 'backtest');
  const days = { 'p.from': '2020-01-01', 'p.to': '2100-01-01' };
  const tested = await owner.send(to, { ...entries, ...days, 'p.rule': 'Block if :amount_in_usd: = 43.21' });
  expect([tested.status, tested.html]).toEqual([200, expect.stringContaining('succeeded 1 ($43.21)')]);
  expect((await owner.look('/console/fraud-rules')).html).toContain('No rules yet');

  const period = new Date().toISOString().slice(0, 7);
  const { id: rate } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false, country: 'DE' });
  await stripe.invoiceItems.create({ customer, amount: 10_000, currency: 'eur', tax_rates: [rate] });
  const { id } = await stripe.invoices.create({
    customer,
    pending_invoice_items_behavior: 'include',
    currency: 'eur',
    auto_advance: false,
  });
  await stripe.invoices.finalizeInvoice(id);
  const asked = new URLSearchParams({ 'p.form': 'summary', 'p.period': period }).toString();
  const { html } = await owner.look(`/console/reports/tax-returns?${asked}`);
  expect(html).toContain('€19.00');
  expect((await owner.look(`/console/reports/tax-returns.csv?${asked}`)).html).toContain('19.00');
});

test('a list that the API pages in one direction leads back to its beginning', async () => {
  const owner = await visitor('owner');
  await product.post('/v1/processors/all/pause', { reason: 'a drill' });
  await product.post('/v1/processors/all/resume', {});
  const [newest] = await product.sql<{ id: string }[]>`select id from operator_actions where action = 'resume'`;
  const older = await owner.look(`/console/operator-actions?after=${newest?.id ?? ''}`);
  expect(older.html).toContain('a drill');
  expect(older.html).toContain('href="/console/operator-actions">Newer');
  expect((await owner.look('/console/audit?after=aud_none')).html).toContain('No such audit entry');
});

test('each role sees and may do what it is for, and a form that it does not have is refused', async () => {
  const { stripe } = product;
  const [support, reader, owner] = [await visitor('support'), await visitor('read_only'), await visitor('owner')];
  const { id } = await stripe.customers.create({ name: 'Jo' });
  expect((await support.look('/console')).html).not.toContain('/console/reports/trial-balance');
  expect((await support.look('/console/reports/trial-balance')).html).toContain('does not have the required permissions');
  const hidden = await support.look('/console/users/usr_none');
  expect([hidden.status, hidden.html.includes('does not have the required permissions')]).toEqual([403, true]);
  const page = `/console/customers/${id}`;
  expect((await support.look(page)).html).toContain('Change details');
  expect((await reader.look(page)).html).not.toContain('Change details');
  const { to } = await formOf(owner, page, 'update');
  const csrf = /name="csrf" value="([^"]+)"/.exec((await reader.look(page)).html)?.[1] ?? '';
  const refused = await reader.send(to, { csrf, submission: 'one', 'p.name': 'Eve' });
  expect(refused.status).toBe(400);
  expect(refused.html).toContain('does not have the required permissions');
  expect(await stripe.customers.retrieve(id)).toMatchObject({ name: 'Jo' });
});

test('a test clock is advanced by its page, which looks again until it is there', async () => {
  const { stripe } = product;
  const owner = await visitor('owner');
  const clock = await startClock(stripe, '2026-03-01');
  const page = `/console/test-clocks/${clock.id}`;
  const { to, entries } = await formOf(owner, page, 'advance');
  expect((await owner.send(to, { ...entries, 'p.frozen_time': '2026-04-01' })).status).toBe(303);
  await until(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'ready');
  expect((await owner.look(page)).html).toContain('2026-04-01');
  expect((await owner.look(`/console?clock=${clock.id}`)).html).toContain('aria-current="page">');
});

test('the overview counts what waits for a person, in the mode that is shown', async () => {
  const { stripe } = product;
  const owner = await visitor('owner');
  const { customer } = await customerWith(stripe, 'pm_card_createDispute');
  await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 5000) }] });
  const { html } = await owner.look('/console');
  expect(html).toMatch(/state bad">1<\/span><span><a href="\/console\/disputes"/);
  expect(html).toContain('$50.00');
  const { entries } = await formOf(owner, '/console', 'mode');
  await owner.send('/console/mode', entries);
  expect((await owner.look('/console')).html).toContain('<strong>$0.00</strong>');
});

test('the overview has the figures of each currency, first in one that somebody pays', async () => {
  const { stripe } = product;
  const [owner, clock] = [await visitor('owner'), await startClock(stripe, '2026-03-01')];
  const buy = async (currency: string): Promise<void> => {
    const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
    await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 700, { currency }) }] });
  };
  const page = `/console?clock=${clock.id}`;
  await buy('eur');
  expect((await owner.look(page)).html).toMatch(/<strong>€7\.00<\/strong>(?!.*currency=usd)/s);
  await buy('usd');
  const { html } = await owner.look(page);
  expect(html).toContain('<strong>$7.00</strong>');
  expect(html).toContain(`href="/console?clock=${clock.id}&amp;currency=eur"`);
  expect((await owner.look(`${page}&currency=eur`)).html).toContain('<strong>€7.00</strong>');
});

test('the way to the first live sale says what is done, and what is not', async () => {
  const { stripe } = product;
  const owner = await visitor('owner');
  const doneIn = (html: string): string[] =>
    [...html.matchAll(/state good">done<\/span><span><a href="[^"]*">([^<]+)/g)].map(([, title = '']) => title);
  await priceOf(stripe);
  const before = doneIn((await owner.look('/console/go-live')).html);
  expect(before).toContain('Have a price that can be sold');
  expect(before).not.toContain('Tell your app what happens');
  await stripe.webhookEndpoints.create({ url: 'https://shop.example.com/hook', enabled_events: ['*'] });
  await product.post('/v1/account_settings', { fraud: { reviews: { owner: 'anna' } } });
  const after = doneIn((await owner.look('/console/go-live')).html);
  expect(after.filter((title) => !before.includes(title))).toEqual(['Tell your app what happens', 'Decide who reviews payments']);
});

test('what is shown only once is on the page that follows the form, and on no other', async () => {
  const owner = await visitor('owner');
  const { to, entries } = await formOf(owner, '/console/keys', 'create');
  const made = await owner.send(to, { ...entries, 'p.name': 'Reports', 'p.scopes[0]': 'invoices:read' });
  expect(made.status).toBe(200);
  const [secret = ''] = /rk_test_[A-Za-z0-9]+/.exec(made.html) ?? [];
  expect((await fetch(`${product.url}/v1/invoices`, { headers: { Authorization: `Bearer ${secret}` } })).status).toBe(200);
  expect((await fetch(`${product.url}/v1/customers`, { headers: { Authorization: `Bearer ${secret}` } })).status).toBe(403);
  const after = await owner.look('/console/keys');
  expect(after.html).toContain('Reports');
  expect(after.html).not.toContain(secret);
  expect((await owner.look('/console/audit')).html).toContain('POST /v1/api_keys');
});

test('a page of which something fails says so, with what is found in the log, and the others go on', async () => {
  const owner = await visitor('owner');
  await product.sql`alter table experiments rename to elsewhere`;
  const { status, html } = await owner.look('/console/experiments');
  expect([status, html]).toEqual([200, expect.stringMatching(/role="alert"[^>]*>An unknown error occurred[^<]*\(req_\w+\)</)]);
  const object = await owner.look('/console/experiments/exp_1');
  expect([object.status, object.html]).toEqual([500, expect.stringContaining('<a href="/console/experiments/exp_1">Try again</a>')]);
  expect((await owner.look('/console/customers')).html).not.toContain('role="alert"');
  await product.sql`alter table elsewhere rename to experiments`;
  expect((await owner.look('/console/experiments')).html).not.toContain('role="alert"');
});

test('a copy of a customer leads to its clock, also from the live data', async () => {
  const { stripe, system } = product;
  const owner = await visitor('owner');
  const subscribed = async (seller: Stripe): Promise<string> => {
    const { customer } = await customerWith(seller, null);
    const terms = { collection_method: 'send_invoice', days_until_due: 30 } as const;
    await seller.subscriptions.create({ customer, items: [{ price: await priceOf(seller, 1900) }], ...terms });
    return customer;
  };
  const customer = await subscribed(stripe);
  const copied = await formOf(owner, `/console/customers/${customer}`, 'copy');
  const { status, location } = await owner.send(copied.to, { ...copied.entries, 'p.name': 'Next year' });
  expect([status, location]).toEqual([303, expect.stringMatching(/^\/console\/test-clocks\/clock_\w+\?done=customers.copy$/)]);
  const page = await owner.look(String(location));
  expect(page.html).toContain('Next year');
  expect(page.html).toContain('Done: Copy to a test clock.');

  const { hostname: host, port } = new URL(product.url);
  const id = await subscribed(new Stripe(system.keys.live, { host, port: Number(port), protocol: 'http', telemetry: false }));
  const { entries } = await formOf(owner, '/console', 'mode');
  await owner.send('/console/mode', entries);
  const live = await formOf(owner, `/console/customers/${id}`, 'copy');
  const told = await owner.send(live.to, live.entries);
  const [, back = ''] = /name="back" value="([^"]+)"/.exec(told.html) ?? [];
  const there = await owner.send('/console/mode', { csrf: live.entries['csrf'] ?? '', mode: 'test', back });
  expect(there.location).toMatch(/^\/console\/test-clocks\/clock_/);
  expect((await owner.look(String(there.location))).status).toBe(200);
});

test('a tax registration is one entry of a form, where it is added and where a forecast compares it', async () => {
  const owner = await visitor('owner');
  const head_office = { address: { country: 'DE', postal_code: '10115' } };
  await product.stripe.tax.settings.update({ head_office, defaults: { tax_behavior: 'exclusive', tax_code: 'txcd_10103001' } });
  const send = async (place: string, of: Record<string, string>) => {
    const { to, entries } = await formOf(owner, `/console/${place}`, 'create');
    return (await owner.send(to, { ...entries, ...of })).location ?? '';
  };
  await send('tax-registrations', { 'p.country': 'US state_sales_tax TX' });
  const { data } = await product.stripe.tax.registrations.list();
  expect(data[0]).toMatchObject({ country: 'US', status: 'active', country_options: { us: { type: 'state_sales_tax', state: 'TX' } } });
  const path = await send('forecasts', { 'p.months': '1', 'p.changes[tax_registrations][0]': 'FR oss_union' });
  const { changes } = await product.get(`/v1/forecasts/${/fcst_\w+/.exec(path)?.[0] ?? ''}`);
  expect(changes).toMatchObject({ tax_registrations: [{ country: 'FR', type: 'oss_union' }] });
});
