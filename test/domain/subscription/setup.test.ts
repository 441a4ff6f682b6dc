import { World } from './world';

describe('a trial without a card', () => {
  test('has a setup intent for a card, off session', () => {
    const world = new World('2026-01-10');
    const id = world.create({ trial_period_days: 14 });
    const { pendingSetupIntent } = world.subscription(id);
    expect(world.rows.find('setupIntent', pendingSetupIntent)).toMatchObject({
      status: 'requires_payment_method',
      usage: 'off_session',
      subscription: id,
    });
  });

  test('gets the card that was set up, and charges it when the trial ends', () => {
    const world = new World('2026-01-10');
    const id = world.create({ trial_period_days: 14 });
    const { pendingSetupIntent } = world.subscription(id);
    const card = world.card('visa');
    world.changeCustomer({ invoiceSettings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null } });
    world.rows.put('setupIntent', {
      ...world.rows.get('setupIntent', pendingSetupIntent as string),
      status: 'succeeded',
      paymentMethod: card,
    });
    world.update(id, { description: 'a card is there' });
    world.advance('2026-01-25');
    expect(world.subscription(id)).toMatchObject({ status: 'active', pendingSetupIntent: null, defaultPaymentMethod: card });
    expect(world.last()).toMatchObject({ status: 'paid', billingReason: 'subscription_cycle' });
  });

  test('has no setup intent if the customer has a card', () => {
    const world = new World('2026-01-10');
    world.card('visa');
    expect(world.subscription(world.create({ trial_period_days: 14 })).pendingSetupIntent).toBeNull();
  });
});
