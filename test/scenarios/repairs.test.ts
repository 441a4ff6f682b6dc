/** Many invoices were billed by a wrong price or tax: they are corrected together, each once, after a person has approved it. */
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf, refusal } from '../support/builders';
import { consoleUser } from '../support/console';
import { useProduct } from '../support/product';
import { until as untilTrue } from '../support/system';
import { startReceiver } from '../webhooks/receiver';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

interface Repair extends Record<string, unknown> {
  id: string;
  status: string;
  progress: Record<string, number>;
  amounts: Record<string, unknown>[];
}
type Item = Record<'invoice' | 'status' | 'reason' | 'credit_note' | 'new_invoice', string> &
  Record<'says' | 'would_say' | 'difference' | 'credit_note_amount' | 'new_invoice_amount', number | null>;

const ask = (path: string, params: Record<string, unknown> = {}) => product.post(path, params) as Promise<Repair>;
const repairOf = (id: string) => product.get(`/v1/repairs/${id}`) as Promise<Repair>;
const itemsOf = async (id: string, more = ''): Promise<Item[]> =>
  ((await product.get(`/v1/repair_items?repair=${id}&limit=100${more}`)) as unknown as { data: Item[] }).data;

async function until(id: string, ...statuses: string[]): Promise<Repair> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await repairOf(id);
    if (statuses.includes(found.status)) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`repair ${id} did not become ${statuses.join(' or ')}`);
}

const prepared = async (params: Record<string, unknown>): Promise<Repair> => until((await ask('/v1/repairs', params)).id, 'draft');

let finance: Awaited<ReturnType<typeof consoleUser>>;
beforeAll(async () => {
  finance = await consoleUser(product, 'finance');
});

/** What was told of a repair and its invoices, oldest first. */
async function toldOf(id: string): Promise<{ type: string; status: unknown; by: string | null }[]> {
  const types = ['repair.*', 'repair_item.*'];
  const pages = await Promise.all(types.map((type) => stripe.events.list({ type, limit: 100 })));
  const rows = await product.sql<{ id: string; seq: number }[]>`select id, seq from events where order_key = ${id} order by seq`;
  const all = pages.flatMap(({ data }) => data);
  return rows
    .flatMap((row) => all.filter((event) => event.id === row.id))
    .map(({ type, data, request }) => ({
      type,
      status: (data.object as unknown as { status: unknown }).status,
      by: request?.id ?? null,
    }));
}

/** Sends a form of the console as the page of the repair has it. */
async function submit(who: typeof finance, id: string, action: string, entries: Record<string, string> = {}) {
  const { html } = await who.browser.look(`/console/repairs/${id}`);
  const form = html.split('<form').find((each) => each.includes(`/console/repairs/${id}/${action}"`)) ?? '';
  const hidden = Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  return who.browser.send(`/console/repairs/${id}/${action}`, { ...hidden, ...entries });
}

async function approved(id: string): Promise<Repair> {
  await submit(finance, id, 'approve', { 'p.reason': 'The price list was wrong' });
  return until(id, 'completed');
}

/** A paid invoice of seats at a price, with what else the line has. */
async function billed(price: string, change: Partial<Stripe.InvoiceItemCreateParams> = {}, card: string | null = 'pm_card_visa') {
  const { customer } = await customerWith(stripe, card, {
    address: { country: 'DE', postal_code: '10115', line1: 'Weg 1', city: 'Berlin' },
  });
  await stripe.invoiceItems.create({ customer, pricing: { price }, quantity: 10, ...change });
  const { id } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include', auto_advance: false });
  await stripe.invoices.finalizeInvoice(id);
  if (card !== null) await stripe.invoices.pay(id);
  return { customer, invoice: id };
}

const seat = (amount: number) => priceOf(stripe, amount, { recurring: undefined });
const rate = (percentage: number, inclusive = false) => stripe.taxRates.create({ display_name: 'VAT', percentage, inclusive });

test('a price that was too high: each invoice gets a note for the difference, once, and nothing changes before a person approves', async () => {
  const price = await seat(1500);
  const { id: vat } = await rate(19);
  const paid = await billed(price, { tax_rates: [vat] });
  const unpaid = await billed(price, {}, null);
  const inbox = await startReceiver();
  const heard = ['repair.approved', 'repair_item.corrected', 'repair.completed'] as unknown as ['*'];
  const { id: endpoint } = await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: heard });
  const draft = await prepared({
    ...{ 'select[price]': price, 'correction[unit_amount_decimal]': '1200', give_back: 'refund', description: 'Old price list' },
  });
  expect(draft).toMatchObject({
    ...{ object: 'repair', status: 'draft', progress: { total: 2, planned: 2, blocked: 0 }, approved_by: null },
    amounts: [{ currency: 'usd', says: 32_850, would_say: 26_280, difference: -6570, credit_notes: 6570, new_invoices: 0 }],
  });
  expect(await itemsOf(draft.id)).toMatchObject([
    { invoice: unpaid.invoice, status: 'planned', says: 15_000, would_say: 12_000, difference: -3000, new_invoice_amount: null },
    { invoice: paid.invoice, status: 'planned', says: 17_850, would_say: 14_280, difference: -3570, credit_note_amount: 3570 },
  ]);
  expect(await refusal(ask(`/v1/repairs/${draft.id}/approve`, { reason: 'Because' }))).toMatchObject({ statusCode: 403 });
  expect((await stripe.creditNotes.list()).data).toEqual([]);

  const done = await approved(draft.id);
  expect(done).toMatchObject({ progress: { corrected: 2 }, approved_by: finance.id, reason: 'The price list was wrong' });
  expect(await toldOf(draft.id)).toEqual([
    { type: 'repair.created', status: 'preparing', by: expect.any(String) as unknown },
    { type: 'repair.prepared', status: 'draft', by: null },
    { type: 'repair.approved', status: 'running', by: expect.any(String) as unknown },
    { type: 'repair_item.corrected', status: 'corrected', by: null },
    { type: 'repair_item.corrected', status: 'corrected', by: null },
    { type: 'repair.completed', status: 'completed', by: null },
  ]);
  await untilTrue(() => inbox.received.length === 4);
  await stripe.webhookEndpoints.del(endpoint);
  await inbox.close();
  const notes = (await stripe.creditNotes.list({ invoice: paid.invoice })).data;
  expect(notes).toMatchObject([{ total: 3570, total_excluding_tax: 3000, post_payment_amount: 3570 }]);
  expect((await stripe.refunds.list({})).data).toMatchObject([{ amount: 3570 }]);
  expect(await stripe.invoices.retrieve(unpaid.invoice)).toMatchObject({ status: 'open', amount_remaining: 12_000 });
  expect(await refusal(ask(`/v1/repairs/${draft.id}/retry`))).toMatchObject({
    message: expect.stringContaining('no failed invoices') as unknown,
  });
});

test('a price that was too low: the whole invoice is credited and billed again; only the difference is charged', async () => {
  const price = await seat(500);
  const { customer, invoice } = await billed(price);
  const draft = await prepared({ 'select[price]': price, 'correction[unit_amount_decimal]': '550.5', give_back: 'customer_balance' });
  expect(await itemsOf(draft.id)).toMatchObject([{ says: 5000, would_say: 5505, credit_note_amount: 5000, new_invoice_amount: 5505 }]);
  const [item] = (await approved(draft.id)).id === draft.id ? await itemsOf(draft.id) : [];
  const corrected = await insisting(
    () => stripe.invoices.retrieve(item?.new_invoice ?? ''),
    ({ status }) => status === 'paid',
  );
  expect(corrected).toMatchObject({
    ...{ total: 5505, starting_balance: -5000, amount_due: 505, amount_paid: 505, from_invoice: { action: 'revision', invoice } },
  });
  expect(corrected.lines.data).toMatchObject([{ amount: 5505, quantity: 10 }]);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', latest_revision: corrected.id });
  expect((await stripe.charges.list({ customer })).data.map(({ amount }) => amount)).toEqual([505, 5000]);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
});

async function insisting<T>(look: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await look();
    if (isThere(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return look();
}

test('a wrong tax rate, and customers who owe no tax', async () => {
  const price = await seat(1000);
  const [wrong, right] = [await rate(20), await rate(7)];
  const first = await billed(price, { tax_rates: [wrong.id] });
  const lowered = await prepared({ 'select[tax_rate]': wrong.id, 'correction[tax_rate]': right.id, give_back: 'refund' });
  expect(await itemsOf(lowered.id)).toMatchObject([{ invoice: first.invoice, says: 12_000, would_say: 10_700, difference: -1300 }]);
  await approved(lowered.id);
  const [item] = await itemsOf(lowered.id);
  const next = await insisting(
    () => stripe.invoices.retrieve(item?.new_invoice ?? ''),
    ({ status }) => status === 'paid',
  );
  expect(next).toMatchObject({ total: 10_700, total_taxes: [{ amount: 700, tax_rate_details: { tax_rate: right.id } }], amount_due: 0 });
  expect((await stripe.refunds.list({ limit: 1 })).data).toMatchObject([{ amount: 1300 }]);

  const inclusive = await rate(25, true);
  const exempt = await billed(price, { tax_rates: [inclusive.id] });
  const freed = await prepared({ 'select[customer]': exempt.customer, 'correction[tax_exempt]': 'reverse', give_back: 'out_of_band' });
  expect(await itemsOf(freed.id)).toMatchObject([{ says: 10_000, would_say: 8000, credit_note_amount: 10_000, new_invoice_amount: 8000 }]);
  await approved(freed.id);
  const [reversed] = await itemsOf(freed.id);
  expect(await stripe.invoices.retrieve(reversed?.new_invoice ?? '')).toMatchObject({
    total: 8000,
    total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge' }],
  });
});

test('the invoice of a subscription is corrected for its subscription, and a part of a period stays that part', async () => {
  const [wrong, right] = [await priceOf(stripe, 3000), await priceOf(stripe, 4500)];
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: wrong, quantity: 2 }] });
  const foreign = { 'select[price]': wrong, 'correction[price]': right, give_back: 'refund' };
  expect(await refusal(ask('/v1/repairs', foreign))).toMatchObject({ param: 'correction[price]' });
  const { product: of } = await stripe.prices.retrieve(wrong);
  const { id: same } = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 4500,
    recurring: { interval: 'month' },
    product: of as string,
  });
  const draft = await prepared({ 'select[price]': wrong, 'correction[price]': same, give_back: 'refund' });
  await approved(draft.id);
  const [item] = await itemsOf(draft.id);
  const next = await insisting(
    () => stripe.invoices.retrieve(item?.new_invoice ?? ''),
    ({ status }) => status === 'paid',
  );
  expect(next).toMatchObject({ total: 9000, amount_due: 3000, parent: { subscription_details: { subscription: subscription.id } } });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: 'active',
    latest_invoice: subscription.latest_invoice,
  });
});

test('what cannot be corrected by rule is blocked with its reason; what has changed since is left alone, and what failed can be tried again', async () => {
  const price = await seat(2000);
  const [credited, changed, failing, fine] = [await billed(price), await billed(price, {}, null), await billed(price), await billed(price)];
  await stripe.creditNotes.create({ invoice: credited.invoice, amount: 100, credit_amount: 100 });
  const draft = await prepared({ 'select[price]': price, 'correction[unit_amount_decimal]': '1900', give_back: 'refund' });
  expect(draft.progress).toMatchObject({ total: 4, planned: 3, blocked: 1 });
  expect(await itemsOf(draft.id, '&status=blocked')).toMatchObject([
    { invoice: credited.invoice, reason: `Invoice ${credited.invoice} cannot be corrected, because it has a credit note.` },
  ]);
  await stripe.invoices.pay(changed.invoice, { paid_out_of_band: true });
  await product.sql`update customers set deleted = true where id = ${failing.customer}`;
  const done = await approved(draft.id);
  expect(done.progress).toMatchObject({ corrected: 1, changed: 1, failed: 1, blocked: 1 });
  expect(await itemsOf(draft.id, '&status=changed')).toMatchObject([{ invoice: changed.invoice, credit_note: null }]);
  expect(await itemsOf(draft.id, '&status=corrected')).toMatchObject([{ invoice: fine.invoice }]);
  await product.sql`update customers set deleted = false where id = ${failing.customer}`;
  await ask(`/v1/repairs/${draft.id}/retry`);
  expect((await until(draft.id, 'completed')).progress).toMatchObject({ corrected: 2, failed: 0 });
  expect((await stripe.creditNotes.list({ invoice: failing.invoice })).data).toHaveLength(1);
  const told = (await toldOf(draft.id)).map(({ type }) => type);
  expect(told.slice(0, 3)).toEqual(['repair.created', 'repair.prepared', 'repair.approved']);
  expect(told.slice(3, 6).sort()).toEqual(['repair_item.changed', 'repair_item.corrected', 'repair_item.failed']);
  expect(told.slice(6)).toEqual(['repair.completed', 'repair.retried', 'repair_item.corrected', 'repair.completed']);
});

test('it is paused, resumed and canceled between invoices; two persons approve where the account demands it', async () => {
  const price = await seat(700);
  for (let made = 0; made < 6; made += 1) await billed(price, {}, null);
  const params = { 'select[price]': price, 'correction[unit_amount_decimal]': '600', give_back: 'refund' };
  await product.post('/v1/account_settings', { repairs: { approval: 'two_persons' } });
  const entries = Object.fromEntries(Object.entries(params).map(([name, value]) => [`p.${name}`, value]));
  const { html } = await finance.browser.look('/console/repairs');
  const hidden = Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const { location } = await finance.browser.send('/console/repairs/create', { ...hidden, ...entries });
  const id = /repair_\w+/.exec(location ?? '')?.[0] ?? '';
  await until(id, 'draft');
  expect((await submit(finance, id, 'approve', { 'p.reason': 'Mine' })).html).toContain('Another person has to approve');
  const owner = await consoleUser(product, 'owner');
  await submit(owner, id, 'approve', { 'p.reason': 'Seen' });
  const paused = await ask(`/v1/repairs/${id}/pause`).catch(() => until(id, 'completed'));
  if (paused.status === 'paused') {
    const before = await settledAt(id);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await repairOf(id)).progress).toEqual(before);
    await ask(`/v1/repairs/${id}/resume`);
    expect((await toldOf(id)).map(({ type }) => type)).toEqual(expect.arrayContaining(['repair.paused', 'repair.resumed']));
  }
  expect((await until(id, 'completed')).progress).toMatchObject({ corrected: 6 });
  expect(await product.get('/v1/repairs?status=completed&limit=1')).toMatchObject({ data: [{ id }], has_more: true });
  await product.post('/v1/account_settings', { repairs: { approval: 'one_person' } });
  const other = await prepared({ ...params, 'correction[unit_amount_decimal]': '500', 'select[currency]': 'usd' });
  expect(other.progress).toMatchObject({ blocked: 6 });
  expect(await ask(`/v1/repairs/${other.id}/cancel`)).toMatchObject({ status: 'canceled' });
  expect((await toldOf(other.id)).at(-1)).toMatchObject({ type: 'repair.canceled', status: 'canceled' });
  expect(await refusal(ask(`/v1/repairs/${other.id}/pause`))).toMatchObject({ param: 'id' });
});

/** What is under way when the pause comes is done to its end. */
async function settledAt(id: string): Promise<Record<string, number>> {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return (await repairOf(id)).progress;
}

test('a repair names what it replaces, and selects something', async () => {
  const price = await seat(100);
  const none = { 'select[price]': price, 'correction[unit_amount_decimal]': '90', give_back: 'refund' };
  expect(await refusal(ask('/v1/repairs', none))).toMatchObject({ param: 'select' });
  expect(
    await refusal(ask('/v1/repairs', { 'select[currency]': 'usd', 'correction[unit_amount_decimal]': '90', give_back: 'refund' })),
  ).toMatchObject({
    param: 'select[price]',
  });
  expect(await refusal(ask('/v1/repairs', { ...none, 'correction[tax]': 'recalculate' }))).toMatchObject({ code: 'parameters_exclusive' });
  expect(await refusal(ask('/v1/repairs', { 'select[price]': price, give_back: 'refund' }))).toMatchObject({ param: 'correction' });
});
