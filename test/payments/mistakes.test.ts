/** Bugs in Dunlin on the way to a processor: only that entity is held, with its reason, and continues when it is released. */
import type Stripe from 'stripe';
import { refusal } from '../support/builders';
import { startProduct, type Product } from '../support/product';
import { until } from '../support/system';

let product: Product;
let stripe: Stripe;
beforeAll(async () => {
  product = await startProduct();
  ({ stripe } = product);
  await product.sql.unsafe(`
    create table broken_operations (kind text primary key);
    create function break_operation() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from broken_operations b where b.kind = new.kind) then raise exception 'broken on purpose'; end if;
      return new;
    end $$;
    create trigger break_operation before insert on sandbox_operations for each row execute function break_operation()`);
}, 120_000);
afterAll(() => product.stop());

const breaks = (kind: string) => product.sql`insert into broken_operations values (${kind})`;
const mend = () => product.sql`delete from broken_operations`;

interface Held {
  id: string;
  workflow: string;
  step: string;
  failure: { message: string };
}

const held = async () => (await product.get('/v1/held')) as unknown as { data: Held[] };

async function releaseWhenHeld(workflow: string, step: string): Promise<void> {
  const found = await until(async () => (await held()).data.find((each) => each.workflow === workflow), { what: 'the hold' });
  expect(found).toMatchObject({ step, failure: { message: 'Postgres P0001' } });
  await mend();
  await product.post(`/v1/held/${found.id}/release`);
  await until(async () => (await held()).data.length === 0, { what: 'the end of the hold' });
}

const authorized = () =>
  stripe.paymentIntents.create({ amount: 2000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, capture_method: 'manual' });

test('a capture that fails because of a bug is held, its caller gets an error, and it is made once after a release', async () => {
  const { id } = await authorized();
  await breaks('capture');
  expect(await refusal(stripe.paymentIntents.capture(id))).toMatchObject({ statusCode: 500 });
  await releaseWhenHeld(`payment/${id}`, 'recordCapture');
  await until(async () => (await stripe.paymentIntents.retrieve(id)).status === 'succeeded', { what: 'the capture' });
  expect(await product.sql`select 1 from sandbox_operations where kind = 'capture' and key like ${`${id}%`}`).toHaveLength(1);
});

test('a release of an authorization that fails because of a bug is held, and made after a release of the hold', async () => {
  const { id } = await authorized();
  await breaks('cancel');
  expect(await refusal(stripe.paymentIntents.cancel(id))).toMatchObject({ statusCode: 500 });
  await releaseWhenHeld(`payment/${id}`, 'recordCancellation');
  await until(async () => (await stripe.paymentIntents.retrieve(id)).status === 'canceled', { what: 'the cancellation' });
});

test('a charge that fails because of a bug reads processing, is held, and is made once after a release', async () => {
  await breaks('charge');
  const charged = stripe.paymentIntents.create({ amount: 2000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true });
  expect(await refusal(charged)).toMatchObject({ statusCode: 500 });
  const { id, status } = (await stripe.paymentIntents.list({ limit: 1 })).data[0] as Stripe.PaymentIntent;
  expect(status).toBe('processing');
  await releaseWhenHeld(`payment/${id}`, 'recordPayment');
  await until(async () => (await stripe.paymentIntents.retrieve(id)).status === 'succeeded', { what: 'the payment' });
  expect((await stripe.charges.list({ payment_intent: id })).data.map(({ amount }) => amount)).toEqual([2000]);
});

test('a refund that fails because of a bug is pending and held, and is made once after a release', async () => {
  const intent = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true });
  await breaks('refund');
  expect(await refusal(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({ statusCode: 500 });
  const { id, status } = (await stripe.refunds.list({ limit: 1 })).data[0] as Stripe.Refund;
  expect(status).toBe('pending');
  await releaseWhenHeld(`refund/${id}`, 'recordRefund');
  await until(async () => (await stripe.refunds.retrieve(id)).status === 'succeeded', { what: 'the refund' });
});

test('evidence that is not sent because of a bug is held, and sent once after a release', async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    payment_method: 'pm_card_createDispute',
    confirm: true,
  });
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
  await breaks('evidence');
  const submitted = stripe.disputes.update(dispute?.id ?? '', { evidence: { uncategorized_text: 'winning_evidence' }, submit: true });
  expect(await refusal(submitted)).toMatchObject({ statusCode: 500 });
  await releaseWhenHeld(`dispute/${dispute?.id ?? ''}`, 'recordSubmission');
  await until(async () => (await stripe.disputes.retrieve(dispute?.id ?? '')).evidence_details.submission_count === 1, { what: 'it' });
});
