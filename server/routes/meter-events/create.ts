import { meterEvent } from '../../../objects/shapes/meter-event';
import { operation } from '../../http/operation';
import { parameters, timestamp } from '../../http/parameters';
import { takeEvent } from './accept';
import { eventName, identifier, payload } from './parameters';

/**
 * Counts a usage event, once for its identifier: a repetition gets the first answer.
 *
 * @throws BillingError no_meter, archived_meter, meter_event_customer_not_found, timestamp_too_far_in_past and the like,
 * duplicate_meter_event, lock_timeout
 */
export const createMeterEvent = operation({
  method: 'post',
  path: '/v1/billing/meter_events',
  summary: 'Create a meter event',
  tag: 'Metering',
  repeatable: true,
  parameters: parameters({ event_name: eventName, identifier: identifier.optional(), payload, timestamp: timestamp().optional() }),
  answer: meterEvent,
  async handle(request) {
    const event = await takeEvent(request);
    return { body: { object: 'billing.meter_event' as const, livemode: request.scope.livemode, ...event } };
  },
});
