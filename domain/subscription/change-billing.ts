/** How a change is paid for: with the next invoice, at once, or before it is applied. */
import { courseOf } from '../invoice-rules/collection';
import type { InvoiceItem } from '../rows/invoice';
import type { ChangeSet } from '../core/change-set';
import { billNow } from './billing';
import { applyChange, type SubscriptionChange } from './change-effect';
import { billAtOnce, collectChange } from './collection';
import type { ItemChange } from './item-changes';
import { itemsOf, putPendingItem } from '../subscription-item/items';
import type { UpdateSubscriptionParameters } from '../rows/subscription-parameters';
import type { PendingItem, PendingUpdate, Subscription } from '../rows/subscription';

/** Bills a change that is already applied: prorations wait for the next invoice, or are billed and charged now. */
export function billChange(changes: ChangeSet, id: string, change: SubscriptionChange, params: UpdateSubscriptionParameters): void {
  if (isBilledNow(change, params)) {
    billAtOnce(changes, id, change.lines, params);
    return;
  }
  const subscription = changes.rows.get('subscription', id);
  change.lines.forEach((line) => putPendingItem(changes, subscription, line));
}

/** Bills now the items that this change has put aside and none of its invoices has taken. */
export function billRest(changes: ChangeSet, id: string, params: UpdateSubscriptionParameters): void {
  const subscription = changes.rows.get('subscription', id);
  const makesNone = subscription.collectionMethod === 'send_invoice' || subscription.status === 'paused';
  if (params.proration_behavior !== 'always_invoice' || makesNone) return;
  const isNew = (item: InvoiceItem) =>
    item.subscription === id && item.invoice === null && !item.deleted && !changes.base.find('invoiceItem', item.id);
  if (!changes.rows.all('invoiceItem').some(isNew)) return;
  const bill = { billingReason: 'subscription_update' as const, lines: [], period: { start: changes.now, end: changes.now } };
  collectChange(changes, billNow(changes, subscription, bill), params);
}

const PENDING_SECONDS = 23 * 3600;

/** Bills the change now and applies it when that is paid: at once if no amount is due. */
export function billAndWait(changes: ChangeSet, id: string, change: SubscriptionChange, params: UpdateSubscriptionParameters): void {
  if (!isBilledNow(change, params) || change.lines.length === 0 || !isChargedNow(changes, id)) {
    applyChange(changes, id, change);
    billChange(changes, id, change, params);
    return;
  }
  const subscription = changes.rows.get('subscription', id);
  const bill = { billingReason: 'subscription_update' as const, lines: change.lines, period: { start: changes.now, end: changes.now } };
  const invoice = billNow(changes, subscription, bill);
  if (invoice.status === 'paid' || changes.context.preview) {
    applyChange(changes, id, change);
    return;
  }
  const onFailure = params.payment_behavior === 'error_if_incomplete' ? 'discard' : 'keep';
  changes.patch('subscription', id, { pendingUpdate: pendingUpdate(changes, subscription, change, { invoice: invoice.id, onFailure }) });
  collectChange(changes, invoice, params);
}

/** If the invoice is sent, or not collected, there is no payment to wait for. */
function isChargedNow(changes: ChangeSet, id: string): boolean {
  const subscription = changes.rows.get('subscription', id);
  return subscription.collectionMethod === 'charge_automatically' && courseOf(changes.rows, subscription) === 'advance';
}

/** Whether the change is billed at once: on request, when the cycle restarts, and for `add_invoice_items`. */
function isBilledNow(change: SubscriptionChange, params: UpdateSubscriptionParameters): boolean {
  return params.proration_behavior === 'always_invoice' || change.restartsAt !== null || (params.add_invoice_items ?? []).length > 0;
}

function pendingUpdate(
  changes: ChangeSet,
  subscription: Subscription,
  change: SubscriptionChange,
  { invoice, onFailure }: { invoice: string; onFailure: PendingUpdate['on_failure'] },
): PendingUpdate {
  const periodEnds = itemsOf(changes.rows, subscription.id).map((item) => item.currentPeriodEnd);
  return {
    expires_at: Math.min(changes.now + PENDING_SECONDS, ...periodEnds),
    billing_cycle_anchor: change.restartsAt,
    trial_end: change.trialEnd === subscription.trialEnd ? null : change.trialEnd,
    items: change.items.map(pendingItem),
    invoice,
    on_failure: onFailure,
    proration_date: change.prorationDate,
    restore: onFailure === 'discard' ? settingsBefore(changes, subscription.id) : null,
  };
}

/** The previous values of settings that the same request has changed, to restore if its payment fails. */
function settingsBefore(changes: ChangeSet, id: string): Partial<Subscription> {
  const [before, after] = [changes.base.get('subscription', id), changes.rows.get('subscription', id)];
  const isChanged = ([key, value]: [string, unknown]) =>
    key !== 'latestInvoice' && JSON.stringify(after[key as keyof Subscription]) !== JSON.stringify(value);
  return Object.fromEntries(Object.entries(before).filter(isChanged));
}

function pendingItem({ before, after }: ItemChange): PendingItem {
  const item = after ?? before;
  if (!item) throw new Error('a change of no item');
  const { id, price, quantity, taxRates, metadata } = item;
  const period = { current_period_start: item.currentPeriodStart, current_period_end: item.currentPeriodEnd };
  const usage_from = item.usageFrom;
  return { id, price, quantity, deleted: after === null, created: before === null, ...period, usage_from, tax_rates: taxRates, metadata };
}
