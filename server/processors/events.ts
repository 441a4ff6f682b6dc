/**
 * What Dunlin does about an event of a processor. Events come twice, late, and in any order; so each only says what to look at. What is not
 * ours, or known already, changes nothing.
 */
import { loadCustomerFacts } from '../../db/customers';
import { lockFacts } from '../../db/facts';
import { byKey, loadMatching } from '../../db/matching';
import {
  findAttemptAt,
  findAttemptedIntent,
  findChargeAt,
  findRefundAt,
  findStoredMethods,
  finishProcessorEvent,
  noteProcessorEvent,
} from '../../db/processor-operations';
import { settleDebitAt } from '../../domain/collection/debits';
import { renewStoredCard } from '../../domain/customer/payment-methods';
import { followDisputeAt } from '../../domain/payment/disputes-at';
import { settleRefundAt } from '../../domain/payment/refunds';
import { warnOnce } from '../../domain/fraud/review-endings';
import type { ProcessorEvent, ProcessorNews } from '../../domain/rows/processor-event';
import type { Dependencies, Scope } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { ApiRequest } from '../http/request';
import { finishAuthentication } from './authentication';

/** Acts on it, unless that was done before. @param fetched no webhook has brought it in time */
export async function actOnce(
  deps: Dependencies,
  event: ProcessorEvent,
  { requestId, fetched }: { requestId: string; fetched: boolean },
): Promise<void> {
  if (event.news.length === 0 || (await noteProcessorEvent(deps.sql, event))) return;
  await actOn(deps, event, requestId);
  await finishProcessorEvent(deps.sql, event, { fetched });
}

async function actOn(deps: Dependencies, { news, ...event }: ProcessorEvent, requestId: string): Promise<void> {
  for (const [index, each] of news.entries()) {
    // Each change is committed once under the name of its request.
    await actOnOne(deps, { ...event, news: each }, index === 0 ? requestId : `${requestId}/${String(index)}`);
  }
}

type One = Omit<ProcessorEvent, 'news'> & { news: ProcessorNews };

async function actOnOne(deps: Dependencies, { processor, livemode, news }: One, requestId: string): Promise<void> {
  switch (news.about) {
    case 'attempt':
      return continueAttempt(deps, { processor, reference: news.reference }, requestId);
    case 'payment':
      return settlePayment(deps, { ...news, processor, livemode }, requestId);
    case 'refund':
      return settleRefund(deps, { ...news, livemode }, requestId);
    case 'dispute':
    case 'warning':
      return changeCharge(deps, { processor, livemode, news }, requestId);
    case 'card':
      return renewCards(deps, { ...news, processor, livemode }, requestId);
    case 'nothing':
      return;
  }
}

/** An event may be older than what the cardholder is asked for now. So the processor is asked, too. */
async function continueAttempt(
  deps: Dependencies,
  { processor, reference }: { processor: string; reference: string },
  id: string,
): Promise<void> {
  const found = await findAttemptedIntent(deps.sql, processor, reference);
  if (found?.attempt !== 'requires_action') return;
  const kind = found.kind === 'setupIntent' ? 'setup' : 'payment';
  const isDecided = await deps.processors.isDecided(found.row, { processor, kind, reference, secret: null });
  if (isDecided === null) throw new HttpError(503, 'The processor does not answer.', { type: 'api_error' });
  if (isDecided) await finishAuthentication(deps, found, { id, path: `/gateways/${processor}/webhook`, result: 'succeeded' });
}

/** A bank has decided a payment that it was collecting. */
async function settlePayment(
  deps: Dependencies,
  { processor, livemode, key, answer }: News<'payment'> & { processor: string; livemode: boolean },
  id: string,
): Promise<void> {
  const attempt = await findAttemptAt(deps.sql, { processor, livemode, key });
  if (attempt === null) return;
  const { account, customer, intent } = attempt;
  await requestFor(deps, attempt, id).change({
    step: 'settleDebitAt',
    customer,
    subject: intent,
    load: (tx) => lockFacts(tx, { account, customer, intent }),
    plan: (changes) => {
      settleDebitAt(changes, { intent, attempt: key }, answer);
    },
  });
}

type News<About> = Extract<ProcessorNews, { about: About }>;

async function settleRefund(
  deps: Dependencies,
  { key, status, reason, livemode }: News<'refund'> & { livemode: boolean },
  id: string,
): Promise<void> {
  if (key === null || status === 'pending') return;
  const refund = await findRefundAt(deps.sql, { key, livemode });
  if (refund === null) return;
  const facts = { account: refund.account, customer: refund.customer, charge: refund.charge };
  await requestFor(deps, refund, id).change({
    step: 'settleRefundAt',
    customer: refund.customer,
    subject: refund.id,
    load: (tx) => lockFacts(tx, facts),
    plan: (changes) => {
      settleRefundAt(changes, refund.id, { status, reason });
    },
  });
}

/** A dispute in another currency than the charge's has the charge's amount: what the bank takes is in the books of the processor. */
async function changeCharge(
  deps: Dependencies,
  { processor, livemode, news }: { processor: string; livemode: boolean; news: News<'dispute' | 'warning'> },
  id: string,
): Promise<void> {
  const charge = await findChargeAt(deps.sql, { processor, livemode, payment: news.payment });
  if (charge === null) return;
  const facts = { account: charge.account, customer: charge.customer, charge: charge.id };
  await requestFor(deps, charge, id).change({
    step: news.about === 'dispute' ? 'followDisputeAt' : 'warnOfFraud',
    customer: charge.customer,
    subject: charge.id,
    load: (tx) => lockFacts(tx, facts),
    plan: (changes) => {
      const row = changes.rows.get('charge', charge.id);
      if (news.about === 'warning') return warnOnce(changes, row, news.fraudType);
      const amount = row.currency === news.currency ? news.told.amount : row.amountCaptured;
      followDisputeAt(changes, charge.id, { ...news.told, amount });
    },
  });
}

async function renewCards(
  deps: Dependencies,
  { processor, method, card, livemode }: News<'card'> & { processor: string; livemode: boolean },
  id: string,
): Promise<void> {
  for (const stored of await findStoredMethods(deps.sql, { processor, method, livemode })) {
    const { customer } = stored;
    const request = requestFor(deps, stored, id);
    await request.change({
      step: 'renewStoredCard',
      customer,
      subject: stored.id,
      load: async (tx) => {
        const facts = customer === null ? null : await loadCustomerFacts(tx, request.scope, customer);
        const methods = await loadMatching(tx, request.scope, [byKey('paymentMethod', stored.id)]);
        for (const each of methods.all('paymentMethod')) facts?.put('paymentMethod', each);
        return facts ?? methods;
      },
      plan: (changes) => {
        renewStoredCard(changes, stored.id, card);
      },
    });
  }
}

/** A change that nobody has asked the API for. */
export const requestFor = (deps: Dependencies, { account, livemode }: Scope, id: string): ApiRequest<unknown> =>
  new ApiRequest(
    {},
    { path: {}, scope: { account, livemode }, keyId: 'processor', identity: { id, idempotencyKey: null }, origin: '' },
    deps,
  );
