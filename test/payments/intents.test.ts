import { eventsOf, refusal, typesOf } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();

const cards = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const } };
const pay = (payment_method: string, change: Record<string, unknown> = {}) =>
  product.stripe.paymentIntents.create({ amount: 1200, currency: 'usd', ...cards, payment_method, confirm: true, ...change });
const chargesOf = async (payment_intent: string) => (await product.stripe.charges.list({ payment_intent })).data;

test('a payment that succeeds is one charge, its fee is taken, and the ledger is posted', async () => {
  const intent = await pay('pm_card_visa', { expand: ['latest_charge.balance_transaction'] });
  expect([intent.status, intent.amount_received]).toEqual(['succeeded', 1200]);
  const charge = intent.latest_charge as { id: string; balance_transaction: { amount: number; fee: number; net: number }; outcome: object };
  expect(charge.balance_transaction).toMatchObject({ amount: 1200, fee: 65, net: 1135 });
  expect(charge.outcome).toMatchObject({ type: 'authorized', network_status: 'approved_by_network', risk_level: 'normal' });
  const entries = await product.sql`
    select e.ledger_account, sum(e.amount)::int as amount from ledger_entries e join ledger_transactions t on t.id = e.transaction
    where t.source = ${charge.id} group by 1 order by 1`;
  expect(entries.map((entry) => ({ ...entry }))).toEqual([
    { ledgerAccount: 'cash_clearing', amount: 1135 },
    { ledgerAccount: 'processor_fees', amount: 65 },
    { ledgerAccount: 'revenue', amount: -1200 },
  ]);
});

test.each([
  ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card', ''],
  ['pm_card_chargeDeclinedProcessingError', 'processing_error', ''],
  ['pm_card_radarBlock', 'card_declined', 'fraudulent'],
  ['pm_card_cvcCheckFail', 'incorrect_cvc', 'incorrect_cvc'],
])('%s is refused with %s, the intent waits for another card, and nothing is booked', async (card, code, declineCode) => {
  const error = await refusal(pay(card));
  expect([error.statusCode, error.type, error.code, error.decline_code]).toEqual([402, 'StripeCardError', code, declineCode]);
  expect(error.payment_intent).toMatchObject({ status: 'requires_payment_method', payment_method: null, last_payment_error: { code } });
  const [charge] = await chargesOf(error.payment_intent?.id ?? '');
  expect(charge).toMatchObject({ status: 'failed', paid: false, captured: false, failure_code: code, balance_transaction: null });
});

test('a blocked payment never reaches the processor', async () => {
  const error = await refusal(pay('pm_card_radarBlock'));
  const [charge] = await chargesOf(error.payment_intent?.id ?? '');
  expect(charge?.outcome).toMatchObject({
    type: 'blocked',
    network_status: 'not_sent_to_network',
    risk_level: 'highest',
    reason: 'highest_risk_level',
  });
  expect(await product.sql`select 1 from sandbox_operations where key like ${`${error.payment_intent?.id ?? ''}%`}`).toHaveLength(0);
});

test('an elevated risk is charged, and waits for review only if the account wants that', async () => {
  const outcomeOf = async () =>
    ((await pay('pm_card_riskLevelElevated', { expand: ['latest_charge'] })).latest_charge as { outcome: object }).outcome;
  expect(await outcomeOf()).toMatchObject({ type: 'authorized', risk_level: 'elevated', reason: 'elevated_risk_level' });
  await product.post('/v1/account_settings', { fraud: { elevated_risk: 'review' } });
  expect(await outcomeOf()).toMatchObject({ type: 'manual_review', risk_level: 'elevated', reason: 'elevated_risk_level' });
  await product.post('/v1/account_settings', { fraud: { elevated_risk: 'allow' } });
});

test('a card that is charged twice at the same moment is charged once', async () => {
  const { id } = await product.stripe.paymentIntents.create({ amount: 1200, currency: 'usd', ...cards });
  const tries = await Promise.allSettled(
    [1, 2, 3].map(() => product.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await chargesOf(id)).toHaveLength(1);
});

test('an authorization is captured in part: the rest is released, and only the captured part is booked', async () => {
  const { id, status, amount_capturable } = await pay('pm_card_visa', { capture_method: 'manual' });
  expect([status, amount_capturable]).toEqual(['requires_capture', 1200]);
  expect((await chargesOf(id))[0]).toMatchObject({ captured: false, amount_captured: 0, balance_transaction: null });
  expect((await refusal(product.stripe.paymentIntents.capture(id, { amount_to_capture: 1201 }))).statusCode).toBe(400);
  expect(await product.stripe.paymentIntents.capture(id, { amount_to_capture: 700 })).toMatchObject({
    status: 'succeeded',
    amount_received: 700,
  });
  expect((await chargesOf(id))[0]).toMatchObject({ captured: true, amount_captured: 700, amount_refunded: 500, refunded: false });
});

const SEVERAL = {
  capture_method: 'manual',
  payment_method_options: { card: { request_multicapture: 'if_available' } },
} as const;

test('an authorization is captured in several parts, refunded between them, and complete with the final one', async () => {
  const { stripe } = product;
  const { id, latest_charge: charge } = await pay('pm_card_visa', SEVERAL);
  expect((await chargesOf(id))[0]?.payment_method_details?.card?.multicapture).toEqual({ status: 'available' });
  const part = await stripe.paymentIntents.capture(id, { amount_to_capture: 700, final_capture: false });
  expect(part).toMatchObject({ status: 'requires_capture', amount_capturable: 500, amount_received: 700 });
  const [first] = await chargesOf(id);
  expect(first).toMatchObject({ captured: false, amount_captured: 700, amount_refunded: 0, refunded: false });
  await stripe.refunds.create({ payment_intent: id, amount: 600 });
  expect((await chargesOf(id))[0]).toMatchObject({ captured: false, amount_refunded: 600, refunded: false });
  const excess = await refusal(stripe.refunds.create({ payment_intent: id, amount: 200 }));
  expect(excess).toMatchObject({ statusCode: 400 });
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'lose_answer', count: 1, match: 'capture' });
  const ended = await stripe.paymentIntents.capture(id, { amount_to_capture: 300 });
  expect(ended).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 1000 });
  expect((await chargesOf(id))[0]).toMatchObject({
    ...{ captured: true, amount: 1200, amount_captured: 1000, amount_refunded: 600, refunded: false },
    balance_transaction: first?.balance_transaction,
  });
  const movements = await stripe.balanceTransactions.list({ source: charge as string, type: 'charge' });
  expect(movements.data.map(({ amount }) => amount).sort()).toEqual([300, 700]);
  await stripe.refunds.create({ payment_intent: id });
  expect((await chargesOf(id))[0]).toMatchObject({ amount_refunded: 1000, refunded: true });
  const { data } = await stripe.events.list({ limit: 100 });
  const told = data.filter(({ data: { object } }) => [id, charge].includes((object as { id: string }).id)).map(({ type }) => type);
  const counts = ['charge.updated', 'charge.captured', 'payment_intent.amount_capturable_updated', 'payment_intent.succeeded'];
  expect(counts.map((type) => told.filter((each) => each === type).length)).toEqual([1, 1, 3, 1]);
});

test('what is left after a part was captured is released by a capture of nothing, or by a cancellation, and the payment is complete', async () => {
  const { paymentIntents } = product.stripe;
  for (const end of [
    (id: string) => paymentIntents.capture(id, { amount_to_capture: 0, final_capture: true }),
    (id: string) => paymentIntents.cancel(id),
  ]) {
    const { id } = await pay('pm_card_visa', SEVERAL);
    await paymentIntents.capture(id, { amount_to_capture: 700, final_capture: false });
    await end(id);
    expect(await paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded', amount_received: 700, amount_capturable: 0 });
    expect((await chargesOf(id))[0]).toMatchObject({ captured: true, amount_captured: 700, amount_refunded: 0, refunded: false });
  }
});

test('a capture that is not the final one is refused where several were not asked for, of the whole amount, and of nothing', async () => {
  const { paymentIntents } = product.stripe;
  const once = await pay('pm_card_visa', { capture_method: 'manual' });
  const several = await pay('pm_card_visa', SEVERAL);
  const refused = async (id: string, params: object) => {
    const { param, message } = await refusal(paymentIntents.capture(id, params));
    return `${String(param)}: ${message}`;
  };
  expect(await refused(once.id, { amount_to_capture: 700, final_capture: false })).toContain(
    'final_capture: This PaymentIntent can be captured once',
  );
  expect(await refused(several.id, { final_capture: false })).toBe(
    "final_capture: can't set final_capture as false when fully capturing a payment intent.",
  );
  expect(await refused(several.id, { amount_to_capture: 0 })).toContain('amount_to_capture: This value must be');
  expect(await paymentIntents.retrieve(several.id)).toMatchObject({ status: 'requires_capture', amount_received: 0 });
});

test('a canceled authorization moves no money, and its intent cannot be paid any more', async () => {
  const { id } = await pay('pm_card_visa', { capture_method: 'manual' });
  expect(await product.stripe.paymentIntents.cancel(id)).toMatchObject({ status: 'canceled', amount_capturable: 0 });
  expect((await chargesOf(id))[0]).toMatchObject({ refunded: true, amount_captured: 0, balance_transaction: null });
  expect((await refusal(product.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }))).code).toBe(
    'payment_intent_unexpected_state',
  );
});

test('an amount below the smallest charge is refused, and nothing is created', async () => {
  const error = await refusal(product.stripe.paymentIntents.create({ amount: 49, currency: 'usd' }));
  expect([error.statusCode, error.code, error.param]).toEqual([400, 'amount_too_small', 'amount']);
});

test('a lost answer causes no second charge: the processor is queried under the same key until the outcome is known', async () => {
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'lose_answer', count: 1, match: '4321' });
  const intent = await pay('pm_card_visa', { amount: 4321 });
  expect(intent.status).toBe('succeeded');
  expect(await chargesOf(intent.id)).toHaveLength(1);
  expect(await product.sql`select 1 from sandbox_operations where key like ${`${intent.id}%`}`).toHaveLength(1);
});

test('an outcome that stays unknown is queried, and the intent is processing meanwhile', async () => {
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'lose_answer', count: 4, match: '5432' });
  const intent = await pay('pm_card_visa', { amount: 5432 });
  expect(intent.status).toBe('succeeded');
  expect(await chargesOf(intent.id)).toHaveLength(1);
  const told = typesOf(await eventsOf(product.stripe, { types: ['payment_intent.processing', 'payment_intent.succeeded'] }));
  expect(told.slice(-2)).toEqual(['payment_intent.processing', 'payment_intent.succeeded']);
});

test('the events of a payment come in their order', async () => {
  const intent = await pay('pm_card_visa', { amount: 2345 });
  const events = await eventsOf(product.stripe);
  const ids = [intent.id, intent.latest_charge];
  const own = events.filter(({ data }) => ids.includes((data.object as { id: string }).id));
  expect(typesOf(own)).toEqual(['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded']);
});

// What Medusa and others do: asked twice, the refusal says that the first time worked.
test('a refusal to capture, cancel, confirm or change an intent shows the intent as it is', async () => {
  const { stripe } = product;
  const captured = await pay('pm_card_visa', { capture_method: 'manual' });
  await stripe.paymentIntents.capture(captured.id);
  for (const call of ['capture', 'cancel', 'confirm'] as const) {
    const error = await refusal(stripe.paymentIntents[call](captured.id));
    expect([error.statusCode, error.code]).toEqual([400, 'payment_intent_unexpected_state']);
    expect(error.payment_intent).toMatchObject({ id: captured.id, object: 'payment_intent', status: 'succeeded', amount_received: 1200 });
  }
  const changed = await refusal(stripe.paymentIntents.update(captured.id, { amount: 900 }));
  expect(changed.payment_intent).toMatchObject({ id: captured.id, status: 'succeeded' });
});
