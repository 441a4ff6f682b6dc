import { HOUR, World } from '../subscription/world';

/** April is paid; the renewals after it are declined. The account does not end what stays unpaid. */
function behind(renewals: number, parameters: Record<string, unknown> = {}): { world: World; id: string } {
  const world = new World('2026-04-01');
  const { dunning } = world.rows.get('account', 'acct_1').settings.test;
  world.settings({ dunning: { ...dunning, ends_in: 'past_due' } });
  world.card('visa');
  const id = world.create(parameters);
  world.card('chargeCustomerFail');
  world.advance(`2026-0${String(4 + renewals)}-01T02:00:00Z`);
  return { world, id };
}
const status = (world: World, id: string) => world.subscription(id).status;
const act = (world: World, invoice: string, step: string) => {
  expect(world.onInvoice(invoice, step)).toBeNull();
};

describe('a void invoice does not count for the status: the latest other invoice does', () => {
  test('two declined renewals, the later voided: the subscription stays past due for the earlier', () => {
    const { world, id } = behind(2);
    act(world, world.last().id, 'voidInvoice');
    expect(status(world, id)).toBe('past_due');
    world.card('visa');
    act(world, world.invoices()[1]?.id ?? '', 'payInvoice');
    expect(world.invoices().map((invoice) => invoice.status)).toEqual(['paid', 'paid', 'void']);
    expect(status(world, id)).toBe('active');
  });

  test('both voided: the subscription is active', () => {
    const { world, id } = behind(2);
    const [, first, second] = world.invoices();
    act(world, second?.id ?? '', 'voidInvoice');
    act(world, first?.id ?? '', 'voidInvoice');
    expect(status(world, id)).toBe('active');
  });

  test('a renewal that was paid after an unpaid one counts, also when a later one is void', () => {
    const { world, id } = behind(1);
    const [, unpaid] = world.invoices();
    expect(world.onInvoice(unpaid?.id ?? '', 'updateInvoice', { auto_advance: false })).toBeNull();
    world.card('visa');
    world.advance('2026-06-01T02:00:00Z');
    expect(status(world, id)).toBe('active');
    world.update(id, { pause_collection: { behavior: 'void' } });
    world.advance('2026-07-01T02:00:00Z');
    expect(world.invoices().map((invoice) => invoice.status)).toEqual(['paid', 'open', 'paid', 'void']);
    expect(status(world, id)).toBe('active');
  });

  test('an upgrade that is voided leaves the subscription past due for a declined renewal', () => {
    const { world, id } = behind(1);
    world.by(10 * 24 * HOUR);
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_3000' }], proration_behavior: 'always_invoice' });
    expect(world.last()).toMatchObject({ status: 'open', billingReason: 'subscription_update' });
    act(world, world.last().id, 'voidInvoice');
    expect(status(world, id)).toBe('past_due');
  });

  test('sent renewals: past due for the earlier, which is overdue, although the later is void', () => {
    const { world, id } = behind(0, { collection_method: 'send_invoice', days_until_due: 10 });
    world.advance('2026-05-20');
    expect(status(world, id)).toBe('past_due');
    act(world, world.last().id, 'voidInvoice');
    expect(status(world, id)).toBe('past_due');
  });

  test('voiding its latest draft does not make an unpaid subscription active', () => {
    const { world, id } = behind(1);
    const { dunning } = world.rows.get('account', 'acct_1').settings.test;
    world.settings({ dunning: { ...dunning, ends_in: 'unpaid' } });
    world.advance('2026-06-01T02:00:00Z');
    const before = status(world, id);
    act(world, world.last().id, world.last().status === 'draft' ? 'finalizeInvoice' : 'voidInvoice');
    if (world.last().status === 'open') act(world, world.last().id, 'voidInvoice');
    expect(status(world, id)).toBe(before);
  });
});
