/**
 * A buyer confirms a session. What the payment needs is made in one commit: the customer, the card, and the intent, or the id of the
 * subscription whose first invoice will be paid. A decline leaves the session open, and the next attempt uses the same intent.
 */
import { BillingError } from '../core/errors';
import { createCustomer, updateCustomer } from '../customer/changes';
import { newPaymentMethod, type NewPaymentMethod } from '../customer/payment-methods';
import type { ChangeSet } from '../core/change-set';
import { refuseUnchargeable } from '../money/minimum-charge';
import { isInFlight, isPaid } from '../payment/checkout-payment';
import { changeAmount, newPaymentIntent, type NewPaymentIntent } from '../payment/intents';
import { newSetupIntent } from '../payment/setup-intents';
import { NO_DETAILS, type CheckoutCustomerDetails, type CheckoutPaymentData, type CheckoutSession } from '../rows/checkout-session';
import type { Rows } from '../rows/rows';
import { abandonSubscription } from './abandonment';
import { answered, answeredDetails, type Answers } from './answers';
import { priceSession } from './amounts';
import { addTaxIds, changeOfCustomer, nameOf } from './buyer';
import { completeSession } from './life';
import { assertNotSubscribed, type Subscribed } from './one-subscription';
import { isOver, unexpected } from './refusals';
import { assertDeliverable } from './shipping';
import { assertPlaceLeft } from './sales-limit';
import { isInvoiced, putSaleInvoice, releaseSaleInvoice } from './sale-invoice';
import { subscriptionTerms } from './terms';

export interface Confirmation {
  /** A new card, the id of an existing one, or none if nothing is to be paid. */
  method: { made: NewPaymentMethod } | { existing: string } | null;
  details: Partial<CheckoutCustomerDetails>;
  /** To the seller's questions; null without a page, which asks none. */
  answers: Answers | null;
  /** The ticks that the law of the buyer's country asks for. */
  consents: { withdrawal: boolean; renewal: boolean };
  /** What the buyer was told, minor units; a higher amount is never charged. */
  expectedAmount: number | null;
  /** The sales that other sessions of the same payment link have made or are making. */
  takenByOthers: number;
  /** Whether the buyer has what the seller sells to each customer once. */
  subscribed: Subscribed;
  /** The attempts that the buyer's page knew of; null without a page. */
  attempt: number | null;
  /** Of the buyer's browser. Absent: there is no page. */
  ip?: string;
}

/**
 * @throws BillingError checkout_session_unexpected_state, checkout_amount_changed, parameter_missing, payment_attempt_in_progress, parameter_invalid
 * where nothing more is sold, by this link or to this customer
 */
export function beginAttempt(changes: ChangeSet, id: string, confirmation: Confirmation): void {
  const before = changes.rows.get('checkoutSession', id);
  assertOpen(changes, before, confirmation);
  assertPlaceLeft(changes.rows.find('paymentLink', before.paymentLink), confirmation.takenByOthers);
  assertNotSubscribed(confirmation.subscribed);
  const session = identified(changes, before, confirmation);
  // The invoice that a declined card has left has the price, and has redeemed the discounts.
  const isPriced = isInvoiced(changes, session) || (isMade(changes.rows, session) && isOffered(changes.rows, session));
  if (!isPriced) {
    releaseSaleInvoice(changes, session);
    changes.patch('checkoutSession', id, priceSession(changes, session));
  }
  assertPlace(changes.rows.get('checkoutSession', id), confirmation);
  assertAmount(changes.rows.get('checkoutSession', id), confirmation);
  if (confirmation.ip) changes.patch('checkoutSession', id, { buyerIp: confirmation.ip });
  prepare(changes, changes.rows.get('checkoutSession', id));
}

function assertOpen(changes: ChangeSet, session: CheckoutSession, { attempt }: Confirmation): void {
  if (session.status !== 'open') throw unexpected(session, 'confirmed');
  if (session.expiresAt <= changes.now) throw isOver();
  const isKnown = attempt === null || attempt === session.attempts;
  if (isKnown && !isInFlight(changes.rows, session) && !isPaid(changes.rows, session)) return;
  throw new BillingError('payment_attempt_in_progress', 'This checkout was already submitted, in this window or in another.');
}

/** The buyer's details, the customer and the card. */
function identified(changes: ChangeSet, session: CheckoutSession, confirmation: Confirmation): CheckoutSession {
  const { method, details, answers, consents } = confirmation;
  const asked = answers === null ? {} : answeredDetails(session, answers);
  if (answers !== null) assertDeliverable(session, session.shippingDetails);
  const customerDetails = { ...NO_DETAILS, ...session.customerDetails, ...details, ...asked };
  const customer = customerOf(changes, { ...session, customerDetails }, isKept(method));
  const paymentMethod = methodOf(changes, method);
  if (paymentMethod === null && needsCard(session)) {
    throw new BillingError('parameter_missing', 'Missing required param: payment_method.', { param: 'payment_method' });
  }
  return changes.patch('checkoutSession', session.id, {
    customerDetails,
    customer,
    paymentMethod,
    ...(answers === null ? {} : answered(session, answers)),
    attempts: session.attempts + 1,
    attemptedAt: changes.now,
    withdrawalConsentAt: consents.withdrawal ? changes.now : session.withdrawalConsentAt,
    renewalConsentAt: consents.renewal ? changes.now : session.renewalConsentAt,
  });
}

const isKept = (method: Confirmation['method']): boolean => method !== null && 'made' in method && method.made.allowRedisplay === 'always';

function methodOf(changes: ChangeSet, method: Confirmation['method']): string | null {
  if (method === null) return null;
  return 'made' in method ? newPaymentMethod(changes, method.made).id : method.existing;
}

export function needsCard({ mode, amounts, settings }: CheckoutSession): boolean {
  if (mode === 'setup' || amounts.due > 0) return true;
  return mode === 'subscription' && settings.payment_method_collection === 'always';
}

type Identified = CheckoutSession & { customerDetails: CheckoutCustomerDetails };

/** A guest's payment has no customer. */
function customerOf(changes: ChangeSet, session: Identified, keepsCard: boolean): string | null {
  const { customer, customerDetails: details } = session;
  if (customer === null) return keepsCard || makesCustomer(session) ? newCustomer(changes, session) : null;
  const change = changeOfCustomer(changes.rows.get('customer', customer), session);
  if (Object.keys(change).length > 0) updateCustomer(changes, customer, change);
  addTaxIds(changes, customer, details);
  return customer;
}

function makesCustomer({ mode, settings }: CheckoutSession): boolean {
  const saves = settings.payment_intent_data?.setup_future_usage ?? null;
  return mode === 'subscription' || settings.customer_creation === 'always' || saves !== null || settings.invoice_creation !== null;
}

function newCustomer(changes: ChangeSet, { customerDetails: details, shippingDetails: shipping }: Identified): string {
  const { address, email, phone } = details;
  const { id } = createCustomer(changes, { address, email, name: nameOf(details), phone, shipping }, null);
  addTaxIds(changes, id, details);
  return id;
}

/** The page has asked for the address without which nobody knows the tax. */
function assertPlace({ taxStatus }: CheckoutSession, { answers }: Confirmation): void {
  if (answers === null || taxStatus !== 'requires_location_inputs') return;
  const param = 'customer_details[address]';
  throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
}

function assertAmount({ amounts }: CheckoutSession, { expectedAmount }: Confirmation): void {
  if (expectedAmount === null || amounts.due <= expectedAmount) return;
  throw new BillingError('checkout_amount_changed', 'The amount has changed meanwhile. Nothing was charged: look at it again.', {
    param: 'expected_amount',
  });
}

function prepare(changes: ChangeSet, session: CheckoutSession): void {
  if (session.mode === 'setup') prepareSetup(changes, session);
  else if (session.mode === 'payment') preparePayment(changes, session);
  else if (session.amounts.due > 0) prepareSubscription(changes, session);
  else {
    // Nothing is due now: the card is verified first, and the subscription begins with it.
    if (session.paymentMethod !== null) prepareSetup(changes, session);
    prepareSubscription(changes, session);
  }
}

function prepareSetup(changes: ChangeSet, session: CheckoutSession): void {
  const known = changes.rows.find('setupIntent', session.setupIntent);
  if (known && known.status !== 'canceled') return;
  const { setup_intent_data: data } = session.settings;
  const { id } = newSetupIntent(changes, {
    customer: session.customer,
    subscription: null,
    checkoutSession: session.id,
    paymentMethod: null,
    usage: 'off_session',
    paymentMethodTypes: session.settings.payment_method_types,
    description: data?.description ?? null,
    metadata: data?.metadata ?? {},
  });
  changes.patch('checkoutSession', session.id, { setupIntent: id });
}

function preparePayment(changes: ChangeSet, session: CheckoutSession): void {
  const { id, amounts } = session;
  if (amounts.total === 0) {
    completeSession(changes, id);
    return;
  }
  refuseUnchargeable(amounts.total, session.currency ?? '');
  const { invoice_creation: data } = session.settings;
  if (data !== null) {
    if (!isInvoiced(changes, session)) putSaleInvoice(changes, session, data, intentOf(session));
  } else prepareIntent(changes, session);
  keepCard(changes, changes.rows.get('checkoutSession', id));
}

/** A new card that the buyer wants to be shown again becomes the customer's when it has paid; the card of an earlier attempt does not. */
function keepCard(changes: ChangeSet, { paymentMethod, paymentIntent, customer, settings }: CheckoutSession): void {
  const card = changes.rows.find('paymentMethod', paymentMethod);
  const isKept = card?.customer === null && card.allowRedisplay === 'always';
  const asked = settings.payment_intent_data?.setup_future_usage ?? null;
  const setupFutureUsage = asked ?? (isKept ? 'on_session' : null);
  const intent = changes.rows.find('paymentIntent', paymentIntent);
  if (intent && intent.setupFutureUsage !== setupFutureUsage) changes.patch('paymentIntent', intent.id, { customer, setupFutureUsage });
}

function prepareIntent(changes: ChangeSet, session: CheckoutSession): void {
  const { id, amounts } = session;
  const known = changes.rows.find('paymentIntent', session.paymentIntent);
  if (!known || known.status === 'canceled') {
    changes.patch('checkoutSession', id, { paymentIntent: newPaymentIntent(changes, intentOf(session)).id });
  } else if (known.amount !== amounts.total) changeAmount(changes, known.id, amounts.total);
}

function intentOf({ id, amounts, currency, customer, settings, shippingDetails }: CheckoutSession): NewPaymentIntent {
  const data = settings.payment_intent_data ?? NO_PAYMENT_DATA;
  return {
    customer,
    checkoutSession: id,
    amount: amounts.total,
    currency: currency ?? '',
    invoice: null,
    paymentMethod: null,
    setupFutureUsage: data.setup_future_usage,
    paymentMethodTypes: settings.payment_method_types,
    paymentMethodOptions: settings.payment_method_options,
    description: data.description,
    captureMethod: data.capture_method ?? 'automatic_async',
    receiptEmail: data.receipt_email,
    shipping: shippingDetails ?? data.shipping,
    statementDescriptor: data.statement_descriptor,
    statementDescriptorSuffix: data.statement_descriptor_suffix,
    metadata: data.metadata,
  };
}

const NO_PAYMENT_DATA: CheckoutPaymentData = {
  capture_method: null,
  description: null,
  metadata: {},
  receipt_email: null,
  setup_future_usage: null,
  shipping: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
};

/** Another choice than at the earlier attempt needs another subscription; the earlier one, which nobody has paid, ends. */
function prepareSubscription(changes: ChangeSet, session: CheckoutSession): void {
  if (isOffered(changes.rows, session)) return;
  if (isMade(changes.rows, session)) abandonSubscription(changes, session.subscription ?? '');
  changes.patch('checkoutSession', session.id, { subscription: changes.id('sub'), offer: offerOf(session) });
}

/** Whether an earlier attempt has begun a subscription with the same terms. */
function isOffered(rows: Rows, session: CheckoutSession): boolean {
  const status = rows.find('subscription', session.subscription)?.status;
  const isLapsed = status === 'incomplete_expired' || status === 'canceled';
  return session.subscription !== null && session.offer === offerOf(session) && !isLapsed;
}

const isMade = (rows: Rows, { subscription }: CheckoutSession): boolean => rows.find('subscription', subscription) !== undefined;

function offerOf(session: CheckoutSession): string {
  const terms = subscriptionTerms({ ...session, paymentMethod: null }, session.customer ?? '');
  return JSON.stringify({ terms, due: session.amounts.due });
}
