/**
 * The end of a subscription: at once, at a period's end, or at a time. `cancel_at_period_end` is a promise that can be taken back;
 * the end is final. With `prorate`, what was paid and not used is credited: 3000 at half time gives -1500.
 */
import { debitedFor } from '../proration/debited-time';
import { BillingError } from '../core/errors';
import { courseOf, type Course } from '../invoice-rules/collection';
import { stopCollecting, collectInvoice, voidInvoice } from '../collection/collection';
import { pendingItems } from '../line/draft';
import { planItemProration } from '../proration/proration';
import type { LineContent } from '../rows/invoice';
import type { Plan } from '../core/change-set';
import { isMetered } from '../rows/price';
import { lateSpendLines } from '../usage/late-spend';
import { recogniseRevenue } from '../invoice/revenue-recognition';
import { itemsOf, putPendingItem, runningItem } from '../subscription-item/items';
import { spendLines } from '../usage/spend-bounds';
import { billAtEnd, billLater } from './billing';
import type { CancelSubscriptionParameters } from '../rows/subscription-parameters';
import type { CancellationDetails, Subscription, SubscriptionItem } from '../rows/subscription';
import { billUsage, lateUsage, meteredItemsOf, releaseUsage, unbilledSpans, usageCut } from '../usage/billing';

/** Throws subscription_canceled where it has ended already. */
export function cancelSubscription(plan: Plan, id: string, asked: CancelSubscriptionParameters): void {
  const subscription = plan.rows.get('subscription', id);
  assertLive(subscription);
  abandonPendingUpdate(plan, subscription);
  const credits = asked.prorate && subscription.status !== 'trialing' ? creditLines(plan, subscription, plan.now) : [];
  if (asked.invoice_now) invoiceNow(plan, subscription, [...credits, ...finalLines(plan, subscription, { credits, at: plan.now })]);
  else if (asked.prorate) credits.forEach((line) => putPendingItem(plan, subscription, line));
  else dropProrations(plan, subscription);
  const { comment = null, feedback = null } = asked.cancellation_details ?? {};
  endSubscription(plan, id, { comment, feedback, reason: 'cancellation_requested' });
}

function assertLive(subscription: Subscription): void {
  if (subscription.status !== 'canceled' && subscription.status !== 'incomplete_expired') return;
  throw new BillingError('resource_missing', `No such subscription: '${subscription.id}'`, { param: 'id' });
}

function creditLines(plan: Plan, subscription: Subscription, at: number): LineContent[] {
  const licensed = itemsOf(plan.rows, subscription.id).filter((item) => !isMetered(plan.rows.get('price', item.price)));
  return licensed.flatMap((item) =>
    planItemProration({
      before: runningItem(plan.rows, subscription, item),
      after: null,
      at,
      subscription: subscription.id,
      subscriptionItem: item.id,
      debited: debitedFor(plan.rows, subscription, item),
    }),
  );
}

/** What was used and not billed, to the second of the end. A trial's usage is free. */
function finalUsage(plan: Plan, subscription: Subscription, at: number): LineContent[] {
  if (subscription.status === 'trialing' || subscription.status === 'paused') return lateUsage(plan, subscription);
  const usage = meteredItemsOf(plan.rows, subscription.id).flatMap((item) => billUsage(plan, item, usageCut(plan, item, at)));
  return [...usage, ...lateUsage(plan, subscription)];
}

function invoiceNow(plan: Plan, subscription: Subscription, lines: LineContent[], at = plan.now): void {
  if (lines.length === 0 && pendingItems(plan.rows, subscription.customer, subscription.id, subscription.currency).length === 0) return;
  const period = { start: at, end: at };
  const invoice = billAtEnd(plan, subscription, { billingReason: 'subscription_update', lines, period });
  collectInvoice(plan, invoice.id, { offSession: true });
}

/** Prorations that no invoice will take any more. */
function dropProrations(plan: Plan, subscription: Subscription): void {
  const waiting = plan.rows.where(
    'invoiceItem',
    (item) => item.subscription === subscription.id && item.proration && item.invoice === null,
  );
  for (const item of waiting) {
    plan.patch('invoiceItem', item.id, { deleted: true });
    plan.emit('invoiceitem.deleted', 'invoiceItem', item.id);
  }
}

/** Terminal: nothing of it is collected by itself any more, and its recoveries stop. */
export function endSubscription(plan: Plan, id: string, details: Partial<CancellationDetails>): void {
  const subscription = plan.rows.get('subscription', id);
  abandonPendingUpdate(plan, subscription);
  plan.patch('subscription', id, {
    status: 'canceled',
    canceledAt: subscription.canceledAt ?? plan.now,
    endedAt: plan.now,
    cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
    pauseCollection: null,
    pendingUpdate: null,
    cancellationDetails: { ...subscription.cancellationDetails, ...withoutNulls(details) },
  });
  for (const invoice of plan.rows.where('invoice', (each) => each.subscription === id)) stopUnlessInFlight(plan, invoice.id);
  leaveToCustomer(plan, id);
  wakeForLateUsage(plan, subscription);
  recogniseRevenue(plan, subscription, null);
  plan.emit('customer.subscription.deleted', 'subscription', id);
  plan.outcome = `canceled: ${details.reason ?? 'no payment method'}`;
}

/** What still waits for an invoice of it, usage or a credit, waits for the customer's next one: there will be none of its own. */
function leaveToCustomer(plan: Plan, id: string): void {
  const waiting = plan.rows.where('invoiceItem', (item) => item.subscription === id && item.invoice === null && !item.deleted);
  for (const item of waiting) {
    plan.patch('invoiceItem', item.id, { subscription: null, subscriptionItem: null });
    plan.emitUpdated('invoiceitem.updated', 'invoiceItem', item.id);
  }
}

/** What came late for a period that was billed, and no renewal will take any more, is the customer's watch's to bill. */
function wakeForLateUsage(plan: Plan, { customer }: Subscription): void {
  if (plan.rows.usage && unbilledSpans(plan.rows, customer).length > 0) plan.wake('usage', customer, { customer });
}

function stopUnlessInFlight(plan: Plan, invoice: string): void {
  const inFlight = plan.rows.first('paymentAttempt', (attempt) => attempt.invoice === invoice && attempt.status === 'open');
  if (inFlight) plan.patch('invoice', invoice, { autoAdvance: false });
  else stopCollecting(plan, invoice);
}

/** A change that waited for its payment is not made any more, and not owed; what its invoice took along waits again. */
export function abandonPendingUpdate(plan: Plan, subscription: Subscription): void {
  const invoice = plan.rows.find('invoice', subscription.pendingUpdate?.invoice ?? null);
  if (invoice?.status !== 'open') return;
  voidInvoice(plan, invoice.id);
  releaseItems(plan, invoice.id);
  releaseUsage(plan, invoice.id);
}

/** What had waited for an invoice before a change was billed by it is not void with the change. */
export function releaseItems(plan: Plan, invoice: string): void {
  for (const item of plan.rows.where('invoiceItem', (each) => each.invoice === invoice))
    plan.patch('invoiceItem', item.id, { invoice: null });
}

function withoutNulls(details: Partial<CancellationDetails>): Partial<CancellationDetails> {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null));
}

/** Its time has come: what still waits for an invoice of it is billed by a last one; with usage, after a draft's hour for late events. */
export function cancelOnSchedule(plan: Plan, id: string, at: number): void {
  const subscription = plan.rows.get('subscription', id);
  abandonPendingUpdate(plan, subscription);
  const lines = finalLines(plan, subscription, { credits: [], at });
  const waits = plan.rows.all('invoiceItem').some((item) => item.subscription === id && item.invoice === null && !item.deleted);
  if (waits && lines.length === 0) invoiceNow(plan, subscription, [], at);
  const course = courseOf(plan.rows, plan.rows.get('subscription', id));
  endSubscription(plan, id, {});
  if (lines.length > 0) draftLast(plan, id, { lines, at, course });
}

/** Usage up to `at`, and what a bound makes of the period; `credits` are on the same invoice. */
function finalLines(plan: Plan, subscription: Subscription, { credits, at }: { credits: LineContent[]; at: number }): LineContent[] {
  const period = { start: startOf(itemsOf(plan.rows, subscription.id)), end: at };
  const usage = finalUsage(plan, subscription, at);
  const lines = [...usage, ...lateSpendLines(plan, subscription, { usage, until: period.start, isBilled: false })];
  if (subscription.status === 'trialing' || subscription.status === 'paused') return lines;
  return [...lines, ...spendLines(plan, subscription, { period, billed: [...credits, ...usage] })];
}

const startOf = (items: SubscriptionItem[]): number => Math.min(...items.map((item) => item.currentPeriodStart));

/** The subscription has ended, so the invoice has a workflow of its own; it is collected as it was before the end. */
function draftLast(plan: Plan, id: string, { lines, at, course }: { lines: LineContent[]; at: number; course: Course }): void {
  const subscription = plan.rows.get('subscription', id);
  const period = { start: startOf(itemsOf(plan.rows, id)), end: at };
  const invoice = billLater(plan, subscription, { billingReason: 'subscription_cycle', lines, period, course });
  plan.wake('invoice', invoice.id, { customer: subscription.customer });
}
