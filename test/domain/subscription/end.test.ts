import { at } from '../builders';
import { DAY, HOUR, World } from './world';

const start = at('2026-04-01');
const waiting = (world: World) =>
  world.rows.where('invoiceItem', (item) => item.invoice === null && !item.deleted).map(({ amount }) => amount);
const statuses = (world: World) => world.invoices().map(({ status }) => status);

function april(parameters: Record<string, unknown> = {}): { world: World; id: string; si: string } {
  const world = new World(start);
  world.card('visa');
  const id = world.create(parameters);
  return { world, id, si: world.item(id).id };
}

describe('a cancellation', () => {
  test('at once ends it, credits nothing, and nothing follows', () => {
    const { world, id } = april();
    world.advance('2026-04-16');
    world.cancel(id, { cancellation_details: { feedback: 'too_expensive' } });
    expect(world.subscription(id)).toMatchObject({
      status: 'canceled',
      canceledAt: at('2026-04-16'),
      endedAt: at('2026-04-16'),
      cancellationDetails: { reason: 'cancellation_requested', feedback: 'too_expensive', comment: null },
    });
    world.advance('2027-01-01');
    expect(statuses(world)).toEqual(['paid']);
    expect(world.told('customer.subscription.deleted')).toHaveLength(1);
    expect(world.ask('subscription', id, 'cancelSubscription', { path: {} })).toMatchObject({ code: 'resource_missing' });
  });

  test('with prorate leaves a credit, which invoice_now puts on the balance', () => {
    const { world, id } = april();
    world.advance('2026-04-16');
    world.cancel(id, { prorate: true });
    expect(waiting(world)).toEqual([-500]);
    const second = april();
    second.world.advance('2026-04-16');
    second.world.cancel(second.id, { prorate: true, invoice_now: true });
    expect(second.world.last()).toMatchObject({ total: -500, status: 'paid' });
    expect(second.world.rows.get('customer', 'cus_1').balance).toBe(-500);
  });

  test('deletes prorations that no invoice will take, unless they are invoiced now', () => {
    const { world, id, si } = april();
    world.advance('2026-04-16');
    world.update(id, { items: [{ id: si, quantity: 3 }] });
    world.cancel(id);
    expect(waiting(world)).toEqual([]);
    const second = april();
    second.world.advance('2026-04-16');
    second.world.update(second.id, { items: [{ id: second.si, quantity: 3 }] });
    second.world.cancel(second.id, { invoice_now: true });
    expect(second.world.last()).toMatchObject({ total: 1000, status: 'paid' });
  });

  test('with invoice_now charges the amount due even after the end, and records it', () => {
    const { world, id, si } = april();
    world.advance('2026-04-16');
    world.update(id, { items: [{ id: si, quantity: 3 }] });
    world.losesAnswers = true;
    world.cancel(id, { invoice_now: true });
    expect(world.subscription(id).status).toBe('canceled');
    expect(world.last()).toMatchObject({ total: 1000, status: 'paid' });
  });

  test('with invoice_now that is declined leaves an open invoice that is not collected', () => {
    const { world, id, si } = april();
    world.advance('2026-04-16');
    world.update(id, { items: [{ id: si, quantity: 3 }] });
    world.card('chargeCustomerFail');
    world.cancel(id, { invoice_now: true });
    expect(world.last()).toMatchObject({ status: 'open', autoAdvance: false, nextPaymentAttempt: null });
    expect(world.rows.all('dunning')).toEqual([]);
    expect(world.told('invoice.payment_failed')).toHaveLength(1);
  });

  test('at the period end can be revoked, and otherwise ends it', () => {
    const { world, id } = april();
    world.update(id, { cancel_at_period_end: true });
    expect(world.subscription(id)).toMatchObject({
      status: 'active',
      cancelAt: at('2026-05-01'),
      cancelAtPeriodEnd: true,
      canceledAt: start,
      endedAt: null,
    });
    world.update(id, { cancel_at_period_end: false });
    expect(world.subscription(id)).toMatchObject({ cancelAt: null, cancelAtPeriodEnd: false, canceledAt: null });
    world.advance('2026-05-10');
    world.update(id, { cancel_at_period_end: true });
    world.advance('2026-06-01');
    expect(world.subscription(id)).toMatchObject({
      status: 'canceled',
      endedAt: at('2026-06-01'),
      canceledAt: at('2026-05-10'),
      cancelAtPeriodEnd: true,
    });
    expect(statuses(world)).toEqual(['paid', 'paid']);
  });

  test('at a time within the period ends it then, and later than that at the last period end', () => {
    const { world, id } = april();
    world.update(id, { cancel_at: at('2026-04-20') });
    world.advance('2026-04-20');
    expect(world.subscription(id).status).toBe('canceled');
    const other = april();
    other.world.update(other.id, { cancel_at: 'max_period_end' });
    expect(other.world.subscription(other.id).cancelAt).toBe(at('2026-05-01'));
    expect(other.world.ask('subscription', other.id, 'updateSubscription', { path: {}, cancel_at: at('2026-03-01') })).toMatchObject({
      code: 'parameter_invalid',
    });
  });

  test('in a later period lets renewals continue until then', () => {
    const { world, id } = april();
    world.update(id, { cancel_at: at('2026-06-15') });
    world.advance('2026-07-15');
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', endedAt: at('2026-06-15') });
    expect(statuses(world)).toEqual(['paid', 'paid', 'paid']);
  });

  test('in a trial costs nothing', () => {
    const { world, id } = april({ trial_period_days: 14 });
    world.cancel(id, { prorate: true, invoice_now: true });
    expect(world.subscription(id).status).toBe('canceled');
    expect(world.invoices().map(({ total }) => total)).toEqual([0]);
  });

  test('of a renewal whose draft is not final leaves the draft to be finalized by hand', () => {
    const { world, id } = april();
    world.advance('2026-05-01T00:30:00Z');
    expect(statuses(world)).toEqual(['paid', 'draft']);
    world.cancel(id);
    world.advance('2026-05-03');
    expect(world.last()).toMatchObject({ status: 'draft', autoAdvance: false, automaticallyFinalizesAt: null });
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.last().status).toBe('paid');
  });

  test('of an incomplete subscription leaves its invoice open and uncollected', () => {
    const world = new World(start);
    world.card('chargeCustomerFail');
    const id = world.create();
    world.cancel(id);
    world.by(2 * DAY);
    expect(world.subscription(id).status).toBe('canceled');
    expect(['open', 'void']).toContain(world.last().status);
    expect(world.last().autoAdvance).toBe(false);
  });

  test('follows when the customer is deleted, whatever the status', () => {
    for (const parameters of [{}, { trial_period_days: 14 }, { collection_method: 'send_invoice', days_until_due: 3 }]) {
      const { world, id } = april(parameters);
      world.deleteCustomer();
      expect(world.subscription(id).status).toBe('canceled');
      world.advance('2026-08-01');
      expect(world.invoices()).toHaveLength(1);
    }
  });
});

describe('a renewal that is declined', () => {
  function past(parameters: Record<string, unknown> = {}, endsIn: 'cancel' | 'unpaid' | 'past_due' = 'cancel') {
    const made = april(parameters);
    const { dunning } = made.world.rows.get('account', 'acct_1').settings.test;
    made.world.settings({ dunning: { ...dunning, ends_in: endsIn } });
    made.world.card('chargeCustomerFail');
    made.world.advance('2026-05-01T01:00:00Z');
    return made;
  }

  test('makes the subscription past due and schedules the next attempt', () => {
    const { world, id } = past();
    expect(world.subscription(id).status).toBe('past_due');
    expect(world.last()).toMatchObject({
      status: 'open',
      attemptCount: 1,
      attempted: true,
      nextPaymentAttempt: at('2026-05-02T01:00:00Z'),
    });
    expect(world.rows.get('customer', 'cus_1').delinquent).toBe(true);
    expect(world.told('invoice.payment_failed')).toHaveLength(1);
  });

  test('is retried eight times in two weeks, then the subscription is canceled', () => {
    const { world, id } = past();
    const failed = world.last().id;
    world.advance('2026-05-15T00:59:59Z');
    expect(world.subscription(id).status).toBe('past_due');
    world.by(1);
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', cancellationDetails: { reason: 'payment_failed' } });
    expect(world.rows.get('invoice', failed)).toMatchObject({
      status: 'open',
      attemptCount: 9,
      nextPaymentAttempt: null,
      autoAdvance: false,
    });
    expect(world.rows.where('charge', (charge) => charge.invoice === failed)).toHaveLength(9);
    expect(
      world.events.filter(({ type }) => type === 'invoice.payment_failed').map(({ at: when }) => (when - at('2026-05-01T01:00:00Z')) / DAY),
    ).toEqual([0, 1, 2, 3, 5, 7, 9, 11, 14]);
    world.advance('2027-01-01');
    expect(world.invoices()).toHaveLength(2);
  });

  test('makes it unpaid under that policy: further invoices stay drafts, and paying the latest makes it active', () => {
    const { world, id } = past({}, 'unpaid');
    world.advance('2026-05-15T01:00:00Z');
    expect(world.subscription(id).status).toBe('unpaid');
    world.advance('2026-07-02');
    expect(statuses(world)).toEqual(['paid', 'open', 'draft', 'draft']);
    world.card('visa');
    expect(world.subscription(id).status).toBe('unpaid');
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.subscription(id).status).toBe('active');
  });

  test('leaves it past due under that policy, and it renews further', () => {
    const { world, id } = past({}, 'past_due');
    world.advance('2026-05-20');
    expect(world.subscription(id).status).toBe('past_due');
    expect(world.rows.all('dunning').map(({ status }) => status)).toEqual(['exhausted']);
    world.card('visa');
    world.advance('2026-06-02');
    expect(statuses(world)).toEqual(['paid', 'open', 'paid']);
    expect(world.subscription(id).status).toBe('active');
  });

  test('keeps the policy of its first failure', () => {
    const { world, id } = past({}, 'cancel');
    world.settings({ dunning: { version: 'later', retry_after_seconds: [HOUR], ends_in: 'past_due' } });
    world.advance('2026-05-16');
    expect(world.subscription(id).status).toBe('canceled');
  });

  test('is paid at once by a new card, which ends the dunning', () => {
    const { world, id } = past();
    world.advance('2026-05-04');
    world.card('visa');
    expect(world.subscription(id).status).toBe('active');
    expect(world.last()).toMatchObject({ status: 'paid', nextPaymentAttempt: null });
    expect(world.rows.all('dunning').map(({ status }) => status)).toEqual(['recovered']);
    expect(world.rows.get('customer', 'cus_1').delinquent).toBe(false);
  });

  test('and declined for another card too keeps its schedule', () => {
    const { world, id } = past();
    world.advance('2026-05-02T12:00:00Z');
    world.card('chargeCustomerFail', 'pm_second');
    expect(world.subscription(id).status).toBe('past_due');
    expect(world.last()).toMatchObject({ status: 'open', nextPaymentAttempt: at('2026-05-03T01:00:00Z') });
    expect(world.rows.where('charge', (charge) => charge.invoice === world.last().id)).toHaveLength(3);
    world.advance('2026-05-16');
    expect(world.subscription(id).status).toBe('canceled');
  });

  test('with a hard decline skips its retries without a charge, and is paid with a new card', () => {
    const world = new World(start);
    world.card('visa');
    const id = world.create();
    world.card('authenticationRequired');
    world.advance('2026-05-03T02:00:00Z');
    const failed = world.last().id;
    expect(world.rows.where('paymentAttempt', (attempt) => attempt.invoice === failed)).toHaveLength(1);
    expect(world.rows.get('invoice', failed).attemptCount).toBe(3);
    expect(world.told('invoice.payment_action_required')).toHaveLength(1);
    world.card('visa', 'pm_new');
    expect(world.subscription(id).status).toBe('active');
  });

  test('because of 3-D Secure is paid when the cardholder passes it', () => {
    const world = new World(start);
    world.card('visa');
    const id = world.create();
    world.card('authenticationRequired');
    world.advance('2026-05-04');
    expect(world.subscription(id).status).toBe('past_due');
    const intent = world.last().paymentIntent ?? '';
    world.must('payment', intent, 'finishAuthentication', { result: 'succeeded' });
    expect(world.subscription(id).status).toBe('active');
    expect(world.last().status).toBe('paid');
    expect(world.rows.all('dunning').map(({ status }) => status)).toEqual(['recovered']);
  });

  test('because of 3-D Secure stays past due if the cardholder fails it', () => {
    const world = new World(start);
    world.card('visa');
    const id = world.create();
    world.card('authenticationRequired');
    world.advance('2026-05-04');
    world.ask('payment', world.last().paymentIntent ?? '', 'finishAuthentication', { result: 'failed' });
    expect(world.subscription(id).status).toBe('past_due');
    world.advance('2026-05-16');
    expect(world.subscription(id).status).toBe('canceled');
  });

  test.each([
    ['payInvoice', { paid_out_of_band: true }, 'paid'],
    ['voidInvoice', {}, 'void'],
    ['markInvoiceUncollectible', {}, 'uncollectible'],
  ])('and is resolved by %s is no longer retried, and the subscription is active', (step, parameters, invoice) => {
    const { world, id } = past();
    world.advance('2026-05-04');
    expect(world.onInvoice(world.last().id, step, parameters)).toBeNull();
    expect(world.subscription(id).status).toBe('active');
    expect(world.last().status).toBe(invoice);
    expect(world.rows.all('dunning')[0]?.status).not.toBe('running');
    const charges = world.rows.all('charge').length;
    world.advance('2026-05-31');
    expect(world.rows.all('charge')).toHaveLength(charges);
    expect(world.subscription(id).status).toBe('active');
  });

  test('is no longer retried when the subscription is canceled', () => {
    const { world, id } = past();
    world.advance('2026-05-04');
    const charges = world.rows.all('charge').length;
    world.cancel(id);
    expect(world.rows.all('dunning').map(({ status }) => status)).toEqual(['stopped']);
    world.advance('2026-06-04');
    expect(world.rows.all('charge')).toHaveLength(charges);
    expect(world.last()).toMatchObject({ status: 'open', autoAdvance: false });
    world.card('visa', 'pm_new');
    expect(world.last().status).toBe('open');
    expect(world.onInvoice(world.last().id, 'payInvoice')).toBeNull();
    expect(world.last().status).toBe('paid');
  });

  test('is no longer retried when the customer is deleted during a retry', () => {
    const { world, id } = past();
    world.deleteCustomer();
    expect(world.subscription(id).status).toBe('canceled');
    const charges = world.rows.all('charge').length;
    world.advance('2026-06-04');
    expect(world.rows.all('charge')).toHaveLength(charges);
  });

  test('without a payment method is skipped until there is one', () => {
    const world = new World(start);
    const id = world.create({ trial_period_days: 5 });
    world.advance('2026-04-09');
    expect(world.last()).toMatchObject({ status: 'open', attemptCount: 3 });
    expect(world.rows.all('charge')).toEqual([]);
    world.card('visa');
    expect(world.last().status).toBe('paid');
    expect(world.subscription(id).status).toBe('active');
  });

  test('whose answer was lost is queried, and retries wait for that', () => {
    const { world, id } = april();
    world.losesAnswers = true;
    world.advance('2026-05-02');
    expect(world.last().status).toBe('paid');
    expect(world.subscription(id).status).toBe('active');
    expect(world.rows.where('charge', ({ invoice }) => invoice === world.last().id)).toHaveLength(1);
  });

  test('whose retry’s answer was lost and then was a decline keeps its schedule', () => {
    const { world, id } = past();
    world.losesAnswers = true;
    world.card('chargeCustomerFail', 'pm_second');
    expect(world.rows.all('dunning')[0]).toMatchObject({ status: 'running', nextRetryAt: at('2026-05-02T01:00:00Z') });
    world.advance('2026-05-15T01:00:00Z');
    expect(world.subscription(id).status).toBe('canceled');
  });

  test('twice in a row has two dunnings, and the subscription is active when the latest is paid', () => {
    const { world, id } = past({}, 'past_due');
    world.advance('2026-06-02');
    expect(statuses(world)).toEqual(['paid', 'open', 'open']);
    world.card('visa');
    expect(world.subscription(id).status).toBe('active');
    expect(world.last().status).toBe('paid');
  });
});

describe('a dispute', () => {
  const disputed = (policy: 'none' | 'cancel' | 'pause_collection') => {
    const made = april();
    made.world.disputes({ subscription: policy });
    made.world.dispute(made.world.rows.all('charge')[0]?.id ?? '');
    return made;
  };

  test('does not change the subscription under that policy', () => {
    const { world, id } = disputed('none');
    expect(world.subscription(id).status).toBe('active');
  });

  test('cancels it under that policy', () => {
    const { world, id } = disputed('cancel');
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', cancellationDetails: { reason: 'payment_disputed' } });
  });

  test('pauses its collection under that policy, once', () => {
    const { world, id } = disputed('pause_collection');
    expect(world.subscription(id).pauseCollection).toEqual({ behavior: 'keep_as_draft', resumes_at: null });
    world.update(id, { pause_collection: null });
    expect(world.subscription(id).pauseCollection).toBeNull();
    world.advance('2026-05-02');
    expect(world.last().status).toBe('paid');
  });

  test('does not change another subscription of the customer', () => {
    const { world, id } = april();
    world.disputes({ subscription: 'cancel' });
    const other = world.create({ items: [{ price: 'price_3000' }] });
    world.dispute(world.rows.first('charge', ({ amount }) => amount === 3000)?.id ?? '');
    expect([world.subscription(id).status, world.subscription(other).status]).toEqual(['active', 'canceled']);
    world.update(id, { metadata: { seen: 'yes' } });
    expect(world.subscription(id)).toMatchObject({ status: 'active', disputeStages: {} });
  });

  test('ends it with its period under that policy, and a win takes that back where the account says so', () => {
    const { world, id } = april();
    world.disputes({ subscription: 'cancel_at_period_end', subscription_when_won: 'resume' });
    const dispute = world.dispute(world.rows.all('charge')[0]?.id ?? '');
    expect(world.subscription(id)).toMatchObject({ cancelAtPeriodEnd: true, cancellationDetails: { reason: 'payment_disputed' } });
    world.answerDispute(dispute, 'winning_evidence');
    world.by(DAY);
    expect(world.subscription(id)).toMatchObject({ cancelAtPeriodEnd: false, cancelAt: null, status: 'active' });
    world.advance('2026-05-02');
    expect(world.last().status).toBe('paid');
  });

  test('that is lost does what the account has decided for that, after what it did when it was opened', () => {
    const { world, id } = april();
    world.disputes({ subscription: 'pause_collection', subscription_when_lost: 'cancel' });
    const dispute = world.dispute(world.rows.all('charge')[0]?.id ?? '');
    expect(world.subscription(id)).toMatchObject({ status: 'active', pauseCollection: { behavior: 'keep_as_draft' } });
    world.must('dispute', dispute, 'closeDispute');
    expect(world.subscription(id)).toMatchObject({ status: 'canceled', cancellationDetails: { reason: 'payment_disputed' } });
  });

  test('that is won after it was lost ends the pause; what somebody has changed meanwhile stays', () => {
    const { world, id } = april();
    world.disputes({ subscription: 'pause_collection', subscription_when_won: 'resume' });
    const dispute = world.dispute(world.rows.all('charge')[0]?.id ?? '');
    world.answerDispute(dispute, 'overturned_evidence');
    world.by(DAY);
    expect(world.subscription(id).pauseCollection).not.toBeNull();
    world.by(DAY);
    expect(world.subscription(id).pauseCollection).toBeNull();
    const other = world.dispute(world.rows.all('charge')[0]?.id ?? '', { amount: 100 });
    world.update(id, { pause_collection: { behavior: 'void' } });
    world.update(id, { cancel_at_period_end: true });
    world.disputes({ subscription: 'cancel_at_period_end' });
    world.answerDispute(other, 'winning_evidence');
    world.by(DAY);
    expect(world.subscription(id)).toMatchObject({ cancelAtPeriodEnd: true });
  });

  test('a second one of the subscription is acted on as the first', () => {
    const { world, id } = april();
    const charge = world.rows.all('charge')[0]?.id ?? '';
    world.dispute(charge, { amount: 100 });
    world.disputes({ subscription: 'pause_collection' });
    expect(world.subscription(id).pauseCollection).toBeNull();
    world.dispute(charge, { amount: 100 });
    expect(world.subscription(id).pauseCollection).not.toBeNull();
  });

  test.each([
    ['cancel', 'canceled', 0],
    ['none', 'past_due', 1],
  ] as const)('of an earlier invoice, while a renewal is retried, under %s: %s', (policy, status, retries) => {
    const { world, id } = april();
    world.card('chargeCustomerFail');
    world.disputes({ subscription: policy });
    world.advance('2026-05-01T02:00:00Z');
    expect(world.subscription(id).status).toBe('past_due');
    world.dispute(world.rows.first('charge', (charge) => charge.status === 'succeeded')?.id ?? '');
    expect(world.subscription(id).status).toBe(status);
    const attempts = world.last().attemptCount;
    world.by(DAY);
    expect(world.last().attemptCount - attempts).toBe(retries);
  });

  test('that is an inquiry, or was won, changes nothing', () => {
    const { world, id } = april();
    const charge = world.rows.all('charge')[0]?.id ?? '';
    world.answerDispute(world.dispute(charge), 'winning_evidence');
    world.by(DAY);
    world.disputes({ subscription: 'cancel' });
    world.dispute(charge, { inquiry: true });
    world.update(id, { metadata: { seen: 'yes' } });
    expect(world.subscription(id).status).toBe('active');
  });
});
