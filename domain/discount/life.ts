/**
 * How discounts come to those who hold them and leave again: taken away, spent by the one invoice that they were for, or over. A
 * customer, a subscription and its items know the discounts that are at work on them; invoices keep those that they had.
 */
import { discountApplies } from './duration';
import type { Discount } from '../rows/discount';
import type { Invoice } from '../rows/invoice';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

/** Whether it reduces an invoice of `at`. One that was given since, to a cycle that is billed late, does too. */
export function isAtWork(rows: Rows, id: string, at: number): boolean {
  const discount = rows.find('discount', id);
  if (!discount) return false;
  return discountApplies(discount, rows.get('coupon', discount.coupon), Math.max(at, discount.startsAt), false);
}

/** Taken away by hand, or replaced. Invoices that had it keep it. */
export function takeDiscountAway(changes: ChangeSet, id: string): void {
  detach(changes, changes.patch('discount', id, { deleted: true, endsAt: changes.now }));
}

/** A coupon for one invoice has been used by this one. */
export function spendOnce(changes: ChangeSet, invoice: string): void {
  for (const discount of onceOf(changes, changes.rows.get('invoice', invoice))) {
    if (discount.endsAt === null) detach(changes, changes.patch('discount', discount.id, { endsAt: changes.now }));
  }
}

/** Those that are over by `at` leave whom they were at work on. */
export function retireLapsed(changes: ChangeSet, subscription: Subscription | null, at: number): void {
  for (const { id, endsAt } of changes.rows.where('discount', (discount) => discount.endsAt !== null && discount.endsAt <= at)) {
    const discount = changes.rows.get('discount', id);
    if (isHeld(changes, discount, subscription) && endsAt !== null) detach(changes, discount);
  }
}

/** A subscription that was hidden shows itself: what its first invoice did to discounts is told now. */
export function announceDiscounts(changes: ChangeSet, { id, latestInvoice }: Subscription): void {
  const own = changes.rows.where('discount', (discount) => discount.subscription === id);
  for (const discount of own) changes.emit('customer.discount.created', 'discount', discount.id);
  const invoice = changes.rows.find('invoice', latestInvoice);
  for (const discount of invoice ? onceOf(changes, invoice) : []) changes.emit('customer.discount.deleted', 'discount', discount.id);
}

/** Nothing came of the subscription: its redemptions are given back, and the customer's own discount was not used. */
export function undoDiscounts(changes: ChangeSet, subscription: Subscription, invoice: Invoice): void {
  const items = changes.rows.where('subscriptionItem', (item) => item.subscription === subscription.id).map((item) => item.id);
  const spent = onceOf(changes, invoice);
  for (const discount of changes.rows.all('discount')) {
    if (discount.subscription === subscription.id || items.includes(discount.subscriptionItem ?? '')) giveBack(changes, discount);
    else if (spent.includes(discount)) {
      changes.patch('discount', discount.id, { endsAt: null });
      if (discount.customer === invoice.customer) changes.patch('customer', invoice.customer, { discount: discount.id });
    }
  }
}

/** A change whose payment failed is taken back: so are the discounts that it brought. */
export function giveBackUnused(changes: ChangeSet, before: Subscription): void {
  const { discounts } = changes.rows.get('subscription', before.id);
  for (const id of before.discounts.filter((each) => !discounts.includes(each))) giveBack(changes, changes.rows.get('discount', id));
}

/** A coupon, and its code, that were redeemed for nothing. */
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

/** Off whatever it is at work on, which is told unless nobody can see that yet. */
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
