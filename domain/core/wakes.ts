import type { ChangeSet, PlannedWake } from './change-set';
import type { Dunning } from '../rows/dunning';
import { subscriptionsOf, type Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import { workflowId } from '../rows/workflow';

/** Wakes the workflows of the subscriptions that an invoice bills, except the one that runs this commit. */
export function wakeSubscriptionsOf(changes: ChangeSet, invoice: Invoice | undefined): void {
  for (const subscription of invoice ? subscriptionsOf(invoice) : []) wakeSubscription(changes, subscription);
}

function wakeSubscription(changes: ChangeSet, subscriptionId: string): void {
  const subscription = changes.rows.find('subscription', subscriptionId);
  if (!subscription || changes.context.workflow === workflowId('subscription', subscription.id)) return;
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') return;
  changes.wake('subscription', subscription.id, subscription);
}

/**
 * Wakes the customer's `usage` workflow, if the facts contain an alert by spend or a top-up: the subscription's new charges may trigger it.
 */
export function wakeSpendWatch(changes: ChangeSet, subscriptionId: string): void {
  const subscription = changes.rows.find('subscription', subscriptionId);
  const isWatched = changes.rows.all('alert').length > 0 || changes.rows.all('creditTopUp').some(({ status }) => status === 'active');
  if (!subscription || !isWatched) return;
  const charged = changes.changed.has('invoiceLineItem') || changes.changed.has('invoiceItem');
  if (charged) changes.wake('usage', subscription.customer, subscription);
}

/**
 * The ids of the workflows in which a caller sees effects: those that are woken, and the subscriptions of each woken recovery, whose status
 * follows when the recovery has charged a card. A caller does not wait for a registry of tax ids.
 */
export function affectedBy(wakes: PlannedWake[], rows: Rows): string[] {
  const woken = wakes.filter(({ kind }) => kind !== 'tax-id').map(({ kind, subject }) => workflowId(kind, subject));
  const recoveries = wakes.filter(({ kind }) => kind === 'dunning').flatMap(({ subject }) => rows.find('dunning', subject) ?? []);
  const following = recoveries.flatMap((dunning) => followersOf(rows, dunning)).map((id) => workflowId('subscription', id));
  return [...new Set([...woken, ...following])];
}

function followersOf(rows: Rows, { invoice, subscription }: Dunning): string[] {
  const latest = rows.where('subscription', ({ latestInvoice }) => latestInvoice === invoice).map(({ id }) => id);
  return subscription === null ? latest : [subscription];
}

/** Wakes the checkout session that began the subscription, once the subscription's status changes. */
export function wakeCheckout(changes: ChangeSet, subscriptionId: string): void {
  const subscription = changes.rows.find('subscription', subscriptionId);
  if (!subscription || subscription.checkoutSession === null) return;
  if (changes.base.find('subscription', subscriptionId)?.status === subscription.status) return;
  changes.wake('checkout', subscription.checkoutSession, subscription);
}
