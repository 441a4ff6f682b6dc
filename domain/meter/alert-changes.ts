/** Creates, activates, deactivates and archives alerts. */
import type { Alert } from '../rows/alert';
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { LIMITS } from '../core/limits';

export type NewAlert = Pick<Alert, 'title' | 'alertType' | 'meter' | 'currency' | 'customer' | 'gte' | 'recurrence'>;

/** @throws BillingError parameter_invalid if the facts have too many alerts of the same meter (or of spend) and customer */
export function createAlert(changes: ChangeSet, alert: NewAlert): void {
  const { meter, customer } = alert;
  const alike = changes.rows.where('alert', (each) => each.meter === meter && each.customer === customer && each.status !== 'archived');
  if (alike.length >= LIMITS.alerts.max) {
    const message = `There can be at most ${String(LIMITS.alerts.max)} alerts for each combination of a meter and a customer.`;
    throw new BillingError('parameter_invalid', message);
  }
  const row = changes.put('alert', { ...changes.resource('alrt'), ...alert, status: 'active', activation: 1, countsFrom: changes.now });
  wakeWatch(changes, row);
}

/** Activates the alert: it can trigger again, by usage from now on. */
export function activateAlert(changes: ChangeSet, id: string): void {
  const alert = changeable(changes, id);
  if (alert.status === 'active') throw new BillingError('parameter_invalid', 'This alert is already active.');
  changes.patch('alert', id, { status: 'active', activation: alert.activation + 1, countsFrom: changes.now });
  wakeWatch(changes, alert);
}

export function deactivateAlert(changes: ChangeSet, id: string): void {
  if (changeable(changes, id).status === 'inactive') throw new BillingError('parameter_invalid', 'This alert is already inactive.');
  changes.patch('alert', id, { status: 'inactive' });
}

export function archiveAlert(changes: ChangeSet, id: string): void {
  changeable(changes, id);
  changes.patch('alert', id, { status: 'archived' });
}

function changeable(changes: ChangeSet, id: string): Alert {
  const alert = changes.rows.get('alert', id);
  if (alert.status === 'archived') throw new BillingError('parameter_invalid', 'This alert is archived, which cannot be undone.');
  return alert;
}

/** One customer's spend may already reach the alert. An alert on all customers is checked with each one's next usage. */
function wakeWatch(changes: ChangeSet, { alertType, customer }: Alert): void {
  if (alertType === 'spend_threshold' && customer !== null) changes.wake('usage', customer, { customer });
}
