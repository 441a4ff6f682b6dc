import type Stripe from 'stripe';
import { accountsOf, booksBalance } from '../ledger/books';
import { customerWith, eventsOf, priceOf, refusal, typesOf } from '../support/builders';
import { DAY, startClock } from '../support/clock';
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
  // The draft of the evidence is an update.
  expect(await told(dispute.id)).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn', 'charge.dispute.updated']);
  expect(await refusal(product.stripe.refunds.create({ charge }))).toMatchObject({
    ...{ code: 'charge_disputed', statusCode: 400, message: `Charge ${charge} has been charged back; cannot issue a refund.` },
  });
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
  expect(won.is_charge_refundable).toBe(true);
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

describe('of an invoice', () => {
  const APRIL_7 = Date.parse('2026-04-07') / 1000;

  /** Two subscriptions of one customer, of 1000 with 200 tax for April; the first charge was disputed. */
  async function disputedInvoice() {
    const clock = await startClock(product.stripe, '2026-04-01');
    const { customer, card } = await customerWith(product.stripe, 'pm_card_visa', { test_clock: clock.id });
    const { id: bad } = await product.stripe.paymentMethods.attach('pm_card_createDispute', { customer });
    const tax = await product.stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false, country: 'FR' });
    const subscribe = async (method: string) =>
      product.stripe.subscriptions.create({
        ...{ customer, items: [{ price: await priceOf(product.stripe) }], default_payment_method: method, default_tax_rates: [tax.id] },
      });
    const [first, second] = [await subscribe(bad), await subscribe(card ?? '')];
    await clock.to('2026-04-07');
    const [dispute] = (await product.stripe.disputes.list({ limit: 1 })).data;
    const booked = async () => {
      const accounts = await accountsOf(product.sql, { invoice: first.latest_invoice as string, at: APRIL_7 });
      const of = (account: string) => accounts[account] ?? 0;
      return { revenue: of('revenue'), deferred: of('deferred_revenue'), lost: of('dispute_losses'), tax: of('tax_payable:FR') };
    };
    return { clock, dispute: dispute?.id ?? '', first: first.id, second: second.id, booked, invoice: first.latest_invoice as string };
  }
  afterEach(async () => {
    expect(await booksBalance(product.sql)).toEqual([]);
    await product.post('/v1/account_settings', { disputes: { subscription: 'none', tax_when_lost: 'payable' } });
  });

  test('a loss takes what was not earned off deferred revenue, and its tax stays payable until a credit note takes it back', async () => {
    const { dispute, booked, invoice } = await disputedInvoice();
    expect(await booked()).toEqual({ revenue: -200, deferred: -800, lost: 0, tax: -200 });
    await product.stripe.disputes.close(dispute);
    expect(await booked()).toEqual({ revenue: -200, deferred: 0, lost: 400, tax: -200 });
    await product.stripe.creditNotes.create({ invoice, amount: 1200, out_of_band_amount: 1200 });
    expect(await booked()).toEqual({ revenue: -200, deferred: 0, lost: 0, tax: 0 });
  });

  test('its tax is taken back where the account says so; a bank that corrects itself restores everything', async () => {
    await product.post('/v1/account_settings', { disputes: { tax_when_lost: 'taken_back' } });
    const { clock, dispute, booked } = await disputedInvoice();
    await product.stripe.disputes.update(dispute, { evidence: { uncategorized_text: 'overturned_evidence' } });
    await clock.to('2026-04-08');
    expect((await product.stripe.disputes.retrieve(dispute)).status).toBe('lost');
    expect(await booked()).toMatchObject({ tax: 0 });
    await clock.to('2026-04-09');
    const won = await product.stripe.disputes.retrieve(dispute);
    expect([won.status, won.balance_transactions.map(({ amount }) => amount)]).toEqual(['won', [-1200, 1200]]);
    expect(await booked()).toMatchObject({ lost: 0, tax: -200 });
  });

  test('only the subscription of that invoice is canceled, if disputes cancel', async () => {
    await product.post('/v1/account_settings', { disputes: { subscription: 'cancel' } });
    const { dispute, first, second } = await disputedInvoice();
    await product.stripe.subscriptions.update(second, { metadata: { seen: 'yes' } });
    const statuses = await Promise.all([first, second].map(async (id) => (await product.stripe.subscriptions.retrieve(id)).status));
    expect(statuses).toEqual(['canceled', 'active']);
    const timeline = JSON.stringify(await product.get(`/v1/subscriptions/${first}/timeline`));
    expect(timeline).toContain(`${dispute} is opened: cancel`);
  });
});

describe('of an account that takes part in a program of a card network', () => {
  const programs = async (prevented_by: string[] | '') => product.post('/v1/account_settings', { disputes: { prevented_by } });
  beforeAll(() => programs(['rapid_dispute_resolution', 'compelling_evidence_3', 'ethoca_alerts']));
  afterAll(() => programs(''));

  test.each([
    ['pm_card_createRapidDisputeResolutionDispute', 'resolution', 2000],
    ['pm_card_createEthocaAlert', 'resolution', 2000],
    ['pm_card_createCe3BlockDispute', 'block', 0],
  ])('%s is prevented: no chargeback, no fee, and nothing to answer', async (card, case_type, refunded) => {
    const { dispute, charge } = await disputed(card);
    expect(dispute).toMatchObject({ status: 'prevented', balance_transactions: [], evidence_details: { due_by: null } });
    expect(dispute.payment_method_details?.card?.case_type).toBe(case_type);
    expect(dispute.is_charge_refundable).toBe(refunded === 0);
    expect(await product.stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: refunded, refunded: refunded > 0 });
    expect((await product.stripe.refunds.list({ charge })).data.map(({ status }) => status)).toEqual(refunded > 0 ? ['succeeded'] : []);
    expect(await booked(dispute.id)).toEqual({});
    expect(await told(dispute.id)).toEqual(['charge.dispute.created']);
    expect((await refusal(product.stripe.disputes.close(dispute.id))).message).toBe('This dispute is already closed');
  });
});

test('a processor that charges for evidence returns that fee if the dispute is won, and keeps it if it is lost', async () => {
  await product.post('/v1/account_settings', { disputes: { counter_fee: true } });
  const [won, lost] = [await disputed('pm_card_createDispute'), await disputed('pm_card_createDispute')];
  await product.stripe.disputes.update(won.dispute.id, { evidence: { uncategorized_text: 'winning_evidence' } });
  const sent = await product.stripe.disputes.update(lost.dispute.id, { evidence: { uncategorized_text: 'losing_evidence' } });
  expect(sent.balance_transactions.map(({ amount, fee, net }) => [amount, fee, net])).toEqual([
    [-2000, 1500, -3500],
    [0, 1500, -1500],
  ]);
  await product.post('/v1/account_settings', { disputes: { counter_fee: false } });
  await won.clock.to('2026-01-03');
  await lost.clock.to('2026-01-03');
  const { balance_transactions: movements } = await product.stripe.disputes.retrieve(won.dispute.id);
  expect(movements.map(({ net, fee }) => [net, fee]).at(-1)).toEqual([3500, -1500]);
  expect(await booked(won.dispute.id)).toEqual({ processor_fees: 1500, cash_clearing: -1500 });
  expect(await booked(lost.dispute.id)).toEqual({ dispute_losses: 2000, processor_fees: 3000, cash_clearing: -5000 });
});

test('an inquiry that was answered and not escalated is closed 120 days after it began', async () => {
  const { dispute, clock } = await disputed('pm_card_createDisputeInquiry');
  await product.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'The customer has used it every day.' } });
  await clock.to('2026-04-30');
  expect((await product.stripe.disputes.retrieve(dispute.id)).status).toBe('warning_under_review');
  await clock.to('2026-05-02');
  expect((await product.stripe.disputes.retrieve(dispute.id)).status).toBe('warning_closed');
});

test('an inquiry of which a part was refunded may be escalated: its whole amount is withdrawn, and a refund under way fails', async () => {
  const { clock, charge } = await disputed('pm_card_pendingRefund');
  const settled = await product.stripe.refunds.create({ charge, amount: 300 });
  await clock.to('2026-01-03');
  const dispute = (await product.post(`/v1/test_helpers/charges/${charge}/dispute`, { inquiry: true })) as unknown as Stripe.Dispute;
  await product.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'escalate_inquiry_evidence' } });
  await clock.by(DAY / 2);
  const under = await product.stripe.refunds.create({ charge, amount: 500 });
  expect((await product.stripe.disputes.retrieve(dispute.id)).status).toBe('warning_under_review');
  await clock.by(DAY / 2);
  expect(await product.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'needs_response', amount: 2000 });
  expect(await product.stripe.refunds.retrieve(under.id)).toMatchObject({
    status: 'failed',
    failure_reason: 'charge_for_pending_refund_disputed',
  });
  expect(await product.stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 300 });
  expect((await product.stripe.refunds.retrieve(settled.id)).status).toBe('succeeded');
  expect(await booked(dispute.id)).toEqual({ disputes_withheld: 2000, processor_fees: 1500, cash_clearing: -3500 });
});

test('what the charge and its customer say is evidence already', async () => {
  const address = { line1: '1 Rue', city: 'Paris', postal_code: '75001', country: 'FR' };
  const { id: customer } = await product.stripe.customers.create({
    ...{ name: 'Ada', email: 'ada@example.com', address, shipping: { name: 'Ada', address: { ...address, line1: '2 Rue' } } },
    tax: { ip_address: '203.0.113.7' },
  });
  const { id: method } = await product.stripe.paymentMethods.attach('pm_card_createDispute', { customer });
  const intent = await product.stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'usd', customer, payment_method: method, confirm: true, description: 'A year of Pro' },
  });
  const [dispute] = (await product.stripe.disputes.list({ payment_intent: intent.id })).data;
  expect(dispute?.evidence).toMatchObject({
    ...{ customer_name: 'Ada', customer_email_address: 'ada@example.com', customer_purchase_ip: '203.0.113.7' },
    ...{ billing_address: '1 Rue, 75001 Paris, FR', shipping_address: '2 Rue, 75001 Paris, FR', product_description: 'A year of Pro' },
  });
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
  const again = await refusal(product.stripe.disputes.close(dispute.id));
  expect([again.statusCode, again.message]).toEqual([400, 'This dispute is already closed']);
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

test('a dispute for fraud blocks its card and its payer once it is lost, where the account has decided so', async () => {
  await product.post('/v1/account_settings', { disputes: { block_payer: 'when_lost' } });
  const { customer, card } = await customerWith(product.stripe, 'pm_card_mastercard_2series', { email: 'fraud@example.com' });
  const pay = () =>
    product.stripe.paymentIntents.create({ ...{ amount: 2000, currency: 'usd', customer, payment_method: card ?? '', confirm: true } });
  const { latest_charge: charge } = await pay();
  const dispute = await product.post(`/v1/test_helpers/charges/${charge as string}/dispute`, { reason: 'fraudulent' });
  expect((await pay()).status).toBe('succeeded');
  await product.stripe.disputes.close(dispute['id'] as string);
  expect(await refusal(pay())).toMatchObject({ code: 'card_declined' });
  const listed = await product.stripe.radar.valueListItems.list({ value_list: await listNamed('email_blocklist') });
  expect(listed.data.map(({ value }) => value)).toContain('fraud@example.com');
  await product.post('/v1/account_settings', { disputes: { block_payer: 'never' } });
});

const listNamed = async (alias: string) => (await product.stripe.radar.valueLists.list({ alias })).data[0]?.id ?? '';

test('any charge can be disputed later, once', async () => {
  const { charge } = await disputed('pm_card_visa');
  const dispute = await product.post(`/v1/test_helpers/charges/${charge}/dispute`, { reason: 'unrecognized' });
  expect(dispute).toMatchObject({ object: 'dispute', reason: 'unrecognized', status: 'needs_response', charge });
  await expect(product.post(`/v1/test_helpers/charges/${charge}/dispute`)).rejects.toMatchObject({ code: 'charge_disputed' });
});

test('older clients answer the dispute of a charge under the charge', async () => {
  const { dispute, charge } = await disputed('pm_card_createDispute');
  const path = `/v1/charges/${charge}/dispute`;
  expect(await product.get(path)).toMatchObject({ id: dispute.id, charge });
  const staged = await product.post(path, { evidence: { product_description: 'A report' }, submit: false });
  expect(staged).toMatchObject({ id: dispute.id, evidence: { product_description: 'A report' }, status: 'needs_response' });
  expect(await product.post(`/v1/charges/${charge}/dispute/close`)).toMatchObject({ id: dispute.id, status: 'lost' });
  const intent = await product.stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
  });
  expect((await refusal(product.get(`/v1/charges/${intent.latest_charge as string}/dispute`))).statusCode).toBe(404);
});
