import { BillingError } from '../core/errors';
import type { Plan } from '../core/change-set';
import { tellOfChangedPrice } from './events';

/** A lookup key names one price at a time; with `transfer` it moves over, and the price that had it is told. `to` may have it already. */
export function takeLookupKey(plan: Plan, lookupKey: string, transfer: boolean, to: string | null): void {
  const holder = plan.rows.first('price', (price) => price.lookupKey === lookupKey && price.id !== to);
  if (!holder) return;
  if (!transfer) {
    throw new BillingError(
      'resource_already_exists',
      `A price (\`${holder.id}\`) already uses that lookup key. Set \`transfer_lookup_key\` to true to move it.`,
      { param: 'lookup_key' },
    );
  }
  plan.patch('price', holder.id, { lookupKey: null });
  tellOfChangedPrice(plan, holder);
}
