import type { Charge } from '../../domain/rows/charge';
import type { Dispute } from '../../domain/rows/dispute';
import type { PaymentIntent } from '../../domain/rows/payment-intent';
import type { Refund } from '../../domain/rows/refund';
import { Rows } from '../../domain/rows/rows';
import { render } from '../../objects';
import { balanceTransaction, card, charge, declined, dispute, NOW, paymentIntent, paymentMethod, refund } from './rows';

const intent = (change: Partial<PaymentIntent>) =>
  render('paymentIntent', 'pi_1', new Rows({ paymentIntent: [paymentIntent(change)], paymentMethod: [paymentMethod()] }));

test('a declined payment shows the reason, with the card that was declined', () => {
  expect(intent({ lastPaymentError: declined })['last_payment_error']).toMatchObject({
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    doc_url: 'https://docs.stripe.com/error-codes/card-declined',
    payment_method: { id: 'pm_1', card: { last4: '4242' } },
  });
});

test('an error leaves out unknown properties', () => {
  const error = intent({ lastPaymentError: { ...declined, decline_code: null, charge: null, payment_method: null } })['last_payment_error'];
  for (const property of ['decline_code', 'charge', 'payment_method']) expect(error).not.toHaveProperty(property);
});

test('a payment that needs 3-D Secure shows the URL for the cardholder', () => {
  expect(intent({})['next_action']).toEqual({
    type: 'redirect_to_url',
    redirect_to_url: { return_url: null, url: 'https://bank.example/3ds' },
  });
  expect(intent({ nextAction: { type: 'use_stripe_sdk', url: 'https://bank.example/3ds', return_url: null } })['next_action']).toEqual({
    type: 'use_stripe_sdk',
    use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: 'https://bank.example/3ds' },
  });
  expect(intent({ nextAction: null })['next_action']).toBeNull();
});

test('a card shows its brand and expiry, and nothing about its storage at the processor', () => {
  const shown = render('paymentMethod', 'pm_1', new Rows({ paymentMethod: [paymentMethod()] }));
  expect(shown).toMatchObject({ card: { brand: 'visa', last4: '4242', three_d_secure_usage: { supported: true } } });
  expect(JSON.stringify(shown)).not.toMatch(/gateway|risk|succeeds/);
});

const charged = (change: Partial<Charge>) =>
  render('charge', 'ch_1', new Rows({ charge: [charge(change)] })) as { payment_method_details: { card: Record<string, unknown> } };

test('a charge shows how its cardholder was authenticated', () => {
  const result = (authenticated: boolean) =>
    charged({ paymentMethodDetails: { card, three_d_secure: { authenticated } } }).payment_method_details.card;
  expect(result(true)).toMatchObject({ three_d_secure: { result: 'authenticated' } });
  expect(result(false)).toMatchObject({ three_d_secure: { result: 'failed', result_reason: 'rejected' } });
  expect(charged({}).payment_method_details.card).toMatchObject({ three_d_secure: null });
});

test('a failed charge authorized nothing', () => {
  expect(charged({ status: 'failed' }).payment_method_details.card).toMatchObject({ amount_authorized: null });
});

const refunded = (change: Partial<Refund>) => render('refund', 're_1', new Rows({ refund: [refund(change)], charge: [charge()] }));

test('a refund shows its pending reason and its failure reason only while they apply', () => {
  expect(refunded({ status: 'pending' })).toMatchObject({ pending_reason: 'processing' });
  expect(refunded({ status: 'failed', failureReason: 'expired_or_canceled_card', failureBalanceTransaction: 'txn_9' })).toMatchObject({
    failure_reason: 'expired_or_canceled_card',
    failure_balance_transaction: 'txn_9',
  });
  expect(refunded({})).toMatchObject({ payment_method: 'pm_1' });
  for (const property of ['pending_reason', 'failure_reason', 'failure_balance_transaction'])
    expect(refunded({})).not.toHaveProperty(property);
});

const disputed = (change: Partial<Dispute>, now = NOW) =>
  render('dispute', 'du_1', new Rows({ dispute: [dispute(change)], balanceTransaction: [balanceTransaction()] }), { now });

test('a dispute shows its balance transactions, and evidence only if there is some', () => {
  expect(disputed({})).toMatchObject({ balance_transactions: [{ id: 'txn_1', net: 941 }], evidence_details: { has_evidence: false } });
  expect(disputed({ evidence: { uncategorized_text: 'winning_evidence' }, hasEvidence: true })).toMatchObject({
    evidence: { uncategorized_text: 'winning_evidence', receipt: null },
    evidence_details: { has_evidence: true },
  });
  // The account has not submitted the evidence that Dunlin fills in.
  expect(disputed({ evidence: { customer_name: 'Ann' } })).toMatchObject({
    evidence: { customer_name: 'Ann' },
    evidence_details: { has_evidence: false },
  });
});

test('evidence is late after its due date', () => {
  expect(disputed({ dueBy: NOW })).toMatchObject({ evidence_details: { past_due: false } });
  expect(disputed({ dueBy: NOW }, NOW + 1)).toMatchObject({ evidence_details: { past_due: true } });
});

test('an inquiry is not shown as a chargeback', () => {
  expect(disputed({ status: 'warning_needs_response', caseType: 'inquiry' })).toMatchObject({
    payment_method_details: { card: { case_type: 'inquiry' } },
  });
  expect(disputed({})).toMatchObject({ payment_method_details: { card: { case_type: 'chargeback' } } });
});

test('funds become available on their date', () => {
  const rows = new Rows({ balanceTransaction: [balanceTransaction({ availableOn: NOW })] });
  expect(render('balanceTransaction', 'txn_1', rows, { now: NOW - 1 })).toMatchObject({ status: 'pending' });
  expect(render('balanceTransaction', 'txn_1', rows, { now: NOW })).toMatchObject({ status: 'available' });
});
