/** Stripe's webhooks: verified by the SDK, with two secrets while one replaces the other, and reduced to what Dunlin does about them. */
import type Stripe from 'stripe';
import type { z } from 'zod';
import type { CaseType } from '../../domain/rows/dispute';
import type { ProcessorEvent, ProcessorNews } from '../../domain/rows/processor-event';
import type { ReadWebhook } from '../payment-gateway';
import { keyOf } from '../remote-processor';
import { attemptObject, cardObject, disputeObject, readObject, refundObject, warningObject, type DisputeObject } from './event-objects';
import { feeIn } from './fees';
import { statusOf } from './refunds';
import { cardOf } from './stored-methods';

export interface WebhookSecrets {
  live: readonly string[];
  test: readonly string[];
}

/** @param stripe only checks signatures, and calls nothing */
export function readStripeWebhook(stripe: Stripe, secrets: WebhookSecrets): ReadWebhook {
  return ({ body, headers }) =>
    new Promise((resolve) => {
      const signature = headers['stripe-signature'];
      const event = typeof signature === 'string' ? verified(stripe, { body, signature }, secrets) : null;
      resolve(event && eventOf(event));
    });
}

/** @throws BillingError parameter_invalid for an event that lacks what Dunlin needs */
export function eventOf(event: Stripe.Event): ProcessorEvent {
  const { id, type, livemode } = event;
  return { processor: 'stripe', id, type, livemode, news: [newsOf(event)] };
}

/** A secret of one mode signs no event of the other. */
function verified(
  stripe: Stripe,
  { body, signature }: { body: Buffer; signature: string },
  { live, test }: WebhookSecrets,
): Stripe.Event | null {
  for (const [livemode, secret] of [...live.map((each) => [true, each] as const), ...test.map((each) => [false, each] as const)]) {
    try {
      const event = stripe.webhooks.constructEvent(body, signature, secret);
      if (event.livemode === livemode) return event;
    } catch {
      // Another secret may have signed it.
    }
  }
  return null;
}

function newsOf({ id, type, data }: Stripe.Event): ProcessorNews {
  const told = { id, type, object: data.object as unknown };
  if (ABOUT_ATTEMPTS.has(type)) return { about: 'attempt', reference: readObject(told, attemptObject).id };
  if (ABOUT_REFUNDS.has(type)) return refundNews(readObject(told, refundObject));
  if (ABOUT_DISPUTES.has(type)) return disputeNews(readObject(told, disputeObject));
  if (type === ABOUT_WARNINGS) return warningNews(readObject(told, warningObject));
  if (type !== ABOUT_CARDS) return { about: 'nothing' };
  const { id: method, card } = readObject(told, cardObject);
  return card ? { about: 'card', method, card: cardOf(card) } : { about: 'nothing' };
}

const ABOUT_ATTEMPTS = new Set<string>([
  ...['payment_intent.amount_capturable_updated', 'payment_intent.canceled', 'payment_intent.payment_failed'],
  ...['payment_intent.processing', 'payment_intent.succeeded'],
  ...['setup_intent.canceled', 'setup_intent.setup_failed', 'setup_intent.succeeded'],
]);

/** `charge.refund.updated` tells the same as `refund.updated`. */
const ABOUT_REFUNDS = new Set<string>(['charge.refund.updated', 'refund.failed', 'refund.updated']);

const ABOUT_DISPUTES = new Set<string>([
  ...['charge.dispute.closed', 'charge.dispute.created', 'charge.dispute.funds_reinstated', 'charge.dispute.funds_withdrawn'],
  'charge.dispute.updated',
]);
const ABOUT_WARNINGS = 'radar.early_fraud_warning.created';
const ABOUT_CARDS = 'payment_method.automatically_updated';

/** What the webhook endpoint must be sent. */
export const EVENTS_OF_INTEREST: readonly string[] = [
  ...[...ABOUT_ATTEMPTS, ...ABOUT_REFUNDS, ...ABOUT_DISPUTES],
  ...[ABOUT_WARNINGS, ABOUT_CARDS],
];

const refundNews = (refund: z.infer<typeof refundObject>): ProcessorNews => ({
  ...{ about: 'refund', key: keyOf(refund), reference: refund.id, status: statusOf(refund), reason: refund.failure_reason },
});

function disputeNews(dispute: DisputeObject): ProcessorNews {
  const { id: reference, amount, currency, evidence_details, payment_intent: payment, reason, status } = dispute;
  if (payment === null) return { about: 'nothing' };
  const { card = null } = dispute.payment_method_details ?? {};
  return {
    ...{ about: 'dispute', payment, currency },
    told: {
      ...{ reference, amount, reason, dueBy: evidence_details?.due_by ?? null, networkReasonCode: card?.network_reason_code ?? null },
      status,
      caseType: caseTypeOf(card?.case_type ?? null, status),
      fee: withdrawalFee(dispute),
    },
  };
}

function withdrawalFee({ amount, balance_transactions: movements, currency }: DisputeObject): number | null {
  const withdrawal = movements.find((each) => each.amount < 0);
  return withdrawal ? feeIn(withdrawal, { amount, currency }) : null;
}

function caseTypeOf(told: string | null, status: string): CaseType {
  if (status === 'prevented') return 'block';
  if (status.startsWith('warning_')) return 'inquiry';
  return told === 'compliance' ? 'compliance' : 'chargeback';
}

const warningNews = ({ fraud_type, payment_intent: payment }: z.infer<typeof warningObject>): ProcessorNews =>
  payment === null ? { about: 'nothing' } : { about: 'warning', payment, fraudType: fraud_type };
