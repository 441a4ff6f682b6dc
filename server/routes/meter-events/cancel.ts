/** Cancels an event, for the operations of both APIs. */
import { cancelEvent } from '../../../db/metering/meter-adjustments';
import { identifierKey } from '../../../db/metering/meter-keys';
import { BillingError } from '../../../domain/core/errors';
import { CLOCK_MOVES, intakeOf } from '../../metering/intake';
import type { ApiRequest } from '../../http/request';

export interface AdjustmentParameters {
  event_name: string;
  type: 'cancel';
  cancel: { identifier: string };
}

/**
 * @throws BillingError resource_missing if no such event is known, parameter_invalid if it was received more than a day ago, lock_timeout
 */
export async function cancelMeterEvent(request: ApiRequest<AdjustmentParameters>): Promise<AdjustmentParameters> {
  const { event_name: eventName, type, cancel } = request.parameters;
  const cancellation = await cancelEvent(request.deps.sql, { identifier: identifierKey(request.scope, cancel.identifier), eventName });
  const { outcome } = cancellation;
  const param = 'cancel[identifier]';
  if (outcome === 'unknown') {
    const message = `No meter event of ${eventName} found with identifier ${cancel.identifier}.`;
    throw new BillingError('resource_missing', message, { param });
  }
  if (outcome === 'clock_advancing') throw new BillingError('lock_timeout', CLOCK_MOVES);
  if (outcome === 'too_late') {
    throw new BillingError('parameter_invalid', 'Meter events can be canceled within 24 hours of their receipt.', { param });
  }
  if (cancellation.outcome === 'canceled') intakeOf(request.deps).wake(cancellation.watchers);
  return { event_name: eventName, type, cancel };
}
