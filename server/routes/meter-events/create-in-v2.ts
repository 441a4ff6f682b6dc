import { rfc3339 } from '../../../domain/meter/report';
import { meterEventV2 } from '../../../objects/shapes/meter-event';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { takeEvent } from './accept';
import { eventName, identifier, instant, payload } from './parameters';

/**
 * The same in Stripe's v2 API, whose times are RFC 3339.
 *
 * @throws BillingError as `POST /v1/billing/meter_events` does
 */
export const createMeterEventInV2 = operation({
  method: 'post',
  path: '/v2/billing/meter_events',
  summary: 'Create a meter event (v2)',
  tag: 'Metering',
  repeatable: true,
  parameters: parameters({ event_name: eventName, identifier: identifier.optional(), payload, timestamp: instant.optional() }),
  answer: meterEventV2,
  async handle(request) {
    const { created, timestamp, ...event } = await takeEvent(request);
    const times = { created: rfc3339(created), timestamp: rfc3339(timestamp) };
    return { body: { object: 'v2.billing.meter_event' as const, livemode: request.scope.livemode, ...event, ...times } };
  },
});
