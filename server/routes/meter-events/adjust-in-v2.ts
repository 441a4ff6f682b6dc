import { rfc3339 } from '../../../domain/meter/report';
import { meterEventAdjustmentV2 } from '../../../objects/shapes/meter-event';
import { operation } from '../../http/operation';
import { object, oneOf, parameters } from '../../http/parameters';
import { cancelMeterEvent } from './cancel';
import { eventName, identifier } from './parameters';

/**
 * The same in Stripe's v2 API.
 *
 * @throws BillingError as `POST /v1/billing/meter_event_adjustments` does
 */
export const createMeterEventAdjustmentInV2 = operation({
  method: 'post',
  path: '/v2/billing/meter_event_adjustments',
  summary: 'Cancel a meter event (v2)',
  tag: 'Metering',
  repeatable: true,
  parameters: parameters({ cancel: object({ identifier }), event_name: eventName, type: oneOf(['cancel']) }),
  answer: meterEventAdjustmentV2,
  async handle(request) {
    const adjustment = await cancelMeterEvent(request);
    const created = rfc3339(Math.floor(Date.now() / 1000));
    const own = { id: request.newId('mtradj'), created, livemode: request.scope.livemode, status: 'complete' as const };
    return { body: { object: 'v2.billing.meter_event_adjustment' as const, ...adjustment, ...own } };
  },
});
