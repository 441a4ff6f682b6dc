/** `discounts` of an update is the complete new list: discounts that it does not list are removed. */
import { removeDiscount } from './life';
import { requestedDiscounts, type Holder } from './requests';
import type { ChangeSet } from '../core/change-set';
import type { Subscription } from '../rows/subscription';
import type { DiscountParameters } from '../rows/subscription-parameters';

/**
 * The new discounts of a subscription. If the change may still be reverted (`isFinal` false), removed discounts keep their rows so that
 * they can be restored.
 */
export function replacedDiscounts(
  changes: ChangeSet,
  subscription: Subscription,
  params: DiscountParameters[],
  isFinal: boolean,
): string[] {
  const { id, customer, discounts: before } = subscription;
  const after = requestedDiscounts(changes, params, { subscription: id, customer });
  if (!isFinal) return after;
  takeAwayOthers(changes, { subscription: id }, before, after);
  for (const each of after.filter((one) => !before.includes(one) && changes.rows.get('discount', one).subscription === id))
    changes.emit('customer.discount.created', 'discount', each);
  return after;
}

/** The new discounts of an item. An absent parameter keeps them. `param` is the parameter that errors name. */
export function discountsOfItem(
  changes: ChangeSet,
  { id, subscription, discounts: before }: { id: string; subscription: string; discounts: string[] },
  { discounts: params }: { discounts?: DiscountParameters[] | null },
  param: string,
): string[] {
  if (params === undefined) return before;
  const { currency } = changes.rows.get('subscription', subscription);
  const after = requestedDiscounts(changes, params ?? [], { subscriptionItem: id }, { param, currency });
  takeAwayOthers(changes, { subscriptionItem: id }, before, after);
  return after;
}

/** The customer's own discount, if it was used here, stays with the customer. */
function takeAwayOthers(changes: ChangeSet, holder: Holder, before: string[], after: string[]): void {
  for (const id of before.filter((each) => !after.includes(each))) {
    const discount = changes.rows.get('discount', id);
    const isOwn =
      discount.subscription === (holder.subscription ?? null) && discount.subscriptionItem === (holder.subscriptionItem ?? null);
    if (isOwn) removeDiscount(changes, id);
  }
}
