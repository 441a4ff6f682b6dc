/** Pauses and resumes the subscription itself. While it is paused there are no periods and no invoices. */
import { addInterval } from '../money/billing-period';
import { courseOf } from '../invoice-rules/collection';
import { BillingError } from '../core/errors';
import type { Invoice, InvoiceLineItem, LineContent } from '../rows/invoice';
import { stopCollecting } from '../collection/collection';
import { voidInvoice } from '../invoice/voiding';
import type { ChangeSet } from '../core/change-set';
import { isMetered } from '../rows/price';
import { assertUnscheduled } from './schedule-guard';
import { billNow } from './billing';
import { partOf, rate } from '../price/rating';
import { releaseItems } from './cancellation';
import { billedItem, itemLine, itemsOf, periodAt, putPendingItem, recurringOf } from '../subscription-item/items';
import type { ResumeSubscriptionParameters } from '../rows/subscription-parameters';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { billUsage, meteredItemsOf, usageCut } from '../usage/billing';

/** @throws BillingError subscription_not_editable unless it is charged automatically and active or trialing */
export function pauseSubscription(changes: ChangeSet, id: string): void {
  const subscription = changes.rows.get('subscription', id);
  assertUnscheduled(subscription);
  const pausable = subscription.status === 'active' || subscription.status === 'trialing';
  if (!pausable || subscription.collectionMethod !== 'charge_automatically') {
    throw new BillingError(
      'subscription_not_editable',
      'Only an active or trialing subscription that is charged automatically can be paused.',
    );
  }
  if (subscription.status === 'active') {
    const used = meteredItemsOf(changes.rows, id).flatMap((item) => billUsage(changes, item, usageCut(changes, item, changes.now)));
    used.forEach((line) => putPendingItem(changes, subscription, line));
  }
  changes.patch('subscription', id, { status: 'paused', pausedAt: changes.now });
  // A threshold invoice bills usage from before the pause, so it stays.
  const isStopped = (each: Invoice) =>
    each.subscription === id && each.status === 'draft' && each.billingReason !== 'subscription_threshold';
  for (const invoice of changes.rows.where('invoice', isStopped)) stopCollecting(changes, invoice.id);
  changes.emit('customer.subscription.paused', 'subscription', id);
}

/**
 * Resumes it. If an amount is due, it stays paused until its resumption invoice is paid or given up. That invoice is final at once and not
 * attempted (Stripe's default).
 *
 * @throws BillingError subscription_not_paused
 */
export function resumeSubscription(changes: ChangeSet, id: string, params: ResumeSubscriptionParameters): void {
  const subscription = changes.rows.get('subscription', id);
  if (subscription.status !== 'paused') throw new BillingError('subscription_not_paused', 'Only a paused subscription can be resumed.');
  if (subscription.resumptionInvoice) {
    throw new BillingError(
      'subscription_not_editable',
      `The subscription is being resumed by ${subscription.resumptionInvoice}; pay or void that.`,
    );
  }
  const anchorNow = params.billing_cycle_anchor !== 'unchanged';
  const licensed = itemsOf(changes.rows, id).filter((item) => !isMetered(changes.rows.get('price', item.price)));
  const lines = licensed.flatMap((item) => resumptionLine(changes, subscription, item, params));
  if (lines.length === 0) {
    if (anchorNow && licensed.length === 0) activate(changes, id, changes.now, []);
    else {
      skipPausedTime(changes, subscription);
      activate(changes, id, null, []);
    }
    return;
  }
  const period = { start: changes.now, end: changes.now };
  // This invoice ends the pause, so the paused status does not hold it. A pause of collection still does.
  const course = courseOf(changes.rows, { ...subscription, status: 'active' });
  const invoice = billNow(changes, subscription, { billingReason: 'subscription_update', lines, period, course });
  if (invoice.status !== 'open') activate(changes, id, anchorNow ? changes.now : null, lines);
  else changes.patch('subscription', id, { resumptionInvoice: invoice.id });
}

function resumptionLine(
  changes: ChangeSet,
  subscription: Subscription,
  item: SubscriptionItem,
  params: ResumeSubscriptionParameters,
): LineContent[] {
  if (params.billing_cycle_anchor !== 'unchanged') {
    return [itemLine(changes.rows, item, { start: changes.now, end: addInterval(changes.now, recurringOf(changes.rows, item), 1) })];
  }
  const isPaid = item.currentPeriodEnd > changes.now && subscription.trialEnd !== item.currentPeriodEnd;
  if (isPaid || params.proration_behavior === 'none') return [];
  const whole = periodAt(changes.rows, subscription, item, changes.now);
  const { price, quantity } = billedItem(changes.rows, item);
  const charged = partOf(rate(price, quantity), whole.end - changes.now, whole.end - whole.start);
  return [itemLine(changes.rows, item, { start: changes.now, end: whole.end }, { ...charged, proration: whole.start !== changes.now })];
}

/** Time while paused is not billed: an item whose period has ended moves to the period of the grid that is running now. */
function skipPausedTime(changes: ChangeSet, subscription: Subscription): void {
  for (const item of itemsOf(changes.rows, subscription.id).filter(({ currentPeriodEnd }) => currentPeriodEnd <= changes.now)) {
    const { end } = periodAt(changes.rows, subscription, item, changes.now);
    changes.patch('subscriptionItem', item.id, { currentPeriodStart: changes.now, currentPeriodEnd: end });
  }
}

/** The resumption invoice is settled: its own lines give the new periods. Lines of pending items say nothing about them. */
export function finishResumption(changes: ChangeSet, subscription: Subscription): void {
  const isOwn = (line: InvoiceLineItem) => line.invoice === subscription.resumptionInvoice && line.invoiceItem === null;
  const lines = changes.rows.where('invoiceLineItem', isOwn);
  const isAnchored = lines.some((line) => line.proration || isOnGrid(changes, subscription, line));
  activate(changes, subscription.id, isAnchored ? null : (lines[0]?.periodStart ?? changes.now), lines);
}

function isOnGrid(changes: ChangeSet, subscription: Subscription, line: LineContent): boolean {
  const item = itemsOf(changes.rows, subscription.id).find(({ id }) => id === line.subscriptionItem);
  if (!item) return false;
  const { start, end } = periodAt(changes.rows, subscription, item, line.periodStart);
  return start === line.periodStart && end === line.periodEnd;
}

function activate(changes: ChangeSet, id: string, anchor: number | null, lines: LineContent[]): void {
  const subscription = changes.rows.get('subscription', id);
  for (const item of itemsOf(changes.rows, id)) {
    const line = lines.find((each) => each.subscriptionItem === item.id);
    if (line) changes.patch('subscriptionItem', item.id, { currentPeriodStart: line.periodStart, currentPeriodEnd: line.periodEnd });
    if (item.usageFrom !== null) countAgain(changes, item, anchor);
  }
  changes.patch('subscription', id, {
    status: 'active',
    pausedAt: null,
    resumptionInvoice: null,
    billingCycleAnchor: anchor ?? subscription.billingCycleAnchor,
  });
  changes.emit('customer.subscription.resumed', 'subscription', id);
}

/** Usage while paused is not billed. */
function countAgain(changes: ChangeSet, item: SubscriptionItem, anchor: number | null): void {
  const period =
    anchor === null ? {} : { currentPeriodStart: anchor, currentPeriodEnd: addInterval(anchor, recurringOf(changes.rows, item), 1) };
  changes.patch('subscriptionItem', item.id, { ...period, usageFrom: usageCut(changes, item, changes.now) });
}

/**
 * The resumption invoice was not paid in time: it is voided, and the subscription stays paused. Items that it had taken (usage before the
 * pause) wait again.
 */
export function expireResumption(changes: ChangeSet, id: string): void {
  const { resumptionInvoice } = changes.rows.get('subscription', id);
  const invoice = changes.rows.find('invoice', resumptionInvoice);
  if (invoice?.status === 'open') voidInvoice(changes, invoice.id);
  if (invoice) releaseItems(changes, invoice.id);
  changes.patch('subscription', id, { resumptionInvoice: null });
}
