/**
 * Changing a subscription: its items, its cycle, its trial, its settings. What a change costs is prorated to the second; from 1000
 * to 3000 with 20 of 30 days left, -667 and +2000 wait for the next invoice (`create_prorations`), are billed now
 * (`always_invoice`), or are left out (`none`).
 */
import { BillingError } from './errors';
import { itemChanges, type ItemChange } from './subscription-item-changes';
import { itemsOf, putPendingItem } from './subscription-items';
import { billNow, billLater } from './subscription-billing';
import { collectChange } from './subscription-collection';
import { invoiceItemLines } from './subscription-first-invoice';
import type { LineContent } from './invoice';
import type { Plan } from './plan';
import { changeLines } from './subscription-proration';
import { changeSettings } from './subscription-settings';
import { scheduleCancellation } from './subscription-cancellation';
import type { UpdateSubscriptionParameters } from './subscription-parameters';
import type { PendingItem, Subscription } from './subscription';

/** What a change comes to, before anything of it is applied: it may have to wait for its payment. */
export interface SubscriptionChange {
  items: ItemChange[];
  /** The cycle starts anew here; null where the anchor stays. */
  restartsAt: number | null;
  trialEnd: number | null;
  lines: LineContent[];
  prorationDate: number;
}

/** Throws subscription_canceled, subscription_not_editable, resource_missing, parameter_invalid, currency_mismatch. */
export function updateSubscription(plan: Plan, subscriptionId: string, asked: UpdateSubscriptionParameters): void {
  const subscription = plan.rows.get('subscription', subscriptionId);
  assertEditable(subscription, asked);
  changeSettings(plan, subscription, asked);
  scheduleCancellation(plan, subscriptionId, asked);
  const change = planChange(plan, subscriptionId, asked);
  if (!change) return;
  const behavior = asked.payment_behavior ?? 'allow_incomplete';
  if (behavior === 'pending_if_incomplete' || behavior === 'error_if_incomplete') billAndWait(plan, subscriptionId, change, asked);
  else {
    applyChange(plan, subscriptionId, change);
    billChange(plan, subscriptionId, change, asked);
  }
}

/** While the first invoice is unpaid, a subscription is hardly one; when it has ended, it is none. */
function assertEditable(subscription: Subscription, asked: UpdateSubscriptionParameters): void {
  const other = Object.keys(asked).find((name) => !EDITABLE_WHEN_ENDED.has(name));
  if (other !== undefined && (subscription.status === 'canceled' || subscription.status === 'incomplete_expired')) {
    throw new BillingError('subscription_canceled', 'A canceled subscription can only update its cancellation_details and metadata.', { param: other });
  }
  const param = Object.keys(asked).find((name) => !EDITABLE_WHEN_INCOMPLETE.has(name));
  if (subscription.status !== 'incomplete' || param === undefined) return;
  throw new BillingError('subscription_not_editable', `You can't change \`${param}\` of an incomplete subscription.`, { param });
}

const EDITABLE_WHEN_ENDED = new Set(['path', 'expand', 'metadata', 'cancellation_details']);
const EDITABLE_WHEN_INCOMPLETE = new Set(['path', 'expand', 'metadata', 'default_payment_method', 'description']);

function planChange(plan: Plan, id: string, asked: UpdateSubscriptionParameters): SubscriptionChange | null {
  const subscription = plan.rows.get('subscription', id);
  if (subscription.pendingUpdate && (asked.items || asked.trial_end !== undefined)) {
    throw new BillingError('subscription_not_editable', 'A pending update must be paid, voided or expire before the next one.');
  }
  const extra = invoiceItemLines(plan, asked.add_invoice_items ?? [], subscription);
  const trialEnd = changedTrialEnd(plan, subscription, asked);
  const isChange = asked.items !== undefined || asked.billing_cycle_anchor === 'now' || trialEnd !== undefined;
  if (!isChange && extra.length === 0) return null;
  const at = prorationDate(plan, subscription, asked);
  const items = isChange ? itemChanges(plan, subscription, asked.items ?? [], { at, trialEnd, restartsCycle: asked.billing_cycle_anchor === 'now' }) : [];
  const restartsAt = items.some((item) => item.restartsCycle) || asked.billing_cycle_anchor === 'now' ? at : null;
  const ends = trialEnd === undefined ? subscription.trialEnd : trialEnd;
  const lines = changeLines(plan, subscription, items, { at, restartsAt, trialEnd, behavior: asked.proration_behavior ?? 'create_prorations' });
  return { items, restartsAt: trialEnd === plan.now ? plan.now : restartsAt, trialEnd: ends, lines: [...lines, ...extra], prorationDate: at };
}

/** `undefined` where the trial stays as it is; now, where it is to end; else its new end. */
function changedTrialEnd(plan: Plan, subscription: Subscription, asked: UpdateSubscriptionParameters): number | undefined {
  if (asked.trial_end === undefined) return undefined;
  if (asked.trial_end === 'now') return subscription.status === 'trialing' ? plan.now : undefined;
  if (asked.trial_end > plan.now) return asked.trial_end;
  throw new BillingError('parameter_invalid', 'Invalid timestamp: must be an integer Unix timestamp in the future.', { param: 'trial_end' });
}

function prorationDate(plan: Plan, subscription: Subscription, asked: UpdateSubscriptionParameters): number {
  const at = asked.proration_date ?? plan.now;
  const items = itemsOf(plan.rows, subscription.id);
  if (at >= Math.min(...items.map((item) => item.currentPeriodStart)) && at <= Math.max(...items.map((item) => item.currentPeriodEnd))) return at;
  throw new BillingError('parameter_invalid', 'Cannot specify `proration_date` outside of the current period.', { param: 'proration_date' });
}

/** Puts the items, the anchor and the trial's end as the change has them. */
export function applyChange(plan: Plan, id: string, change: Omit<SubscriptionChange, 'lines'>): void {
  for (const { before, after } of change.items) {
    if (after) plan.put('subscriptionItem', after);
    else if (before) plan.put('subscriptionItem', { ...before, deleted: true });
  }
  const subscription = plan.rows.get('subscription', id);
  const endsNow = subscription.trialEnd !== null && change.trialEnd !== null && change.trialEnd <= plan.now;
  const extends_ = change.trialEnd !== null && change.trialEnd > plan.now && change.trialEnd !== subscription.trialEnd;
  plan.patch('subscription', id, {
    ...(change.restartsAt === null ? {} : { billingCycleAnchor: change.restartsAt, billingCycleAnchorConfig: null }),
    ...(extends_ ? { trialEnd: change.trialEnd, trialStart: subscription.trialStart ?? plan.now, billingCycleAnchor: change.trialEnd as number, status: 'trialing', trialWillEndSentAt: null } : {}),
    ...(endsNow && subscription.status === 'trialing' ? { trialEnd: plan.now, status: 'active' } : {}),
  });
}

function billChange(plan: Plan, id: string, change: SubscriptionChange, asked: UpdateSubscriptionParameters): void {
  const subscription = plan.rows.get('subscription', id);
  const now = asked.proration_behavior === 'always_invoice' || change.restartsAt !== null || (asked.add_invoice_items ?? []).length > 0;
  if (!now) {
    change.lines.forEach((line) => putPendingItem(plan, subscription, line));
    return;
  }
  if (change.lines.length === 0) return;
  const bill = { billingReason: 'subscription_update' as const, lines: change.lines, period: { start: plan.now, end: plan.now } };
  if (subscription.collectionMethod === 'send_invoice') billLater(plan, subscription, bill);
  else collectChange(plan, billNow(plan, subscription, bill), asked);
}

const PENDING_SECONDS = 23 * 3600;

/** The change is billed now and applied when that is paid: at once where nothing is due. */
function billAndWait(plan: Plan, id: string, change: SubscriptionChange, asked: UpdateSubscriptionParameters): void {
  const now = asked.proration_behavior === 'always_invoice' || change.restartsAt !== null;
  if (!now || change.lines.length === 0 || plan.rows.get('subscription', id).collectionMethod === 'send_invoice') {
    applyChange(plan, id, change);
    billChange(plan, id, change, asked);
    return;
  }
  const subscription = plan.rows.get('subscription', id);
  const bill = { billingReason: 'subscription_update' as const, lines: change.lines, period: { start: plan.now, end: plan.now } };
  const invoice = billNow(plan, subscription, bill);
  if (invoice.status === 'paid' || plan.context.preview) {
    applyChange(plan, id, change);
    return;
  }
  const periodEnds = itemsOf(plan.rows, id).map((item) => item.currentPeriodEnd);
  plan.patch('subscription', id, {
    pendingUpdate: {
      expires_at: Math.min(plan.now + PENDING_SECONDS, ...periodEnds),
      billing_cycle_anchor: change.restartsAt,
      trial_end: change.trialEnd === subscription.trialEnd ? null : change.trialEnd,
      items: change.items.map(pendingItem),
      invoice: invoice.id,
      on_failure: asked.payment_behavior === 'error_if_incomplete' ? 'discard' : 'keep',
      proration_date: change.prorationDate,
    },
  });
  collectChange(plan, invoice, asked);
}

function pendingItem({ before, after }: ItemChange): PendingItem {
  const item = after ?? before;
  if (!item) throw new Error('a change of no item');
  const { id, price, quantity, taxRates, metadata } = item;
  const period = { current_period_start: item.currentPeriodStart, current_period_end: item.currentPeriodEnd };
  return { id, price, quantity, deleted: after === null, created: before === null, ...period, tax_rates: taxRates, metadata };
}
