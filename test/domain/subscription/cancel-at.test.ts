import { at } from '../builders';
import { World } from './world';

const pending = (world: World) =>
  world.rows.where('invoiceItem', (item) => item.invoice === null && !item.deleted).map((item) => item.amount);

/** 3000 a month, paid on 1 April. */
function april(): { world: World; id: string } {
  const world = new World('2026-04-01');
  world.card('visa');
  const price = world.price(3000, { id: 'price_pro' });
  return { world, id: world.create({ items: [{ price }] }) };
}

describe('a planned end within a period', () => {
  test('shortens the period, and credits the paid time beyond', () => {
    const { world, id } = april();
    world.update(id, { cancel_at: at('2026-04-16') });
    expect(pending(world)).toEqual([-1500]);
    expect(world.item(id).currentPeriodEnd).toBe(at('2026-04-16'));
    world.advance('2026-05-02');
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', endedAt: at('2026-04-16') });
    expect(world.last().total).toBe(-1500);
  });

  test('that is removed takes its credit back, and the period has its old end again', () => {
    const { world, id } = april();
    world.update(id, { cancel_at: at('2026-04-16') });
    world.update(id, { cancel_at: null });
    expect(pending(world)).toEqual([]);
    expect(world.item(id).currentPeriodEnd).toBe(at('2026-05-01'));
    world.advance('2026-05-02');
    expect(world.invoices().map((invoice) => invoice.total)).toEqual([3000, 3000]);
  });

  test('that is moved credits or charges the difference', () => {
    const { world, id } = april();
    world.update(id, { cancel_at: at('2026-04-16') });
    world.update(id, { cancel_at: at('2026-04-11') });
    expect(pending(world).reduce((sum, amount) => sum + amount, 0)).toBe(-2000);
    expect(world.item(id).currentPeriodEnd).toBe(at('2026-04-11'));
  });

  test('without proration credits nothing', () => {
    const { world, id } = april();
    world.update(id, { cancel_at: at('2026-04-16'), proration_behavior: 'none' });
    expect(pending(world)).toEqual([]);
  });

  test('after the period lets the subscription renew for the remaining part', () => {
    const { world, id } = april();
    world.update(id, { cancel_at: at('2026-05-16') });
    expect(pending(world)).toEqual([]);
    world.advance('2026-06-02');
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', endedAt: at('2026-05-16') });
    expect(world.invoices().map((invoice) => invoice.total)).toEqual([3000, 1452]);
  });
});
