import type Stripe from 'stripe';
import { customerWith, eventsOf, refusal, typesOf } from '../support/builders';
import { startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();

async function disputed(card: string) {
  const clock = await startClock(product.stripe, '2026-01-01');
  const { customer, card: method } = await customerWith(product.stripe, card, { test_clock: clock.id });
  const intent = await product.stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'usd', customer, payment_method: method ?? '', confirm: true },
  });
  const disputes = (await product.stripe.disputes.list({ payment_intent: intent.id })).data;
  return { clock, charge: intent.latest_charge as string, disputes, dispute: disputes[0] as Stripe.Dispute };
}

/** The sum of all entries of a dispute, by account. */
async function booked(dispute: string): Promise<Record<string, number>> {
  const rows = await product.sql<{ ledgerAccount: string; amount: number }[]>`
    select e.ledger_account, sum(e.amount)::int as amount from ledger_entries e join ledger_transactions t on t.id = e.transaction
    where t.source = ${dispute} group by 1 having sum(e.amount) <> 0`;
  return Object.fromEntries(rows.map(({ ledgerAccount, amount }) => [ledgerAccount, amount]));
}

const told = async (id: string) =>
  typesOf((await eventsOf(product.stripe)).filter(({ data }) => (data.object as { id: string }).id === id));

test('a chargeback withdraws the amount and its fee, and marks the charge', async () => {
  const { dispute, charge } = await disputed('pm_card_createDispute');
  expect(dispute).toMatchObject({ amount: 2000, reason: 'fraudulent', status: 'needs_response', is_charge_refundable: false });
  expect(dispute.balance_transactions).toMatchObject([{ amount: -2000, fee: 1500, net: -3500, type: 'adjustment' }]);
  expect((await product.stripe.charges.retrieve(charge)).disputed).toBe(true);
  expect(await booked(dispute.id)).toEqual({ disputes_withheld: 2000, processor_fees: 1500, cash_clearing: -3500 });
  expect(await told(dispute.id)).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn']);
  expect((await refusal(product.stripe.refunds.create({ charge }))).code).toBe('charge_disputed');
});

test('winning evidence returns the amount, but not the fee', async () => {
  const { dispute, clock } = await disputed('pm_card_createDispute');
  const staged = await product.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' }, submit: false });
  expect([staged.status, staged.evidence_details.has_evidence, staged.evidence_details.submission_count]).toEqual([
    'needs_response',
    true,
    0,
  ]);
  const sent = await product.stripe.disputes.update(dispute.id, { submit: true });
  expect([sent.status, sent.evidence_details.submission_count]).toEqual(['under_review', 1]);
  await clock.to('2026-01-03');
  const won = await product.stripe.disputes.retrieve(dispute.id);
  expect([won.status, won.balance_transactions.map(({ net }) => net)]).toEqual(['won', [-3500, 2000]]);
  expect(await booked(dispute.id)).toEqual({ processor_fees: 1500, cash_clearing: -1500 });
  expect((await told(dispute.id)).slice(-2)).toEqual(['charge.dispute.closed', 'charge.dispute.funds_reinstated']);
});

test('evidence that does not convince loses the amount for good', async () => {
  const { dispute, clock } = await disputed('pm_card_createDisputeProductNotReceived');
  expect(dispute.reason).toBe('product_not_received');
  await product.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'losing_evidence' } });
  await clock.to('2026-01-03');
  expect((await product.stripe.disputes.retrieve(dispute.id)).status).toBe('lost');
  expect(await booked(dispute.id)).toEqual({ dispute_losses: 2000, processor_fees: 1500, cash_clearing: -3500 });
  expect((await refusal(product.stripe.disputes.update(dispute.id, { submit: true }))).statusCode).toBe(400);
});

test('a chargeback without an answer is lost on its due date, and not before', async () => {
  const { dispute, clock } = await disputed('pm_card_createDispute');
  expect(dispute.evidence_details.due_by).toBe(Date.parse('2026-01-09T23:59:59Z') / 1000);
  await clock.to('2026-01-09');
  expect((await product.stripe.disputes.retrieve(dispute.id)).status).toBe('needs_response');
  await clock.to('2026-01-10');
  expect((await product.stripe.disputes.retrieve(dispute.id)).status).toBe('lost');
});

test('pre-filled evidence does not count as submitted', async () => {
  const { dispute } = await disputed('pm_card_createDispute');
  expect(dispute.evidence.customer_email_address).not.toBeNull();
  expect(dispute.evidence_details).toMatchObject({ has_evidence: false, submission_count: 0 });
});

test('any other evidence stays under review', async () => {
  const { dispute, clock } = await disputed('pm_card_createDispute');
  await product.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'The customer has used it every day.' } });
  await clock.to('2026-02-20');
  expect((await product.stripe.disputes.retrieve(dispute.id)).status).toBe('under_review');
});

test('an inquiry whose evidence escalates it becomes a chargeback, and its funds are withdrawn', async () => {
  const { dispute, clock } = await disputed('pm_card_createDisputeInquiry');
  await product.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'escalate_inquiry_evidence' } });
  await clock.to('2026-01-03');
  const escalated = await product.stripe.disputes.retrieve(dispute.id);
  expect(escalated).toMatchObject({ status: 'needs_response', is_charge_refundable: false });
  expect(escalated.balance_transactions.map(({ net }) => net)).toEqual([-3500]);
  expect((await told(dispute.id)).at(-1)).toBe('charge.dispute.funds_withdrawn');
});

test('a charge is reported as fraud, or as safe', async () => {
  const { charge } = await disputed('pm_card_visa');
  expect((await product.stripe.charges.update(charge, { fraud_details: { user_report: 'safe' } })).fraud_details).toEqual({
    user_report: 'safe',
  });
});

test('a dispute that is closed is lost, and cannot be closed again', async () => {
  const { dispute } = await disputed('pm_card_createDispute');
  expect((await product.stripe.disputes.close(dispute.id)).status).toBe('lost');
  expect((await refusal(product.stripe.disputes.close(dispute.id))).statusCode).toBe(400);
});

test('an inquiry moves no money, and is closed without effect on its due date', async () => {
  const { dispute, clock } = await disputed('pm_card_createDisputeInquiry');
  expect(dispute).toMatchObject({ status: 'warning_needs_response', is_charge_refundable: true, balance_transactions: [] });
  await clock.to('2026-01-10');
  expect((await product.stripe.disputes.retrieve(dispute.id)).status).toBe('warning_closed');
  expect(await booked(dispute.id)).toEqual({});
});

test('refunding the charge of an inquiry ends it', async () => {
  const { dispute, charge } = await disputed('pm_card_createDisputeInquiry');
  await product.stripe.refunds.create({ charge });
  expect((await product.stripe.disputes.retrieve(dispute.id)).status).toBe('warning_closed');
});

test('a charge may be disputed in several parts, up to its amount', async () => {
  const { disputes } = await disputed('pm_card_createMultipleDisputes');
  expect(disputes.map(({ amount }) => amount)).toEqual([1000, 1000]);
});

test('any charge can be disputed later, once', async () => {
  const { charge } = await disputed('pm_card_visa');
  const dispute = await product.post(`/v1/test_helpers/charges/${charge}/dispute`, { reason: 'unrecognized' });
  expect(dispute).toMatchObject({ object: 'dispute', reason: 'unrecognized', status: 'needs_response', charge });
  await expect(product.post(`/v1/test_helpers/charges/${charge}/dispute`)).rejects.toMatchObject({ code: 'charge_disputed' });
});
