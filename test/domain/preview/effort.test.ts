/**
 * How much is worked out for the largest requests that are accepted. It is counted and not timed: each tier that is read, each discount that
 * is gone through. So the counts are the same on every machine, and bound what one request takes of a process.
 */
import { inOrder } from '../../../domain/line/discount-order';
import { LIMITS } from '../../../domain/core/limits';
import type { PriceTier } from '../../../domain/rows/price';
import { DAY, World } from '../subscription/world';

const ITEMS = LIMITS.subscriptionItems.max;
const TIERS = LIMITS.tiers.max;
const COUPONS = Array.from({ length: LIMITS.discounts.max }, (_, index) => `c${String(index)}`);

/** How often an amount of a tier was read. */
let read = 0;

/** A tier that counts who reads it. */
function counting(upTo: number | null): PriceTier {
  return {
    up_to: upTo,
    flat_amount_decimal: null,
    get unit_amount_decimal() {
      read += 1;
      return '0.001';
    },
  };
}

/** A customer of a subscription that is as large as there can be, and every price of which has all tiers that there can be. */
function largest(): { world: World; id: string } {
  const world = new World('2026-03-31');
  world.card('pm_card_visa');
  for (const id of COUPONS)
    world.coupon({ id, key: `acct_1/test/${id}`, percentOff: null, amountOff: 1, currency: 'usd', duration: 'forever' });
  const tiers = () => Array.from({ length: TIERS }, (_, index) => counting(index === TIERS - 1 ? null : (index + 1) * 10));
  const tiered = { billingScheme: 'tiered', unitAmount: null, unitAmountDecimal: null, tiersMode: 'graduated' } as const;
  for (let index = 0; index < ITEMS; index += 1) world.priced(`price_${String(index)}`, { ...tiered, tiers: tiers() });
  const discounts = COUPONS.map((coupon) => ({ coupon }));
  const items = Array.from({ length: ITEMS }, (_, index) => ({ price: `price_${String(index)}`, quantity: 1_000_000, discounts }));
  const id = world.create({ items, discounts });
  world.by(10 * DAY + 7);
  read = 0;
  return { world, id };
}

test('a change of all items rates each quantity of each price once, whatever the number of discounts and lines', () => {
  const { world, id } = largest();
  const items = world.items(id).map((item) => ({ id: item.id, quantity: 1_000_001 }));
  world.preview({ customer: 'cus_1', subscription: id, subscription_details: { items } });
  // The quantity after the change; the one before was rated when the subscription began. The tiers are shown on each line as well.
  expect(read).toBeLessThanOrEqual(ITEMS * TIERS * 4);
});

test('ordering discounts takes time in proportion to those on the lines, not to discounts times lines', () => {
  let compared = 0;
  const counted = (list: string[]): string[] =>
    new Proxy(list, {
      get: (target, name, receiver) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) compared += 1;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
  const lists = Array.from({ length: LIMITS.invoiceLines.max }, (_, line) => COUPONS.map((coupon) => `${String(line)}/${coupon}`));
  const order = inOrder(lists.map(counted));
  expect(order).toEqual(lists.flat());
  expect(compared).toBeLessThanOrEqual(lists.flat().length * 2);
});

test.each([
  [
    'each in its own order',
    [
      ['a', 'b'],
      ['c', 'b'],
    ],
    ['a', 'c', 'b'],
  ],
  ['one that a later line names first waits for it', [['b'], ['a', 'b']], ['a', 'b']],
  [
    'where lines contradict each other, the first has it',
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    ['a', 'b'],
  ],
  [
    'a circle of three',
    [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['d', 'a'],
    ],
    ['d', 'a', 'b', 'c'],
  ],
  [
    'a circle, and one that waits for it',
    [
      ['x', 'y'],
      ['y', 'x'],
      ['y', 'z'],
    ],
    ['x', 'y', 'z'],
  ],
  ['the same twice', [['a', 'a', 'b'], ['b']], ['a', 'b']],
  ['none', [], []],
])('discounts in order: %s', (_, lists, expected) => {
  expect(inOrder(lists)).toEqual(expected);
});
