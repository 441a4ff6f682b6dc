/** Stripe's webhooks: verified by the SDK, with two secrets while one replaces the other, and reduced to what Dunlin does about them. */
import type Stripe from 'stripe';
import type { CaseType, DisputeStatus } from '../../domain/rows/dispute';
import type { FraudType } from '../../domain/rows/review';
import type { ProcessorNews } from '../../domain/rows/processor-event';
import type { ReadWebhook } from '../payment-gateway';
import { keyOf } from '../remote-processor';
import { feeIn } from './fees';
import { statusOf } from './refunds';
import { cardOf } from './stored-methods';

export interface WebhookSecrets {
  live: readonly string[];
  test: readonly string[];
}

/** @param stripe only checks signatures, and calls nothing */
export function readStripeWebhook(stripe: Stripe, secrets: WebhookSecrets): ReadWebhook {
  return ({ body, headers }) => {
    const signature = headers['stripe-signature'];
    const event = typeof signature === 'string' ? verified(stripe, { body, signature }, secrets) : null;
    if (event === null) return Promise.resolve(null);
    const { id, type, livemode } = event;
    return Promise.resolve({ processor: 'stripe', id, type, livemode, news: [newsOf(event)] });
  };
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

function newsOf({ type, data: { object } }: Stripe.Event): ProcessorNews {
  if (ABOUT_ATTEMPTS.has(type)) return { about: 'attempt', reference: (object as Stripe.PaymentIntent | Stripe.SetupIntent).id };
  if (ABOUT_REFUNDS.has(type)) return refundNews(object as Stripe.Refund);
  if (ABOUT_DISPUTES.has(type)) return disputeNews(object as Stripe.Dispute);
  if (type === ABOUT_WARNINGS) return warningNews(object as Stripe.Radar.EarlyFraudWarning);
  if (type !== ABOUT_CARDS) return { about: 'nothing' };
  const { id: method, card } = object as Stripe.PaymentMethod;
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

const refundNews = (refund: Stripe.Refund): ProcessorNews => ({
  ...{ about: 'refund', key: keyOf(refund), reference: refund.id, status: statusOf(refund), reason: refund.failure_reason ?? null },
});

function disputeNews(dispute: Stripe.Dispute): ProcessorNews {
  const { id: reference, amount, currency, evidence_details, reason, status } = dispute;
  const payment = idOf(dispute.payment_intent);
  if (payment === null) return { about: 'nothing' };
  const card = dispute.payment_method_details?.card;
  return {
    ...{ about: 'dispute', payment, currency },
    told: {
      ...{ reference, amount, reason, dueBy: evidence_details.due_by, networkReasonCode: card?.network_reason_code ?? null },
      status: status as DisputeStatus,
      caseType: caseTypeOf(card?.case_type, status),
      fee: withdrawalFee(dispute),
    },
  };
}

function withdrawalFee({ amount, balance_transactions: movements, currency }: Stripe.Dispute): number | null {
  const withdrawal = movements.find((each) => each.amount < 0);
  return withdrawal ? feeIn(withdrawal, { amount, currency }) : null;
}

function caseTypeOf(told: string | undefined, status: string): CaseType {
  if (status === 'prevented') return 'block';
  if (status.startsWith('warning_')) return 'inquiry';
  return told === 'compliance' ? 'compliance' : 'chargeback';
}

function warningNews({ fraud_type, payment_intent }: Stripe.Radar.EarlyFraudWarning): ProcessorNews {
  const payment = idOf(payment_intent ?? null);
  return payment === null ? { about: 'nothing' } : { about: 'warning', payment, fraudType: fraud_type as FraudType };
}

const idOf = (of: string | { id: string } | null): string | null => (typeof of === 'object' ? (of?.id ?? null) : of);
