/** Meters: what they are called and whether they are in use can change; how they count cannot, since usage was counted so. */
import { BillingError } from '../core/errors';
import type { Meter } from '../rows/meter';
import type { Plan } from '../core/change-set';

export type NewMeter = Pick<
  Meter,
  'displayName' | 'eventName' | 'formula' | 'eventTimeWindow' | 'customerKey' | 'valueKey' | 'dimensionKeys' | 'costKey' | 'costCurrency'
>;

/** @throws resource_already_exists where an active meter of the facts has the event name */
export function createMeter(plan: Plan, meter: NewMeter): void {
  assertFree(plan, meter.eventName);
  const row = plan.resource('mtr');
  plan.put('meter', { ...row, ...meter, updated: plan.now, status: 'active', deactivatedAt: null });
  plan.emit('billing.meter.created', 'meter', row.id);
}

export function renameMeter(plan: Plan, id: string, displayName: string): void {
  const meter = plan.rows.get('meter', id);
  if (displayName === meter.displayName) return;
  plan.patch('meter', id, { displayName, updated: plan.now });
  plan.emitUpdated('billing.meter.updated', 'meter', id);
}

/** No more events are taken for it. What was counted is still billed. */
export function deactivateMeter(plan: Plan, id: string): void {
  if (plan.rows.get('meter', id).status === 'inactive') throw new BillingError('parameter_invalid', 'This meter is already inactive.');
  plan.patch('meter', id, { status: 'inactive', deactivatedAt: plan.now, updated: plan.now });
  plan.emit('billing.meter.deactivated', 'meter', id);
}

/** @throws resource_already_exists where another meter has taken the event name meanwhile */
export function reactivateMeter(plan: Plan, id: string): void {
  const meter = plan.rows.get('meter', id);
  if (meter.status === 'active') throw new BillingError('parameter_invalid', 'This meter is already active.');
  assertFree(plan, meter.eventName);
  plan.patch('meter', id, { status: 'active', deactivatedAt: null, updated: plan.now });
  plan.emit('billing.meter.reactivated', 'meter', id);
}

function assertFree(plan: Plan, eventName: string): void {
  const taken = plan.rows.first('meter', (meter) => meter.eventName === eventName && meter.status === 'active');
  if (!taken) return;
  const message = `An active meter with the event name '${eventName}' already exists: ${taken.id}.`;
  throw new BillingError('resource_already_exists', message, { param: 'event_name' });
}
