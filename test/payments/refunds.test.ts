import { customerWith, eventsOf, refusal, typesOf } from '../support/builders';
import { startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();

const pay = async (card: string, change: Record<string, unknown> = {}): Promise<string> => {
  const intent = await product.stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'usd', payment_method: card, confirm: true },
    ...change,
  });
  return intent.latest_charge as string;
};
const payOnClock = async (card: string) => {
  const clock = await startClock(product.stripe, '2026-01-01');
  const { customer, card: method } = await customerWith(product.stripe, card, { test_clock: clock.id });
  return { clock, charge: await pay(method ?? '', { customer }) };
};

test('a charge is refunded in parts, never more than its amount', async () => {
  const { stripe } = product;
  const charge = await pay('pm_card_visa');
  expect(await stripe.refunds.create({ charge, amount: 500 })).toMatchObject({ status: 'succeeded', amount: 500 });
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 500, refunded: false });
  expect((await refusal(stripe.refunds.create({ charge, amount: 1501 }))).statusCode).toBe(400);
  await stripe.refunds.create({ charge });
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 2000, refunded: true });
  expect((await refusal(stripe.refunds.create({ charge }))).code).toBe('charge_already_refunded');
});

test('older clients refund under the charge: the same refunds, no more than is left, and only of this charge', async () => {
  const [charge, other] = [await pay('pm_card_visa'), await pay('pm_card_visa')];
  const refund = await product.post(`/v1/charges/${charge}/refunds`, { amount: 500, metadata: { why: 'late' } });
  expect(refund).toMatchObject({ object: 'refund', amount: 500, charge, metadata: { why: 'late' } });
  const id = String(refund['id']);
  expect(await product.get(`/v1/charges/${charge}/refunds/${id}`)).toMatchObject({ id: refund['id'] });
  expect(await product.post(`/v1/charges/${charge}/refunds/${id}`, { metadata: { why: 'broken' } })).toMatchObject({
    metadata: { why: 'broken' },
  });
  expect((await refusal(product.get(`/v1/charges/${other}/refunds/${id}`))).statusCode).toBe(404);
  expect((await refusal(product.post(`/v1/charges/${charge}/refund`, { amount: 1501 }))).statusCode).toBe(400);
  const refunded = await product.post(`/v1/charges/${charge}/refund`);
  expect(refunded).toMatchObject({ id: charge, object: 'charge', amount_refunded: 2000, refunded: true });
  expect(await product.get(`/v1/charges/${charge}/refunds`)).toMatchObject({ data: [{ amount: 1500 }, { amount: 500 }] });
  expect(await product.get(`/v1/charges/${other}/refunds`)).toMatchObject({ data: [] });
});

test('older clients read the movements of funds as balance/history', async () => {
  const charge = await pay('pm_card_visa');
  const { data } = (await product.get(`/v1/balance/history?source=${charge}`)) as { data: { id: string; amount: number }[] };
  expect(data).toMatchObject([{ amount: 2000 }]);
  expect(await product.get(`/v1/balance/history/${data[0]?.id ?? ''}`)).toMatchObject({ object: 'balance_transaction', source: charge });
});

test('concurrent refunds do not exceed the charge, also without a customer', async () => {
  const charge = await pay('pm_card_visa');
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => product.stripe.refunds.create({ charge, amount: 900 })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect((await product.stripe.charges.retrieve(charge)).amount_refunded).toBe(1800);
});

test('a pending refund reduces the refundable amount at once, and succeeds a day later', async () => {
  const { stripe } = product;
  const { clock, charge } = await payOnClock('pm_card_pendingRefund');
  const { id, status } = await stripe.refunds.create({ charge, amount: 1500 });
  expect(status).toBe('pending');
  expect((await refusal(stripe.refunds.create({ charge, amount: 501 }))).statusCode).toBe(400);
  await clock.to('2026-01-03');
  expect((await stripe.refunds.retrieve(id)).status).toBe('succeeded');
});

test('a pending refund can be canceled, a completed one cannot', async () => {
  const { stripe } = product;
  const { charge } = await payOnClock('pm_card_pendingRefund');
  const { id } = await stripe.refunds.create({ charge });
  expect((await stripe.refunds.cancel(id)).status).toBe('canceled');
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
  expect((await refusal(stripe.refunds.cancel(id))).statusCode).toBe(400);
});

test('a failed refund makes its amount refundable again, and returns the money to the account', async () => {
  const { stripe } = product;
  const { clock, charge } = await payOnClock('pm_card_refundFail');
  const { id, status } = await stripe.refunds.create({ charge });
  expect(status).toBe('succeeded');
  await clock.to('2026-01-03');
  const refund = await stripe.refunds.retrieve(id, { expand: ['failure_balance_transaction'] });
  expect(refund).toMatchObject({
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
    failure_balance_transaction: { amount: 2000, type: 'refund_failure' },
  });
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
  const own = (await eventsOf(stripe)).filter(({ data }) => (data.object as { id: string }).id === id);
  expect(typesOf(own)).toEqual([
    'refund.created',
    'charge.refund.updated',
    'refund.updated',
    'charge.refund.updated',
    'refund.updated',
    'refund.failed',
  ]);
  const [books] = await product.sql`
    select coalesce(sum(amount), 0)::int as refunds from ledger_entries e join ledger_transactions t on t.id = e.transaction
    where t.source = ${id} and ledger_account = 'refunds'`;
  expect(books?.['refunds']).toBe(0);
});

test('a lost answer causes no second refund', async () => {
  const charge = await pay('pm_card_visa', { amount: 3333 });
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'lose_answer', count: 4, match: '3333' });
  const refund = await product.stripe.refunds.create({ charge });
  expect((await product.stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  expect(await product.sql`select 1 from balance_transactions where source = ${refund.id}`).toHaveLength(1);
});
