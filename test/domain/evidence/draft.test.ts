import { ChangeSet } from '../../../domain/core/change-set';
import { draftEvidence, fieldsFor } from '../../../domain/evidence/draft';
import { FILE_FIELDS, refuseTooMuchText, TEXT_FIELDS } from '../../../domain/evidence/fields';
import type { Dispute } from '../../../domain/rows/dispute';
import type { LocationEvidence } from '../../../domain/rows/location-evidence';
import { Rows, type RowsByKind } from '../../../domain/rows/rows';
import * as sample from '../../objects/rows';
import { World } from '../subscription/world';

const DAY = 86_400;
const at = (day: string): number => Date.parse(`${day}T10:00:00Z`) / 1000;
const PAID = at('2026-04-01');

/** 10.00 for April, paid on the 1st and disputed on the 3rd. */
function drafted(change: Partial<Dispute>, more: RowsByKind = {}) {
  const charge = sample.charge({ id: 'ch_1', created: PAID, invoice: 'in_1', customer: 'cus_1' });
  const rows = new Rows({
    account: [sample.account()],
    customer: [sample.customer()],
    charge: [charge],
    dispute: [sample.dispute({ charge: 'ch_1', created: PAID + 2 * DAY, draftedAt: null, balanceTransactions: [], ...change })],
    invoice: [sample.invoice({ id: 'in_1', number: 'A-1' })],
    invoiceLineItem: [
      sample.invoiceLineItem({
        ...{ id: 'il_1', invoice: 'in_1', description: '1 × Pro', amount: 1000, currency: 'usd' },
        ...{ periodStart: PAID, periodEnd: at('2026-05-01') },
      }),
    ],
    ...more,
  });
  rows.putAll(new Rows({ charge: [charge] }));
  rows.activity = [{ day: Math.floor(PAID / DAY) + 1, meter: 'API calls', events: 12 }];
  const changes = new ChangeSet(rows, { ...new World().trial().context, now: PAID + 2 * DAY });
  draftEvidence(changes, { subject: 'du_1', parameters: {}, answer: null } as never);
  return changes.rows.get('dispute', 'du_1');
}

const APRIL = { product_description: '1 × Pro: $10.00, 2026-04-01 to 2026-05-01', service_date: '2026-04-01 to 2026-05-01' };
const USED = '2026-04-02: 12 events of usage (API calls)';

test('of every reason, what was sold and for which days is drafted, and each line names its row', () => {
  const { evidence, sources, draftedAt } = drafted({ reason: 'general' });
  expect(evidence).toMatchObject({ ...APRIL, access_activity_log: USED });
  expect(sources.slice(0, 2).map(({ field, object }) => [field, object])).toEqual([
    ['product_description', 'il_1'],
    ['service_date', 'in_1'],
  ]);
  expect(draftedAt).toBe(PAID + 2 * DAY);
});

test('what a person has staged stays; the rest is drafted', () => {
  const { evidence } = drafted({ reason: 'general', hasEvidence: true, evidence: { product_description: 'My words' } });
  expect(evidence).toMatchObject({ product_description: 'My words', service_date: APRIL.service_date });
});

test('a claimed cancellation is answered by the terms, the announcements and the absence of a cancellation', () => {
  const session = sample.checkoutSession({ id: 'cs_1', completedAt: PAID, consent: { promotions: null, terms_of_service: 'accepted' } });
  const mail = (id: string, status: 'kept' | 'sent') =>
    sample.mail({
      id,
      kind: 'renewal',
      status,
      sentAt: status === 'sent' ? 1 : null,
      created: at('2026-03-25'),
      recipient: 'ann@example.com',
    });
  const { evidence, sources } = drafted(
    { reason: 'subscription_canceled' },
    { checkoutSession: [session], mail: [mail('mail_1', 'sent'), mail('mail_2', 'kept')] },
  );
  expect(evidence['cancellation_policy_disclosure']).toBe(
    '2026-04-01 10:00 UTC: on the page of the purchase, the customer accepted the terms of service.',
  );
  expect(evidence['cancellation_rebuttal']).toBe(
    'Nobody had canceled when the charge was made, on 2026-04-01 10:00 UTC.\n' +
      '2026-03-25 10:00 UTC: e-mail to ann@example.com, announcement of a renewal, with its amount and how to cancel',
  );
  expect(sources.map(({ object }) => object)).not.toContain('mail_2');
});

test('a customer who had canceled before the charge is not said not to have', () => {
  const { evidence } = drafted(
    { reason: 'subscription_canceled' },
    { subscription: [sample.subscription({ id: 'sub_1', canceledAt: at('2026-03-20') })] },
  );
  expect(evidence['cancellation_rebuttal']).toBe('2026-03-20 10:00 UTC: the subscription was canceled.');
});

test('a claimed duplicate names the other charge and what each has paid; a charge of another amount is none', () => {
  const other = (id: string, amount: number) => sample.charge({ id, amount, created: PAID - DAY, invoice: null, customer: 'cus_1' });
  const alone = drafted({ reason: 'duplicate' }, { charge: [other('ch_2', 999)] });
  expect(alone.evidence['duplicate_charge_id']).toBeUndefined();
  const { evidence } = drafted({ reason: 'duplicate' }, { charge: [other('ch_2', 1000)] });
  expect(evidence['duplicate_charge_id']).toBe('ch_2');
  expect(evidence['duplicate_charge_explanation']).toBe(
    'ch_2 of 2026-03-31 paid a purchase of its own, and ch_1 of 2026-04-01 paid invoice A-1.',
  );
});

test('fraud on a card that has paid before is answered by those charges; they agree with Visa where the same address was recorded', () => {
  const before = (id: string, days: number, invoice: string) =>
    sample.charge({ id, created: PAID - days * DAY, invoice, customer: 'cus_1' });
  const where = (invoice: string, ip: string) =>
    ({
      ...{ invoice, account: 'acct_1', livemode: false, created: PAID, country: 'FR', isContradicted: false },
      items: [{ source: 'ip_address' as const, country: null, value: ip }],
    }) satisfies LocationEvidence;
  const of = (ip: string) =>
    drafted(
      { reason: 'fraudulent' },
      {
        charge: [before('ch_2', 130, 'in_2'), before('ch_3', 160, 'in_3'), before('ch_4', 10, 'in_4')],
        locationEvidence: [where('in_1', '203.0.113.7'), where('in_2', '203.0.113.7'), where('in_3', ip)],
      },
    );
  const { enhancedEvidence, evidence, priorCharges } = of('203.0.113.7');
  expect(priorCharges).toEqual(['ch_2', 'ch_3']);
  expect(evidence['customer_purchase_ip']).toBe('203.0.113.7');
  expect(evidence['uncategorized_text']).toContain('was paid with the same card, and not disputed.');
  const given = enhancedEvidence.visa_compelling_evidence_3;
  expect(given?.prior_undisputed_transactions.map((each) => [each.charge, each.customer_purchase_ip])).toEqual([
    ['ch_2', '203.0.113.7'],
    ['ch_3', '203.0.113.7'],
  ]);
  expect(of('198.51.100.1').enhancedEvidence.visa_compelling_evidence_3?.prior_undisputed_transactions[1]?.customer_purchase_ip).toBe(
    '198.51.100.1',
  );
});

test('the address from which a purchase was paid on its page is evidence of that charge, and consent of another purchase is not', () => {
  const before = (id: string, days: number) =>
    sample.charge({ id, created: PAID - days * DAY, paymentIntent: `pi_${id}`, customer: 'cus_1' });
  const page = (paymentIntent: string) =>
    sample.checkoutSession({
      ...{ id: `cs_${paymentIntent}`, mode: 'payment', paymentIntent, buyerIp: '203.0.113.7', completedAt: PAID },
      consent: { promotions: null, terms_of_service: 'accepted' },
    });
  const { enhancedEvidence, evidence, sources } = drafted(
    { reason: 'fraudulent', paymentIntent: 'pi_1' },
    { charge: [before('ch_2', 130), before('ch_3', 160)], checkoutSession: [page('pi_1'), page('pi_ch_2'), page('pi_ch_3')] },
  );
  expect(evidence['customer_purchase_ip']).toBe('203.0.113.7');
  const given = enhancedEvidence.visa_compelling_evidence_3;
  expect(given?.prior_undisputed_transactions.map((each) => each.customer_purchase_ip)).toEqual(['203.0.113.7', '203.0.113.7']);
  expect(sources.map(({ object }) => object)).not.toContain('cs_pi_ch_2');
});

test('more than a field holds is left out, not cut', () => {
  const many = Array.from({ length: 400 }, (_, n) =>
    sample.licenseActivation({ id: `lact_${String(n)}`, created: PAID + n, name: 'x'.repeat(80) }),
  );
  const { evidence } = drafted({ reason: 'fraudulent' }, { licenseActivation: many });
  const log = evidence['access_activity_log'] ?? '';
  expect(log.length).toBeGreaterThan(19_000);
  expect(log.length).toBeLessThanOrEqual(20_000);
  expect(log.split('\n').every((line) => line.endsWith(')'))).toBe(true);
});

test('all texts together are at most 150,000 characters', () => {
  const all = Object.fromEntries(TEXT_FIELDS.map((field) => [field, 'x'.repeat(20_000)]));
  const seven = Object.fromEntries(Object.entries(all).slice(0, 7));
  expect(() => refuseTooMuchText(seven)).not.toThrow();
  expect(() => refuseTooMuchText(all)).toThrow('at most 150000 are accepted');
});

test('there are 27 fields, and each reason names only such', () => {
  const fields: readonly string[] = [...TEXT_FIELDS, ...FILE_FIELDS];
  expect(fields).toHaveLength(27);
  const reasons = ['fraudulent', 'unrecognized', 'product_not_received', 'product_unacceptable', 'subscription_canceled', 'duplicate'];
  for (const reason of [...reasons, 'credit_not_processed', 'general'])
    expect(fields).toEqual(expect.arrayContaining([...fieldsFor(reason)]));
});
