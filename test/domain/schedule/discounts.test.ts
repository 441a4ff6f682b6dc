import * as sample from '../../objects/rows';
import { at } from '../builders';
import { Scheduled } from './scheduled';

const duration = { interval: 'month', interval_count: 1 };
const keyOf = (id: string): string => `acct_1/test/${id}`;
const phase = (coupon?: string, more: object = {}) => ({
  items: [{ price: 'price_1000' }],
  duration,
  ...(coupon ? { discounts: [{ coupon }] } : {}),
  ...more,
});

/** 50% off for ever, once for one customer; 5.00 in euros; and a code for half of what costs 8.00 or more. */
function april(): Scheduled {
  const world = new Scheduled('2026-04-01');
  const forEver = { duration: 'forever' as const, durationInMonths: null };
  world.coupon({ id: 'HALF', key: keyOf('HALF'), percentOff: '50', ...forEver });
  world.coupon({ id: 'ONE', key: keyOf('ONE'), percentOff: '50', maxRedemptions: 1, ...forEver });
  world.coupon({ id: 'EURO', key: keyOf('EURO'), percentOff: null, amountOff: 500, currency: 'eur', ...forEver });
  const restrictions = { ...sample.promotionCode().restrictions, minimum_amount: 800, minimum_amount_currency: 'usd' };
  world.rows.put('promotionCode', sample.promotionCode({ id: 'promo_8', coupon: keyOf('HALF'), restrictions }));
  return world;
}

describe('a coupon of a later phase that could never apply is refused when it is planned', () => {
  test.each([
    ['a fixed amount in another currency', phase('EURO'), 'currency_mismatch', 'phases[1][discounts][0][coupon]'],
    [
      'of an item',
      { items: [{ price: 'price_1000', discounts: [{ coupon: 'EURO' }] }] },
      'currency_mismatch',
      'phases[1][items][0][discounts][0][coupon]',
    ],
    [
      'the same coupon twice',
      phase(undefined, { discounts: [{ coupon: 'HALF' }, { coupon: 'HALF' }] }),
      'parameter_invalid',
      'phases[1][discounts][1]',
    ],
    [
      'a code with a minimum, which only a purchase can meet',
      phase(undefined, { discounts: [{ promotion_code: 'promo_8' }] }),
      'parameter_invalid',
      'phases[1][discounts][0][promotion_code]',
    ],
    [
      'and so is another currency than that of the phase before',
      phase(undefined, { currency: 'eur' }),
      'currency_mismatch',
      'phases[1][currency]',
    ],
  ])('%s', (_, later, code, param) => {
    const world = april();
    const start_date = at('2026-04-10');
    expect(world.plan({ start_date, phases: [phase(), later] })).toMatchObject({ code, details: { param } });
  });
});

test('a code with a minimum reduces a later subscription that costs enough, and no other', () => {
  const totals = [1, 0].map((quantity) => {
    const world = april();
    const items = [{ price: 'price_1000', quantity }];
    world.plan({ start_date: at('2026-04-10'), phases: [{ items, duration, discounts: [{ promotion_code: 'promo_8' }] }] });
    world.advance('2026-05-10T02:00:00Z');
    return world.bills().map(([, total]) => total);
  });
  expect(totals).toEqual([
    [500, 500],
    [0, 0],
  ]);
});

describe('a change of the phases', () => {
  const running = { start_date: at('2026-04-01'), end_date: at('2026-05-01') };
  const changed = (discounts: object[]) => ({ phases: [{ ...running, items: [{ price: 'price_1000', quantity: 2 }], discounts }] });

  test('may repeat a coupon that its running phase has redeemed, even if it was the last redemption', () => {
    const world = april();
    world.begin({ phases: [phase('ONE')] });
    world.advance('2026-04-02');
    expect(world.on('updateSchedule', changed([{ coupon: 'ONE' }]))).toBeNull();
    world.advance('2026-05-01T02:00:00Z');
    expect(
      world
        .lines(world.last().id)
        .at(-1)
        ?.discountAmounts.map(({ amount }) => amount),
    ).toEqual([1000]);
  });

  test('is refused if it names a coupon that can no longer be redeemed', () => {
    const world = april();
    world.begin({ phases: [phase('ONE')] });
    expect(world.on('updateSchedule', changed([{ coupon: 'HALF' }, { coupon: 'ONE' }]))).toMatchObject({
      code: 'coupon_expired',
      details: { param: 'phases[0][discounts][1][coupon]' },
    });
  });
});

test('a phase without discounts uses the customer’s, and one with an empty list has none', () => {
  const world = april();
  const discount = sample.discount({ id: 'di_customer', coupon: keyOf('HALF'), customer: 'cus_1', startsAt: world.now });
  world.rows.put('discount', { ...discount, subscription: null, subscriptionItem: null, invoice: null, endsAt: null });
  world.changeCustomer({ discount: 'di_customer' });
  world.begin({ phases: [phase(), phase(undefined, { discounts: null }), phase()] });
  world.advance('2026-05-20');
  world.update('sub_1', { items: [{ id: world.item('sub_1').id, quantity: 2 }], proration_behavior: 'always_invoice' });
  world.advance('2026-06-01T02:00:00Z');
  // 12 of May's 31 days of one more.
  expect(world.bills().map(([, total]) => total)).toEqual([500, 1000, 387, 500]);
});
