/** Changes that a recurring price allows as a plan, but not as a price: it can move to another product, and change its trial. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { updatePrice, type PriceChange } from './changes';

export interface PlanChange extends Pick<PriceChange, 'active' | 'nickname' | 'metadata'> {
  product?: string | undefined;
  /** Null: no trial. */
  trialPeriodDays?: number | null | undefined;
}

/** @throws BillingError parameter_invalid if it is its product's default and would be archived or moved */
export function updatePlan(changes: ChangeSet, id: string, { product, trialPeriodDays, ...change }: PlanChange): void {
  const price = changes.rows.get('price', id);
  if (price.recurring === null) throw new Error(`price ${id} is not recurring, so it is no plan`);
  if (product !== undefined && product !== price.product) {
    refuseDefault(changes, price.product, id);
    changes.patch('price', id, { product });
  }
  if (trialPeriodDays !== undefined) changes.patch('price', id, { recurring: { ...price.recurring, trial_period_days: trialPeriodDays } });
  updatePrice(changes, id, change);
}

function refuseDefault(changes: ChangeSet, product: string, id: string): void {
  if (changes.rows.find('product', product)?.defaultPrice !== id) return;
  const message = 'This plan is the default price of its product, and cannot be moved to another.';
  throw new BillingError('parameter_invalid', message, { param: 'product' });
}
