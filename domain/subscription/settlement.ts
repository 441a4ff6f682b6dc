/**
 * Derives a subscription's status from other rows: a paid first invoice makes it active, a failed renewal past due, the end of dunning
 * canceled or unpaid, depending on account settings. The code that changes those rows does not need to know about subscriptions.
 */
import { announceDiscounts, giveBackUnused } from '../discount/life';
import { BillingError, refusalOf } from '../core/errors';
import { abandonPendingUpdate, endSubscription, releaseItems } from './cancellation';
import { applyChange } from './change-effect';
import { actOnDispute, disputeToActOn } from './dispute-policy';
import { finishResumption } from './pause';
import { subscriptionsOf, type Invoice } from '../rows/invoice';
import { paymentMethodOfSubscription } from '../invoice-rules/method-to-charge';
import { isBeingPaid } from '../invoice-rules/collection';
import { finalizeInvoice } from '../invoice/finalization';
import { revealInvoice } from '../invoice/reveal';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { PendingItem, Subscription, SubscriptionItem } from '../rows/subscription';
import { releaseUsage } from '../usage/billing';
import { undoCreation } from './undone-creation';

/** Each settlement removes the condition that triggered it, so the loop terminates. */
export type Settlement =
  | 'activate'
  | 'refuseCreation'
  | 'reveal'
  | 'lapse'
  | 'recover'
  | 'endDunning'
  | 'applyPendingUpdate'
  | 'discardPendingUpdate'
  | 'forgetPendingUpdate'
  | 'resume'
  | 'forgetResumption'
  | 'finishSetup'
  | 'dispute'
  | 'customerDeleted';

/** The next settlement, or null if the status agrees with the rows. */
export function settlementOf(rows: Rows, subscription: Subscription): Settlement | null {
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') return null;
  const latest = rows.find('invoice', subscription.latestInvoice);
  return (
    whole(rows, subscription) ??
    pending(rows, subscription) ??
    (subscription.status === 'incomplete' ? incomplete(rows, subscription, latest) : null) ??
    (subscription.status === 'paused' ? paused(rows, subscription) : null) ??
    live(rows, subscription)
  );
}

function whole(rows: Rows, subscription: Subscription): Settlement | null {
  if (rows.find('customer', subscription.customer)?.deleted) return 'customerDeleted';
  if (rows.find('setupIntent', subscription.pendingSetupIntent)?.status === 'succeeded') return 'finishSetup';
  return disputeToActOn(rows, subscription) ? 'dispute' : null;
}

function pending(rows: Rows, subscription: Subscription): Settlement | null {
  const update = subscription.pendingUpdate;
  const invoice = rows.find('invoice', update?.invoice ?? null);
  if (!update || !invoice) return null;
  if (invoice.status === 'paid') return 'applyPendingUpdate';
  if (invoice.status === 'void' || invoice.status === 'uncollectible') return 'forgetPendingUpdate';
  return update.on_failure === 'discard' && hasFailed(rows, invoice) ? 'discardPendingUpdate' : null;
}

function incomplete(rows: Rows, subscription: Subscription, latest: Invoice | undefined): Settlement | null {
  if (!latest) return null;
  // A bank that collects decides after days. As on Stripe, the buyer does not wait for it.
  if (latest.status === 'paid' || attempts(rows, latest).some(({ status }) => status === 'processing')) return 'activate';
  // Who pays on a page may try another card.
  if (!subscription.hidden || subscription.checkoutSession !== null) return null;
  if (attempts(rows, latest).some(({ status }) => status === 'unknown' || status === 'waiting')) return 'reveal';
  return hasFailed(rows, latest) ? 'refuseCreation' : null;
}

function paused(rows: Rows, subscription: Subscription): Settlement | null {
  const invoice = rows.find('invoice', subscription.resumptionInvoice);
  if (!invoice) return null;
  if (invoice.status === 'paid' || invoice.status === 'uncollectible') return 'resume';
  return invoice.status === 'void' ? 'forgetResumption' : null;
}

/**
 * The invoice that decides a living subscription's status: the latest one, or, if that is void, the latest that is not. A void invoice was
 * never owed, so it settles no debt.
 */
function decidingInvoice(rows: Rows, { id, latestInvoice, pendingUpdate }: Subscription): Invoice | undefined {
  const latest = rows.find('invoice', latestInvoice);
  if (latest?.status !== 'void') return latest;
  const isOwed = (each: Invoice) =>
    subscriptionsOf(each).includes(id) && each.status !== 'void' && !each.deleted && each.id !== pendingUpdate?.invoice;
  return (
    rows
      .where('invoice', isOwed)
      .sort((a, b) => a.created - b.created)
      .at(-1) ?? latest
  );
}

function live(rows: Rows, subscription: Subscription): Settlement | null {
  const latest = decidingInvoice(rows, subscription);
  if (!latest) return null;
  const { status } = subscription;
  if (status === 'active') return isOverdue(rows, subscription, latest) ? 'lapse' : null;
  if (status !== 'past_due' && status !== 'unpaid') return null;
  return isSettled(status, latest) ? 'recover' : endOfDunning(rows, subscription, latest);
}

function endOfDunning(rows: Rows, { status, pausedFor }: Subscription, latest: Invoice): Settlement | null {
  const dunning = rows.find('dunning', latest.id);
  if (dunning?.status !== 'exhausted') return null;
  const end = dunning.program.ends_in;
  return end === 'past_due' || end === status || (end === 'pause' && pausedFor === latest.id) ? null : 'endDunning';
}

/** Only a payment ends `unpaid`. `past_due` also ends when no amount is owed any more. */
function isSettled(status: 'past_due' | 'unpaid', latest: Invoice): boolean {
  if (latest.status === 'paid') return true;
  return status === 'past_due' && (latest.status === 'uncollectible' || latest.status === 'void');
}

/** Charged automatically: attempted and not paid. Sent: not paid by its due date. The invoice of a pending change is not owed. */
function isOverdue(rows: Rows, subscription: Subscription, latest: Invoice): boolean {
  if (latest.status !== 'open' || subscription.pendingUpdate?.invoice === latest.id) return false;
  if (latest.collectionMethod === 'send_invoice') return latest.pastDueAt !== null;
  return latest.attempted && !isBeingPaid(rows, latest);
}

/** Its charge was declined, or waits for the payer. */
function hasFailed(rows: Rows, invoice: Invoice): boolean {
  const intent = rows.find('paymentIntent', invoice.paymentIntent);
  if (!intent || isBeingPaid(rows, invoice)) return false;
  return intent.status === 'requires_action' || intent.lastPaymentError !== null;
}

const attempts = (rows: Rows, invoice: Invoice) => rows.where('paymentAttempt', (attempt) => attempt.invoice === invoice.id);

/** Applies settlements until the status agrees with the rows. */
export function settleSubscription(changes: ChangeSet, id: string): void {
  for (;;) {
    const subscription = changes.rows.find('subscription', id);
    const settlement = subscription && settlementOf(changes.rows, subscription);
    if (!subscription || !settlement) return;
    SETTLE[settlement](changes, subscription);
  }
}

const SETTLE: Record<Settlement, (changes: ChangeSet, subscription: Subscription) => void> = {
  activate,
  refuseCreation,
  reveal,
  lapse: (changes, { id }) => void changes.patch('subscription', id, { status: 'past_due' }),
  recover: (changes, subscription) => {
    const latest = decidingInvoice(changes.rows, subscription);
    const kept = latest?.status === 'paid' ? methodToKeep(changes.rows, subscription, latest) : {};
    changes.patch('subscription', subscription.id, { status: 'active', accessEndedAt: null, ...kept });
  },
  endDunning,
  applyPendingUpdate,
  discardPendingUpdate: (changes, subscription) => {
    abandonPendingUpdate(changes, subscription);
    changes.patch('subscription', subscription.id, { ...subscription.pendingUpdate?.restore, pendingUpdate: null });
    giveBackUnused(changes, subscription);
    changes.refusal = declined(changes, subscription.pendingUpdate?.invoice ?? null);
  },
  forgetPendingUpdate: (changes, { id }) => forgetPendingUpdate(changes, id),
  resume: finishResumption,
  forgetResumption: (changes, { id, resumptionInvoice }) => {
    releaseItems(changes, resumptionInvoice ?? '');
    changes.patch('subscription', id, { resumptionInvoice: null });
  },
  finishSetup,
  dispute: actOnDispute,
  customerDeleted: (changes, { id }) => endSubscription(changes, id, { reason: null }),
};

function activate(changes: ChangeSet, subscription: Subscription): void {
  const invoice = changes.rows.get('invoice', subscription.latestInvoice as string);
  changes.patch('subscription', subscription.id, {
    status: subscription.trialEnd !== null && subscription.trialEnd > changes.now ? 'trialing' : 'active',
    ...methodToKeep(changes.rows, subscription, invoice),
  });
  if (subscription.hidden) show(changes, subscription, invoice);
}

/** What has paid the invoice pays from now on, if the seller has asked for that, or the payer was told so. */
function methodToKeep(
  rows: Rows,
  { paymentSettings }: Subscription,
  { paymentIntent }: Invoice,
): Partial<Pick<Subscription, 'defaultPaymentMethod'>> {
  const intent = rows.find('paymentIntent', paymentIntent);
  if (!intent?.paymentMethod || intent.status === 'canceled') return {};
  const isKept = paymentSettings.save_default_payment_method === 'on_subscription' || intent.becomesDefault;
  return isKept ? { defaultPaymentMethod: intent.paymentMethod } : {};
}

/** The card of its setup intent becomes its own, if it would have no other to charge. */
function finishSetup(changes: ChangeSet, subscription: Subscription): void {
  const { paymentMethod } = changes.rows.get('setupIntent', subscription.pendingSetupIntent as string);
  const hasMethod = paymentMethodOfSubscription(changes.rows, subscription) !== undefined;
  changes.patch('subscription', subscription.id, {
    pendingSetupIntent: null,
    ...(hasMethod ? {} : { defaultPaymentMethod: paymentMethod }),
  });
}

/** The outcome is unknown, so the API must show the caller which payment may have succeeded. */
function reveal(changes: ChangeSet, subscription: Subscription): void {
  const invoice = changes.rows.get('invoice', subscription.latestInvoice as string);
  show(changes, subscription, invoice);
  if (invoice.status === 'draft') finalizeInvoice(changes, invoice.id);
}

function show(changes: ChangeSet, subscription: Subscription, invoice: Invoice): void {
  changes.patch('subscription', subscription.id, { hidden: false });
  announceDiscounts(changes, subscription);
  revealInvoice(changes, invoice.id);
  changes.emit('customer.subscription.created', 'subscription', subscription.id);
}

/** `error_if_incomplete`: removes everything but the failed charge. */
function refuseCreation(changes: ChangeSet, subscription: Subscription): void {
  changes.refusal = declined(changes, subscription.latestInvoice);
  undoCreation(changes, subscription, 'void_invoice');
}

function declined(changes: ChangeSet, invoiceId: string | null): ChangeSet['refusal'] {
  const intent = changes.rows.find('paymentIntent', changes.rows.find('invoice', invoiceId)?.paymentIntent ?? null);
  const error = intent?.lastPaymentError;
  if (!intent || !error) {
    return refusalOf(new BillingError('authentication_required', 'The payment needs the customer to authenticate it.'));
  }
  const card = {
    code: error.code,
    declineCode: error.decline_code,
    charge: error.charge,
    paymentIntent: intent.id,
    paymentMethod: error.payment_method,
  };
  return refusalOf(new BillingError('card_declined', error.message, { card }));
}

function endDunning(changes: ChangeSet, subscription: Subscription): void {
  const { program, invoice } = changes.rows.get('dunning', decidingInvoice(changes.rows, subscription)?.id ?? '');
  const { id } = subscription;
  if (program.ends_in === 'cancel') endSubscription(changes, id, { reason: 'payment_failed' });
  else if (program.ends_in === 'unpaid') changes.patch('subscription', id, { status: 'unpaid' });
  else changes.patch('subscription', id, { pausedFor: invoice, pauseCollection: { behavior: 'keep_as_draft', resumes_at: null } });
}

function applyPendingUpdate(changes: ChangeSet, subscription: Subscription): void {
  const update = subscription.pendingUpdate;
  if (!update) return;
  applyChange(changes, subscription.id, {
    items: (update.items ?? []).map((item) => itemChange(changes, subscription, item)),
    restartsAt: update.billing_cycle_anchor,
    trialEnd: update.trial_end ?? subscription.trialEnd,
    isUnpaid: false,
    prorationDate: update.proration_date,
  });
  changes.patch('subscription', subscription.id, { pendingUpdate: null });
  changes.emit('customer.subscription.pending_update_applied', 'subscription', subscription.id);
}

function itemChange(changes: ChangeSet, subscription: Subscription, params: PendingItem) {
  const before = changes.rows.find('subscriptionItem', params.id) ?? null;
  if (params.deleted) return { before, after: null, restartsCycle: false };
  const after: SubscriptionItem = {
    ...(before ?? {
      ...changes.resource('si'),
      id: params.id,
      deleted: false,
      subscription: subscription.id,
      discounts: [],
      billingThresholds: null,
    }),
    price: params.price,
    quantity: params.quantity,
    // If a new cycle has begun meanwhile, the usage before it is billed.
    usageFrom: params.usage_from === null ? null : Math.max(params.usage_from, before?.usageFrom ?? 0),
    currentPeriodStart: params.current_period_start,
    currentPeriodEnd: params.current_period_end,
    taxRates: params.tax_rates,
    metadata: params.metadata,
  };
  return { before, after, restartsCycle: false };
}

/** Its invoice was settled by hand. If that was voided, the items on it are billed elsewhere. */
function forgetPendingUpdate(changes: ChangeSet, id: string): void {
  const invoice = changes.rows.find('invoice', changes.rows.get('subscription', id).pendingUpdate?.invoice ?? null);
  if (invoice?.status === 'void') {
    releaseItems(changes, invoice.id);
    releaseUsage(changes, invoice.id);
  }
  endPendingUpdate(changes, id);
}

function endPendingUpdate(changes: ChangeSet, id: string): void {
  changes.emit('customer.subscription.pending_update_expired', 'subscription', id);
  changes.patch('subscription', id, { pendingUpdate: null });
}

/** The update was not paid in time: its invoice is voided, and the change is not made. */
export function expirePendingUpdate(changes: ChangeSet, id: string): void {
  const subscription = changes.rows.get('subscription', id);
  const invoice = changes.rows.find('invoice', subscription.pendingUpdate?.invoice ?? null);
  if (invoice?.status !== 'open') {
    forgetPendingUpdate(changes, id);
    return;
  }
  abandonPendingUpdate(changes, subscription);
  endPendingUpdate(changes, id);
}
