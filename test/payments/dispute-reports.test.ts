/** How many payments were disputed, the warning before a threshold, and the report. Each test has a month of its own. */
import type Stripe from 'stripe';
import { customerWith, eventsOf, priceOf } from '../support/builders';
import { startClock, type VirtualClock } from '../support/clock';
import { booksBalanceAfterEach } from '../ledger/books';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

interface Rate {
  program: string;
  count: number;
  early_fraud_warnings: number;
  rate: string | null;
  status: string;
  transactions: number;
}

async function payer(month: string) {
  const clock = await startClock(stripe, `${month}-02`);
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const pay = async (card: string, amount = 1000): Promise<string> => {
    const intent = await stripe.paymentIntents.create({
      ...{ amount, currency: 'usd', customer, payment_method: card, confirm: true, payment_method_types: ['card'] },
    });
    return intent.latest_charge as string;
  };
  return { clock, customer, pay };
}

async function ratesOf(month: string): Promise<Record<string, Rate>> {
  const { data } = (await product.get(`/v1/dispute_rates?month=${month}`)) as unknown as { data: Rate[] };
  return Object.fromEntries(data.map((each) => [each.program, each]));
}

const warnings = async (month: string) =>
  (await eventsOf(stripe)).flatMap(({ type, data }) => {
    const rate = data.object as unknown as { month?: string; program?: string };
    return type.startsWith('dunlin.dispute_rate.') && rate.month === month ? [`${type.slice(20)} ${rate.program ?? ''}`] : [];
  });

const disputesOf = async (charge: string): Promise<Stripe.Dispute> => (await stripe.disputes.list({ charge })).data[0] as Stripe.Dispute;

test('disputes and fraud reports of Visa cards are divided by the payments of the month; each level warns once', async () => {
  await product.post('/v1/account_settings', { disputes: { warn_count: 2, warn_percent: '10' } });
  const { pay } = await payer('2026-02');
  for (let n = 0; n < 6; n += 1) await pay('pm_card_visa');
  await pay('pm_card_createIssuerFraudRecord');
  await pay('pm_card_createDisputeInquiry');
  for (let n = 0; n < 3; n += 1) await pay('pm_card_createDispute');
  expect(await warnings('2026-02')).toEqual(['reached own', 'approaching visa_vamp_non_compliant']);
  await pay('pm_card_createDispute');
  await pay('pm_card_createDispute');
  expect(await warnings('2026-02')).toEqual(['reached own', 'approaching visa_vamp_non_compliant', 'reached visa_vamp_non_compliant']);
  const { visa_vamp_non_compliant: vamp, own, mastercard_ecm: ecm } = await ratesOf('2026-02');
  expect(vamp).toMatchObject({ count: 6, disputes: 5, early_fraud_warnings: 1, transactions: 13, rate: '46.1538', status: 'reached' });
  expect(own).toMatchObject({ count: 5, transactions: 13, status: 'reached' });
  expect(ecm).toMatchObject({ count: 0, status: 'below' });
  await product.post('/v1/account_settings', { disputes: { warn_count: '', warn_percent: '' } });
  const { csv } = (await product.get('/v1/dispute_rates?month=2026-02&format=csv')) as { csv?: string };
  expect(csv).toContain('visa_vamp_non_compliant,visa,2026-02,reached,6,5,1,13,month,46.1538,5,0.5,payments,,\r\n');
});

test('Mastercard divides by the payments of the month before; what a program prevents does not count', async () => {
  const { clock, pay } = await payer('2026-04');
  await pay('pm_card_mastercard');
  await pay('pm_card_mastercard');
  await clock.to('2026-05-02');
  await product.post('/v1/account_settings', { disputes: { prevented_by: ['ethoca_alerts'] } });
  await pay('pm_card_createEthocaAlert');
  await product.post('/v1/account_settings', { disputes: { prevented_by: '' } });
  await pay('pm_card_createEthocaAlert');
  expect((await ratesOf('2026-05'))['mastercard_ecm']).toMatchObject({ count: 1, transactions: 2, rate: '50.0000', status: 'below' });
});

test('fraud that compelling evidence has cleared does not count', async () => {
  const { clock, customer, pay } = await payer('2026-06');
  const prior = [await pay('pm_card_visa'), await pay('pm_card_visa')];
  await clock.to('2026-11-02');
  const charge = await pay('pm_card_visa');
  await product.post(`/v1/test_helpers/charges/${charge}/dispute`, { reason: 'fraudulent' });
  const { id } = await disputesOf(charge);
  expect((await ratesOf('2026-11'))['visa_vamp_excessive']).toMatchObject({ count: 1 });
  const known = { customer_purchase_ip: '203.0.113.7', customer_account_id: customer, product_description: 'Pro' };
  await stripe.disputes.update(id, {
    evidence: {
      uncategorized_text: 'winning_evidence',
      enhanced_evidence: {
        visa_compelling_evidence_3: {
          disputed_transaction: { ...known, merchandise_or_services: 'services' },
          prior_undisputed_transactions: prior.map((each) => ({ ...known, charge: each })),
        },
      },
    },
  });
  await clock.to('2026-11-05');
  expect((await stripe.disputes.retrieve(id)).status).toBe('won');
  expect((await ratesOf('2026-11'))['visa_vamp_excessive']).toMatchObject({ count: 0, transactions: 1 });
});

interface Report {
  groups: { group: string | null; disputes: number; amount: number }[];
  totals: Record<string, unknown>[];
  csv?: string;
}

describe('the report', () => {
  const span = { from: Date.parse('2027-01-01') / 1000, to: Date.parse('2027-02-01') / 1000 };
  const report = async (by: string, format = 'json') =>
    (await product.get(
      `/v1/dispute_report?group_by=${by}&from=${String(span.from)}&to=${String(span.to)}&format=${format}`,
    )) as unknown as Report;
  let clock: VirtualClock;
  let sold: string;

  beforeAll(async () => {
    const { customer, pay, ...of } = await payer('2027-01');
    ({ clock } = of);
    const won = await disputesOf(await pay('pm_card_createDispute', 2000));
    const lost = await disputesOf(await pay('pm_card_createDisputeProductNotReceived', 1000));
    await pay('pm_card_createDispute', 500);
    const { id: method } = await stripe.paymentMethods.attach('pm_card_createDispute', { customer });
    const price = await priceOf(stripe, 300);
    await stripe.subscriptions.create({ customer, items: [{ price }], default_payment_method: method });
    sold = (await stripe.prices.retrieve(price)).product as string;
    await stripe.disputes.update(won.id, { evidence: { uncategorized_text: 'winning_evidence' } });
    await stripe.disputes.close(lost.id);
    await clock.to('2027-01-05');
  });

  test('counts, money, fees and the share that was won, by reason; the groups sum to the total', async () => {
    const { groups, totals } = await report('reason');
    expect(groups).toMatchObject([
      {
        group: 'fraudulent',
        currency: 'usd',
        disputes: 3,
        won: 1,
        lost: 0,
        open: 2,
        amount: 2800,
        amount_won: 2000,
        fees: 4500,
        win_rate: '100.00',
      },
      { group: 'product_not_received', disputes: 1, lost: 1, amount_lost: 1000, win_rate: '0.00', seconds_to_decision: 0 },
    ]);
    expect(totals).toMatchObject([{ disputes: 4, amount: 3800, won: 1, lost: 1, open: 2, fees: 6000, win_rate: '50.00' }]);
    expect(totals[0]?.['seconds_to_decision']).toBe(43_200);
  });

  test.each(['product', 'country', 'reason'])('by %s, each dispute is in one group', async (by) => {
    const { groups, totals } = await report(by);
    const sums = [groups.reduce((sum, each) => sum + each.disputes, 0), groups.reduce((sum, each) => sum + each.amount, 0)];
    expect(sums).toEqual([totals[0]?.['disputes'], totals[0]?.['amount']]);
  });

  test('a product is known of what an invoice has sold; a country is that of the card', async () => {
    expect((await report('product')).groups.map(({ group, amount }) => [group, amount])).toEqual([
      [null, 3500],
      [sold, 300],
    ]);
    expect((await report('country')).groups.map(({ group }) => group)).toEqual(['US']);
  });

  test('as CSV, with the total at its end', async () => {
    const { csv } = await report('reason', 'csv');
    expect(csv?.split('\r\n')).toEqual([
      'reason,currency,disputes,inquiries,prevented,open,won,lost,amount,amount_won,amount_lost,fees,win_rate,seconds_to_decision',
      'fraudulent,usd,3,0,0,2,1,0,28.00,20.00,0.00,45.00,100.00,86400',
      'product_not_received,usd,1,0,0,0,0,1,10.00,0.00,10.00,15.00,0.00,0',
      'total,usd,4,0,0,2,1,1,38.00,20.00,10.00,60.00,50.00,43200',
      '',
    ]);
  });
});
