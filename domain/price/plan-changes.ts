/** What can be done to a recurring price as a plan, and to prices not: it moves to another product, and its trial changes. */
import { BillingError } from '../core/errors';
import type { Plan } from '../core/change-set';
import { updatePrice, type PriceChange } from './changes';

export interface PlanChange extends Pick<PriceChange, 'active' | 'nickname' | 'metadata'> {
  product?: string | undefined;
  /** Null: none. */
  trialPeriodDays?: number | null | undefined;
}

/** @throws parameter_invalid where it is its product's default and would be archived or moved */
export function updatePlan(plan: Plan, id: string, { product, trialPeriodDays, ...change }: PlanChange): void {
  const price = plan.rows.get('price', id);
  if (price.recurring === null) throw new Error(`price ${id} is not recurring, so it is no plan`);
  if (product !== undefined && product !== price.product) {
    refuseDefault(plan, price.product, id);
    plan.patch('price', id, { product });
  }
  if (trialPeriodDays !== undefined) plan.patch('price', id, { recurring: { ...price.recurring, trial_period_days: trialPeriodDays } });
  updatePrice(plan, id, change);
}

function refuseDefault(plan: Plan, product: string, id: string): void {
  if (plan.rows.find('product', product)?.defaultPrice !== id) return;
  const message = 'This plan is the default price of its product, and cannot be moved to another.';
  throw new BillingError('parameter_invalid', message, { param: 'product' });
}
