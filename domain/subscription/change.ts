/**
 * Changes a subscription: its items, its cycle, its trial, its settings. The cost of a change is prorated to the second: from 1000 to 3000
 * with 20 of 30 days left, -667 and +2000 wait for the next invoice (`create_prorations`), are billed now (`always_invoice`), or are left
 * out (`none`).
 */
import { BillingError } from '../core/errors';
import { assertLeftToSchedule } from './schedule-guard';
import { itemChanges, type ItemChange } from './item-changes';
import { itemsOf } from '../subscription-item/items';
import { invoiceItemLines } from '../subscription-item/subscription-first-invoice';
import type { LineContent } from '../rows/invoice';
import type { ChangeSet } from '../core/change-set';
import { checkAutomaticTax } from './automatic-tax';
import { billAndWait, billChange, billRest } from './change-billing';
import { applyChange, type SubscriptionChange } from './change-effect';
import { assertBoundable } from '../usage/spend-settings';
import { changeLines } from './item-proration';
import { changeSettings } from './settings';
import { scheduleCancellation } from './cancel-at';
import { endsUnpaid } from './trial-end';
import { validTrialEnd } from '../subscription-item/subscription-start';
import type { UpdateSubscriptionParameters } from '../rows/subscription-parameters';
import type { Subscription } from '../rows/subscription';

/** @throws BillingError subscription_canceled, subscription_not_editable, resource_missing, parameter_invalid, currency_mismatch, customer_tax_location_invalid */
export function updateSubscription(changes: ChangeSet, subscriptionId: string, params: UpdateSubscriptionParameters): void {
  const subscription = changes.rows.get('subscription', subscriptionId);
  assertEditable(subscription, params);
  assertDated(params);
  assertLeftToSchedule(changes, subscription, params);
  changeSettings(changes, subscription, params);
  checkAutomaticTax(changes, subscriptionId, params.automatic_tax?.enabled ?? false);
  scheduleCancellation(changes, subscriptionId, isCostly(params) ? billedWithIt(params) : params);
  const change = planChange(changes, subscriptionId, params);
  if (!change) {
    assertBoundable(changes, subscriptionId);
    return;
  }
  const behavior = params.payment_behavior ?? 'allow_incomplete';
  if (behavior === 'pending_if_incomplete' || behavior === 'error_if_incomplete') {
    assertEndStays(changes, subscription, params);
    billAndWait(changes, subscriptionId, change, params);
  } else {
    applyChange(changes, subscriptionId, change);
    billChange(changes, subscriptionId, change, params);
  }
  billRest(changes, subscriptionId, params);
}

/** A cycle that restarts begins now, so it cannot be backdated. */
function assertDated({ billing_cycle_anchor: anchor, proration_date: date }: UpdateSubscriptionParameters): void {
  if (anchor !== 'now' || date === undefined) return;
  const message = 'You cannot set `proration_date` if `billing_cycle_anchor` is `now`.';
  throw new BillingError('parameter_invalid', message, { param: 'proration_date' });
}

/** The cost or credit of a planned end waits for the invoice of the items that change with it. */
const billedWithIt = (params: UpdateSubscriptionParameters): UpdateSubscriptionParameters =>
  params.proration_behavior === 'always_invoice' ? { ...params, proration_behavior: 'create_prorations' } : params;

/** A change that may wait for its payment, or be reverted, cannot also change a planned end. */
function assertEndStays(changes: ChangeSet, { id, cancelAt }: Subscription, params: UpdateSubscriptionParameters): void {
  if (changes.rows.get('subscription', id).cancelAt === cancelAt) return;
  const param = params.cancel_at === undefined ? 'cancel_at_period_end' : 'cancel_at';
  const message = `You can't change \`${param}\` together with items when \`payment_behavior\` is \`${String(params.payment_behavior)}\`.`;
  throw new BillingError('parameter_invalid', message, { param });
}

/** Restarts the cycle now, bills usage up to `usedTo`, and returns the lines. */
export function restartCycle(changes: ChangeSet, id: string, usedTo: number): LineContent[] {
  const subscription = changes.rows.get('subscription', id);
  const items = itemChanges(changes, subscription, [], { at: changes.now, usedTo, trialEnd: undefined, restartsCycle: true });
  const terms = { at: changes.now, usedTo, restartsAt: changes.now, trialEnd: undefined, behavior: 'create_prorations' as const };
  const lines = changeLines(changes, subscription, items, terms);
  applyChange(changes, id, {
    items,
    restartsAt: changes.now,
    trialEnd: subscription.trialEnd,
    isUnpaid: false,
    prorationDate: changes.now,
  });
  return lines;
}

/** Before the first invoice is paid, and after the end, most parameters cannot be changed. */
function assertEditable(subscription: Subscription, params: UpdateSubscriptionParameters): void {
  const other = Object.keys(params).find((name) => !EDITABLE_WHEN_ENDED.has(name));
  if (other !== undefined && (subscription.status === 'canceled' || subscription.status === 'incomplete_expired')) {
    throw new BillingError('subscription_canceled', 'A canceled subscription can only update its cancellation_details and metadata.', {
      param: other,
    });
  }
  const param = Object.keys(params).find((name) => !EDITABLE_WHEN_INCOMPLETE.has(name));
  if (subscription.status !== 'incomplete' || param === undefined) return;
  throw new BillingError('subscription_not_editable', `You can't change \`${param}\` of an incomplete subscription.`, { param });
}

const EDITABLE_WHEN_ENDED = new Set(['path', 'expand', 'metadata', 'cancellation_details']);
const EDITABLE_WHEN_INCOMPLETE = new Set(['path', 'expand', 'metadata', 'default_payment_method', 'description']);

/** The effect of a change of items, of the cycle or of the trial, with its lines; null if the request has none of these. */
export function planChange(changes: ChangeSet, id: string, params: UpdateSubscriptionParameters): SubscriptionChange | null {
  const subscription = changes.rows.get('subscription', id);
  assertNonePending(subscription, params);
  const extra = invoiceItemLines(changes, params.add_invoice_items ?? [], subscription);
  const trialEnd = changedTrialEnd(changes, subscription, params);
  if (params.items !== undefined || params.billing_cycle_anchor === 'now' || trialEnd !== undefined)
    return planCostly(changes, subscription, params, { trialEnd, extra });
  return extra.length === 0 ? null : { ...unchanged(changes, subscription), lines: extra };
}

function isCostly({ items, billing_cycle_anchor: anchor, trial_end: trialEnd, add_invoice_items: extras }: UpdateSubscriptionParameters) {
  return items !== undefined || anchor === 'now' || trialEnd !== undefined || (extras ?? []).length > 0;
}

/** The effect of a change of items, of the cycle or of the trial, with its lines. */
function planCostly(
  changes: ChangeSet,
  subscription: Subscription,
  params: UpdateSubscriptionParameters,
  { trialEnd, extra }: { trialEnd: number | undefined; extra: LineContent[] },
): SubscriptionChange {
  const at = prorationDate(changes, subscription, params);
  const restartsCycle = params.billing_cycle_anchor === 'now';
  const items = itemChanges(changes, subscription, params.items ?? [], { at, usedTo: at, trialEnd, restartsCycle });
  const restartsAt = restartsCycle || items.some((item) => item.restartsCycle) ? at : null;
  if (trialEnd === changes.now && endsUnpaid(changes.rows, subscription)) {
    const ended = items.map((item) => endingNow(changes, item));
    return { items: ended, restartsAt: null, trialEnd, isUnpaid: true, lines: extra, prorationDate: at };
  }
  const behavior = params.proration_behavior ?? 'create_prorations';
  const lines = changeLines(changes, subscription, items, { at, usedTo: at, restartsAt, trialEnd, behavior });
  return {
    items,
    restartsAt: trialEnd === changes.now ? changes.now : restartsAt,
    trialEnd: trialEnd ?? subscription.trialEnd,
    isUnpaid: false,
    lines: [...lines, ...extra],
    prorationDate: at,
  };
}

/** The trial was its last period. It lasted a second at least, because no period is empty. */
function endingNow({ now }: ChangeSet, change: ItemChange): ItemChange {
  const { before, after } = change;
  const currentPeriodStart = before?.currentPeriodStart ?? now;
  return { ...change, after: after && { ...after, currentPeriodStart, currentPeriodEnd: Math.max(now, currentPeriodStart + 1) } };
}

/** Only `add_invoice_items`. */
function unchanged({ now }: ChangeSet, { trialEnd }: Subscription): Omit<SubscriptionChange, 'lines'> {
  return { items: [], restartsAt: null, trialEnd, isUnpaid: false, prorationDate: now };
}

function assertNonePending({ pendingUpdate }: Subscription, params: UpdateSubscriptionParameters): void {
  if (!pendingUpdate || (!params.items && params.trial_end === undefined)) return;
  throw new BillingError('subscription_not_editable', 'A pending update must be paid, voided or expire before the next one.');
}

/** `undefined` if the trial stays the same; now, if it ends; otherwise its new end. Epoch seconds. */
function changedTrialEnd(changes: ChangeSet, subscription: Subscription, params: UpdateSubscriptionParameters): number | undefined {
  if (params.trial_end === undefined) return undefined;
  if (params.trial_end === 'now') return subscription.status === 'trialing' ? changes.now : undefined;
  return validTrialEnd(params.trial_end, changes.now);
}

function prorationDate(changes: ChangeSet, subscription: Subscription, params: UpdateSubscriptionParameters): number {
  const at = params.proration_date;
  if (at === undefined) return changes.now;
  const items = itemsOf(changes.rows, subscription.id);
  if (at >= Math.min(...items.map((item) => item.currentPeriodStart)) && at <= Math.max(...items.map((item) => item.currentPeriodEnd)))
    return at;
  throw new BillingError('parameter_invalid', 'Cannot specify `proration_date` outside of the current period.', {
    param: 'proration_date',
  });
}
