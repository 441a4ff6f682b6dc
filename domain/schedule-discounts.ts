import { requestedDiscounts } from './discount-requests';
import { BillingError } from './errors';
import { Plan } from './plan';
import type { DiscountParameters } from './subscription-parameters';

/** Those that can still be redeemed: a phase that starts by itself has nobody to refuse to, so what has lapsed is left out. */
export function redeemable(plan: Plan, discounts: DiscountParameters[]): DiscountParameters[] {
  return discounts.filter((discount) => isRedeemable(plan, discount));
}

/** Tried in a plan that is thrown away. */
function isRedeemable(plan: Plan, discount: DiscountParameters): boolean {
  try {
    requestedDiscounts(new Plan(plan.rows, plan.context), [discount], {});
    return true;
  } catch (error) {
    if (error instanceof BillingError) return false;
    throw error;
  }
}
