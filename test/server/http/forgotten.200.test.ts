import { customerWith, priceOf } from '../../support/builders';
import { useProduct } from '../../support/product';
import { updateSubscriptionUpdate } from '../../../workflows/contract';

const product = useProduct();

test('a change whose request was removed before its workflow reached it is refused once, and delays nothing', async () => {
  const { stripe, system, account } = product;
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  const entity = { kind: 'subscription' as const, subject: id, account, livemode: false, customer, testClock: null };
  const message = { commitKey: 'req_forgotten', now: Math.floor(Date.now() / 1000) };
  const answer = await system.deps.changes.change(entity, updateSubscriptionUpdate, message);
  expect(answer).toMatchObject({ failure: null, refusal: { code: 'lock_timeout' } });
  const { metadata } = await stripe.subscriptions.update(id, { metadata: { still: 'alive' } });
  expect(metadata).toEqual({ still: 'alive' });
});

test('an answered request is marked as such, with a key or without, and then kept for two days', async () => {
  const { stripe, system, sql } = product;
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  await sql`delete from requests`;
  await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] }, { idempotencyKey: 'kept' });
  await fetch(`${system.url}/v1/payment_intents`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${system.keys.test}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'amount=100&currency=usd',
  });
  const rows = await sql`
    select idempotency_key, status, response is null as "isWithoutResponse", finished_at is null as "isUnfinished" from requests
    where path in ('/v1/subscriptions', '/v1/payment_intents') order by path`;
  expect(rows).toEqual([
    { idempotencyKey: null, status: 200, isWithoutResponse: true, isUnfinished: false },
    { idempotencyKey: 'kept', status: 200, isWithoutResponse: false, isUnfinished: false },
  ]);
});
