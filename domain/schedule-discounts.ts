import { requestedDiscounts } from './discount-requests';
import { refusedBy } from './dry-run';
import type { Plan } from './plan';
import type { DiscountParameters } from './subscription-parameters';

/** Those that can still be redeemed: a phase that starts by itself has nobody to refuse to, so what has lapsed is left out. */
export function redeemable(plan: Plan, discounts: DiscountParameters[]): DiscountParameters[] {
  return discounts.filter((discount) => refusedBy(plan, (trial) => requestedDiscounts(trial, [discount], {})) === null);
}
