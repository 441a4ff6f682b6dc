import { meterEventAdjustment } from '../../../objects/shapes/meter-event';
import { operation } from '../../http/operation';
import { object, oneOf, parameters } from '../../http/parameters';
import { cancelMeterEvent } from './cancel';
import { eventName, identifier } from './parameters';

/**
 * Cancels an event within 24 hours of its receipt; a second cancellation changes nothing.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const createMeterEventAdjustment = operation({
  method: 'post',
  path: '/v1/billing/meter_event_adjustments',
  summary: 'Cancel a meter event',
  tag: 'Metering',
  repeatable: true,
  parameters: parameters({ cancel: object({ identifier }), event_name: eventName, type: oneOf(['cancel']) }),
  answer: meterEventAdjustment,
  async handle(request) {
    const adjustment = await cancelMeterEvent(request);
    const { livemode } = request.scope;
    return { body: { object: 'billing.meter_event_adjustment' as const, ...adjustment, livemode, status: 'complete' as const } };
  },
});
