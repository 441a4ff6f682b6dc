import fc from 'fast-check';
import type { ChangeSet } from '../../../domain/core/change-set';
import { BillingError } from '../../../domain/core/errors';
import { assign } from '../../../domain/experiment/assignment';
import { createExperiment, startExperiment, stopExperiment, updateExperiment } from '../../../domain/experiment/changes';
import { armInForce, priceInArm, type Experiment } from '../../../domain/rows/experiment';
import { experiment as sample } from '../../objects/rows';
import { World } from '../subscription/world';

const EXPERIMENT = sample({ id: 'exp_1' });

function running(): World {
  const world = new World('2026-01-31');
  world.rows.put('experiment', EXPERIMENT);
  return world;
}

interface Look {
  visitor: string | null;
  customer: string | null;
}

function look(world: World, at: Look, isSubscriber = false): string | null {
  let arm: string | null = null;
  world.byApi((changes) => {
    arm = assign(changes, 'exp_1', { ...at, isSubscriber })?.arm ?? null;
  });
  return arm;
}

const looks = fc.array(
  fc
    .record({
      visitor: fc.option(fc.constantFrom('phone', 'laptop', 'tablet', 'work')),
      customer: fc.option(fc.constantFrom('cus_1', 'cus_2', 'cus_3')),
    })
    .filter(({ visitor, customer }) => visitor !== null || customer !== null),
  { minLength: 1, maxLength: 12 },
);

test('a customer is never moved, whoever looks on whichever device, and counts as one person', () => {
  fc.assert(
    fc.property(looks, (all) => {
      const world = running();
      const seen = new Map<string, string | null>();
      for (const each of all) {
        const arm = look(world, each);
        if (each.customer === null) continue;
        expect(arm).toBe(seen.get(each.customer) ?? arm);
        seen.set(each.customer, arm);
        // The device of a customer shows that customer's price, also to somebody who has not signed in.
        if (each.visitor !== null && all.every((other) => other.visitor !== each.visitor || other.customer === each.customer)) {
          expect(look(world, { visitor: each.visitor, customer: null })).toBe(arm);
        }
      }
      for (const { arm, countedWith } of world.rows.all('experimentAssignment')) {
        expect(world.rows.get('experimentAssignment', countedWith)).toMatchObject({ countedWith, arm });
      }
    }),
  );
});

test('a visitor sees the same arm on every visit, and keeps it as a customer', () => {
  const world = running();
  const first = look(world, { visitor: 'phone', customer: null });
  expect(look(world, { visitor: 'phone', customer: null })).toBe(first);
  expect(look(world, { visitor: 'phone', customer: 'cus_1' })).toBe(first);
  expect(look(world, { visitor: null, customer: 'cus_1' })).toBe(first);
  expect(world.rows.all('experimentAssignment')).toMatchObject([{ visitor: 'phone', customer: 'cus_1', drawn: first }]);
});

test('a second device that turns out to be a known customer’s shows the customer’s arm, and is not counted twice', () => {
  const world = running();
  const other = ['tablet', 'laptop', 'work', 'tv', 'car'].find((name) => look(world, { visitor: name, customer: null }) === 'higher') ?? '';
  const own = ['a', 'b', 'c', 'd', 'e', 'f'].find((name) => look(running(), { visitor: name, customer: null }) === 'control') ?? '';
  expect(look(world, { visitor: own, customer: 'cus_1' })).toBe('control');
  expect(look(world, { visitor: other, customer: 'cus_1' })).toBe('control');
  expect(look(world, { visitor: other, customer: null })).toBe('control');
  const [moved, kept] = [other, own].map((name) => world.rows.first('experimentAssignment', ({ visitor }) => visitor === name));
  expect(moved).toMatchObject({ arm: 'control', drawn: 'higher', countedWith: kept?.id });
});

test('a subscriber from before keeps the own price, and is not counted', () => {
  const world = running();
  expect(look(world, { visitor: 'phone', customer: 'cus_1' }, true)).toBeNull();
  expect(world.rows.all('experimentAssignment')).toEqual([]);
});

test('who became a subscriber by the experiment keeps the arm', () => {
  const world = running();
  const arm = look(world, { visitor: 'phone', customer: 'cus_1' });
  expect(look(world, { visitor: 'laptop', customer: 'cus_1' }, true)).toBe(arm);
});

test('nobody new is assigned when it is over; everybody sees the control, or the promoted arm', () => {
  const world = running();
  const known = look(world, { visitor: 'phone', customer: null });
  world.byApi((changes) => {
    stopExperiment(changes, 'exp_1');
  });
  expect(look(world, { visitor: 'laptop', customer: null })).toBeNull();
  expect(look(world, { visitor: 'phone', customer: null })).toBe(known);
  const stopped = world.rows.get('experiment', 'exp_1');
  expect(armInForce(stopped, 'higher').name).toBe('control');
  expect(armInForce({ ...stopped, status: 'promoted', promotedArm: 'higher' }, 'control').name).toBe('higher');
  expect(armInForce(EXPERIMENT, 'higher').name).toBe('higher');
  expect(priceInArm(armInForce(EXPERIMENT, 'higher'), 'price_1')).toBe('price_2');
  expect(priceInArm(armInForce(EXPERIMENT, 'higher'), 'price_9')).toBe('price_9');
});

describe('the terms', () => {
  const arms = (replacement: string): NonNullable<Parameters<typeof createExperiment>[1]['arms']> => [
    { name: 'control', share: 50 },
    { name: 'higher', share: 50, prices: [{ price: 'price_1000', replacement }] },
  ];
  const refusal = (world: World, work: (changes: ChangeSet) => void) => {
    try {
      work(world.trial());
      return null;
    } catch (error) {
      if (error instanceof BillingError) return { param: error.details.param, message: error.message };
      throw error;
    }
  };
  const draft = (change: Partial<Experiment> = {}): World => {
    const world = new World('2026-01-31');
    world.price(1200, { id: 'price_1200' });
    const { product } = world.rows.get('price', 'price_1000');
    world.rows.put('price', { ...world.rows.get('price', 'price_1200'), product });
    world.byApi((changes) => {
      createExperiment(changes, { name: 'Ten or twelve', arms: arms('price_1200') });
    });
    const [made] = world.rows.all('experiment');
    if (made) world.rows.put('experiment', { ...made, id: 'exp_1', ...change });
    return world;
  };
  const wrong: [string, ReturnType<typeof arms>, string][] = [
    ['one arm', arms('price_1200').slice(0, 1), 'arms'],
    [
      'shares that are not 100',
      [
        { name: 'control', share: 50 },
        { name: 'b', share: 40 },
      ],
      'arms',
    ],
    [
      'two arms of one name',
      [
        { name: 'a', share: 50 },
        { name: 'a', share: 50 },
      ],
      'arms[1][name]',
    ],
    ['a control that replaces', [...arms('price_1200')].reverse(), 'arms[0]'],
    ['a price of another interval', arms('price_year'), 'arms[1][prices][0][replacement]'],
    ['the price itself', arms('price_1000'), 'arms[1][prices][0][replacement]'],
    ['a one-time price', arms('price_once'), 'arms[1][prices][0][replacement]'],
  ];

  test.each(wrong)('%s are refused by name', (_name, given, param) => {
    expect(refusal(draft(), (changes) => createExperiment(changes, { name: 'x', arms: given }))).toMatchObject({ param });
  });

  test('a replacement must have every currency of the price, and be for sale', () => {
    const world = draft();
    const price = world.rows.get('price', 'price_1000');
    world.rows.put('price', { ...world.rows.get('price', 'price_1200'), currency: 'eur' });
    const create = (changes: ChangeSet) => {
      createExperiment(changes, { name: 'x', arms: arms('price_1200') });
    };
    expect(refusal(world, create)?.message).toContain(`no amount in ${price.currency}`);
    world.rows.put('price', { ...world.rows.get('price', 'price_1200'), currency: price.currency, active: false });
    expect(refusal(world, create)?.message).toContain('inactive');
    expect(refusal(world, (changes) => startExperiment(changes, 'exp_1'))?.message).toContain('inactive');
  });

  test('arms and window stay once it is started, and each status follows its own', () => {
    const world = draft({ status: 'running' });
    expect(refusal(world, (changes) => updateExperiment(changes, 'exp_1', { window_days: 7 }))).toMatchObject({ param: 'window_days' });
    expect(refusal(world, (changes) => updateExperiment(changes, 'exp_1', { arms: arms('price_1200') }))).toMatchObject({ param: 'arms' });
    expect(refusal(world, (changes) => updateExperiment(changes, 'exp_1', { name: 'New' }))).toBeNull();
    expect(refusal(world, (changes) => startExperiment(changes, 'exp_1'))?.message).toContain('status of `running`');
    expect(refusal(draft(), (changes) => stopExperiment(changes, 'exp_1'))?.message).toContain('status of `draft`');
  });
});
