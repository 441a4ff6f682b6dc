import { eligibilityOf, enhancedTypes, isPriorCharge, isSameCustomer } from '../../../domain/evidence/enhanced';
import type { Dispute, PriorTransaction, TransactionEvidence } from '../../../domain/rows/dispute';
import * as sample from '../../objects/rows';

const DAY = 86_400;
const dispute = (change: Partial<Dispute> = {}): Dispute =>
  sample.dispute({ caseType: 'chargeback', networkReasonCode: '10.4', ...change });

const NOBODY: TransactionEvidence = {
  customer_account_id: null,
  customer_device_fingerprint: null,
  customer_device_id: null,
  customer_email_address: null,
  customer_purchase_ip: null,
  product_description: 'Pro',
  shipping_address: null,
};
const ADDRESS = { line1: '1 Rue', line2: null, postal_code: '75001', city: 'Paris', state: null, country: 'FR' };

test.each<[string, Partial<TransactionEvidence>, Partial<TransactionEvidence>, boolean]>([
  ['the address of the internet and an account', { customer_purchase_ip: '1.1.1.1', customer_account_id: 'a' }, {}, true],
  ['only the address of the internet', { customer_purchase_ip: '1.1.1.1' }, {}, false],
  ['no main element', { customer_account_id: 'a', customer_email_address: 'a@b.c', shipping_address: ADDRESS }, {}, false],
  ['both main elements', { customer_purchase_ip: '1.1.1.1', customer_device_id: 'x'.repeat(15) }, {}, true],
  ['a device whose id is too short', { customer_device_id: 'x'.repeat(14), customer_account_id: 'a' }, {}, false],
  ['a fingerprint of 20 characters', { customer_device_fingerprint: 'x'.repeat(20), shipping_address: ADDRESS }, {}, true],
  ['a fingerprint of 19 characters', { customer_device_fingerprint: 'x'.repeat(19), shipping_address: ADDRESS }, {}, false],
  [
    'an e-mail address in other letters',
    { customer_purchase_ip: '1.1.1.1', customer_email_address: 'A@b.c' },
    { customer_email_address: 'a@B.c' },
    true,
  ],
  [
    'another street',
    { customer_purchase_ip: '1.1.1.1', shipping_address: ADDRESS },
    { shipping_address: { ...ADDRESS, line1: '2 Rue' } },
    false,
  ],
  [
    'another address of the internet',
    { customer_purchase_ip: '1.1.1.1', customer_account_id: 'a' },
    { customer_purchase_ip: '2.2.2.2' },
    false,
  ],
])('%s identifies the customer or does not', (_, of, change, expected) => {
  expect(isSameCustomer({ ...NOBODY, ...of }, { ...NOBODY, ...of, ...change })).toBe(expected);
});

test.each<[string, number, object, boolean]>([
  ['119 days', 119, {}, false],
  ['120 days', 120, {}, true],
  ['364 days', 364, {}, true],
  ['365 days', 365, {}, false],
  ['disputed', 200, { disputed: true }, false],
  ['refunded in part', 200, { amountRefunded: 1 }, false],
  ['failed', 200, { status: 'failed' }, false],
  ['only authorized', 200, { captured: false }, false],
])('a charge of the card that is %s old counts or does not', (_, days, change, expected) => {
  const charge = sample.charge({ created: 0, ...change });
  expect(isPriorCharge(charge, dispute({ created: days * DAY, paymentMethodDetails: { card: charge.paymentMethodDetails.card } }))).toBe(
    expected,
  );
});

test('a charge of another card does not count', () => {
  const charge = sample.charge({ created: 0 });
  const { card } = charge.paymentMethodDetails;
  if (!card) throw new Error('it has a card');
  expect(isPriorCharge(charge, dispute({ created: 200 * DAY, paymentMethodDetails: { card: { ...card, fingerprint: 'other' } } }))).toBe(
    false,
  );
});

const known = { ...NOBODY, customer_purchase_ip: '1.1.1.1', customer_account_id: 'a' };
const prior = (charge: string): PriorTransaction => ({ ...known, charge });
const compelling = (change: object) => ({
  visa_compelling_evidence_3: {
    disputed_transaction: { ...known, merchandise_or_services: 'services' as const },
    prior_undisputed_transactions: [prior('ch_2'), prior('ch_3')],
    ...change,
  },
});

test.each<[string, object, string, string[]]>([
  ['two earlier charges of the same customer', {}, 'qualified', []],
  [
    'one earlier charge',
    { prior_undisputed_transactions: [prior('ch_2')] },
    'requires_action',
    ['missing_customer_identifiers', 'missing_prior_undisputed_transactions'],
  ],
  [
    'no words about what was sold',
    { disputed_transaction: { ...known, product_description: null, merchandise_or_services: null } },
    'requires_action',
    ['missing_disputed_transaction_description', 'missing_merchandise_or_services'],
  ],
  [
    'an earlier charge without words',
    { prior_undisputed_transactions: [prior('ch_2'), { ...prior('ch_3'), product_description: '' }] },
    'requires_action',
    ['missing_prior_undisputed_transaction_description'],
  ],
  [
    'an earlier charge of somebody else',
    { prior_undisputed_transactions: [prior('ch_2'), { ...prior('ch_3'), customer_purchase_ip: '2.2.2.2' }] },
    'requires_action',
    ['missing_customer_identifiers'],
  ],
])('compelling evidence with %s', (_, change, status, required_actions) => {
  const given = dispute({ enhancedEvidence: compelling(change), priorCharges: ['ch_2', 'ch_3'] });
  expect(eligibilityOf(given)).toEqual({ visa_compelling_evidence_3: { status, required_actions } });
});

test('without two earlier charges of the card it does not qualify, as far as Dunlin knows', () => {
  expect(eligibilityOf(dispute({ priorCharges: ['ch_2'] })).visa_compelling_evidence_3?.status).toBe('not_qualified');
  expect(eligibilityOf(dispute({ draftedAt: null })).visa_compelling_evidence_3?.status).toBe('requires_action');
});

test('it is only for fraud on Visa cards; compliance cases have a fee', () => {
  expect(enhancedTypes(dispute())).toEqual(['visa_compelling_evidence_3']);
  expect(enhancedTypes(dispute({ networkReasonCode: '13.1' }))).toEqual([]);
  expect(enhancedTypes(dispute({ caseType: 'inquiry' }))).toEqual([]);
  expect(enhancedTypes(dispute({ caseType: 'compliance' }))).toEqual(['visa_compliance']);
  expect(eligibilityOf(dispute({ caseType: 'compliance' }))).toEqual({ visa_compliance: { status: 'requires_fee_acknowledgement' } });
});
