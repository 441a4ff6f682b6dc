/**
 * Flexible billing mode for a subscription that was created in classic mode. Nothing is billed by the change itself. From then on a change
 * gives back what was debited, usage is always billed, and a new interval keeps the anchor.
 */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';

/** @throws BillingError parameter_invalid if it is in flexible mode already */
export function migrateSubscription(changes: ChangeSet, id: string): void {
  const { billingMode, schedule } = changes.rows.get('subscription', id);
  if (billingMode.type === 'flexible') {
    throw new BillingError('parameter_invalid', `The billing mode of ${id} is flexible already.`, { param: 'billing_mode[type]' });
  }
  changes.patch('subscription', id, { billingMode: { type: 'flexible', updatedAt: changes.now } });
  if (schedule !== null) changes.patch('subscriptionSchedule', schedule, { billingMode: { type: 'flexible' } });
}
