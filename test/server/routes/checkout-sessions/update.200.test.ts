import type Stripe from 'stripe';
import { priceOf, refusal } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

const priced = async (amount: number, currency = 'usd') =>
  (await stripe.prices.create({ currency, unit_amount: amount, product_data: { name: `Item of ${String(amount)}` } })).id;

const open = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
  stripe.checkout.sessions.create({ mode: 'payment', success_url: 'https://shop.example.com/thanks', ...params });

const linesOf = async (session: string) => (await stripe.checkout.sessions.listLineItems(session)).data;

test('an open session sells another list: a line is kept by its id, a new one is added, and a missing one is removed', async () => {
  const [book, pen, bag] = await Promise.all([priced(500), priced(200), priced(900)]);
  const session = await open({
    line_items: [
      { price: book, quantity: 1, metadata: { shelf: 'a' } },
      { price: pen, quantity: 3 },
    ],
    metadata: { cart: '7' },
  });
  expect(session.amount_total).toBe(1100);
  const [kept] = await linesOf(session.id);
  const changed = await stripe.checkout.sessions.update(session.id, {
    line_items: [
      { price: bag, quantity: 1 },
      { id: kept?.id ?? '', quantity: 2 },
    ],
    metadata: { step: 'two' },
  });
  expect(changed).toMatchObject({ status: 'open', amount_total: 1900, metadata: { cart: '7', step: 'two' } });
  expect((await linesOf(session.id)).map(({ id, amount_total: total, metadata }) => [id === kept?.id, total, metadata])).toEqual([
    [false, 900, {}],
    [true, 1000, { shelf: 'a' }],
  ]);
});

test('who saw the earlier amount is not charged more, and who saw the new one pays it', async () => {
  const session = await open({ line_items: [{ price: await priced(500), quantity: 1 }] });
  const [line] = await linesOf(session.id);
  await stripe.checkout.sessions.update(session.id, { line_items: [{ id: line?.id ?? '', quantity: 4 }] });
  const confirm = (amount: number) =>
    product.post(`/v1/payment_pages/${session.id}/confirm`, { payment_method: 'pm_card_visa', expected_amount: amount });
  expect(await refusal(confirm(500))).toMatchObject({ param: 'expected_amount' });
  const paid = await confirm(2000);
  const { data } = await stripe.charges.list({ payment_intent: paid['payment_intent'] as string });
  expect(data.map(({ amount, status }) => [amount, status])).toEqual([[2000, 'succeeded']]);
  // Paid, it sells nothing else; its notes can still change.
  expect(await refusal(stripe.checkout.sessions.update(session.id, { line_items: [{ id: line?.id ?? '', quantity: 1 }] }))).toMatchObject({
    statusCode: 400,
    message: expect.stringContaining('can be updated. This Checkout Session has a status of `complete`') as string,
  });
  expect(await stripe.checkout.sessions.update(session.id, { metadata: { sent: 'yes' } })).toMatchObject({
    status: 'complete',
    amount_total: 2000,
    metadata: { sent: 'yes' },
  });
});

test('a subscription is sold with the changed lines, after a declined first attempt too', async () => {
  const session = await open({ mode: 'subscription', line_items: [{ price: await priceOf(stripe), quantity: 1 }] });
  const [line] = await linesOf(session.id);
  const confirm = (card: string) => product.post(`/v1/payment_pages/${session.id}/confirm`, { payment_method: card });
  expect(await refusal(confirm('pm_card_visa_chargeDeclined'))).toMatchObject({ code: 'card_declined' });
  await stripe.checkout.sessions.update(session.id, { line_items: [{ id: line?.id ?? '', quantity: 3 }] });
  await confirm('pm_card_visa');
  const { customer, amount_total: total } = await stripe.checkout.sessions.retrieve(session.id);
  expect(total).toBe(3000);
  const { data } = await stripe.charges.list({ customer: customer as string });
  expect(data.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount)).toEqual([3000]);
});

test('a wrong list is refused and changes nothing', async () => {
  const session = await open({ line_items: [{ price: await priced(500), quantity: 1 }] });
  const before = await linesOf(session.id);
  const [recurring, euros] = [await priceOf(stripe), await priced(500, 'eur')];
  const says = (line: { id?: string; price?: string; quantity?: number }) =>
    refusal(stripe.checkout.sessions.update(session.id, { line_items: [{ id: before[0]?.id ?? '' }, line], metadata: { a: 'b' } }));
  expect(await says({ id: 'li_none', quantity: 1 })).toMatchObject({ code: 'resource_missing', param: 'line_items[1][id]' });
  expect(await says({ id: before[0]?.id ?? '' })).toMatchObject({ statusCode: 400, param: 'line_items[1][id]' });
  expect(await says({ price: 'price_none', quantity: 1 })).toMatchObject({ code: 'resource_missing', param: 'line_items[1][price]' });
  expect(await says({ quantity: 1 })).toMatchObject({ code: 'parameter_missing' });
  expect(await says({ price: recurring, quantity: 1 })).toMatchObject({ message: expect.stringContaining('`payment` mode') as string });
  expect((await says({ price: euros, quantity: 1 })).statusCode).toBe(400);
  expect(await linesOf(session.id)).toEqual(before);
  expect(await stripe.checkout.sessions.retrieve(session.id)).toEqual(session);
  const saved = await open({ mode: 'setup', currency: 'usd' });
  expect(await refusal(stripe.checkout.sessions.update(saved.id, { line_items: [{ price: euros, quantity: 1 }] }))).toMatchObject({
    param: 'line_items',
  });
});
