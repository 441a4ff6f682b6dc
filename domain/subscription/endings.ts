import { takeDiscountAway } from '../discount/life';
import { BillingError } from '../core/errors';
import { voidInvoice } from '../collection/collection';
import type { Plan } from '../core/change-set';
import { recogniseRevenue } from '../invoice/revenue-recognition';

/** Its first invoice was not paid within 23 hours: void, and the subscription never was. */
export function expireIncomplete(plan: Plan, id: string): void {
  const subscription = plan.rows.get('subscription', id);
  const { latestInvoice } = subscription;
  plan.patch('subscription', id, { status: 'incomplete_expired', endedAt: plan.now });
  if (plan.rows.find('invoice', latestInvoice)?.status === 'open') voidInvoice(plan, latestInvoice as string);
  recogniseRevenue(plan, subscription, null);
}

/** `pause_collection.resumes_at` has come. */
export function resumeCollection(plan: Plan, id: string): void {
  plan.patch('subscription', id, { pauseCollection: null });
}

/** Throws resource_missing where there is none. */
export function deleteSubscriptionDiscount(plan: Plan, id: string): void {
  const { discounts } = plan.rows.get('subscription', id);
  if (discounts.length === 0) throw new BillingError('resource_missing', `No active discount for subscription: ${id}`);
  for (const discount of discounts) takeDiscountAway(plan, discount);
}
