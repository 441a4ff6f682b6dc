import { explainInvoice } from '../../../domain/invoice/explanation';
import { World, DAY, HOUR } from '../subscription/world';

function explained(world: World) {
  return explainInvoice(world.rows, world.last());
}

test('a tiered line is explained tier by tier, with its rounding, discount and tax', () => {
  const world = new World('2026-03-31');
  world.card('pm_card_visa');
  world.taxes();
  world.coupon({ id: 'quarter', key: 'acct_1/test/quarter', percentOff: '25', amountOff: null, currency: null, duration: 'forever' });
  const tiers = [
    { up_to: 10, unit_amount_decimal: '0.35', flat_amount_decimal: '100' },
    { up_to: null, unit_amount_decimal: '0.15', flat_amount_decimal: null },
  ];
  world.metered('price_calls', { billingScheme: 'tiered', tiersMode: 'graduated', tiers, unitAmount: null, unitAmountDecimal: null });
  const id = world.create({ items: [{ price: 'price_calls', tax_rates: ['txr_ex'] }], discounts: [{ coupon: 'quarter' }] });
  world.use(13);
  world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
  const { lines, totals } = explained(world);
  expect(lines[0]).toMatchObject({
    rule: 'graduated',
    steps: ['1 to 10: 10 × 0.35 + 100 = 103.5', 'from 11: 3 × 0.15 = 0.45', 'together 103.95, rounded 104'],
    discounts: [{ amount: 26, step: '25% of 104 = 26' }],
    taxes: [{ step: '20% of 78 = 16' }],
  });
  expect(totals.map(({ of, amount }) => [of, amount])).toEqual([
    ['subtotal', 104],
    ['discounts', -26],
    ['tax', 16],
    ['total', 94],
    ['balance', 0],
    ['amount_due', 94],
  ]);
});

test('a proration is explained by its seconds, a bill after a threshold by the amount billed before', () => {
  const world = new World('2026-03-31');
  world.card('pm_card_visa');
  world.metered('price_calls');
  const id = world.create({ items: [{ price: 'price_1000' }, { price: 'price_calls' }], billing_thresholds: { amount_gte: 20 } });
  world.by(10 * DAY);
  world.update(id, { items: [{ id: world.item(id).id, price: 'price_3000' }] });
  world.use(15);
  world.by(DAY);
  world.use(2);
  world.advance('2026-04-30T02:00:00Z');
  const steps = world
    .invoices()
    .flatMap(({ id: invoice }) => explainInvoice(world.rows, world.rows.get('invoice', invoice)).lines.map((line) => line.steps));
  expect(steps).toEqual(
    [
      [['1 × 1000 = 1000']],
      [
        ['1000 was charged for the period, after discounts', '1000 × 1728000 s ÷ 2592000 s = 667, given back: -667'],
        ['1 × 3000 = 3000', '3000 × 1728000 s ÷ 2592000 s = 2000'],
        ['15 × 2 = 30'],
      ],
      [['1 × 3000 = 3000'], ['17 × 2 = 34', '34 - 30 that was billed before = 4']],
    ].flat(),
  );
});
