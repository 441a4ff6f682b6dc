import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, refusal, typesOf } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const CONFIRMED = { confirm: true, return_url: 'https://shop.example.com', expand: ['latest_charge.outcome.rule', 'latest_charge.review'] };
const pay = (change: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> =>
  stripe.paymentIntents.create({ amount: 2000, currency: 'usd', payment_method: 'pm_card_visa', ...CONFIRMED, ...change });
const chargeOf = ({ latest_charge: charge }: Stripe.PaymentIntent): Stripe.Charge => charge as Stripe.Charge;
const reviewOf = (intent: Stripe.PaymentIntent): Stripe.Review => chargeOf(intent).review as Stripe.Review;
const closed = async ({ id }: Stripe.Review) => {
  const { closed_reason: because, open, reason } = await stripe.reviews.retrieve(id);
  return [open, because, reason];
};
const idOf = ({ payment_intent: intent }: Stripe.Charge): string => (typeof intent === 'string' ? intent : '');
const settings = (fraud: Record<string, unknown>) => product.post('/v1/account_settings', { fraud });
const eventsAbout = async (id: string): Promise<string[]> =>
  typesOf((await eventsOf(stripe)).filter(({ data }) => (data.object as { id?: string }).id === id));

let rule = '';
beforeAll(async () => {
  rule = String((await product.post('/v1/radar/rules', { rule: "Review if ::review:: = 'yes'" }))['id']);
});
/** What is on the block lists, by their aliases. */
async function blocked(): Promise<[alias: string, item: Stripe.Radar.ValueListItem][]> {
  const { data: lists } = await stripe.radar.valueLists.list({ limit: 100 });
  const blocking = lists.filter(({ alias }) => alias.endsWith('_blocklist'));
  const items = blocking.map(async ({ id, alias }) =>
    (await stripe.radar.valueListItems.list({ value_list: id })).data.map((item) => [alias, item] as [string, typeof item]),
  );
  return (await Promise.all(items)).flat();
}
afterEach(async () => {
  for (const [, { id }] of await blocked()) await stripe.radar.valueListItems.del(id);
});

const inReview = (change: Partial<Stripe.PaymentIntentCreateParams> = {}) => pay({ metadata: { review: 'yes' }, ...change });

const blockedBy = async (payment: Promise<unknown>): Promise<string> => (await refusal(payment)).payment_intent?.id ?? '';

test('a payment in review has succeeded; approving it closes the review, and only open ones are listed', async () => {
  const intent = await inReview({ expand: [...CONFIRMED.expand, 'review'] });
  expect(intent).toMatchObject({ status: 'succeeded', review: { object: 'review', open: true } });
  expect(chargeOf(intent).outcome).toMatchObject({
    ...{ type: 'manual_review', network_status: 'approved_by_network', reason: 'rule' },
    rule: { id: rule, action: 'review', predicate: "::review:: = 'yes'" },
  });
  const { id } = reviewOf(intent);
  expect(await stripe.reviews.retrieve(id, { expand: ['charge', 'payment_intent'] })).toMatchObject({
    ...{ object: 'review', open: true, opened_reason: 'rule', reason: 'rule', closed_reason: null, session: null, owner: null },
    ...{ charge: { id: chargeOf(intent).id, review: id }, payment_intent: { id: intent.id } },
  });
  expect((await stripe.reviews.list()).data.map((each) => each.id)).toContain(id);
  expect(await stripe.reviews.approve(id)).toMatchObject({ open: false, closed_reason: 'approved', reason: 'approved' });
  expect((await stripe.reviews.list()).data.map((each) => each.id)).not.toContain(id);
  expect((await stripe.charges.retrieve(chargeOf(intent).id)).review).toBeNull();
  expect((await stripe.paymentIntents.retrieve(intent.id)).review).toBeNull();
  expect(await refusal(stripe.reviews.approve(id))).toMatchObject({ param: 'review', statusCode: 400 });
  expect(await eventsAbout(id)).toEqual(['review.opened', 'review.closed']);
});

test('a refund, a dispute or the end of an authorization closes the review with its reason', async () => {
  const [whole, part, fraud] = [await inReview(), await inReview(), await inReview()];
  const released = await inReview({ capture_method: 'manual' });
  const disputed = await inReview();
  await product.post(`/v1/test_helpers/charges/${chargeOf(disputed).id}/dispute`);
  expect(await closed(reviewOf(disputed))).toEqual([false, 'disputed', 'disputed']);
  await stripe.refunds.create({ payment_intent: part.id, amount: 500 });
  expect(await closed(reviewOf(part))).toEqual([true, null, 'rule']);
  await stripe.refunds.create({ payment_intent: part.id, amount: 500, reason: 'fraudulent' });
  expect(await closed(reviewOf(part))).toEqual([false, 'refunded_as_fraud', 'refunded_as_fraud']);
  await stripe.refunds.create({ payment_intent: whole.id });
  expect(await closed(reviewOf(whole))).toEqual([false, 'refunded', 'refunded']);
  await stripe.refunds.create({ payment_intent: fraud.id, reason: 'fraudulent' });
  expect(await closed(reviewOf(fraud))).toEqual([false, 'refunded_as_fraud', 'refunded_as_fraud']);
  await stripe.paymentIntents.cancel(released.id);
  expect(await closed(reviewOf(released))).toEqual([false, 'canceled', 'canceled']);
});

test('nobody decides in time: the review passes to whom the account names, and its default is done once', async () => {
  const clock = await startClock(stripe, '2031-01-01');
  const { customer, card } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const due = { customer, payment_method: card ?? '', off_session: true };
  const reviewed = async (decision: string): Promise<Stripe.PaymentIntent> => {
    await settings({ reviews: { decide_within_hours: 10, default_decision: decision, owner: 'grace', escalate_to: 'margaret' } });
    return inReview(due);
  };
  const [stays, approved, refunded] = [await reviewed('none'), await reviewed('approve'), await reviewed('refund')];
  expect(reviewOf(stays)).toMatchObject({ owner: 'grace', default_decision: 'none', missed_at: null });
  await clock.by(9 * HOUR);
  expect(await closed(reviewOf(approved))).toEqual([true, null, 'rule']);
  await clock.by(2 * HOUR);
  const missed = await stripe.reviews.retrieve(reviewOf(stays).id);
  expect(missed).toMatchObject({ open: true, owner: 'margaret', missed_at: missed.created + 10 * HOUR });
  expect(await closed(reviewOf(approved))).toEqual([false, 'approved', 'approved']);
  expect(await closed(reviewOf(refunded))).toEqual([false, 'refunded_as_fraud', 'refunded_as_fraud']);
  expect((await stripe.refunds.list({ payment_intent: refunded.id })).data).toMatchObject([{ amount: 2000, reason: 'fraudulent' }]);
  expect(await eventsAbout(missed.id)).toEqual(['review.opened', 'dunlin.review.missed']);
  await product.post(`/v1/reviews/${missed.id}`, { owner: 'ada' });
  expect((await product.get('/v1/reviews?owner=ada')) as unknown).toMatchObject({ data: [{ id: missed.id }] });
  await settings({ reviews: { default_decision: 'none', owner: '', escalate_to: '' } });
});

test('what is reported as fraud puts the card and the address on the block lists, once, and the next charge is blocked', async () => {
  const { customer, card } = await customerWith(stripe, 'pm_card_mastercard', { email: 'Eve@Example.com' });
  const own = { customer, payment_method: card ?? '' };
  const [first, second] = [chargeOf(await pay(own)), await pay(own)];
  await stripe.refunds.create({ payment_intent: second.id, amount: 10, reason: 'fraudulent' });
  expect(await stripe.charges.update(first.id, { fraud_details: { user_report: 'fraudulent' } })).toMatchObject({
    fraud_details: { user_report: 'fraudulent' },
  });
  const { fingerprint } = first.payment_method_details?.card ?? {};
  expect((await blocked()).map(([alias, { value, created_by: by }]) => [alias, value, by]).sort()).toEqual([
    ['card_fingerprint_blocklist', fingerprint, 'dunlin'],
    ['email_blocklist', 'eve@example.com', 'dunlin'],
  ]);
  const outcome = async (change: object) => (await stripe.charges.list({ payment_intent: await blockedBy(pay(change)) })).data[0]?.outcome;
  expect(await outcome({ payment_method: 'pm_card_mastercard' })).toMatchObject({ rule: 'card_fingerprint_blocklist', reason: 'rule' });
  expect(await outcome({ receipt_email: 'eve@example.com' })).toMatchObject({ rule: 'email_blocklist', reason: 'rule' });
  const wrong = stripe.charges.update(first.id, { fraud_details: { user_report: 'maybe' as 'safe' } });
  expect(await refusal(wrong)).toMatchObject({ param: 'fraud_details[user_report]', statusCode: 400 });
});

test('a review that a person opens by hand is of a paid charge, and there is one', async () => {
  const charge = chargeOf(await pay());
  expect(await product.post('/v1/reviews', { charge: charge.id })).toMatchObject({ open: true, opened_reason: 'manual', reason: 'manual' });
  expect(await refusal(product.post('/v1/reviews', { charge: charge.id }))).toMatchObject({ param: 'charge', statusCode: 400 });
  await stripe.refunds.create({ charge: charge.id });
  expect(await refusal(product.post('/v1/reviews', { charge: charge.id }))).toMatchObject({ param: 'charge', statusCode: 400 });
});

test('a debit in review that its bank does not pay never settles', async () => {
  const account = {
    type: 'us_bank_account' as const,
    us_bank_account: { account_holder_type: 'individual' as const, account_number: '000111111116', routing_number: '110000000' },
  };
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'usd', confirm: true, metadata: { review: 'yes' }, payment_method_types: ['us_bank_account'] },
    payment_method_data: { ...account, billing_details: { name: 'Ada', email: 'ada@example.com' } },
    mandate_data: { customer_acceptance: { type: 'offline' } },
  });
  const { data } = await stripe.reviews.list();
  const review = data.find((each) => each.payment_intent === intent.id) as Stripe.Review;
  expect(review).toMatchObject({ open: true });
  const ended = await until(
    async () => {
      const found = await stripe.reviews.retrieve(review.id);
      return found.open ? null : found;
    },
    { what: 'the end of the review' },
  );
  expect(ended.closed_reason).toBe('payment_never_settled');
});

test('a bank warns of a charge; a full refund or a dispute makes the warning pointless', async () => {
  const warned = chargeOf(await pay({ payment_method: 'pm_card_createIssuerFraudRecord' }));
  const { data } = await stripe.radar.earlyFraudWarnings.list({ charge: warned.id });
  expect(data).toMatchObject([
    { object: 'radar.early_fraud_warning', actionable: true, fraud_type: 'misc', payment_intent: warned.payment_intent },
  ]);
  const id = data[0]?.id ?? '';
  await stripe.refunds.create({ charge: warned.id, amount: 100 });
  expect((await stripe.radar.earlyFraudWarnings.retrieve(id)).actionable).toBe(true);
  await stripe.refunds.create({ charge: warned.id });
  expect(await stripe.radar.earlyFraudWarnings.retrieve(id, { expand: ['charge'] })).toMatchObject({
    actionable: false,
    charge: { refunded: true },
  });
  expect(await eventsAbout(id)).toEqual(['radar.early_fraud_warning.created', 'radar.early_fraud_warning.updated']);
  const disputed = chargeOf(await pay({ payment_method: 'pm_card_createIssuerFraudRecord' }));
  await product.post(`/v1/test_helpers/charges/${disputed.id}/dispute`);
  const ofIntent = await stripe.radar.earlyFraudWarnings.list({ payment_intent: idOf(disputed) });
  expect(ofIntent.data).toMatchObject([{ actionable: false, charge: disputed.id }]);
});

test('the risk of a charge is explained as it was decided: by the model, or by the processor that has assessed the card', async () => {
  const { customer, card } = await customerWith(stripe, 'pm_card_visa');
  const [first, second] = [await pay({ customer, payment_method: card ?? '' }), await pay({ customer, payment_method: card ?? '' })];
  const riskOf = (intent: Stripe.PaymentIntent) => product.get(`/v1/charges/${chargeOf(intent).id}/risk`);
  const risk = (await riskOf(first)) as { contributions: { feature: string; points: number }[] };
  expect(risk).toMatchObject({ object: 'charge_risk', risk_level: 'normal', risk_score: chargeOf(first).outcome?.risk_score });
  expect(risk).toMatchObject({ scored_by: expect.stringMatching(/^stumps-/) as string });
  const pointsOf = ({ contributions }: typeof risk) => contributions.find(({ feature }) => feature === 'paidWithCard')?.points ?? 0;
  expect(pointsOf((await riskOf(second)) as typeof risk)).toBeLessThan(pointsOf(risk));
  expect(await riskOf(await pay({ payment_method: 'pm_card_riskLevelElevated' }))).toMatchObject({
    ...{ risk_level: 'elevated', risk_score: 70, scored_by: 'sandbox', contributions: [] },
  });
});

test('a payment that another processor makes is evaluated as a charge here, and its outcome is reported once', async () => {
  const { customer } = await customerWith(stripe, null);
  const evaluate = async (card: string, change: Partial<Stripe.Radar.PaymentEvaluationCreateParams> = {}) => {
    const { id } = await stripe.paymentMethods.attach(card, { customer });
    return stripe.radar.paymentEvaluations.create({
      customer_details: { customer, email: 'ada@example.com' },
      payment_details: { amount: 2000, currency: 'usd', payment_method_details: { payment_method: id } },
      ...change,
    });
  };
  const good = await evaluate('pm_card_visa', { metadata: { order: '7' } });
  expect(good).toMatchObject({
    ...{ object: 'radar.payment_evaluation', recommended_action: 'continue', outcome: null, metadata: { order: '7' } },
    customer_details: { customer, email: 'ada@example.com', name: null },
    payment_details: { amount: 2000, money_movement_details: null, shipping_details: null },
    signals: { fraudulent_payment: { risk_level: 'normal' } },
  });
  expect((await product.sql`select 1 from payment_attempts where customer = ${customer}`).length).toBe(0);
  expect(await evaluate('pm_card_riskLevelHighest')).toMatchObject({
    recommended_action: 'block',
    signals: { fraudulent_payment: { score: 92 } },
  });
  await settings({ elevated_risk: 'require_3ds' });
  expect((await evaluate('pm_card_riskLevelElevated')).recommended_action).toBe('request_three_d_secure');
  await settings({ elevated_risk: 'allow' });
  const report = `/v1/radar/payment_evaluations/${good.id}/report_outcome`;
  const wrong = product.post(report, { type: 'rejected', merchant_blocked: { reason: 'other' } });
  expect(await refusal(wrong)).toMatchObject({ param: 'merchant_blocked', statusCode: 400 });
  const card = { address_line1_check: 'pass', address_postal_code_check: 'pass', cvc_check: 'fail', reason: 'incorrect_cvc' };
  expect(await product.post(report, { type: 'rejected', rejected: { card } })).toMatchObject({
    outcome: { type: 'rejected', rejected: { card } },
  });
  expect(await refusal(product.post(report, { type: 'succeeded' }))).toMatchObject({ param: 'type', statusCode: 400 });
  expect(await product.get(`/v1/radar/payment_evaluations/${good.id}`)).toMatchObject({ outcome: { type: 'rejected' } });
});

test('`charge.outcome` says who decided: the rule can be expanded, also one that every account has', async () => {
  const elevated = chargeOf(await pay({ payment_method: 'pm_card_riskLevelElevated' }));
  expect(elevated).toMatchObject({
    review: null,
    outcome: { type: 'authorized', reason: 'elevated_risk_level', risk_level: 'elevated', risk_score: 70 },
  });
  await settings({ elevated_risk: 'review' });
  const reviewed = chargeOf(await pay({ payment_method: 'pm_card_riskLevelElevated' }));
  expect(reviewed.outcome).toMatchObject({
    ...{ type: 'manual_review', reason: 'elevated_risk_level' },
    rule: { id: 'elevated_risk', action: 'review', predicate: ":risk_level: = 'elevated'" },
  });
  await settings({ elevated_risk: 'allow' });
  const blocked = await refusal(pay({ payment_method: 'pm_card_riskLevelHighest' }));
  expect(blocked).toMatchObject({ code: 'card_declined', advice_code: 'do_not_try_again' });
  const { data } = await stripe.charges.list({ payment_intent: blocked.payment_intent?.id ?? '' });
  expect(data[0]?.outcome).toMatchObject({
    type: 'blocked',
    network_status: 'not_sent_to_network',
    reason: 'highest_risk_level',
    advice_code: 'do_not_try_again',
  });
  const refused = await blockedBy(pay({ payment_method: 'pm_card_visa_chargeDeclined' }));
  const [declined] = (await stripe.charges.list({ payment_intent: refused })).data;
  expect(declined?.outcome).toMatchObject({
    ...{ type: 'issuer_declined', network_status: 'declined_by_network', reason: 'generic_decline' },
    seller_message: 'The bank did not return any further details with this decline.',
  });
});
