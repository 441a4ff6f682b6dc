import { at } from '../builders';
import { World } from '../subscription/world';

type Exempt = 'none' | 'exempt' | 'reverse';
interface Terms {
  rates: string[];
  exempt: Exempt;
}
const TERMS: Terms[] = (['none', 'exempt', 'reverse'] as const).flatMap((exempt) =>
  [[], ['txr_ex'], ['txr_in']].map((rates) => ({ rates, exempt })),
);

/** April at 1000 under `then`; in mid-April the rates and the exemption are those of `since`. */
function april(then: Terms, since: Terms): { world: World; id: string } {
  const world = new World(at('2026-04-01'));
  world.taxes();
  world.card('visa');
  world.changeCustomer({ taxExempt: then.exempt });
  const id = world.create({ default_tax_rates: then.rates });
  world.advance('2026-04-16');
  world.changeCustomer({ taxExempt: since.exempt });
  world.update(id, { default_tax_rates: since.rates });
  return { world, id };
}
/** 20 % on top if the customer owes it; and without the 10 % inside if not. */
function charged({ rates: [rate], exempt }: Terms, amount: number): number {
  if (rate === 'txr_ex' && exempt === 'none') return amount * 1.2;
  return rate === 'txr_in' && exempt !== 'none' ? amount - Math.round(amount / 11) : amount;
}
const cells = TERMS.flatMap((then) => TERMS.map((since): [string, string, Terms, Terms] => [shown(then), shown(since), then, since]));
function shown({ rates, exempt }: Terms): string {
  return `${exempt}, ${rates.join() || 'no rate'}`;
}

describe('a credit is taxed like the charge that it gives back', () => {
  test.each(cells)('billed %s, credited %s: half of April is half of the charge', (_then, _since, then, since) => {
    const { world, id } = april(then, since);
    expect(world.last().total).toBe(charged(then, 1000));
    world.cancel(id, { prorate: true, invoice_now: true });
    expect(world.last().total).toBe(-charged(then, 500));
    const [first, credit] = [world.invoices()[0], world.last()];
    expect(credit.totalTaxes.map((tax) => [tax.tax_rate, tax.taxability_reason])).toEqual(
      first?.totalTaxes.map((tax) => [tax.tax_rate, tax.taxability_reason]),
    );
  });

  test.each(cells)('billed %s, changed %s: from one to two units at half time', (_then, _since, then, since) => {
    const { world, id } = april(then, since);
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }], proration_behavior: 'always_invoice' });
    expect(world.last().total).toBe(charged(since, 1000) - charged(then, 500));
  });

  test('1000 untaxed, then 20 %: -500 and not -600, and 700 for another unit', () => {
    const none = { rates: [], exempt: 'none' as const };
    const taxed = { rates: ['txr_ex'], exempt: 'none' as const };
    const first = april(none, taxed);
    first.world.cancel(first.id, { prorate: true, invoice_now: true });
    expect(first.world.last().total).toBe(-500);
    const second = april(none, taxed);
    const si = second.world.item(second.id).id;
    second.world.update(second.id, { items: [{ id: si, quantity: 2 }], proration_behavior: 'always_invoice' });
    expect(second.world.last().total).toBe(700);
  });

  test('taxed, then exempt or reverse charge: -600 and not -500', () => {
    for (const exempt of ['exempt', 'reverse'] as const) {
      const { world, id } = april({ rates: ['txr_ex'], exempt: 'none' }, { rates: ['txr_ex'], exempt });
      world.cancel(id, { prorate: true, invoice_now: true });
      expect(world.last().total).toBe(-600);
    }
  });

  test('also if it waits for the next invoice', () => {
    const { world, id } = april({ rates: ['txr_ex'], exempt: 'none' }, { rates: [], exempt: 'exempt' });
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }] });
    world.advance('2026-05-01T02:00:00Z');
    expect(world.last().total).toBe(2000 + 1000 - 600);
  });
});
