/**
 * Confirms a session. First one commit makes what the payment needs; then the payment's or the subscription's workflow charges. Each part
 * finds its earlier result if the request is repeated after a crash, and a new attempt continues what a lost one has begun.
 */
import { loadSessionFacts } from '../../db/checkout';
import { salesOfOthers } from '../../db/payment-links';
import { byKey, loadMatching } from '../../db/matching';
import { restateRequest } from '../../db/step-requests';
import { beginAttempt, type Confirmation } from '../../domain/checkout/attempt';
import { PLACE_IS_KEPT_SECONDS } from '../../domain/checkout/sales-limit';
import { subscriptionTerms } from '../../domain/checkout/terms';
import { BillingError } from '../../domain/core/errors';
import type { Subscribed } from '../../domain/checkout/one-subscription';
import { settingsOf } from '../../domain/rows/account';
import type { MandateParameters } from '../../domain/customer/mandates';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { PaymentIntent, SetupIntent } from '../../domain/rows/payment-intent';
import { workflowId } from '../../domain/rows/workflow';
import { confirmPaymentUpdate, confirmSetupUpdate, createSubscriptionUpdate } from '../../workflows/contract';
import type { ApiRequest } from '../http/request';
import { untilSettled } from '../http/settling';
import { namedBySession } from './references';
import { subscribedNow } from './subscribers';
import { loadSessionRows } from './session-rows';
import { subscriptionEntity } from '../writes/entities';

type Request = ApiRequest<unknown>;

/** What the buyer has entered and was shown. */
export type Offered = Omit<Confirmation, 'subscribed' | 'takenByOthers'> & {
  /** What the buyer agrees to if a bank account pays that has no mandate yet. */
  mandate: MandateParameters | null;
};

/**
 * @throws BillingError as `beginAttempt` does, and 402 with the decline
 */
export async function confirmSession(request: Request, session: CheckoutSession, { mandate, ...confirmation }: Offered): Promise<void> {
  const { id, customer } = session;
  const email = confirmation.details.email ?? null;
  let takenByOthers = 0;
  let subscribed: Subscribed = 'no';
  const existing = confirmation.method !== null && 'existing' in confirmation.method ? confirmation.method.existing : null;
  await request.change({
    step: 'confirmCheckoutSession',
    customer,
    asksTaxProvider: true,
    subject: id,
    load: async (tx) => {
      const rows = await loadSessionFacts(tx, request.scope, id, namedBySession);
      if (existing !== null) rows.putAll(await loadMatching(tx, request.scope, [byKey('paymentMethod', existing)]));
      const since = Math.floor(Date.now() / 1000) - PLACE_IS_KEPT_SECONDS;
      takenByOthers = await salesOfOthers(tx, session, since);
      const account = rows.find('account', request.scope.account);
      if (account) subscribed = await subscribedNow(tx, session, settingsOf(account, session), { email, since });
      return rows;
    },
    plan: (changes) => {
      beginAttempt(changes, id, { ...confirmation, subscribed, takenByOthers });
    },
  });
  await proceed(request, id, mandate);
}

/** Continues a session whose attempt has begun: verifies the card, subscribes, charges. */
export async function proceed(request: Request, id: string, mandate: MandateParameters | null): Promise<void> {
  const session = await request.find('checkoutSession', id);
  if (session.status !== 'open') return;
  const paying = { ...session, mandate };
  if (session.setupIntent !== null && !(await verified(request, paying, session.setupIntent))) return;
  if (session.mode === 'payment' && session.paymentIntent !== null) await pay(request, paying, session.paymentIntent);
  if (session.mode === 'subscription' && session.subscription !== null) await subscribe(request, paying, session.subscription);
  await settled(request, session);
}

type Paying = CheckoutSession & { mandate: MandateParameters | null };

async function verified(request: Request, session: Paying, id: string): Promise<boolean> {
  const before = await request.find('setupIntent', id);
  if (before.status !== 'succeeded') await confirm(request, session, before, confirmSetupUpdate);
  return (await request.find('setupIntent', id)).status === 'succeeded';
}

async function pay(request: Request, session: Paying, id: string): Promise<void> {
  await confirm(request, session, await request.find('paymentIntent', id), confirmPaymentUpdate);
}

async function confirm(
  request: Request,
  { mandate, paymentMethod, pageUrl, settings: { payment_method_options: options } }: Paying,
  { id, customer }: PaymentIntent | SetupIntent,
  update: typeof confirmPaymentUpdate | typeof confirmSetupUpdate,
): Promise<void> {
  const { sql } = request.deps;
  const method = paymentMethod === null ? null : await request.find('paymentMethod', paymentMethod);
  const agreed = mandate !== null && method?.mandate === null ? { mandate_data: mandate } : {};
  const asked = options === null ? {} : { payment_method_options: options };
  await restateRequest(sql, request.id, { return_url: pageUrl, path: {}, ...agreed, ...asked });
  await request.changeThroughWorkflow({ kind: 'payment', subject: id, customer }, update, paymentMethod ?? undefined);
}

/** The first invoice is confirmed by the buyer, so the subscription begins unpaid. */
async function subscribe(request: Request, session: Paying, id: string): Promise<void> {
  const { sql } = request.deps;
  const customer = session.customer ?? '';
  if ((await loadSessionRows(sql, session)).find('subscription', id) === undefined) {
    await restateRequest(sql, request.id, { ...subscriptionTerms(session, customer), path: {} });
    await request.changeThroughWorkflow(subscriptionEntity({ id, customer }), createSubscriptionUpdate);
  }
  // The seller sees neither the subscription nor its invoice before the buyer has paid.
  const rows = await loadSessionRows(sql, session);
  const { status, latestInvoice } = rows.get('subscription', id);
  const intent = rows.find('paymentIntent', rows.find('invoice', latestInvoice)?.paymentIntent ?? null);
  if (status !== 'incomplete' || intent === undefined) return;
  assertAsShown(intent, session);
  if (intent.status !== 'processing') await confirm(request, session, intent, confirmPaymentUpdate);
}

/** The buyer has agreed to an amount; more is never charged. */
function assertAsShown({ amount }: PaymentIntent, { amounts }: CheckoutSession): void {
  if (amount <= amounts.due) return;
  throw new BillingError('checkout_amount_changed', 'The amount has changed meanwhile. Nothing was charged: look at it again.', {
    param: 'expected_amount',
  });
}

/** The subscription follows its invoice, and the session follows both. */
async function settled({ deps }: Request, { id, subscription }: CheckoutSession): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  if (subscription !== null) await untilSettled(deps.sql, [workflowId('subscription', subscription)], now);
  await untilSettled(deps.sql, [workflowId('checkout', id)], now);
}
