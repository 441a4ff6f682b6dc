/** The database restored from a dump, and a Temporal that knows nothing of it. */
import { connect, type Sql } from '../../db/connect';
import { expectAllDone, expectSound, prepare } from './outage';
import { startPlant, type Plant } from './plant';
import { insist, until } from './stack';
import { finalizeAt, monthly, nowSeconds, renewalOf, untilPaid } from './world';

const DAY = 86_400;

let plant: Plant;
jest.setTimeout(600_000);
beforeAll(async () => {
  plant = await startPlant();
}, 240_000);
afterAll(() => plant.stop(), 120_000);

async function asAdministrator<T>(work: (sql: Sql) => Promise<T>, database = 'postgres'): Promise<T> {
  const sql = connect(plant.administratorUrl(database), { max: 1, name: 'chaos-administrator' });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A copy of the database as it is; those who are connected are sent away for it, and come back. */
async function dump(): Promise<void> {
  await plant.rebuild(() =>
    asAdministrator((sql) => sql.unsafe('create database dump template dunlin owner dunlin').then(() => undefined)),
  );
}

/**
 * What a processor has done since the dump stays done: it keeps its own memory, which here is a table.
 */
async function restore(): Promise<void> {
  const operations = await asAdministrator((sql) => sql<Record<string, never>[]>`select * from sandbox_operations`, 'dunlin');
  await asAdministrator(async (sql) => {
    await sql.unsafe('drop database dunlin');
    await sql.unsafe('alter database dump rename to dunlin');
  });
  await asAdministrator(async (sql) => {
    for (const operation of operations) await sql`insert into sandbox_operations ${sql(operation)} on conflict do nothing`;
  }, 'dunlin');
}

test('after a restore from a dump with an empty Temporal, renewals, trials, payments, dunnings and clocks continue, and nothing is charged twice', async () => {
  const price = await monthly(plant.stack);
  const { stripe } = plant.stack;
  const clock = await insist(() => stripe.testHelpers.testClocks.create({ frozen_time: nowSeconds() }));
  const onClock = await insist(() => stripe.customers.create({ name: 'On a clock', test_clock: clock.id }));
  const card = await insist(() => stripe.paymentMethods.attach('pm_card_visa', { customer: onClock.id }));
  const { id: year } = await stripe.subscriptions.create({ customer: onClock.id, items: [{ price }], default_payment_method: card.id });
  const at = nowSeconds() + 110;
  const due = await prepare(plant.stack, price, { each: 3, at });
  await dump();

  // What comes after the dump is lost to the books, not to the processor: half of what was due was charged.
  await expectAllDone(plant.stack, due);
  const charged = await plant.stack.sql<{ key: string }[]>`select key from sandbox_operations where kind = 'charge'`;
  await plant.rebuild(async () => {
    await plant.loseTemporal();
    await restore();
  });
  const { stack } = plant;
  const startedAt = Date.now();
  await expectAllDone(stack, due);
  process.stderr.write(`a dump without Temporal: what was due is done ${((Date.now() - startedAt) / 1000).toFixed(0)} s after the start\n`);
  // Asked again under the same keys, the processor gave its first answers.
  const again = await stack.sql<{ key: string }[]>`select key from sandbox_operations where kind = 'charge'`;
  expect(again.map(({ key }) => key).sort()).toEqual(charged.map(({ key }) => key).sort());

  // Work continues: the next draft, a paid dunning, and a clock.
  for (const one of due.trying) {
    const { id } = await renewalOf(stack, one);
    await finalizeAt(stack, id, nowSeconds());
    await untilPaid(stack, id);
  }
  for (const { customer, invoice } of due.failing) {
    const good = await insist(() => stack.stripe.paymentMethods.attach('pm_card_mastercard', { customer }));
    await insist(() => stack.stripe.customers.update(customer, { invoice_settings: { default_payment_method: good.id } }));
    await untilPaid(stack, invoice);
  }
  await insist(() => stack.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: clock.frozen_time + 65 * DAY }));
  await until(async () => (await stack.stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'ready', { what: 'the clock' });
  expect((await stack.stripe.invoices.list({ subscription: year })).data.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
  await expectSound(stack);
});
