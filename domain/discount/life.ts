/**
 * How discounts come to those who hold them and leave again: taken away, spent by the one invoice that they were for, or over. A
 * customer, a subscription and its items know the discounts that are at work on them; invoices keep those that they had.
 */
import { discountApplies } from './duration';
import type { Discount } from '../rows/discount';
import type { Invoice } from '../rows/invoice';
import type { Plan } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

/** Whether it reduces an invoice of `at`. One that was given since, to a cycle that is billed late, does too. */
export function isAtWork(rows: Rows, id: string, at: number): boolean {
  const discount = rows.find('discount', id);
  if (!discount) return false;
  return discountApplies(discount, rows.get('coupon', discount.coupon), Math.max(at, discount.startsAt), false);
}

/** Taken away by hand, or replaced. Invoices that had it keep it. */
export function takeDiscountAway(plan: Plan, id: string): void {
  detach(plan, plan.patch('discount', id, { deleted: true, endsAt: plan.now }));
}

/** A coupon for one invoice has been used by this one. */
export function spendOnce(plan: Plan, invoice: string): void {
  for (const discount of onceOf(plan, plan.rows.get('invoice', invoice))) {
    if (discount.endsAt === null) detach(plan, plan.patch('discount', discount.id, { endsAt: plan.now }));
  }
}

/** Those that are over by `at` leave whom they were at work on. */
export function retireLapsed(plan: Plan, subscription: Subscription | null, at: number): void {
  for (const { id, endsAt } of plan.rows.where('discount', (discount) => discount.endsAt !== null && discount.endsAt <= at)) {
    const discount = plan.rows.get('discount', id);
    if (isHeld(plan, discount, subscription) && endsAt !== null) detach(plan, discount);
  }
}

/** A subscription that was hidden shows itself: what its first invoice did to discounts is told now. */
export function announceDiscounts(plan: Plan, { id, latestInvoice }: Subscription): void {
  const own = plan.rows.where('discount', (discount) => discount.subscription === id);
  for (const discount of own) plan.emit('customer.discount.created', 'discount', discount.id);
  const invoice = plan.rows.find('invoice', latestInvoice);
  for (const discount of invoice ? onceOf(plan, invoice) : []) plan.emit('customer.discount.deleted', 'discount', discount.id);
}

/** Nothing came of the subscription: its redemptions are given back, and the customer's own discount was not used. */
export function undoDiscounts(plan: Plan, subscription: Subscription, invoice: Invoice): void {
  const items = plan.rows.where('subscriptionItem', (item) => item.subscription === subscription.id).map((item) => item.id);
  const spent = onceOf(plan, invoice);
  for (const discount of plan.rows.all('discount')) {
    if (discount.subscription === subscription.id || items.includes(discount.subscriptionItem ?? '')) giveBack(plan, discount);
    else if (spent.includes(discount)) {
      plan.patch('discount', discount.id, { endsAt: null });
      if (discount.customer === invoice.customer) plan.patch('customer', invoice.customer, { discount: discount.id });
    }
  }
}

/** A change whose payment failed is taken back: so are the discounts that it brought. */
export function giveBackUnused(plan: Plan, before: Subscription): void {
  const { discounts } = plan.rows.get('subscription', before.id);
  for (const id of before.discounts.filter((each) => !discounts.includes(each))) giveBack(plan, plan.rows.get('discount', id));
}

/** A coupon, and its code, that were redeemed for nothing. */
function giveBack(plan: Plan, discount: Discount): void {
  plan.redeem(discount.coupon, -1, discount.promotionCode);
  plan.remove('discount', discount.id);
}

function onceOf(plan: Plan, invoice: Invoice): Discount[] {
  const lines = plan.rows.where('invoiceLineItem', (line) => line.invoice === invoice.id);
  const named = new Set([...invoice.discounts, ...lines.flatMap((line) => line.discounts)]);
  return [...named].map((id) => plan.rows.get('discount', id)).filter(({ coupon }) => plan.rows.get('coupon', coupon).duration === 'once');
}

function isHeld(plan: Plan, { id, customer }: Discount, subscription: Subscription | null): boolean {
  const items = plan.rows.where('subscriptionItem', (item) => item.subscription === subscription?.id);
  const current = plan.rows.find('subscription', subscription?.id ?? null);
  const isCustomers = plan.rows.find('customer', customer)?.discount === id;
  return isCustomers || [...items, ...(current ? [current] : [])].some((holder) => holder.discounts.includes(id));
}

/** Off whatever it is at work on, which is told unless nobody can see that yet. */
function detach(plan: Plan, { id, customer }: Discount): void {
  const subscriptions = plan.rows.where('subscription', ({ discounts }) => discounts.includes(id));
  const items = plan.rows.where('subscriptionItem', ({ discounts }) => discounts.includes(id));
  const without = ({ discounts }: { discounts: string[] }): { discounts: string[] } => ({
    discounts: discounts.filter((each) => each !== id),
  });
  for (const subscription of subscriptions) plan.patch('subscription', subscription.id, without(subscription));
  for (const item of items) plan.patch('subscriptionItem', item.id, without(item));
  const holder = plan.rows.find('customer', customer);
  const isCustomers = holder?.discount === id;
  if (isCustomers) plan.patch('customer', holder.id, { discount: null });
  const isSeen = !plan.rows.all('subscription').some((subscription) => subscription.hidden);
  if (isSeen && (isCustomers || subscriptions.length + items.length > 0)) plan.emit('customer.discount.deleted', 'discount', id);
}
