/** Rows that several writers change at once, each under its own lock: no writer overwrites another's change. */
import type { Sql } from '../../db/connect';
import { customerWith, priceOf } from '../support/builders';
import { useProduct } from '../support/product';
import { sessionsThatWait } from '../support/stack';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;

const settings = () => product.get('/v1/account_settings');

async function draft(): Promise<string> {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id } = await stripe.invoices.create({ customer, auto_advance: false });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 500, currency: 'usd' });
  return id;
}

/** Another transaction holds the row, and changes it when the call waits for it: what the call has read of the row is old by then. */
async function whileWaiting<T>(
  lock: (tx: Sql) => Promise<unknown>,
  call: () => Promise<T>,
  change: (tx: Sql) => Promise<unknown>,
): Promise<T> {
  let called: Promise<T> | undefined;
  await product.sql.begin(async (tx) => {
    await lock(tx as unknown as Sql);
    called = call();
    await until(async () => (await sessionsThatWait(product.sql)) > 0, { what: 'the call to wait' });
    await change(tx as unknown as Sql);
  });
  return called as Promise<T>;
}

test('finalizing an invoice with an account-wide number takes the number and does not overwrite a concurrent change of the settings', async () => {
  await product.post('/v1/account_settings', { invoices: { numbering: 'account', prefix: 'FIRST' } });
  const invoice = await draft();
  const { account } = product;
  const finalized = await whileWaiting(
    (tx) => tx`select 1 from accounts where id = ${account} for no key update`,
    () => stripe.invoices.finalizeInvoice(invoice),
    (tx) => tx`update accounts set settings = jsonb_set(settings, '{test,invoices,prefix}', '"SECOND"') where id = ${account}`,
  );
  expect(await settings()).toMatchObject({ invoices: { numbering: 'account', prefix: 'SECOND' } });
  expect(finalized.number).toBe('SECOND-0001');
});

test('invoices of many customers that are finalized at once are numbered without a gap, and none is held', async () => {
  await product.post('/v1/account_settings', { invoices: { numbering: 'account', prefix: 'MANY' } });
  const [{ from }] = await product.sql<[{ from: number }]>`select next_test_invoice_sequence::integer as from from accounts`;
  const drafts = await Promise.all(Array.from({ length: 16 }, draft));
  const numbers = (await Promise.all(drafts.map((id) => stripe.invoices.finalizeInvoice(id)))).map(({ number }) => number);
  const expected = Array.from(drafts, (_, index) => `MANY-${String(from + index).padStart(4, '0')}`);
  expect([...numbers].sort()).toEqual(expected);
  expect(await product.sql`select subject, error from held`).toEqual([]);
});

test('moving a lookup key to another price does not overwrite a concurrent change of the price that had it', async () => {
  const price = await priceOf(stripe, 1000, { lookup_key: 'pro', nickname: 'old' });
  const next = await whileWaiting(
    (tx) => tx`select 1 from prices where id = ${price} for no key update`,
    () => priceOf(stripe, 2000, { lookup_key: 'pro', transfer_lookup_key: true }),
    (tx) => tx`update prices set nickname = 'new' where id = ${price}`,
  );
  expect(await stripe.prices.retrieve(price)).toMatchObject({ nickname: 'new', lookup_key: null });
  expect(await stripe.prices.retrieve(next)).toMatchObject({ lookup_key: 'pro' });
});
