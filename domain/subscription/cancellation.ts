/**
 * The end of a subscription: at once, at a period's end, or at a time. `cancel_at_period_end` can be revoked; the end itself is final. With
 * `prorate`, paid and unused time is credited: 3000 at half time gives -1500.
 */
import { givenBack } from '../proration/debited-time';
import { BillingError } from '../core/errors';
import { courseOf, type Course } from '../invoice-rules/collection';
import { stopCollecting, collectInvoice } from '../collection/collection';
import { voidInvoice } from '../invoice/voiding';
import { pendingItems } from '../line/draft';
import { planItemProration } from '../proration/proration';
import type { LineContent } from '../rows/invoice';
import type { ChangeSet } from '../core/change-set';
import { isMetered } from '../rows/price';
import { lateSpendLines } from '../usage/late-spend';
import { itemsOf, putPendingItem, runningItem } from '../subscription-item/items';
import { spendLines } from '../usage/spend-bounds';
import { billAtEnd, billLater } from './billing';
import type { CancelSubscriptionParameters } from '../rows/subscription-parameters';
import type { CancellationDetails, Subscription, SubscriptionItem } from '../rows/subscription';
import { billUsage, lateUsage, meteredItemsOf, releaseUsage, unbilledSpans, usageCut } from '../usage/billing';

/** @throws BillingError subscription_canceled if it has ended already */
export function cancelSubscription(changes: ChangeSet, id: string, params: CancelSubscriptionParameters): void {
  const subscription = changes.rows.get('subscription', id);
  assertLive(subscription);
  abandonPendingUpdate(changes, subscription);
  const credits = params.prorate && subscription.status !== 'trialing' ? creditLines(changes, subscription, changes.now) : [];
  if (params.invoice_now)
    invoiceNow(changes, subscription, [...credits, ...finalLines(changes, subscription, { credits, at: changes.now })]);
  else if (params.prorate) credits.forEach((line) => putPendingItem(changes, subscription, line));
  else dropProrations(changes, subscription);
  const { comment = null, feedback = null } = params.cancellation_details ?? {};
  endSubscription(changes, id, { comment, feedback, reason: 'cancellation_requested' });
}

function assertLive(subscription: Subscription): void {
  if (subscription.status !== 'canceled' && subscription.status !== 'incomplete_expired') return;
  throw new BillingError('resource_missing', `No such subscription: '${subscription.id}'`, { param: 'id' });
}

function creditLines(changes: ChangeSet, subscription: Subscription, at: number): LineContent[] {
  const licensed = itemsOf(changes.rows, subscription.id).filter((item) => !isMetered(changes.rows.get('price', item.price)));
  return licensed.flatMap((item) =>
    planItemProration({
      before: runningItem(changes.rows, subscription, item),
      after: null,
      at,
      subscription: subscription.id,
      subscriptionItem: item.id,
      ...givenBack(changes.rows, subscription, { item, at }),
    }),
  );
}

/** Usage that was not billed, to the second of the end. Usage in a trial is free. */
function finalUsage(changes: ChangeSet, subscription: Subscription, at: number): LineContent[] {
  if (subscription.status === 'trialing' || subscription.status === 'paused') return lateUsage(changes, subscription);
  const usage = meteredItemsOf(changes.rows, subscription.id).flatMap((item) => billUsage(changes, item, usageCut(changes, item, at)));
  return [...usage, ...lateUsage(changes, subscription)];
}

function invoiceNow(changes: ChangeSet, subscription: Subscription, lines: LineContent[], at = changes.now): void {
  if (lines.length === 0 && pendingItems(changes.rows, subscription.customer, subscription.id, subscription.currency).length === 0) return;
  const period = { start: at, end: at };
  const invoice = billAtEnd(changes, subscription, { billingReason: 'subscription_update', lines, period });
  collectInvoice(changes, invoice.id, { offSession: true });
}

/** Deletes prorations that no later invoice will take. */
function dropProrations(changes: ChangeSet, subscription: Subscription): void {
  const waiting = changes.rows.where(
    'invoiceItem',
    (item) => item.subscription === subscription.id && item.proration && item.invoice === null,
  );
  for (const item of waiting) {
    changes.patch('invoiceItem', item.id, { deleted: true });
    changes.emit('invoiceitem.deleted', 'invoiceItem', item.id);
  }
}

/** Ends the subscription for good: stops automatic collection of its invoices, and their dunnings. */
export function endSubscription(changes: ChangeSet, id: string, details: Partial<CancellationDetails>): void {
  const subscription = changes.rows.get('subscription', id);
  abandonPendingUpdate(changes, subscription);
  changes.patch('subscription', id, {
    status: 'canceled',
    canceledAt: subscription.canceledAt ?? changes.now,
    endedAt: changes.now,
    cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
    pauseCollection: null,
    pendingUpdate: null,
    cancellationDetails: { ...subscription.cancellationDetails, ...withoutNulls(details) },
  });
  for (const invoice of changes.rows.where('invoice', (each) => each.subscription === id)) stopUnlessInFlight(changes, invoice.id);
  leaveToCustomer(changes, id);
  wakeForLateUsage(changes, subscription);
  changes.emit('customer.subscription.deleted', 'subscription', id);
  changes.outcome = `canceled: ${details.reason ?? 'no payment method'}`;
}

/** There will be no more invoices of this subscription, so its pending usage and credits wait for the customer's next invoice. */
function leaveToCustomer(changes: ChangeSet, id: string): void {
  const waiting = changes.rows.where('invoiceItem', (item) => item.subscription === id && item.invoice === null && !item.deleted);
  for (const item of waiting) {
    changes.patch('invoiceItem', item.id, { subscription: null, subscriptionItem: null });
    changes.emitUpdated('invoiceitem.updated', 'invoiceItem', item.id);
  }
}

/** No renewal will bill late usage of an ended subscription, so the customer's `usage` workflow does. */
function wakeForLateUsage(changes: ChangeSet, { customer }: Subscription): void {
  if (changes.rows.usage && unbilledSpans(changes.rows, customer).length > 0) changes.wake('usage', customer, { customer });
}

function stopUnlessInFlight(changes: ChangeSet, invoice: string): void {
  const inFlight = changes.rows.first('paymentAttempt', (attempt) => attempt.invoice === invoice && attempt.status === 'open');
  if (inFlight) changes.patch('invoice', invoice, { autoAdvance: false });
  else stopCollecting(changes, invoice);
}

/** Drops a change that waited for its payment: it is not made and not owed. Items that its invoice had taken wait again. */
export function abandonPendingUpdate(changes: ChangeSet, subscription: Subscription): void {
  const invoice = changes.rows.find('invoice', subscription.pendingUpdate?.invoice ?? null);
  if (invoice?.status !== 'open') return;
  voidInvoice(changes, invoice.id);
  releaseItems(changes, invoice.id);
  releaseUsage(changes, invoice.id);
}

/** When the invoice of a change is voided, items that had waited before the change are released, not lost with it. */
export function releaseItems(changes: ChangeSet, invoice: string): void {
  for (const item of changes.rows.where('invoiceItem', (each) => each.invoice === invoice))
    changes.patch('invoiceItem', item.id, { invoice: null });
}

function withoutNulls(details: Partial<CancellationDetails>): Partial<CancellationDetails> {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null));
}

/**
 * Ends the subscription at its planned time. A last invoice bills the remaining items; if it has usage, it stays a draft for an hour for
 * late events.
 */
export function cancelOnSchedule(changes: ChangeSet, id: string, at: number): void {
  const subscription = changes.rows.get('subscription', id);
  abandonPendingUpdate(changes, subscription);
  const lines = finalLines(changes, subscription, { credits: [], at });
  const waits = changes.rows.all('invoiceItem').some((item) => item.subscription === id && item.invoice === null && !item.deleted);
  if (waits && lines.length === 0) invoiceNow(changes, subscription, [], at);
  const course = courseOf(changes.rows, changes.rows.get('subscription', id));
  endSubscription(changes, id, {});
  if (lines.length > 0) draftLast(changes, id, { lines, at, course });
}

/** Usage up to `at`, and the lines of the period's minimum or maximum. `credits` are on the same invoice. */
function finalLines(
  changes: ChangeSet,
  subscription: Subscription,
  { credits, at }: { credits: LineContent[]; at: number },
): LineContent[] {
  const period = { start: startOf(itemsOf(changes.rows, subscription.id)), end: at };
  const usage = finalUsage(changes, subscription, at);
  const lines = [...usage, ...lateSpendLines(changes, subscription, { usage, until: period.start, isBilled: false })];
  if (subscription.status === 'trialing' || subscription.status === 'paused') return lines;
  return [...lines, ...spendLines(changes, subscription, { period, billed: [...credits, ...usage] })];
}

const startOf = (items: SubscriptionItem[]): number => Math.min(...items.map((item) => item.currentPeriodStart));

/** The subscription has ended, so the invoice has its own workflow. It is collected as before the end. */
function draftLast(changes: ChangeSet, id: string, { lines, at, course }: { lines: LineContent[]; at: number; course: Course }): void {
  const subscription = changes.rows.get('subscription', id);
  const period = { start: startOf(itemsOf(changes.rows, id)), end: at };
  const invoice = billLater(changes, subscription, { billingReason: 'subscription_cycle', lines, period, course });
  changes.wake('invoice', invoice.id, { customer: subscription.customer });
}
