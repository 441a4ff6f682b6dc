import fc from 'fast-check';
import { attachFeature, detachFeature } from '../../../domain/access/features';
import { checkAccess, cacheSecondsOf } from '../../../domain/access/check';
import { givesAccess } from '../../../domain/access/giving';
import type { UsageLimit } from '../../../domain/rows/entitlement';
import * as sample from '../../objects/rows';
import { DAY, HOUR, World } from '../subscription/world';

const UPDATED = 'entitlements.active_entitlement_summary.updated';
/** Which features each product has; `both` is given by two products. */
const PRODUCTS: Record<string, string[]> = { prod_1: ['sso', 'both'], prod_2: ['api', 'both'], prod_3: [] };

function seller(): World {
  const world = new World('2026-01-31');
  for (const key of ['sso', 'api', 'both', 'late']) {
    world.rows.put('entitlementFeature', sample.entitlementFeature({ id: `feat_${key}`, lookupKey: key, name: key }));
  }
  for (const [product, features] of Object.entries(PRODUCTS)) {
    world.rows.put('product', sample.product({ id: product }));
    world.priced(`price_${product}`, { product, unitAmount: 1000, unitAmountDecimal: '1000' });
    for (const key of features) give(world, product, key);
  }
  return world;
}

function give(world: World, product: string, key: string, usageLimit: UsageLimit | null = null): string {
  const id = `prodft_${product}_${key}`;
  world.rows.put('productFeature', sample.productFeature({ id, product, feature: `feat_${key}`, lookupKey: key, usageLimit }));
  return id;
}

const had = (world: World): string[] =>
  world.rows
    .where('activeEntitlement', ({ active }) => active)
    .map(({ lookupKey }) => lookupKey)
    .sort();

const listed = (summary: unknown): string[] =>
  (summary as { entitlements: { data: { lookup_key: string }[] } }).entitlements.data.map((each) => each.lookup_key).sort();

/** By the definition: the features of the products of all items whose subscription gives access. */
function owed(world: World): string[] {
  const giving = new Set(world.rows.where('subscription', givesAccess).map(({ id }) => id));
  const items = world.rows.where('subscriptionItem', ({ subscription, deleted }) => !deleted && giving.has(subscription));
  const products = items.map(({ price }) => world.rows.get('price', price).product);
  return [...new Set(products.flatMap((product) => PRODUCTS[product] ?? []))].sort();
}

describe('access follows subscriptions', () => {
  test('a customer has the features of the product from the first payment on, and loses them with the subscription', () => {
    const world = seller();
    world.card('visa');
    const id = world.create({ items: [{ price: 'price_prod_1' }] });
    expect(had(world)).toEqual(['both', 'sso']);
    world.cancel(id);
    expect(had(world)).toEqual([]);
    expect(world.events.filter(({ type }) => type === UPDATED).map(({ object, previous }) => [listed(previous), listed(object)])).toEqual([
      [[], ['both', 'sso']],
      [['both', 'sso'], []],
    ]);
  });

  test.each([
    ['incomplete', 'chargeCustomerFail', {}, false],
    ['trialing', 'visa', { trial_period_days: 14 }, true],
    ['active', 'visa', {}, true],
  ] as const)('a subscription that is %s', (status, card, parameters, gives) => {
    const world = seller();
    world.card(card);
    const id = world.create({ items: [{ price: 'price_prod_1' }], ...parameters });
    expect([world.subscription(id).status, had(world)]).toEqual([status, gives ? ['both', 'sso'] : []]);
  });

  test('a declined renewal keeps access while the seller retries, and unpaid ends it', () => {
    const world = seller();
    const { dunning } = world.rows.get('account', 'acct_1').settings.test;
    world.settings({ dunning: { ...dunning, ends_in: 'unpaid' } });
    world.card('visa');
    const id = world.create({ items: [{ price: 'price_prod_1' }] });
    world.card('chargeCustomerFail');
    world.advance('2026-03-02');
    expect([world.subscription(id).status, had(world)]).toEqual(['past_due', ['both', 'sso']]);
    world.by(60 * DAY);
    expect([world.subscription(id).status, had(world)]).toEqual(['unpaid', []]);
  });

  test('a change of plan changes the features at once, in one event', () => {
    const world = seller();
    world.card('visa');
    const id = world.create({ items: [{ price: 'price_prod_1' }] });
    const before = world.events.length;
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_prod_2' }] });
    expect(had(world)).toEqual(['api', 'both']);
    expect(world.events.slice(before).filter(({ type }) => type === UPDATED)).toHaveLength(1);
  });

  test('a feature that a product gets later reaches subscriptions with their next period, and one that it loses stays until then', () => {
    const world = seller();
    world.card('visa');
    const id = world.create({ items: [{ price: 'price_prod_1' }] });
    world.byApi((changes) => {
      attachFeature(changes, 'prod_1', { feature: world.rows.get('entitlementFeature', 'feat_late') });
      detachFeature(changes, 'prodft_prod_1_sso');
    });
    world.update(id, { metadata: { note: 'a change that begins no period' } });
    expect(had(world)).toEqual(['both', 'sso']);
    world.advance('2026-03-01');
    expect(had(world)).toEqual(['both', 'late']);
  });

  test('a feature that two subscriptions give ends with the second of them', () => {
    const world = seller();
    world.card('visa');
    const first = world.create({ items: [{ price: 'price_prod_1' }] });
    const second = world.create({ items: [{ price: 'price_prod_2' }] });
    world.cancel(first);
    expect(had(world)).toEqual(['api', 'both']);
    world.cancel(second);
    expect(had(world)).toEqual([]);
  });
});

type Command = (world: World, ids: string[]) => void;
const PRICES = Object.keys(PRODUCTS).map((product) => `price_${product}`);
const anyPrice = fc.constantFrom(...PRICES);
const anyOf = fc.nat({ max: 2 });
const pick = (ids: string[], index: number): string => ids[index % ids.length] ?? '';
const onOne = (act: (world: World, id: string) => void) =>
  anyOf.map(
    (index): Command =>
      (world, ids) =>
        act(world, pick(ids, index)),
  );

const ask = (world: World, id: string, step: string, parameters: Record<string, unknown> = {}): void =>
  void world.ask('subscription', id, step, { path: { subscription: id }, ...parameters });

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.integer({ min: HOUR, max: 40 * DAY }).map(
      (seconds): Command =>
        (world) =>
          world.by(seconds),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('visa', 'visa', 'chargeCustomerFail', 'authenticationRequired').map(
      (card): Command =>
        (world) =>
          void world.card(card),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyPrice, fc.constantFrom('allow_incomplete', 'error_if_incomplete', 'pending_if_incomplete'))
      .chain(([price, how]) =>
        onOne((world, id) =>
          ask(world, id, 'updateSubscription', { items: [{ id: world.items(id)[0]?.id, price }], payment_behavior: how }),
        ),
      ),
  },
  { weight: 2, arbitrary: anyPrice.chain((price) => onOne((world, id) => ask(world, id, 'updateSubscription', { items: [{ price }] }))) },
  {
    weight: 2,
    arbitrary: onOne((world, id) => ask(world, id, 'updateSubscription', { items: [{ id: world.items(id).at(-1)?.id, deleted: true }] })),
  },
  { weight: 1, arbitrary: onOne((world, id) => ask(world, id, 'pauseSubscription')) },
  { weight: 1, arbitrary: onOne((world, id) => ask(world, id, 'resumeSubscription', { billing_cycle_anchor: 'now' })) },
  { weight: 1, arbitrary: onOne((world, id) => ask(world, id, 'cancelSubscription')) },
  { weight: 1, arbitrary: onOne((world, id) => ask(world, id, 'updateSubscription', { cancel_at_period_end: true })) },
  {
    weight: 3,
    arbitrary: anyPrice.map((price): Command => (world, ids) => {
      const id = `sub_${String(ids.length + 1)}`;
      const refused = world.ask('subscription', id, 'createSubscription', { customer: 'cus_1', items: [{ price }] });
      if (!refused && world.rows.find('subscription', id)) ids.push(id);
    }),
  },
);

test('a customer has access exactly if a subscription in a state that gives it has the product, and every change of that is told once', () => {
  const story = fc.array(commands, { minLength: 8, maxLength: 25, size: 'max' });
  fc.assert(
    fc.property(fc.constantFrom<'cancel' | 'past_due' | 'unpaid'>('cancel', 'unpaid', 'past_due'), story, (endsIn, acts) => {
      const world = seller();
      const { dunning } = world.rows.get('account', 'acct_1').settings.test;
      world.settings({ dunning: { ...dunning, ends_in: endsIn } });
      world.card('visa');
      const ids = [world.create({ items: [{ price: 'price_prod_1' }] })];
      for (const act of acts) {
        act(world, ids);
        world.settle();
        expect(had(world)).toEqual(owed(world));
      }
      const told = world.events.filter(({ type }) => type === UPDATED);
      let known: string[] = [];
      for (const { object, previous } of told) {
        expect(listed(previous)).toEqual(known);
        expect(listed(object)).not.toEqual(known);
        known = listed(object);
      }
      expect(known).toEqual(had(world));
    }),
    { numRuns: 25 },
  );
}, 120_000);

describe('limits', () => {
  const limited = (amount: number, change: Partial<UsageLimit> = {}): UsageLimit => ({
    amount,
    meter: null,
    per_quantity: false,
    ...change,
  });
  const held = (world: World, key: string) => world.rows.first('activeEntitlement', ({ lookupKey }) => lookupKey === key);

  test('the largest limit counts, in the period of its subscription', () => {
    const world = seller();
    world.card('visa');
    give(world, 'prod_1', 'late', limited(100, { meter: 'mtr_calls' }));
    give(world, 'prod_2', 'late', limited(500, { meter: 'mtr_calls' }));
    const small = world.create({ items: [{ price: 'price_prod_1' }] });
    expect(held(world, 'late')).toMatchObject({ limitAmount: 100, periodStart: world.item(small).currentPeriodStart });
    world.by(5 * DAY);
    const large = world.create({ items: [{ price: 'price_prod_2' }] });
    const { currentPeriodStart, currentPeriodEnd } = world.item(large);
    expect(held(world, 'late')).toMatchObject({
      limitAmount: 500,
      meter: 'mtr_calls',
      periodStart: currentPeriodStart,
      periodEnd: currentPeriodEnd,
    });
    world.cancel(large);
    expect(held(world, 'late')).toMatchObject({ limitAmount: 100 });
  });

  test('a limit for each unit follows the quantity, and a renewal begins it anew', () => {
    const world = seller();
    world.card('visa');
    give(world, 'prod_1', 'late', limited(10, { per_quantity: true }));
    const id = world.create({ items: [{ price: 'price_prod_1', quantity: 3 }] });
    expect(held(world, 'late')).toMatchObject({ limitAmount: 30 });
    world.update(id, { items: [{ id: world.item(id).id, quantity: 5 }] });
    expect(held(world, 'late')).toMatchObject({ limitAmount: 50 });
    const renewsAt = world.item(id).currentPeriodEnd;
    world.advance(renewsAt);
    expect(held(world, 'late')).toMatchObject({ limitAmount: 50, periodStart: renewsAt });
  });

  test('what is left decides, to the last unit', () => {
    const access = { isEntitled: true, limit: 100, meter: 'mtr_calls', resetsAt: 2000, metered: '97.5' };
    expect(checkAccess(access, { quantity: 2, used: 0 })).toEqual({ allowed: true, used: '97.5', remaining: '2.5' });
    expect(checkAccess(access, { quantity: 3, used: 0 })).toMatchObject({ allowed: false });
    expect(checkAccess({ ...access, metered: '120' }, { quantity: 0, used: 0 })).toEqual({ allowed: true, used: '120', remaining: '0' });
    expect(checkAccess({ ...access, meter: null }, { quantity: 1, used: 100 })).toMatchObject({ allowed: false, remaining: '0' });
    expect(checkAccess({ ...access, limit: null }, { quantity: 1_000, used: 0 })).toEqual({ allowed: true, used: null, remaining: null });
    expect(checkAccess({ ...access, isEntitled: false }, { quantity: 1, used: 0 })).toMatchObject({ allowed: false });
  });

  test('an answer is never kept beyond its period', () => {
    const access = { isEntitled: true, limit: 100, meter: 'mtr_calls', resetsAt: 2000, metered: '0' };
    expect([1000, 1997, 2000, 2100].map((now) => cacheSecondsOf(access, now))).toEqual([5, 3, 0, 0]);
    expect(cacheSecondsOf({ ...access, meter: null, resetsAt: null }, 1000)).toBe(60);
  });
});
