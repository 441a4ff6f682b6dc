/** A repair whose processes are killed in the middle of it: each invoice is corrected once, and none is forgotten. */
import { consoleUser } from '../support/console';
import { contradictions } from './books';
import { holdCommit, installHolds } from './hold';
import { insist, startStack, until, type ChaosStack } from './stack';

let stack: ChaosStack;
jest.setTimeout(300_000);
beforeAll(async () => {
  stack = await startStack({ DATABASE_POOL: '30' });
  await installHolds(stack.sql);
}, 240_000);
afterAll(() => stack.stop());
afterEach(async () => {
  expect(await insist(() => contradictions(stack.sql))).toEqual([]);
});

const INVOICES = 12;

interface Repair {
  id: string;
  status: string;
  progress: Record<string, number>;
}
const ask = (method: 'GET' | 'POST', path: string, params?: Record<string, unknown>) =>
  stack.stripe.rawRequest(method, path, params) as Promise<unknown> as Promise<Repair>;

/** Open invoices of a price that was too low, so that each gets a note and a new invoice. */
async function billed(unitAmount: number): Promise<string> {
  const { stripe } = stack;
  const price = await stripe.prices.create({ currency: 'usd', unit_amount: unitAmount, product_data: { name: 'Seat' } });
  for (let made = 0; made < INVOICES; made += 1) {
    const { id: customer } = await stripe.customers.create({ name: 'Ada' });
    await stripe.invoiceItems.create({ customer, pricing: { price: price.id }, quantity: 3 });
    const { id } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include', auto_advance: false });
    await stripe.invoices.finalizeInvoice(id);
    await stripe.invoices.pay(id, { paid_out_of_band: true });
  }
  return price.id;
}

test.each([
  ['worker', 'lose', 1501],
  ['worker', 'keep', 1502],
  ['temporal', 'keep', 1503],
] as const)(
  'the %s killed at the commit of a correction (%s): every invoice has one note and one new invoice',
  async (victim, fate, amount) => {
    const { sql, url } = stack;
    const price = await billed(amount);
    const terms = { select: { price }, correction: { unit_amount_decimal: String(amount + 100) }, give_back: 'customer_balance' };
    const { id } = await ask('POST', '/v1/repairs', terms);
    const now = (): Promise<Repair> => ask('GET', `/v1/repairs/${id}`);
    await until(async () => (await now()).status === 'draft', { what: 'the dry run' });
    const { id: account } = await stack.stripe.accounts.retrieveCurrent();
    const { browser } = await consoleUser({ sql, url, account }, 'finance', `${victim}-${fate}@example.com`);
    const { html } = await browser.look(`/console/repairs/${id}`);
    const form = html.split('<form').find((each) => each.includes(`${id}/approve"`)) ?? '';
    const hidden = Object.fromEntries(
      [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const hold = await holdCommit(sql, `repair/${id}`, 'correctInvoice');
    await browser.send(`/console/repairs/${id}/approve`, { ...hidden, 'p.reason': 'Too low' });
    await hold.reached();
    await stack.replace(victim);
    await hold[fate]();
    await until(async () => (await now()).status === 'completed', { what: 'the end of the repair', timeoutMs: 180_000, everyMs: 500 });
    expect((await now()).progress).toMatchObject({ corrected: INVOICES, failed: 0, changed: 0 });
    const made = await sql<{ notes: number; invoices: number; total: number }[]>`
    select (select count(*)::int from credit_notes n where n.invoice = i.invoice) as notes,
      (select count(*)::int from invoices v where v.from_invoice = i.invoice) as invoices,
      (select sum(total)::int from invoices v where v.from_invoice = i.invoice) as total
    from repair_items i where i.repair = ${id}`;
    expect(made).toEqual(Array.from({ length: INVOICES }, () => ({ notes: 1, invoices: 1, total: 3 * (amount + 100) })));
    await until(
      async () =>
        (
          await sql`select 1 from invoices where status = 'draft' and from_invoice in (select invoice from repair_items where repair = ${id})`
        ).length === 0,
      { what: 'final invoices', timeoutMs: 120_000 },
    );
  },
);
