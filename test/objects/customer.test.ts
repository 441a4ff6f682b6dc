import { Rows } from '../../domain/rows/rows';
import { render, snapshot } from '../../objects';
import { coupon, customer, discount, NOW, promotionCode } from './rows';

const couponAt = (change: Parameters<typeof coupon>[0], now: number) => {
  const row = coupon(change);
  return render('coupon', row.key, new Rows({ coupon: [row] }), { now });
};

test('a customer shows its discount in full, with the id of its coupon', () => {
  const rows = new Rows({ customer: [customer({ discount: 'di_1' })], discount: [discount()] });
  expect(render('customer', 'cus_1', rows)).toMatchObject({
    balance: -500,
    discount: { id: 'di_1', object: 'discount', source: { type: 'coupon', coupon: 'SPRING' } },
    invoice_settings: { default_payment_method: 'pm_1' },
  });
});

test('properties of a customer that need `expand` are absent', () => {
  const shown = render('customer', 'cus_1', new Rows({ customer: [customer()] }));
  for (const property of ['sources', 'subscriptions', 'tax_ids', 'cash_balance', 'tax']) expect(shown).not.toHaveProperty(property);
});

test('a deleted customer answers with its id only, and the event of its deletion shows it in full', () => {
  const rows = new Rows({ customer: [customer({ deleted: true })] });
  expect(render('customer', 'cus_1', rows)).toEqual({ id: 'cus_1', object: 'customer', deleted: true });
  expect(snapshot('customer', 'cus_1', rows)).toMatchObject({ id: 'cus_1', email: 'jo@example.com' });
});

test('a coupon is valid until its last second', () => {
  expect(couponAt({ redeemBy: NOW }, NOW)).toMatchObject({ valid: true, percent_off: 12.5 });
  expect(couponAt({ redeemBy: NOW }, NOW + 1)).toMatchObject({ valid: false });
});

test('a promotion code is active until it expires, and no longer than its coupon is valid', () => {
  const shown = (code: Parameters<typeof promotionCode>[0], of: Parameters<typeof coupon>[0], now: number) => {
    const rows = new Rows({ coupon: [coupon(of)], promotionCode: [promotionCode(code)] });
    return render('promotionCode', 'promo_1', rows, { now })['active'];
  };
  expect([NOW - 1, NOW].map((now) => shown({ expiresAt: NOW }, {}, now))).toEqual([true, false]);
  expect([1, 2].map((timesRedeemed) => shown({ maxRedemptions: 2, timesRedeemed }, {}, NOW))).toEqual([true, false]);
  expect([{ redeemBy: NOW - 1 }, { deleted: true }, { timesRedeemed: 2 }].map((of) => shown({}, of, NOW))).toEqual([false, false, false]);
  expect(shown({ active: false }, {}, NOW)).toBe(false);
});

test('a coupon is valid until its redemptions are used up', () => {
  expect(couponAt({ maxRedemptions: 2, timesRedeemed: 1 }, NOW)).toMatchObject({ valid: true });
  expect(couponAt({ maxRedemptions: 2, timesRedeemed: 2 }, NOW)).toMatchObject({ valid: false });
  expect(couponAt({ maxRedemptions: null, timesRedeemed: 2000 }, NOW)).toMatchObject({ valid: true });
});

test('a deleted coupon is shown as no longer valid in a discount that still applies', () => {
  const row = coupon({ deleted: true });
  expect(snapshot('coupon', row.key, new Rows({ coupon: [row] }), { now: NOW })).toMatchObject({ id: 'SPRING', valid: false });
});

test('a discount names its coupon by the id that the caller chose, even one with slashes', () => {
  const rows = new Rows({ discount: [discount({ coupon: 'acct_1/live/2026/SPRING' })] });
  expect(render('discount', 'di_1', rows)).toMatchObject({ source: { coupon: '2026/SPRING' } });
});

test('a removed discount is marked as deleted and has no end', () => {
  const shown = render('discount', 'di_1', new Rows({ discount: [discount({ deleted: true })] }));
  expect(shown).toMatchObject({ deleted: true, customer: 'cus_1', start: NOW });
  expect(shown).not.toHaveProperty('end');
});
