/** Meters: their name and status can change; how they count cannot, because usage was counted that way. */
import { BillingError } from '../core/errors';
import type { Meter } from '../rows/meter';
import type { ChangeSet } from '../core/change-set';

export type NewMeter = Pick<
  Meter,
  'displayName' | 'eventName' | 'formula' | 'eventTimeWindow' | 'customerKey' | 'valueKey' | 'dimensionKeys' | 'costKey' | 'costCurrency'
>;

/** @throws BillingError resource_already_exists if an active meter among the facts has the event name */
export function createMeter(changes: ChangeSet, meter: NewMeter): void {
  assertFree(changes, meter.eventName);
  const row = changes.resource('mtr');
  changes.put('meter', { ...row, ...meter, updated: changes.now, status: 'active', deactivatedAt: null });
  changes.emit('billing.meter.created', 'meter', row.id);
}

export function renameMeter(changes: ChangeSet, id: string, displayName: string): void {
  const meter = changes.rows.get('meter', id);
  if (displayName === meter.displayName) return;
  changes.patch('meter', id, { displayName, updated: changes.now });
  changes.emitUpdated('billing.meter.updated', 'meter', id);
}

/** Deactivates the meter: it accepts no more events. The usage that it has counted is still billed. */
export function deactivateMeter(changes: ChangeSet, id: string): void {
  if (changes.rows.get('meter', id).status === 'inactive') throw new BillingError('parameter_invalid', 'This meter is already inactive.');
  changes.patch('meter', id, { status: 'inactive', deactivatedAt: changes.now, updated: changes.now });
  changes.emit('billing.meter.deactivated', 'meter', id);
}

/** @throws BillingError resource_already_exists if another meter has taken the event name meanwhile */
export function reactivateMeter(changes: ChangeSet, id: string): void {
  const meter = changes.rows.get('meter', id);
  if (meter.status === 'active') throw new BillingError('parameter_invalid', 'This meter is already active.');
  assertFree(changes, meter.eventName);
  changes.patch('meter', id, { status: 'active', deactivatedAt: null, updated: changes.now });
  changes.emit('billing.meter.reactivated', 'meter', id);
}

function assertFree(changes: ChangeSet, eventName: string): void {
  const taken = changes.rows.first('meter', (meter) => meter.eventName === eventName && meter.status === 'active');
  if (!taken) return;
  const message = `An active meter with the event name '${eventName}' already exists: ${taken.id}.`;
  throw new BillingError('resource_already_exists', message, { param: 'event_name' });
}
