import { HOUR, World } from '../subscription/world';

function watched(thresholds: Record<string, unknown> = { amount_gte: 5000 }): { world: World; id: string } {
  const world = new World('2026-04-01');
  world.card('visa');
  world.metered('price_calls', { unitAmount: 100, unitAmountDecimal: '100' });
  const id = world.create({ items: [{ price: 'price_calls' }], billing_thresholds: thresholds });
  world.by(HOUR);
  return { world, id };
}
const byThreshold = (world: World) =>
  world.invoices().flatMap(({ billingReason, created, total }) => (billingReason === 'subscription_threshold' ? [{ created, total }] : []));

describe('a threshold that future-dated usage reaches', () => {
  test.each([1, 60, 61, 299, 300])('%d seconds ahead bills it within a minute of its time', (ahead) => {
    const { world } = watched();
    const at = world.now + ahead;
    world.use(60, { at });
    expect(byThreshold(world)).toEqual([]);
    world.by(4 * HOUR);
    const [invoice] = byThreshold(world);
    expect(invoice?.total).toBe(6000);
    expect((invoice?.created ?? 0) - at).toBeGreaterThanOrEqual(0);
    expect((invoice?.created ?? Infinity) - at).toBeLessThanOrEqual(60);
    expect(byThreshold(world)).toHaveLength(1);
  });

  test('bills it with earlier usage', () => {
    const { world } = watched();
    world.use(30);
    world.use(30, { at: world.now + 120 });
    world.by(4 * HOUR);
    expect(byThreshold(world).map(({ total }) => total)).toEqual([6000]);
  });

  test('is not billed early if that usage does not reach it', () => {
    const { world } = watched();
    world.use(40, { at: world.now + 120 });
    world.by(4 * HOUR);
    expect(byThreshold(world)).toEqual([]);
  });
});
