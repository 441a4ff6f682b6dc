import { startCustomerDiscount } from '../../../domain/customer/changes';
import { ChangeSet } from '../../../domain/core/change-set';
import { planAddLines } from '../../../domain/invoice/draft-lines';
import { snapshot } from '../../../objects';
import * as sample from '../../objects/rows';
import { at } from '../builders';
import { World } from './world';

const HALF = 'HALF';
const keyOf = (id: string): string => `acct_1/test/${id}`;

/** A customer who pays by a card that works, and three coupons: 50% once, 10% for two months, 3.00 for ever. */
function april(): World {
  const world = new World('2026-04-01');
  world.card('visa');
  world.coupon({ id: HALF, key: keyOf(HALF), percentOff: '50', duration: 'once', durationInMonths: null });
  world.coupon({ id: 'TENTH', key: keyOf('TENTH'), percentOff: '10', duration: 'repeating', durationInMonths: 2 });
  const fixed = { percentOff: null, amountOff: 300, currency: 'usd', duration: 'forever' as const, durationInMonths: null };
  world.coupon({ id: 'THREE', key: keyOf('THREE'), ...fixed });
  return world;
}

const totals = (world: World): number[] => world.invoices().map(({ total }) => total);
const redeemed = (world: World, id: string): number | undefined => world.rows.find('coupon', keyOf(id))?.timesRedeemed;
const code = (change: Partial<ReturnType<typeof sample.promotionCode>>) => sample.promotionCode({ coupon: keyOf(HALF), ...change });

/** As the server does it: what a customer has is no workflow's, and neither are the lines of a draft. */
function request(world: World, key: string): ChangeSet {
  return new ChangeSet(world.rows, {
    account: 'acct_1',
    livemode: false,
    workflow: 'api/cus_1',
    commitKey: key,
    now: world.now,
    request: null,
    newId: (prefix, ordinal) => `${prefix}_${key}_${String(ordinal)}`,
    secretFor: (id) => id,
    sign: () => 'signed',
    render: snapshot,
  });
}

function giveCustomer(world: World, coupon: string): string {
  const changes = request(world, coupon);
  startCustomerDiscount(changes, 'cus_1', { coupon });
  for (const kind of ['coupon', 'discount', 'customer'] as const) for (const row of changes.rows.all(kind)) world.rows.put(kind, row);
  return changes.rows.get('customer', 'cus_1').discount ?? '';
}

describe('of an item', () => {
  test('a coupon for one invoice reduces only the first, one for two months two of them', () => {
    const world = april();
    world.create({ items: [{ price: 'price_1000', discounts: [{ coupon: HALF }] }] });
    const second = april();
    const id = second.create({ items: [{ price: 'price_1000', discounts: [{ coupon: 'TENTH' }] }] });
    for (const each of [world, second]) each.advance('2026-06-02');
    expect(totals(world)).toEqual([500, 1000, 1000]);
    expect(totals(second)).toEqual([900, 900, 1000]);
    expect(second.item(id).discounts).toEqual([]);
    expect(second.told('customer.discount.deleted')).toHaveLength(1);
  });

  test('apply before those of the subscription, each to the rest', () => {
    const world = april();
    world.create({
      items: [{ price: 'price_1000', discounts: [{ coupon: HALF }] }],
      discounts: [{ coupon: 'THREE' }, { coupon: 'TENTH' }],
    });
    // 1000 - 500 = 500, - 300 = 200, - 20 = 180.
    expect(world.last()).toMatchObject({ subtotal: 1000, total: 180 });
    expect(world.last().totalDiscountAmounts.map(({ amount }) => amount)).toEqual([500, 300, 20]);
  });

  test('an update keeps those that it names and removes the others', () => {
    const world = april();
    const id = world.create({ items: [{ price: 'price_1000', discounts: [{ coupon: 'THREE' }] }] });
    const [three] = world.item(id).discounts;
    world.update(id, { items: [{ id: world.item(id).id, discounts: [{ discount: three }, { coupon: 'TENTH' }] }] });
    world.advance('2026-05-02');
    world.update(id, { items: [{ id: world.item(id).id, discounts: null }] });
    world.advance('2026-06-02');
    expect(totals(world)).toEqual([700, 630, 1000]);
  });
});

test('a preview of the next cycle matches its bill: a discount that has ended by then is gone', () => {
  const world = april();
  const id = world.create({ discounts: [{ coupon: 'TENTH' }] });
  world.advance('2026-05-15');
  const { totals: shown } = world.preview({ customer: 'cus_1', subscription: id });
  world.advance('2026-06-02');
  expect(shown.total).toBe(1000);
  expect(world.last().total).toBe(1000);
});

describe('of a customer', () => {
  test('apply where a subscription has none of its own: also when its own have ended', () => {
    const world = april();
    giveCustomer(world, 'THREE');
    const id = world.create({ discounts: [{ coupon: 'TENTH' }] });
    world.advance('2026-06-02');
    expect(totals(world)).toEqual([900, 900, 700]);
    expect(world.subscription(id).discounts).toEqual([]);
  });

  test('apply again when an update removes those of the subscription', () => {
    const world = april();
    giveCustomer(world, 'THREE');
    const id = world.create({ discounts: [{ coupon: 'TENTH' }] });
    world.update(id, { discounts: null });
    world.advance('2026-05-02');
    expect(totals(world)).toEqual([900, 700]);
    expect(world.told('customer.discount.created')).toHaveLength(1);
    expect(world.told('customer.discount.deleted')).toHaveLength(1);
  });

  test('can be named by a subscription among its own', () => {
    const world = april();
    const discount = giveCustomer(world, 'THREE');
    world.create({ discounts: [{ discount }, { coupon: 'TENTH' }] });
    expect(world.last().total).toBe(630);
    expect(redeemed(world, 'THREE')).toBe(1);
  });
});

describe('refused requests', () => {
  test.each([
    ['the same coupon twice', [{ coupon: HALF }, { coupon: HALF }], 'parameter_invalid'],
    ['a coupon beside a code for it', [{ coupon: HALF }, { promotion_code: 'promo_1' }], 'parameter_invalid'],
    ['a discount that is nobody’s here', [{ discount: 'di_other' }], 'resource_missing'],
    ['a fixed amount in another currency', [{ coupon: 'YEN' }], 'currency_mismatch'],
    ['a code that is switched off', [{ promotion_code: 'promo_off' }], 'parameter_invalid'],
    ['a code that is over', [{ promotion_code: 'promo_over' }], 'coupon_expired'],
    ['a code that is used up', [{ promotion_code: 'promo_spent' }], 'coupon_expired'],
    ['a code of another customer', [{ promotion_code: 'promo_theirs' }], 'parameter_invalid'],
    ['a code for more than this costs', [{ promotion_code: 'promo_minimum' }], 'parameter_invalid'],
  ])('%s', (_, discounts, refusal) => {
    const world = april();
    world.coupon({ id: 'YEN', key: keyOf('YEN'), percentOff: null, amountOff: 100, currency: 'jpy' });
    world.rows.put('promotionCode', code({ id: 'promo_1' }));
    world.rows.put('promotionCode', code({ id: 'promo_off', active: false }));
    world.rows.put('promotionCode', code({ id: 'promo_over', expiresAt: world.now }));
    world.rows.put('promotionCode', code({ id: 'promo_spent', maxRedemptions: 2, timesRedeemed: 2 }));
    world.rows.put('promotionCode', code({ id: 'promo_theirs', customer: 'cus_2' }));
    world.rows.put('promotionCode', code({ id: 'promo_minimum', restrictions: minimum(1001) }));
    world.rows.put('discount', sample.discount({ id: 'di_other', coupon: keyOf('TENTH'), customer: 'cus_2' }));
    const params = { customer: 'cus_1', items: [{ price: 'price_1000' }], discounts };
    expect(world.ask('subscription', 'sub_x', 'createSubscription', params)).toMatchObject({ code: refusal });
    expect(world.rows.all('coupon').map(({ timesRedeemed }) => timesRedeemed)).toEqual([0, 0, 0, 0]);
  });

  const minimum = (amount: number) => ({
    first_time_transaction: false,
    minimum_amount: amount,
    minimum_amount_currency: 'usd',
    currency_options: {},
  });

  test('a code with a minimum applies to a first invoice that reaches it, and never to a running subscription', () => {
    const world = april();
    world.rows.put('promotionCode', code({ id: 'promo_1', restrictions: minimum(1000) }));
    const id = world.create({ discounts: [{ promotion_code: 'promo_1' }] });
    expect(world.last().total).toBe(500);
    expect(world.rows.get('promotionCode', 'promo_1').timesRedeemed).toBe(1);
    const refused = world.ask('subscription', id, 'updateSubscription', { discounts: [{ promotion_code: 'promo_1' }] });
    expect(refused).toMatchObject({ code: 'parameter_invalid', details: { param: 'discounts[0][promotion_code]' } });
  });

  test('a code for first transactions is refused after a payment, and not before', () => {
    const world = april();
    const restrictions = { first_time_transaction: true, minimum_amount: null, minimum_amount_currency: null, currency_options: {} };
    world.rows.put('promotionCode', code({ id: 'promo_1', coupon: keyOf('THREE'), restrictions }));
    const id = world.create({ trial_period_days: 3, discounts: [{ promotion_code: 'promo_1' }] });
    expect(world.subscription(id).discounts).toHaveLength(1);
    world.advance('2026-04-05');
    expect(world.last()).toMatchObject({ total: 700, status: 'paid' });
    const params = { customer: 'cus_1', items: [{ price: 'price_1000' }], discounts: [{ promotion_code: 'promo_1' }] };
    expect(world.ask('subscription', 'sub_x', 'createSubscription', params)).toMatchObject({
      code: 'promotion_code_customer_not_first_time',
    });
  });
});

describe('a coupon for one invoice', () => {
  test('is not used up by the free invoice of a trial: it reduces the first one that costs something, and no other', () => {
    const world = april();
    const id = world.create({ trial_period_days: 3, discounts: [{ coupon: 'HALF' }] });
    expect([world.last().total, world.subscription(id).discounts.length, world.told('customer.discount.deleted').length]).toEqual([
      0, 1, 0,
    ]);
    world.advance('2026-05-05');
    expect(world.invoices().map(({ total }) => total)).toEqual([0, 500, 1000]);
    expect([world.subscription(id).discounts, world.told('customer.discount.deleted').length]).toEqual([[], 1]);
  });

  test('is used up by a trial’s first invoice that has a fee', () => {
    const world = april();
    world.create({ trial_period_days: 3, discounts: [{ coupon: 'HALF' }], add_invoice_items: [{ price: 'price_once' }] });
    world.advance('2026-04-05');
    expect(world.invoices().map(({ total }) => total)).toEqual([250, 1000]);
  });

  test('is used up by a free first invoice that gets a line while it is a draft', () => {
    const world = april();
    const trial = { items: [{ price: 'price_1000' }], trial: true, duration: { interval: 'month' }, discounts: [{ coupon: 'HALF' }] };
    world.must('subscription', 'sub_1', 'createSchedule', { customer: 'cus_1', phases: [trial] });
    const invoice = world.last().id;
    const changes = request(world, 'line');
    planAddLines(changes, invoice, [{ amount: 800, description: 'Fee' }]);
    expect(changes.rows.get('invoice', invoice)).toMatchObject({ status: 'draft', total: 400 });
    expect(changes.rows.get('subscription', 'sub_1').discounts).toEqual([]);
  });
});

test('declined with error_if_incomplete: codes and coupons on every level can be redeemed again, and the customer’s own is unused', () => {
  const world = april();
  const own = giveCustomer(world, HALF);
  world.rows.put('promotionCode', code({ id: 'promo_1', coupon: keyOf('TENTH'), maxRedemptions: 1 }));
  world.card('chargeCustomerFail');
  const items = [{ price: 'price_1000', discounts: [{ promotion_code: 'promo_1' }, { coupon: 'THREE' }] }];
  const params = { customer: 'cus_1', items, payment_behavior: 'error_if_incomplete' };
  expect(world.ask('subscription', 'sub_x', 'createSubscription', params)).toMatchObject({ code: 'card_declined' });
  expect(['TENTH', 'THREE', HALF].map((id) => redeemed(world, id))).toEqual([0, 0, 1]);
  expect(world.rows.get('promotionCode', 'promo_1').timesRedeemed).toBe(0);
  expect(world.rows.get('customer', 'cus_1').discount).toBe(own);
  world.card('visa');
  expect(world.ask('subscription', 'sub_y', 'createSubscription', params)).toBeNull();
  // 1000, - 100 and - 300 of the item, - half of what is left: the customer's.
  expect(world.last()).toMatchObject({ total: 300, status: 'paid' });
  expect(world.told('customer.discount.deleted')).toHaveLength(1);
});

describe('with proration', () => {
  test.each(['classic', 'flexible'])('there and back at one instant costs nothing with a percentage (%s)', (type) => {
    const world = april();
    world.coupon({ id: 'EVER', key: keyOf('EVER'), percentOff: '50', duration: 'forever', durationInMonths: null });
    const id = world.create({ billing_mode: { type }, discounts: [{ coupon: 'EVER' }] });
    world.advance('2026-04-11');
    for (const price of ['price_3000', 'price_1000']) world.update(id, { items: [{ id: world.item(id).id, price }] });
    world.advance('2026-05-02');
    expect(totals(world)).toEqual([500, 500]);
  });

  test('flexible: an item paid with half off is credited as it was paid', () => {
    const world = april();
    const id = world.create({ billing_mode: { type: 'flexible' }, discounts: [{ coupon: HALF }] });
    world.advance('2026-04-16');
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_3000' }], proration_behavior: 'always_invoice' });
    // Half of the 500 that were paid is credited, half of 3000 charged: the coupon is spent.
    expect(world.last()).toMatchObject({ total: 1500 - 250, status: 'paid' });
  });

  const modes = ['classic', 'flexible'];
  const fixed = (type: string) => {
    const world = april();
    const id = world.create({ billing_mode: { type }, discounts: [{ coupon: 'THREE' }] });
    world.advance('2026-04-16');
    return { world, id, dearer: { items: [{ id: world.item(id).id, price: 'price_3000' }] } };
  };

  test.each(modes)('a fixed amount is for a month, so half a month has half of it: billed at once (%s)', (type) => {
    const { world, id, dearer } = fixed(type);
    world.update(id, { ...dearer, proration_behavior: 'always_invoice' });
    // Half of 3000 - 300 is charged, half of 1000 - 300 given back.
    expect(world.last().total).toBe(1350 - 350);
  });

  test.each(modes)('pending, and changed again meanwhile (%s)', (type) => {
    const { world, id, dearer } = fixed(type);
    world.update(id, dearer);
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_3000', quantity: 2 }] });
    world.advance('2026-05-02');
    // Half of 6000 - 300 less half of 1000 - 300, and May.
    expect(world.last().total).toBe(2850 - 350 + 5700);
  });

  test.each(modes)('canceled: what was paid with the discount is credited net (%s)', (type) => {
    const { world, id } = fixed(type);
    world.cancel(id, { prorate: true, invoice_now: true });
    expect(world.last().total).toBe(-350);
  });

  test.each(modes)('among others an item has its share of a fixed amount (%s)', (type) => {
    const world = april();
    const id = world.create({
      billing_mode: { type },
      items: [{ price: 'price_1000' }, { price: 'price_3000' }],
      discounts: [{ coupon: 'THREE' }],
    });
    const [first] = world.items(id);
    world.advance('2026-04-16');
    world.update(id, { items: [{ id: first?.id, quantity: 3 }], proration_behavior: 'always_invoice' });
    // 75 of the 300 were off the 1000, and 150 would be off 3000 beside 3000. Flexible rounds half of 925, classic half of 75.
    expect(world.last().total).toBe(1500 - 75 - (type === 'flexible' ? 463 : 500 - 38));
    world.update(id, { items: [{ id: first?.id, deleted: true }], proration_behavior: 'always_invoice' });
    expect(world.last().total).toBe(-1500 + 75);
  });

  test.each(modes)('a planned end that is removed costs what it had credited (%s)', (type) => {
    const { world, id } = fixed(type);
    for (const cancel_at of [at('2026-04-21'), null]) world.update(id, { cancel_at, proration_behavior: 'always_invoice' });
    // A third of 1000 - 300: 333 - 100.
    expect(totals(world)).toEqual([700, -233, 233]);
  });

  test.each(modes)('a change has the discounts in force when it is made, even if they have ended when it is billed (%s)', (type) => {
    const world = april();
    const id = world.create({ billing_mode: { type }, discounts: [{ coupon: 'TENTH' }] });
    world.advance('2026-05-16T12:00:00Z');
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }] });
    world.advance('2026-06-02');
    // In June nothing is off any more. May: half of 1800 for half of 900.
    expect(world.last().total).toBe(2000 + 900 - 450);
  });

  test.each(modes)('and none that start later (%s)', (type) => {
    const world = april();
    const id = world.create({ billing_mode: { type } });
    world.advance('2026-04-16');
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }] });
    world.update(id, { discounts: [{ coupon: HALF }] });
    world.advance('2026-05-02');
    expect(world.last().total).toBe(1000 + 1000 - 500);
  });

  test.each(modes)('a pending charge is credited as it was charged, whatever was redeemed meanwhile (%s)', (type) => {
    const world = april();
    const id = world.create({ billing_mode: { type }, discounts: [{ coupon: 'THREE' }] });
    world.advance('2026-04-16');
    world.update(id, { items: [{ id: world.item(id).id, quantity: 3 }] });
    world.update(id, { discounts: null });
    world.update(id, { items: [{ id: world.item(id).id, quantity: 1 }] });
    world.advance('2026-05-02');
    // The second half of April costs 500 without the discount, of which 350 were paid; and May.
    expect(world.last().total).toBe(500 - 350 + 1000);
  });

  test('a preview with a coupon shows what the change with that coupon costs', () => {
    const { world, id, dearer } = fixed('flexible');
    const always = { proration_behavior: 'always_invoice' } as const;
    const discounts = [{ coupon: HALF }];
    const { totals: shown } = world.preview({
      customer: 'cus_1',
      subscription: id,
      subscription_details: { ...dearer, ...always },
      discounts,
    });
    world.update(id, { ...dearer, ...always, discounts });
    expect([shown.total, world.last().total]).toEqual([750 - 350, 750 - 350]);
  });
});
