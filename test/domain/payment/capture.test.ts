import { World } from '../subscription/world';

/** A subscription whose first invoice waits for its payer. */
function unpaid(): { world: World; id: string; intent: string } {
  const world = new World('2026-04-01');
  world.card('visa');
  const id = world.create({ payment_behavior: 'default_incomplete' });
  return { world, id, intent: world.last().paymentIntent ?? '' };
}

describe('an invoice is paid by the captured amount', () => {
  test('so that its intent refuses capture_method=manual', () => {
    const { world, id, intent } = unpaid();
    const refusal = world.ask('payment', intent, 'confirmPayment', { target: 'pm_visa', capture_method: 'manual' });
    expect(refusal).toMatchObject({ code: 'parameter_invalid', details: { param: 'capture_method' } });
    expect(world.last().status).toBe('open');
    expect(world.subscription(id).status).toBe('incomplete');
  });

  test('and an authorization alone does not pay it, only the capture does', () => {
    const { world, id, intent } = unpaid();
    // As it was set by versions that did not refuse it.
    world.rows.put('paymentIntent', { ...world.rows.get('paymentIntent', intent), captureMethod: 'manual' });
    world.must('payment', intent, 'confirmPayment', { target: 'pm_visa' });
    expect(world.last()).toMatchObject({ status: 'open', amountRemaining: 1000 });
    expect(world.subscription(id).status).toBe('incomplete');
    world.must('payment', intent, 'capturePayment');
    expect(world.last()).toMatchObject({ status: 'paid', amountPaid: 1000 });
    expect(world.subscription(id).status).toBe('active');
  });
});
