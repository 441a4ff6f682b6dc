/** The evidence of a dispute: drafted at its beginning, changed by a person, submitted in time by the policy; and Visa's compelling evidence. */
import type Stripe from 'stripe';
import { customerWith, eventsOf, priceOf, refusal, typesOf } from '../support/builders';
import { DAY, startClock } from '../support/clock';
import { booksBalanceAfterEach } from '../ledger/books';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const settings = (disputes: object) => product.post('/v1/account_settings', { disputes });
const answerOf = async (id: string) => (await product.get(`/v1/disputes/${id}/answer`)) as Record<string, never>;
const statusOf = async (id: string) => (await stripe.disputes.retrieve(id)).status;

async function disputed(card = 'pm_card_createDispute') {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer, card: method } = await customerWith(stripe, card, { test_clock: clock.id });
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'usd', customer, payment_method: method ?? '', confirm: true },
  });
  const charge = intent.latest_charge as string;
  const [dispute] = (await stripe.disputes.list({ charge })).data;
  return { clock, customer, charge, id: dispute?.id ?? '' };
}

describe('if nobody has answered a day before the bank stops waiting', () => {
  afterEach(() => settings({ when_unanswered: 'wait', owner: 'billing', answer_hours: 24 }));

  test.each(['submit', 'accept', 'wait'])('%s is what the account has decided', async (when_unanswered) => {
    await settings({ when_unanswered, owner: 'anna' });
    const { clock, id } = await disputed();
    expect(await answerOf(id)).toMatchObject({ owner: 'anna', when_unanswered, answers_at: Date.parse('2026-01-08T23:59:59Z') / 1000 });
    await clock.to('2026-01-08');
    expect(await statusOf(id)).toBe('needs_response');
    await clock.to('2026-01-09');
    expect(await statusOf(id)).toBe({ submit: 'under_review', accept: 'lost', wait: 'needs_response' }[when_unanswered]);
    const told = typesOf((await eventsOf(stripe)).filter(({ data }) => (data.object as { id: string }).id === id));
    expect(told.includes('dunlin.dispute.answer_due')).toBe(when_unanswered === 'wait');
    expect(await answerOf(id)).toMatchObject({ answers_at: null });
  });

  test('what a person has staged is submitted, where the loss would have been accepted', async () => {
    await settings({ when_unanswered: 'accept' });
    const { clock, id } = await disputed();
    await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' }, submit: false });
    await clock.to('2026-01-11');
    expect(await statusOf(id)).toBe('won');
  });

  test('a person can take a dispute over, until another time and with another default', async () => {
    await settings({ when_unanswered: 'submit' });
    const { clock, id } = await disputed();
    const path = `/v1/disputes/${id}/answer`;
    const noon = Date.parse('2026-01-05T12:00:00Z') / 1000;
    expect(await product.post(path, { owner: 'bob', when_unanswered: 'accept', answers_at: noon })).toMatchObject({
      ...{ object: 'dispute_answer', dispute: id, owner: 'bob', when_unanswered: 'accept', answers_at: noon },
    });
    await expect(product.post(path, { answers_at: noon + 30 * DAY })).rejects.toMatchObject({ param: 'answers_at' });
    await clock.to('2026-01-06');
    expect(await statusOf(id)).toBe('lost');
    await expect(product.post(path, { owner: 'carl' })).rejects.toMatchObject({ message: 'This dispute is already closed' });
  });
});

test('the draft of a subscription has its terms, days, usage and mails, with the row of each', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const meter = await stripe.billing.meters.create({
    ...{ display_name: 'API calls', event_name: 'disputed_calls', default_aggregation: { formula: 'sum' } },
  });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await clock.to('2026-01-03');
  for (const identifier of ['one', 'two']) {
    await stripe.billing.meterEvents.create({
      ...{ event_name: meter.event_name, identifier, timestamp: clock.now() - 3600 },
      payload: { stripe_customer_id: customer, value: '5' },
    });
  }
  const [charge] = (await stripe.charges.list({ customer })).data;
  const dispute = (await product.post(`/v1/test_helpers/charges/${charge?.id ?? ''}/dispute`, {
    reason: 'subscription_canceled',
  })) as unknown as Stripe.Dispute;
  const { evidence, evidence_details } = await stripe.disputes.retrieve(dispute.id);
  expect(evidence).toMatchObject({
    service_date: '2026-01-01 to 2026-02-01',
    access_activity_log: '2026-01-02: 2 events of usage (API calls)',
    cancellation_rebuttal: expect.stringContaining('Nobody had canceled when the charge was made') as string,
    product_description: expect.stringContaining('Pro') as string,
  });
  expect(evidence_details).toMatchObject({ has_evidence: false, submission_count: 0 });
  const answer = await answerOf(dispute.id);
  expect(answer).toMatchObject({ reason: 'subscription_canceled', missing: expect.arrayContaining(['cancellation_policy']) as string[] });
  const invoice = subscription.latest_invoice as string;
  expect(answer['sources']).toContainEqual(
    expect.objectContaining({ field: 'service_date', object: invoice, text: '2026-01-01 to 2026-02-01' }),
  );
});

test('the receipt and the list of evidence are made as PDF, and are taken as evidence', async () => {
  const { id, charge } = await disputed();
  const made = (await product.post(`/v1/disputes/${id}/documents`)) as { receipt?: string; uncategorized_file?: string };
  const [receipt, list] = [made.receipt ?? '', made.uncategorized_file ?? ''];
  for (const file of [receipt, list]) {
    expect(await stripe.files.retrieve(file)).toMatchObject({ purpose: 'dispute_evidence', type: 'pdf' });
    const content = await fetch(`${product.url}/v1/files/${file}/contents`, {
      headers: { Authorization: `Bearer ${product.system.keys.test}` },
    });
    expect(
      Buffer.from(await content.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  }
  const staged = await stripe.disputes.update(id, { evidence: { receipt, uncategorized_file: list }, submit: false });
  expect(staged.evidence).toMatchObject({ receipt, uncategorized_file: list });
  expect((await answerOf(id))['missing']).not.toContain('receipt');
  await stripe.disputes.close(id);
  await expect(product.post(`/v1/disputes/${id}/documents`)).rejects.toMatchObject({ message: 'This dispute is already closed' });
  expect((await stripe.charges.retrieve(charge)).disputed).toBe(true);
});

test('two earlier charges of the card are proposed to Visa; with what identifies the customer they qualify', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer, card } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, email: 'ann@example.com' });
  const pay = async () => {
    const intent = await stripe.paymentIntents.create({
      ...{ amount: 2000, currency: 'usd', customer, payment_method: card ?? '', confirm: true, description: 'Pro' },
    });
    return intent.latest_charge as string;
  };
  const first = await pay();
  await clock.by(40 * DAY);
  const second = await pay();
  await clock.by(130 * DAY);
  const late = await pay();
  const { id } = (await product.post(`/v1/test_helpers/charges/${late}/dispute`, { reason: 'fraudulent' })) as unknown as Stripe.Dispute;
  const drafted = await stripe.disputes.retrieve(id);
  expect(drafted.enhanced_eligibility_types).toEqual(['visa_compelling_evidence_3']);
  expect(drafted.evidence_details.enhanced_eligibility.visa_compelling_evidence_3).toEqual({
    ...{ status: 'requires_action', required_actions: ['missing_customer_identifiers'] },
  });
  const proposed = drafted.evidence.enhanced_evidence.visa_compelling_evidence_3;
  expect(proposed?.prior_undisputed_transactions.map(({ charge }) => charge)).toEqual([second, first]);
  expect(proposed?.disputed_transaction).toMatchObject({ customer_account_id: customer, product_description: 'Pro' });

  const of = (charge: string) => ({
    charge,
    customer_purchase_ip: '203.0.113.7',
    customer_account_id: customer,
    product_description: 'Pro',
  });
  const evidence = (charges: string[]) => ({
    enhanced_evidence: {
      visa_compelling_evidence_3: {
        disputed_transaction: {
          ...{ customer_purchase_ip: '203.0.113.7', customer_account_id: customer },
          ...{ product_description: 'Pro', merchandise_or_services: 'services' as const },
        },
        prior_undisputed_transactions: charges.map(of),
      },
    },
  });
  const param = (n: number) =>
    `evidence[enhanced_evidence][visa_compelling_evidence_3][prior_undisputed_transactions][${String(n)}][charge]`;
  expect(await refusal(stripe.disputes.update(id, { evidence: evidence([second, late]) }))).toMatchObject({ param: param(1) });
  expect(await refusal(stripe.disputes.update(id, { evidence: evidence([second, second]) }))).toMatchObject({ param: param(1) });
  const given = await stripe.disputes.update(id, { evidence: evidence([second, first]), submit: false });
  expect(given.evidence_details.enhanced_eligibility.visa_compelling_evidence_3).toEqual({ status: 'qualified', required_actions: [] });
  expect((await stripe.disputes.update(id, { submit: true })).status).toBe('under_review');
});

test('evidence of a compliance case is submitted once its fee is acknowledged; a win returns the fee', async () => {
  const { clock, id } = await disputed('pm_card_createComplianceDispute');
  const param = 'evidence[enhanced_evidence][visa_compliance][fee_acknowledged]';
  const winning = { uncategorized_text: 'winning_evidence' };
  expect(await refusal(stripe.disputes.update(id, { evidence: winning }))).toMatchObject({ code: 'parameter_missing', param });
  expect(await statusOf(id)).toBe('needs_response');
  const other = { ...winning, enhanced_evidence: { mastercard_compliance: { fee_acknowledged: true } } };
  expect(await refusal(stripe.disputes.update(id, { evidence: other }))).toMatchObject({
    param: 'evidence[enhanced_evidence][mastercard_compliance]',
  });
  const sent = await stripe.disputes.update(id, {
    evidence: { ...winning, enhanced_evidence: { visa_compliance: { fee_acknowledged: true } } },
  });
  expect(sent.evidence_details.enhanced_eligibility).toEqual({ visa_compliance: { status: 'fee_acknowledged' } });
  expect(sent.balance_transactions.map(({ net }) => net)).toEqual([-3500, -50_000]);
  await clock.to('2026-01-03');
  expect((await stripe.disputes.retrieve(id)).balance_transactions.map(({ net }) => net)).toEqual([-3500, -50_000, 52_000]);
});

test('a fee of the network is never acknowledged by the policy', async () => {
  await settings({ when_unanswered: 'submit' });
  const { clock, id } = await disputed('pm_card_createMastercardComplianceDispute');
  await settings({ when_unanswered: 'wait' });
  await clock.to('2026-01-09');
  expect(await statusOf(id)).toBe('needs_response');
  await clock.to('2026-01-10');
  expect(await statusOf(id)).toBe('lost');
});

test('too much text is refused and changes nothing', async () => {
  const { id } = await disputed();
  const long = 'x'.repeat(20_000);
  const fields = ['access_activity_log', 'cancellation_rebuttal', 'product_description', 'refund_policy_disclosure', 'uncategorized_text'];
  const more = ['refund_refusal_explanation', 'service_date', 'cancellation_policy_disclosure'];
  const all = Object.fromEntries([...fields, ...more].map((field) => [field, long]));
  expect(await refusal(stripe.disputes.update(id, { evidence: all }))).toMatchObject({ statusCode: 400, param: 'evidence' });
  expect(await refusal(stripe.disputes.update(id, { evidence: { uncategorized_text: `${long}x` } }))).toMatchObject({
    param: 'evidence[uncategorized_text]',
  });
  expect((await stripe.disputes.retrieve(id)).evidence_details.has_evidence).toBe(false);
});
