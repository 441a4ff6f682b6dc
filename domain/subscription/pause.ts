/** Pausing and resuming the subscription itself: while paused there are no periods and no invoices. */
import { addInterval } from '../money/billing-period';
import { courseOf } from '../invoice-rules/collection';
import { BillingError } from '../core/errors';
import type { Invoice, InvoiceLineItem, LineContent } from '../rows/invoice';
import { stopCollecting, voidInvoice } from '../collection/collection';
import type { Plan } from '../core/change-set';
import { isMetered } from '../rows/price';
import { assertUnscheduled } from './schedule-guard';
import { billNow } from './billing';
import { partOf, rate } from '../price/rating';
import { releaseItems } from './cancellation';
import { billedItem, itemLine, itemsOf, periodAt, putPendingItem, recurringOf } from '../subscription-item/items';
import type { ResumeSubscriptionParameters } from '../rows/subscription-parameters';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { billUsage, meteredItemsOf, usageCut } from '../usage/billing';

/** Throws subscription_not_editable unless it is charged automatically and active or trialing. */
export function pauseSubscription(plan: Plan, id: string): void {
  const subscription = plan.rows.get('subscription', id);
  assertUnscheduled(subscription);
  const pausable = subscription.status === 'active' || subscription.status === 'trialing';
  if (!pausable || subscription.collectionMethod !== 'charge_automatically') {
    throw new BillingError(
      'subscription_not_editable',
      'Only an active or trialing subscription that is charged automatically can be paused.',
    );
  }
  if (subscription.status === 'active') {
    const used = meteredItemsOf(plan.rows, id).flatMap((item) => billUsage(plan, item, usageCut(plan, item, plan.now)));
    used.forEach((line) => putPendingItem(plan, subscription, line));
  }
  plan.patch('subscription', id, { status: 'paused', pausedAt: plan.now });
  // What a threshold has billed was used before the pause.
  const isStopped = (each: Invoice) =>
    each.subscription === id && each.status === 'draft' && each.billingReason !== 'subscription_threshold';
  for (const invoice of plan.rows.where('invoice', isStopped)) stopCollecting(plan, invoice.id);
  plan.emit('customer.subscription.paused', 'subscription', id);
}

/**
 * With something to pay it stays paused until its resumption invoice is paid or given up; that is final at once, and not
 * attempted (Stripe's default). Throws subscription_not_paused.
 */
export function resumeSubscription(plan: Plan, id: string, asked: ResumeSubscriptionParameters): void {
  const subscription = plan.rows.get('subscription', id);
  if (subscription.status !== 'paused') throw new BillingError('subscription_not_paused', 'Only a paused subscription can be resumed.');
  if (subscription.resumptionInvoice) {
    throw new BillingError(
      'subscription_not_editable',
      `The subscription is being resumed by ${subscription.resumptionInvoice}; pay or void that.`,
    );
  }
  const anchorNow = asked.billing_cycle_anchor !== 'unchanged';
  const licensed = itemsOf(plan.rows, id).filter((item) => !isMetered(plan.rows.get('price', item.price)));
  const lines = licensed.flatMap((item) => resumptionLine(plan, subscription, item, asked));
  if (lines.length === 0) {
    if (anchorNow && licensed.length === 0) activate(plan, id, plan.now, []);
    else {
      skipPausedTime(plan, subscription);
      activate(plan, id, null, []);
    }
    return;
  }
  const period = { start: plan.now, end: plan.now };
  // It is what ends the pause; that of its collection, where there is one, holds.
  const course = courseOf(plan.rows, { ...subscription, status: 'active' });
  const invoice = billNow(plan, subscription, { billingReason: 'subscription_update', lines, period, course });
  if (invoice.status !== 'open') activate(plan, id, anchorNow ? plan.now : null, lines);
  else plan.patch('subscription', id, { resumptionInvoice: invoice.id });
}

function resumptionLine(
  plan: Plan,
  subscription: Subscription,
  item: SubscriptionItem,
  asked: ResumeSubscriptionParameters,
): LineContent[] {
  if (asked.billing_cycle_anchor !== 'unchanged') {
    return [itemLine(plan.rows, item, { start: plan.now, end: addInterval(plan.now, recurringOf(plan.rows, item), 1) })];
  }
  const isPaid = item.currentPeriodEnd > plan.now && subscription.trialEnd !== item.currentPeriodEnd;
  if (isPaid || asked.proration_behavior === 'none') return [];
  const whole = periodAt(plan.rows, subscription, item, plan.now);
  const { price, quantity } = billedItem(plan.rows, item);
  const charged = partOf(rate(price, quantity), whole.end - plan.now, whole.end - whole.start);
  return [itemLine(plan.rows, item, { start: plan.now, end: whole.end }, { ...charged, proration: whole.start !== plan.now })];
}

/** What was not used while it was paused is not billed: an item whose period has ended is in the running one. */
function skipPausedTime(plan: Plan, subscription: Subscription): void {
  for (const item of itemsOf(plan.rows, subscription.id).filter(({ currentPeriodEnd }) => currentPeriodEnd <= plan.now)) {
    const { end } = periodAt(plan.rows, subscription, item, plan.now);
    plan.patch('subscriptionItem', item.id, { currentPeriodStart: plan.now, currentPeriodEnd: end });
  }
}

/** Its resumption invoice is settled: the periods are those that it billed. What had waited for an invoice says nothing of them. */
export function finishResumption(plan: Plan, subscription: Subscription): void {
  const isOwn = (line: InvoiceLineItem) => line.invoice === subscription.resumptionInvoice && line.invoiceItem === null;
  const lines = plan.rows.where('invoiceLineItem', isOwn);
  const isAnchored = lines.some((line) => line.proration || isOnGrid(plan, subscription, line));
  activate(plan, subscription.id, isAnchored ? null : (lines[0]?.periodStart ?? plan.now), lines);
}

function isOnGrid(plan: Plan, subscription: Subscription, line: LineContent): boolean {
  const item = itemsOf(plan.rows, subscription.id).find(({ id }) => id === line.subscriptionItem);
  if (!item) return false;
  const { start, end } = periodAt(plan.rows, subscription, item, line.periodStart);
  return start === line.periodStart && end === line.periodEnd;
}

function activate(plan: Plan, id: string, anchor: number | null, lines: LineContent[]): void {
  const subscription = plan.rows.get('subscription', id);
  for (const item of itemsOf(plan.rows, id)) {
    const line = lines.find((each) => each.subscriptionItem === item.id);
    if (line) plan.patch('subscriptionItem', item.id, { currentPeriodStart: line.periodStart, currentPeriodEnd: line.periodEnd });
    if (item.usageFrom !== null) countAgain(plan, item, anchor);
  }
  plan.patch('subscription', id, {
    status: 'active',
    pausedAt: null,
    resumptionInvoice: null,
    billingCycleAnchor: anchor ?? subscription.billingCycleAnchor,
  });
  plan.emit('customer.subscription.resumed', 'subscription', id);
}

/** What was used while it was paused is not billed. */
function countAgain(plan: Plan, item: SubscriptionItem, anchor: number | null): void {
  const period =
    anchor === null ? {} : { currentPeriodStart: anchor, currentPeriodEnd: addInterval(anchor, recurringOf(plan.rows, item), 1) };
  plan.patch('subscriptionItem', item.id, { ...period, usageFrom: usageCut(plan, item, plan.now) });
}

/** Nobody paid it in time: it is void, and the subscription stays paused. What it took along (usage before the pause) waits again. */
export function expireResumption(plan: Plan, id: string): void {
  const { resumptionInvoice } = plan.rows.get('subscription', id);
  const invoice = plan.rows.find('invoice', resumptionInvoice);
  if (invoice?.status === 'open') voidInvoice(plan, invoice.id);
  if (invoice) releaseItems(plan, invoice.id);
  plan.patch('subscription', id, { resumptionInvoice: null });
}
