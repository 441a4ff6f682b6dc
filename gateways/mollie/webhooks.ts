/**
 * Mollie's webhooks: the name of a payment, without a signature. So they only say what to look at, and Mollie is asked how the payment, its
 * refunds and its chargebacks stand.
 */
import type { ProcessorNews } from '../../domain/rows/processor-event';
import type { ReadWebhook } from '../payment-gateway';
import { keyOf } from '../remote-processor';
import { minorOf } from './amounts';
import { finalAnswerOf } from './answers';
import { isGone, type MollieClient } from './client';
import { paymentSchema, type Chargeback, type Payment, type Refund } from './objects';
import { statusOf } from './refunds';

export interface MollieClients {
  live: MollieClient | null;
  test: MollieClient | null;
}

/** A payment that is in neither mode, or that Dunlin has not made, is no news. */
export function readMollieWebhook({ live, test }: MollieClients): ReadWebhook {
  return async ({ body }) => {
    const id = new URLSearchParams(body.toString('utf8')).get('id') ?? '';
    if (!/^tr_\w{1,64}$/.test(id)) return null;
    const payment = (live && (await look(live, id))) ?? (test && (await look(test, id)));
    if (payment === null) return { processor: 'mollie', id, type: 'payment', livemode: false, news: [] };
    const state = stateOf(payment);
    return {
      processor: 'mollie',
      id: `${id}/${state}`,
      type: `payment.${payment.status}`,
      livemode: payment.mode === 'live',
      news: newsOf(payment),
    };
  };
}

async function look(mollie: MollieClient, id: string): Promise<Payment | null> {
  try {
    return await mollie.get(`payments/${id}?embed=refunds,chargebacks`, paymentSchema);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** The same for the same news, which is acted on once. */
function stateOf({ status, _embedded }: Payment): string {
  const refunds = _embedded.refunds.map((each) => `${each.id}=${each.status}`);
  const chargebacks = _embedded.chargebacks.map(({ id, reversedAt }) => `${id}=${reversedAt ? 'reversed' : 'taken'}`);
  return [status, ...refunds, ...chargebacks].join('/');
}

function newsOf(payment: Payment): ProcessorNews[] {
  const key = keyOf(payment);
  if (key === null) return [];
  const { id: reference, _embedded } = payment;
  const answer = finalAnswerOf(payment);
  return [
    ...(answer === null ? [] : [{ about: 'payment' as const, key, reference, answer }]),
    ..._embedded.refunds.map(refundNews),
    ..._embedded.chargebacks.map((each) => chargebackNews(payment, each)),
  ];
}

const refundNews = (refund: Refund): ProcessorNews => ({
  ...{ about: 'refund', key: keyOf(refund), reference: refund.id, status: statusOf(refund), reason: null },
});

/** It cannot be answered over the API. The payer's right to a SEPA debit's money is final; the bank of a card may reverse it. */
function chargebackNews({ id: payment, method }: Payment, { amount, id: reference, reason, reversedAt }: Chargeback): ProcessorNews {
  const isDebit = method === 'directdebit';
  const code = reason?.code ?? null;
  return {
    ...{ about: 'dispute', payment, currency: amount.currency.toLowerCase() },
    told: {
      ...{ reference, amount: minorOf(amount), reason: isDebit ? debitReason(code) : cardReason(code), networkReasonCode: code },
      ...{ caseType: 'chargeback', status: reversedAt ? 'won' : isDebit ? 'lost' : 'under_review', dueBy: null, fee: null },
    },
  };
}

function debitReason(code: string | null): string {
  if (code === 'AM04') return 'insufficient_funds';
  return code?.startsWith('AC') ? 'incorrect_account_details' : 'debit_not_authorized';
}

/** By the groups of Visa's codes, and Mastercard's code of fraud. */
function cardReason(code: string | null): string {
  if (code?.startsWith('10.') || code === '4837') return 'fraudulent';
  return code === '13.1' ? 'product_not_received' : 'general';
}
