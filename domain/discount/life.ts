/**
 * How discounts are attached and detached: removed, used up (`once`), or expired. Customers, subscriptions and items list the discounts
 * currently in force; invoices keep the ones that applied to them.
 */
import { discountApplies } from './duration';
import type { Discount } from '../rows/discount';
import type { Invoice } from '../rows/invoice';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

/** Whether it reduces an invoice of `at`. If a cycle is billed late, a discount attached after its instant counts too. */
export function isInForce(rows: Rows, id: string, at: number): boolean {
  const discount = rows.find('discount', id);
  if (!discount) return false;
  return discountApplies(discount, rows.get('coupon', discount.coupon), Math.max(at, discount.startsAt), false);
}

/** Removes a discount by request, or because another replaces it. Invoices that had it keep it. */
export function removeDiscount(changes: ChangeSet, id: string): void {
  detach(changes, changes.patch('discount', id, { deleted: true, endsAt: changes.now }));
}

/** Ends the `once` discounts that this invoice has used. A first invoice of 0, as a trial has, uses none (Stripe). */
export function spendOnce(changes: ChangeSet, id: string): void {
  const invoice = changes.rows.get('invoice', id);
  const isFree = changes.rows.where('invoiceLineItem', (line) => line.invoice === id).every(({ amount }) => amount === 0);
  if (isFree && invoice.billingReason === 'subscription_create') return;
  for (const discount of onceOf(changes, invoice)) {
    if (discount.endsAt === null) detach(changes, changes.patch('discount', discount.id, { endsAt: changes.now }));
  }
}

/** Detaches the discounts that have expired by `at`. */
export function detachExpired(changes: ChangeSet, subscription: Subscription | null, at: number): void {
  for (const { id, endsAt } of changes.rows.where('discount', (discount) => discount.endsAt !== null && discount.endsAt <= at)) {
    const discount = changes.rows.get('discount', id);
    if (isHeld(changes, discount, subscription) && endsAt !== null) detach(changes, discount);
  }
}

/** A hidden subscription becomes visible: the events about its first invoice's discounts are emitted now. */
export function announceDiscounts(changes: ChangeSet, { id, latestInvoice }: Subscription): void {
  const own = changes.rows.where('discount', (discount) => discount.subscription === id);
  for (const discount of own) changes.emit('customer.discount.created', 'discount', discount.id);
  const invoice = changes.rows.find('invoice', latestInvoice);
  const spent = invoice ? onceOf(changes, invoice).filter(({ endsAt }) => endsAt !== null) : [];
  for (const discount of spent) changes.emit('customer.discount.deleted', 'discount', discount.id);
}

/** The invoice, and a subscription that began with it, were not created: gives their redemptions back, and the customer's own discount counts as unused. */
export function undoDiscounts(changes: ChangeSet, invoice: Invoice): void {
  const items = changes.rows.where('subscriptionItem', (item) => item.subscription === invoice.subscription).map((item) => item.id);
  const spent = onceOf(changes, invoice);
  const isOwn = ({ invoice: of, subscription, subscriptionItem }: Discount): boolean =>
    of === invoice.id || (subscription !== null && subscription === invoice.subscription) || items.includes(subscriptionItem ?? '');
  for (const discount of changes.rows.all('discount')) {
    if (isOwn(discount)) giveBack(changes, discount);
    else if (spent.includes(discount)) {
      changes.patch('discount', discount.id, { endsAt: null });
      if (discount.customer === invoice.customer) changes.patch('customer', invoice.customer, { discount: discount.id });
    }
  }
}

/** A change whose payment failed is reverted, with the discounts that it added. */
export function giveBackUnused(changes: ChangeSet, before: Subscription): void {
  const { discounts } = changes.rows.get('subscription', before.id);
  for (const id of before.discounts.filter((each) => !discounts.includes(each))) giveBack(changes, changes.rows.get('discount', id));
}

/** Gives back a redemption of the coupon, and of its promotion code. */
function giveBack(changes: ChangeSet, discount: Discount): void {
  changes.redeem(discount.coupon, -1, discount.promotionCode);
  changes.remove('discount', discount.id);
}

function onceOf(changes: ChangeSet, invoice: Invoice): Discount[] {
  const lines = changes.rows.where('invoiceLineItem', (line) => line.invoice === invoice.id);
  const named = new Set([...invoice.discounts, ...lines.flatMap((line) => line.discounts)]);
  return [...named]
    .map((id) => changes.rows.get('discount', id))
    .filter(({ coupon }) => changes.rows.get('coupon', coupon).duration === 'once');
}

function isHeld(changes: ChangeSet, { id, customer }: Discount, subscription: Subscription | null): boolean {
  const items = changes.rows.where('subscriptionItem', (item) => item.subscription === subscription?.id);
  const current = changes.rows.find('subscription', subscription?.id ?? null);
  const isCustomers = changes.rows.find('customer', customer)?.discount === id;
  return isCustomers || [...items, ...(current ? [current] : [])].some((holder) => holder.discounts.includes(id));
}

/** Detaches a discount from its holders, and emits their updates unless they are still hidden. */
function detach(changes: ChangeSet, { id, customer }: Discount): void {
  const subscriptions = changes.rows.where('subscription', ({ discounts }) => discounts.includes(id));
  const items = changes.rows.where('subscriptionItem', ({ discounts }) => discounts.includes(id));
  const without = ({ discounts }: { discounts: string[] }): { discounts: string[] } => ({
    discounts: discounts.filter((each) => each !== id),
  });
  for (const subscription of subscriptions) changes.patch('subscription', subscription.id, without(subscription));
  for (const item of items) changes.patch('subscriptionItem', item.id, without(item));
  const holder = changes.rows.find('customer', customer);
  const isCustomers = holder?.discount === id;
  if (isCustomers) changes.patch('customer', holder.id, { discount: null });
  const isSeen = !changes.rows.all('subscription').some((subscription) => subscription.hidden);
  if (isSeen && (isCustomers || subscriptions.length + items.length > 0)) changes.emit('customer.discount.deleted', 'discount', id);
}
