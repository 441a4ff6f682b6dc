/** What falls due while Postgres is away is in postgres.slow.test.ts. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import { startCutOff, type CutOff } from './trials';

let cutOff: CutOff;
beforeAll(async () => {
  cutOff = await startCutOff();
}, 120_000);
afterAll(() => cutOff.stop());

test('a fraud step that cannot read its facts waits for Postgres, and the card is charged once', async () => {
  const { stripe, database } = cutOff.system;
  const customer = await stripe.customers.create({ name: 'Waits' });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  const intent = await stripe.paymentIntents.create({ customer: customer.id, amount: 1500, currency: 'usd', payment_method: card.id });
  // The commit that opens the attempt passes; what the fraud step reads after it is locked away.
  await database.sql.unsafe(`
    create function hide_methods() returns trigger language plpgsql as $$ begin perform pg_notify('opened', new.id); return null; end $$;
    create trigger hide_methods after insert on payment_attempts for each row execute function hide_methods()`);
  const locker = await database.sql.reserve();
  let confirmed: Promise<Stripe.PaymentIntent> | null = null;
  const listening = await database.sql.listen('opened', () => {
    void locker`begin`.then(() => locker`lock table payment_attempts in access exclusive mode`);
  });
  confirmed = stripe.paymentIntents.confirm(intent.id, {}, { timeout: 60_000 });
  await sleep(9_000);
  await locker`commit`;
  locker.release();
  expect((await confirmed).status).toBe('succeeded');
  const charges = await stripe.charges.list({ customer: customer.id });
  expect(charges.data.map(({ amount, status }) => [amount, status])).toEqual([[1500, 'succeeded']]);
  await listening.unlisten();
}, 90_000);
