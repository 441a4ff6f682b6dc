import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { announceChangedPrice } from './events';

/**
 * A lookup key names one price at a time. With `transfer` it moves from the present holder to `to`, and the holder's event is emitted. `to`
 * may already have it.
 */
export function takeLookupKey(changes: ChangeSet, lookupKey: string, transfer: boolean, to: string | null): void {
  const holder = changes.rows.first('price', (price) => price.lookupKey === lookupKey && price.id !== to);
  if (!holder) return;
  if (!transfer) {
    throw new BillingError(
      'resource_already_exists',
      `A price (\`${holder.id}\`) already uses that lookup key. Set \`transfer_lookup_key\` to true to move it.`,
      { param: 'lookup_key' },
    );
  }
  changes.patch('price', holder.id, { lookupKey: null });
  announceChangedPrice(changes, holder);
}
