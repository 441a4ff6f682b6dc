/**
 * Changes a subscription to a phase, by the rules of any other change. If periods end at that same instant, nothing is prorated: the items
 * are swapped, and the renewal that follows bills the new ones.
 */
import type { ChangeSet } from '../core/change-set';
import { restartsCycle } from './anchor';
import { swapItems } from './phase-swap';
import { redeemable } from './discounts';
import { settingsIn } from './settings';
import { planChange } from '../subscription/change';
import { billChange } from '../subscription/change-billing';
import { applyChange } from '../subscription/change-effect';
import { invoiceItemLines } from '../subscription-item/subscription-first-invoice';
import { abandonPendingUpdate } from '../subscription/cancellation';
import { changeSettings } from '../subscription/settings';
import { itemsOf, putPendingItem } from '../subscription-item/items';
import type { ItemParameters, ProrationBehavior, UpdateSubscriptionParameters } from '../rows/subscription-parameters';
import type { Subscription } from '../rows/subscription';
import type { PhaseItem, SchedulePhase, ScheduleSettings } from '../rows/subscription-schedule';

export interface PhaseChange {
  phase: SchedulePhase;
  /** The earlier version of the phase, if it is running and changes; null if it begins. */
  before: SchedulePhase | null;
  settings: ScheduleSettings;
  at: number;
  behavior: ProrationBehavior;
}

export function applyPhase(changes: ChangeSet, subscriptionId: string, change: PhaseChange): void {
  dropPendingUpdate(changes, subscriptionId);
  applySettings(changes, subscriptionId, change);
  const params = itemsAsked(changes, subscriptionId, change);
  const running = itemsOf(changes.rows, subscriptionId);
  const isDue = change.before === null && running.some((item) => item.currentPeriodEnd <= change.at);
  const restarts = change.before === null && restartsCycle(changes, change, running);
  const rest = isDue ? swapItems(changes, subscriptionId, params, { ...change, restarts }) : params;
  if (rest.length > 0 || !isDue) prorate(changes, subscriptionId, rest, { ...change, restarts: restarts && !isDue });
  addInvoiceItems(changes, subscriptionId, change);
}

/** The update was requested for the subscription as it was before this phase. */
function dropPendingUpdate(changes: ChangeSet, id: string): void {
  const subscription = changes.rows.get('subscription', id);
  if (!subscription.pendingUpdate) return;
  abandonPendingUpdate(changes, subscription);
  changes.emit('customer.subscription.pending_update_expired', 'subscription', id);
  changes.patch('subscription', id, { pendingUpdate: null });
}

function applySettings(changes: ChangeSet, id: string, { phase, before, settings }: PhaseChange): void {
  const isSame = before !== null && JSON.stringify(before.discounts) === JSON.stringify(phase.discounts);
  const discounts = isSame ? {} : { discounts: redeemable(changes, phase.discounts ?? [], phase.currency) };
  changeSettings(changes, changes.rows.get('subscription', id), {
    path: { subscription: id },
    ...settingsIn(changes, phase, settings),
    ...discounts,
  });
}

/** Items are matched by price: matched ones are changed, others removed, and new ones added. */
function itemsAsked(changes: ChangeSet, id: string, { phase, before }: PhaseChange): ItemParameters[] {
  const current = itemsOf(changes.rows, id);
  const wanted = new Map(phase.items.map((item) => [item.price, item]));
  const kept = current.map((item): ItemParameters => {
    const phaseItem = wanted.get(item.price);
    wanted.delete(item.price);
    const was = before?.items.find(({ price }) => price === item.price);
    return phaseItem ? { id: item.id, ...params(changes, phase, phaseItem, was) } : { id: item.id, deleted: true };
  });
  return [...kept, ...[...wanted.values()].map((item) => ({ price: item.price, ...params(changes, phase, item) }))];
}

/** Discounts that a running phase already has are not redeemed again. */
function params(
  changes: ChangeSet,
  { currency }: SchedulePhase,
  { quantity, billing_thresholds = null, metadata, tax_rates, discounts }: PhaseItem,
  was?: PhaseItem,
): ItemParameters {
  const isSame = was && JSON.stringify(was.discounts) === JSON.stringify(discounts);
  const given = isSame ? {} : { discounts: redeemable(changes, discounts, currency) };
  return { described: true, billing_thresholds, metadata, tax_rates, ...(quantity === null ? {} : { quantity }), ...given };
}

function prorate(changes: ChangeSet, id: string, items: ItemParameters[], change: PhaseChange & { restarts: boolean }): void {
  const subscription = changes.rows.get('subscription', id);
  const parameters: UpdateSubscriptionParameters = {
    path: { subscription: id },
    items,
    proration_behavior: change.behavior,
    proration_date: change.at,
    off_session: true,
    ...(change.restarts ? { billing_cycle_anchor: 'now' } : {}),
    ...trialAsked(changes, subscription, change.phase),
  };
  const planned = planChange(changes, id, parameters);
  if (!planned) return;
  applyChange(changes, id, planned);
  billChange(changes, id, planned, parameters);
}

/** The phase's own trial, or the end of a trial that the phase does not have. */
function trialAsked({ now }: ChangeSet, subscription: Subscription, { trial_end: ends }: SchedulePhase): { trial_end?: number | 'now' } {
  const isTrialing = subscription.status === 'trialing' && (subscription.trialEnd ?? 0) > now;
  if (ends !== null && ends > now) return ends === subscription.trialEnd ? {} : { trial_end: ends };
  return isTrialing ? { trial_end: 'now' } : {};
}

/** They wait for the phase's next invoice. Items that a running phase already had are not added again. */
function addInvoiceItems(changes: ChangeSet, id: string, { phase, before }: PhaseChange): void {
  const subscription = changes.rows.get('subscription', id);
  const had = (before?.add_invoice_items ?? []).map((item) => JSON.stringify(item));
  const added = phase.add_invoice_items.filter((item) => !had.includes(JSON.stringify(item)));
  const redeemed = added.map((item) => ({ ...item, discounts: redeemable(changes, item.discounts, phase.currency) }));
  for (const line of invoiceItemLines(changes, redeemed, subscription)) putPendingItem(changes, subscription, line);
}
