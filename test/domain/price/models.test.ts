/** Each pricing model over two periods, with a change of the quantity in between. */
import type { Price, PriceTier } from '../../../domain/rows/price';
import * as sample from '../../objects/rows';
import { DAY, World } from '../subscription/world';

const tier = (up_to: number | null, unit: string | null, flat: string | null = null): PriceTier => ({
  up_to,
  unit_amount_decimal: unit,
  flat_amount_decimal: flat,
});
const byUnit = (unitAmountDecimal: string, change: Partial<Price> = {}): Partial<Price> => ({
  unitAmount: unitAmountDecimal.includes('.') ? null : Number(unitAmountDecimal),
  unitAmountDecimal,
  ...change,
});
const tiered = (tiersMode: 'graduated' | 'volume', tiers: PriceTier[], change: Partial<Price> = {}): Partial<Price> => ({
  billingScheme: 'tiered',
  unitAmount: null,
  unitAmountDecimal: null,
  tiersMode,
  tiers,
  ...change,
});
const packs = (round: 'up' | 'down') => byUnit('1000', { transformQuantity: { divide_by: 5, round } });
const option = (unit: string | null, tiers: PriceTier[] | null = null) => ({
  unit_amount_decimal: unit,
  tiers,
  custom_unit_amount: null,
  tax_behavior: 'unspecified' as const,
});
const SEATS = [tier(10, '500'), tier(50, '400'), tier(null, '300')];
const EUROS = { eur: option(null, [tier(10, '450'), tier(null, '360')]) };

/**
 * From 1 April the first quantity, from 16 April the second: half of April is given back, half of it is charged, and May in full.
 * Each amount by hand: what the quantity costs, and its half, exactly; each is rounded once (a half away from zero).
 */
const cases: [string, Partial<Price>, string, number, number, number, number[]][] = [
  // 3 × 1000; 5 × 1000
  ['seats', byUnit('1000'), 'usd', 3, 5, 3000, [-1500, 2500, 5000]],
  // 5 × 500; 10 × 500 + 40 × 400 + 10 × 300 = 24000
  ['graduated', tiered('graduated', SEATS), 'usd', 5, 60, 2500, [-1250, 12_000, 24_000]],
  // 5 × 500; 60 × 300 = 18000
  ['volume', tiered('volume', SEATS), 'usd', 5, 60, 2500, [-1250, 9000, 18_000]],
  // exactly 10, still the first tier; exactly 11, the second
  ['volume at a bound', tiered('volume', SEATS), 'usd', 10, 11, 5000, [-2500, 2200, 4400]],
  // 1000 flat; 1000 + 50 + 3 × 100 = 1350
  ['flat tiers', tiered('graduated', [tier(5, '0', '1000'), tier(null, '100', '50')]), 'usd', 3, 8, 1000, [-500, 675, 1350]],
  // the first tier's flat amount, also at quantity zero
  ['flat for none', tiered('volume', [tier(5, null, '1000'), tier(null, '100')]), 'usd', 8, 0, 800, [-400, 500, 1000]],
  // 12 are three packages of 5, 3 are one
  ['packages up', packs('up'), 'usd', 12, 3, 3000, [-1500, 500, 1000]],
  // 12 are two whole packages, 4 are none
  ['packages down', packs('down'), 'usd', 12, 4, 2000, [-1000, 0, 0]],
  // 0.05 × 1000 = 50; 0.05 × 1010 = 50.5 is 51, half of it 25.25 is 25
  ['decimals', byUnit('0.05'), 'usd', 1000, 1010, 50, [-25, 25, 51]],
  // 99.999999999999 is 100; 199.999999999998 is 200
  ['twelve decimals', byUnit('33.333333333333'), 'usd', 3, 6, 100, [-50, 100, 200]],
  // 333.5 is 334 yen; 3 × 333.5 = 1000.5 is 1001, half of it 500.25 is 500
  ['yen', byUnit('333.5', { currency: 'jpy' }), 'jpy', 1, 3, 334, [-167, 500, 1001]],
  // 3.050 and 9.150 dinars
  ['dinars', byUnit('1000', { currencyOptions: { kwd: option('3050') } }), 'kwd', 1, 3, 3050, [-1525, 4575, 9150]],
  // in euro 5 × 450; 10 × 450 + 5 × 360 = 6300
  ['tiers in euro', tiered('graduated', SEATS, { currencyOptions: EUROS }), 'eur', 5, 15, 2250, [-1125, 3150, 6300]],
];

describe.each(['flexible', 'classic'] as const)('in %s billing mode', (type) => {
  test.each(cases)('%s', (...[, terms, currency, first, second, april, may]) => {
    const world = new World('2026-04-01');
    world.card('pm_card_visa');
    const price = world.priced('price_model', terms);
    const id = world.create({ items: [{ price, quantity: first }], currency, billing_mode: { type } });
    expect([world.last().currency, world.last().total]).toEqual([currency, april]);
    world.by(15 * DAY);
    world.update(id, { items: [{ id: world.item(id).id, quantity: second }] });
    world.advance('2026-05-02');
    const lines = world.lines(world.last().id).map(({ amount }) => amount);
    expect(lines.filter((amount) => amount !== 0)).toEqual(may.filter((amount) => amount !== 0));
    expect(world.last().total).toBe(may.reduce((sum, amount) => sum + amount, 0));
  });
});

test('a quantity that would cost too much in its tiers is refused', () => {
  const world = new World('2026-04-01');
  world.card('pm_card_visa');
  const price = world.priced('price_huge', tiered('graduated', [tier(1, null, '2000000000'), tier(null, '1000000000')]));
  const params = { customer: 'cus_1', items: [{ price, quantity: 2 }] };
  expect(world.ask('subscription', 'sub_huge', 'createSubscription', params)).toMatchObject({
    code: 'amount_too_large',
    details: { param: 'items[0][quantity]' },
  });
  world.create({ items: [{ price, quantity: 1 }] });
  expect(world.last().total).toBe(2_000_000_000);
});

const waiting = (subscription: string, n: number) =>
  sample.invoiceItem({
    ...{ id: `ii_${String(n)}`, subscription, subscriptionItem: null, invoice: null, amount: 10, quantity: 1, unitAmountDecimal: '10' },
    ...{ price: null, product: null, proration: false, prorationDetails: null, discounts: [], taxRates: [] },
  });

test('an invoice has at most 250 lines: other pending items go onto the next', () => {
  const world = new World('2026-04-01');
  world.card('pm_card_visa');
  const id = world.create();
  for (let n = 0; n < 260; n += 1) world.rows.put('invoiceItem', waiting(id, n));
  world.advance('2026-05-02');
  expect([world.lines(world.last().id).length, world.last().total]).toEqual([250, 1000 + 2490]);
  world.advance('2026-06-02');
  expect([world.lines(world.last().id).length, world.last().total]).toEqual([12, 1000 + 110]);
});

test('a start so long ago that its lines would not fit an invoice is refused', () => {
  const world = new World('2026-04-01');
  world.card('pm_card_visa');
  world.price(100, { id: 'price_daily', interval: 'day' });
  const daily = (days: number) => ({ customer: 'cus_1', items: [{ price: 'price_daily' }], backdate_start_date: world.now - days * DAY });
  expect(world.ask('subscription', 'sub_long', 'createSubscription', daily(250))).toMatchObject({ code: 'too_many_items' });
  expect(world.ask('subscription', 'sub_short', 'createSubscription', daily(249))).toBeNull();
  expect([world.lines(world.last().id).length, world.last().total]).toEqual([250, 25_000]);
});
