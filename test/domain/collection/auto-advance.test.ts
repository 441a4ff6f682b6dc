import { DAY, HOUR, World } from '../subscription/world';

/** A renewal that was declined, and is being recovered. */
function declined(): { world: World; id: string; invoice: string } {
  const world = new World('2026-04-01');
  world.card('visa');
  const id = world.create();
  world.card('chargeCustomerFail');
  world.advance('2026-05-01T02:00:00Z');
  return { world, id, invoice: world.last().id };
}
const charges = (world: World) => world.rows.all('charge').length;
const set = (world: World, invoice: string, autoAdvance: boolean) => {
  expect(world.onInvoice(invoice, 'updateInvoice', { auto_advance: autoAdvance })).toBeNull();
};

describe('auto_advance of an open invoice', () => {
  test('false stops its retries', () => {
    const { world, invoice } = declined();
    const before = charges(world);
    set(world, invoice, false);
    expect(world.rows.get('invoice', invoice)).toMatchObject({ autoAdvance: false, nextPaymentAttempt: null });
    expect(world.told('invoice.updated').length).toBeGreaterThan(0);
    world.by(20 * DAY);
    expect(charges(world)).toBe(before);
    expect(world.rows.get('dunning', invoice).status).toBe('stopped');
  });

  test('false keeps it from being charged to a new card', () => {
    const { world, invoice } = declined();
    set(world, invoice, false);
    world.card('visa');
    world.by(DAY);
    expect(world.rows.get('invoice', invoice).status).toBe('open');
  });

  test('false leaves the invoice to be paid by hand', () => {
    const { world, id, invoice } = declined();
    set(world, invoice, false);
    world.card('visa');
    expect(world.onInvoice(invoice, 'payInvoice')).toBeNull();
    expect(world.rows.get('invoice', invoice).status).toBe('paid');
    expect(world.subscription(id).status).toBe('active');
  });

  test('true charges it', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    world.pending(700);
    const invoice = world.manual();
    expect(world.onInvoice(invoice, 'finalizeInvoice')).toBeNull();
    world.by(5 * DAY);
    expect(world.rows.get('invoice', invoice).status).toBe('open');
    set(world, invoice, true);
    expect(world.rows.get('invoice', invoice)).toMatchObject({ status: 'paid', attemptCount: 1 });
  });

  test('true, with a card that is declined, starts its retries, also a second time', () => {
    const { world, id, invoice } = declined();
    const before = charges(world);
    set(world, invoice, false);
    world.by(DAY);
    set(world, invoice, true);
    expect(charges(world)).toBe(before + 1);
    expect(world.rows.get('dunning', invoice)).toMatchObject({ status: 'running', retries: 0 });
    expect(world.rows.get('invoice', invoice)).toMatchObject({ attemptCount: 2, nextPaymentAttempt: world.now + DAY });
    world.by(2 * DAY + HOUR);
    expect(charges(world)).toBe(before + 3);
    world.card('visa');
    expect(world.rows.get('invoice', invoice).status).toBe('paid');
    expect(world.subscription(id).status).toBe('active');
  });

  test('true without any card is a failed attempt', () => {
    const world = new World('2026-04-01');
    world.pending(700);
    const invoice = world.manual();
    expect(world.onInvoice(invoice, 'finalizeInvoice')).toBeNull();
    set(world, invoice, true);
    expect(world.told('invoice.payment_failed')).toHaveLength(1);
    world.card('visa');
    expect(world.rows.get('invoice', invoice).status).toBe('paid');
  });

  test('true collects it even after its subscription was canceled', () => {
    const { world, id, invoice } = declined();
    world.cancel(id);
    world.card('visa');
    world.by(DAY);
    expect(world.rows.get('invoice', invoice).status).toBe('open');
    set(world, invoice, true);
    expect(world.rows.get('invoice', invoice).status).toBe('paid');
  });

  test('cannot be true where nothing is left to collect', () => {
    const { world, invoice } = declined();
    expect(world.onInvoice(invoice, 'voidInvoice')).toBeNull();
    expect(world.onInvoice(invoice, 'updateInvoice', { auto_advance: true })).toMatchObject({
      code: 'invoice_not_editable',
      details: { param: 'auto_advance' },
    });
  });

  test('false with a time to finalize: the draft is not finalized at that time', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    world.pending(700);
    const invoice = world.manual({ auto_advance: false, automatically_finalizes_at: world.now + DAY });
    world.by(3 * DAY);
    expect(world.rows.get('invoice', invoice)).toMatchObject({ status: 'draft', automaticallyFinalizesAt: null });
    const other = world.manual({ automatically_finalizes_at: world.now + DAY });
    expect(world.rows.get('invoice', other).autoAdvance).toBe(true);
  });
});
