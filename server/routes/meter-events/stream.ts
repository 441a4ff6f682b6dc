import { METER_EVENT_STREAM } from '../../middleware/authenticate-session';
import { meterEventStream } from '../../../objects/shapes/meter-event';
import { operation } from '../../http/operation';
import { array, object, parameters } from '../../http/parameters';
import { takeEvents } from './accept';
import { eventName, identifier, instant, payload } from './parameters';
import { LIMITS } from '../../../domain/core/limits';

/**
 * Counts up to 100 events, with the token of a meter event session. The answer means that they are stored. Refused events are reported by
 * an event, as on Stripe.
 *
 * @throws BillingError billing_meter_event_session_expired, lock_timeout
 */
export const streamMeterEvents = operation({
  method: 'post',
  path: METER_EVENT_STREAM,
  summary: 'Stream meter events',
  tag: 'Metering',
  repeatable: true,
  parameters: parameters({
    events: array(object({ event_name: eventName, identifier: identifier.optional(), payload, timestamp: instant.optional() }), {
      max: LIMITS.meterEvents.max,
    }),
  }),
  answer: meterEventStream,
  async handle(request) {
    await takeEvents(request, request.parameters.events);
    return { body: {} };
  },
});
