import type Stripe from 'stripe';
import { refusalOf, startServer, type TestServer } from '../../server';

const DAY = 86_400;
const soon = (): number => Math.floor(Date.now() / 1000) + DAY;

let server: TestServer;
let stripe: Stripe;
let coupon: string;
beforeAll(async () => {
  server = await startServer();
  ({ stripe } = server);
});
beforeEach(async () => {
  ({ id: coupon } = await stripe.coupons.create({ percent_off: 20, duration: 'forever' }));
});
afterAll(() => server.stop());

const promotion = (of: string = coupon) => ({ type: 'coupon' as const, coupon: of });

let words = 0;
const word = (): string => `WORD-${String((words += 1))}`;

test('a code is created for a coupon, with an event, retrieved, and found by its code in upper or lower case', async () => {
  const code = word();
  const expires_at = soon();
  const made = await stripe.promotionCodes.create({
    promotion: promotion(),
    code,
    expires_at,
    max_redemptions: 5,
    metadata: { ad: 'radio' },
  });
  expect(made).toMatchObject({
    object: 'promotion_code',
    active: true,
    code,
    customer: null,
    expires_at,
    max_redemptions: 5,
    metadata: { ad: 'radio' },
    promotion: { type: 'coupon', coupon },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: 0,
  });
  expect(await stripe.promotionCodes.retrieve(made.id, { expand: ['promotion.coupon'] })).toMatchObject({
    id: made.id,
    promotion: { coupon: { id: coupon, percent_off: 20 } },
  });
  expect((await stripe.promotionCodes.list({ code: code.toLowerCase() })).data.map(({ id }) => id)).toEqual([made.id]);
  const [event] = (await stripe.events.list({ type: 'promotion_code.created' })).data;
  expect(event?.data.object).toMatchObject({ id: made.id, code });
});

test('a code without a given text is generated, and unique', async () => {
  const made = await Promise.all([1, 2].map(() => stripe.promotionCodes.create({ promotion: promotion() })));
  expect(made.every(({ code }) => /^[A-Z0-9]{8}$/.test(code))).toBe(true);
  expect(new Set(made.map(({ code }) => code)).size).toBe(2);
});

test('a text belongs to one active code, in upper or lower case, also with concurrent requests', async () => {
  const code = word();
  const results = await Promise.allSettled(
    [code, code.toLowerCase(), code].map((each) => stripe.promotionCodes.create({ promotion: promotion(), code: each })),
  );
  const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(made).toHaveLength(1);
  const refused = await refusalOf(stripe.promotionCodes.create({ promotion: promotion(), code }));
  expect(refused).toMatchObject({ statusCode: 400, code: 'resource_already_exists', param: 'code' });

  await stripe.promotionCodes.update(made[0]?.id ?? '', { active: false });
  const second = await stripe.promotionCodes.create({ promotion: promotion(), code });
  expect(await refusalOf(stripe.promotionCodes.update(made[0]?.id ?? '', { active: true }))).toMatchObject({
    code: 'resource_already_exists',
  });
  expect((await stripe.promotionCodes.list({ code, active: true })).data.map(({ id }) => id)).toEqual([second.id]);
  expect((await stripe.promotionCodes.list({ code, active: false })).data.map(({ id }) => id)).toEqual([made[0]?.id]);
});

test('codes for single customers may share a text, but not with a code for all customers', async () => {
  const [ann, bob] = [await stripe.customers.create({}), await stripe.customers.create({})];
  const code = word();
  await stripe.promotionCodes.create({ promotion: promotion(), code, customer: ann.id });
  const bobs = await stripe.promotionCodes.create({ promotion: promotion(), code, customer: bob.id });
  for (const customer of [undefined, ann.id]) {
    const refused = refusalOf(stripe.promotionCodes.create({ promotion: promotion(), code, ...(customer ? { customer } : {}) }));
    expect(await refused).toMatchObject({ code: 'resource_already_exists' });
  }
  expect((await stripe.promotionCodes.list({ customer: bob.id })).data.map(({ id }) => id)).toEqual([bobs.id]);
});

test('terms beyond those of the coupon, and invalid terms, are refused by name', async () => {
  const { id: limited } = await stripe.coupons.create({ amount_off: 500, currency: 'usd', max_redemptions: 3, redeem_by: soon() });
  const of = promotion(limited);
  const cases: [Stripe.PromotionCodeCreateParams, string][] = [
    [{ promotion: of, max_redemptions: 4 }, 'max_redemptions'],
    [{ promotion: of, expires_at: soon() + DAY }, 'expires_at'],
    [{ promotion: of, expires_at: 1 }, 'expires_at'],
    [{ promotion: of, code: 'NO SPACES' }, 'code'],
    [{ promotion: of, restrictions: { minimum_amount: 100 } }, 'restrictions[minimum_amount_currency]'],
    [{ promotion: of, restrictions: { minimum_amount_currency: 'usd' } }, 'restrictions[minimum_amount]'],
    [{ promotion: of, restrictions: { minimum_amount: 100, minimum_amount_currency: 'eur' } }, 'restrictions[minimum_amount_currency]'],
    [
      {
        promotion: of,
        restrictions: { minimum_amount: 1, minimum_amount_currency: 'usd', currency_options: { usd: { minimum_amount: 1 } } },
      },
      'restrictions[currency_options][usd]',
    ],
    [{ promotion: promotion('NOBODYS') }, 'promotion[coupon]'],
    [{ promotion: of, customer: 'cus_nobody' }, 'customer'],
  ];
  for (const [params, param] of cases)
    expect(await refusalOf(stripe.promotionCodes.create(params))).toMatchObject({ statusCode: 400, param });
  expect((await stripe.promotionCodes.list({ coupon: limited })).data).toEqual([]);
});

test('a code is valid no longer than its coupon: after the deletion it is inactive for ever and its text is free', async () => {
  const code = word();
  const made = await stripe.promotionCodes.create({ promotion: promotion(), code });
  await stripe.coupons.del(coupon);
  expect(await stripe.promotionCodes.retrieve(made.id)).toMatchObject({ active: false });
  expect((await stripe.promotionCodes.list({ coupon, active: true })).data).toEqual([]);
  expect(await refusalOf(stripe.promotionCodes.update(made.id, { active: true }))).toMatchObject({ statusCode: 400, param: 'active' });
  const { id: other } = await stripe.coupons.create({ percent_off: 5 });
  expect(await stripe.promotionCodes.create({ promotion: promotion(other), code })).toMatchObject({ active: true, code });
});

test('minimums in other currencies are added by an update, and shown when expanded', async () => {
  const made = await stripe.promotionCodes.create({
    promotion: promotion(),
    restrictions: { minimum_amount: 1000, minimum_amount_currency: 'usd', first_time_transaction: true },
  });
  const changed = await stripe.promotionCodes.update(made.id, {
    restrictions: { currency_options: { jpy: { minimum_amount: 900 } } },
    expand: ['restrictions.currency_options'],
  });
  expect(changed.restrictions).toEqual({
    first_time_transaction: true,
    minimum_amount: 1000,
    minimum_amount_currency: 'usd',
    currency_options: { usd: { minimum_amount: 1000 }, jpy: { minimum_amount: 900 } },
  });
  const updated = await stripe.promotionCodes.update(made.id, { metadata: { ad: 'tv' }, active: false });
  expect(updated).toMatchObject({ metadata: { ad: 'tv' }, active: false });
  const [event] = (await stripe.events.list({ type: 'promotion_code.updated' })).data;
  expect(event?.data.previous_attributes).toMatchObject({ active: true });
});
