/**
 * Which events count, and for what: the event's name determines the meter, the payload the customer, the customer's clock the valid times.
 */
import type { Meter } from '../rows/meter';
import { EVENT_AHEAD_SECONDS } from '../rows/usage';
import type { CountedEvent, EventRefusal, GivenEvent, MeterErrorCode } from './event';

const DAY = 86_400;
const WINDOW_SECONDS = { hour: 3600, day: DAY };
/** How far a timestamp may be before the customer's now; it may be `EVENT_AHEAD_SECONDS` after it. Both ends are allowed. */
const MAX_PAST_SECONDS = 35 * DAY;
/** For a value and a cost: digits before the point, and after it. */
const MAX_DIGITS = 15;
const MAX_DECIMALS = 12;

export type MeterOfEvent = Pick<
  Meter,
  'id' | 'eventName' | 'status' | 'formula' | 'eventTimeWindow' | 'customerKey' | 'valueKey' | 'dimensionKeys' | 'costKey'
>;

export interface EventWorld {
  /** The meter with the event's name: the active one, else the latest. */
  meter: MeterOfEvent | null;
  /** The present time of the payload's customer, epoch seconds; null if there is no such customer. */
  customerNow: number | null;
}

/** The customer id in the payload. There may be no such customer. */
export const customerOf = ({ payload }: GivenEvent, meter: MeterOfEvent | null): string | null =>
  meter === null ? null : (payload[meter.customerKey] ?? null);

export function readEvent(event: GivenEvent, { meter, customerNow }: EventWorld): CountedEvent | EventRefusal {
  const { eventName } = event;
  if (meter === null) return refusal(null, 'no_meter', `No meter found matching event name ${eventName}.`, 'event_name');
  if (meter.status === 'active') return readForMeter(event, meter, customerNow);
  const message = `The meter for event name ${eventName} is deactivated. Events are only taken for active meters.`;
  return refusal(meter, 'archived_meter', message, 'event_name');
}

function readForMeter(event: GivenEvent, meter: MeterOfEvent, customerNow: number | null): CountedEvent | EventRefusal {
  const { payload } = event;
  const customer = customerOf(event, meter);
  const param = payloadParam(meter.customerKey);
  if (customer === null) {
    const message = `The payload must name the customer under the key '${meter.customerKey}'.`;
    return refusal(meter, 'meter_event_no_customer_defined', message, param);
  }
  if (customerNow === null) return refusal(meter, 'meter_event_customer_not_found', `No such customer: '${customer.slice(0, 100)}'`, param);
  const at = event.timestamp ?? customerNow;
  const wrong =
    wrongTime(meter, at, customerNow) ?? wrongDimensions(meter, payload) ?? wrongValue(meter, payload) ?? wrongCost(meter, payload);
  return wrong ?? { meter: meter.id, customer, at, ...countsAs(meter, payload) };
}

function countsAs(meter: MeterOfEvent, payload: GivenEvent['payload']): Omit<CountedEvent, 'meter' | 'customer' | 'at'> {
  return {
    dimensions: Object.fromEntries(meter.dimensionKeys.map((key) => [key, payload[key] ?? ''])),
    value: meter.formula === 'count' ? null : (payload[meter.valueKey] ?? null),
    isDistinct: meter.formula === 'unique',
    window: meter.eventTimeWindow && WINDOW_SECONDS[meter.eventTimeWindow],
    cost: meter.costKey === null ? null : (payload[meter.costKey] ?? null),
  };
}

export const isRefused = (event: CountedEvent | EventRefusal): event is EventRefusal => 'code' in event;

function wrongTime(meter: MeterOfEvent, at: number, now: number): EventRefusal | null {
  if (at < now - MAX_PAST_SECONDS) {
    return refusal(meter, 'timestamp_too_far_in_past', 'The timestamp must be within the past 35 days.', 'timestamp');
  }
  if (at <= now + EVENT_AHEAD_SECONDS) return null;
  return refusal(meter, 'timestamp_in_future', 'The timestamp must not be more than 5 minutes in the future.', 'timestamp');
}

function wrongDimensions(meter: MeterOfEvent, payload: GivenEvent['payload']): EventRefusal | null {
  const missing = meter.dimensionKeys.filter((key) => (payload[key] ?? '') === '');
  if (missing.length > 0) {
    const message = `The payload must have a value for each dimension of the meter; there is none for: ${missing.join(', ')}.`;
    return refusal(meter, 'missing_dimension_payload_keys', message, payloadParam(missing[0] ?? ''));
  }
  return null;
}

function wrongValue(meter: MeterOfEvent, payload: GivenEvent['payload']): EventRefusal | null {
  if (meter.formula === 'count') return null;
  const value = payload[meter.valueKey] ?? '';
  const param = payloadParam(meter.valueKey);
  if (value === '') {
    return refusal(meter, 'meter_event_value_not_found', `The payload must have the value under the key '${meter.valueKey}'.`, param);
  }
  if (meter.formula === 'unique') return null;
  const wrong = wrongDecimal(value, meter.formula === 'sum');
  return wrong && refusal(meter, wrong.code, wrong.message, param);
}

function wrongCost({ costKey, ...meter }: MeterOfEvent, payload: GivenEvent['payload']): EventRefusal | null {
  const cost = costKey === null ? undefined : payload[costKey];
  if (costKey === null || cost === undefined) return null;
  const wrong = wrongDecimal(cost, true);
  return wrong && refusal(meter, wrong.code, wrong.message, payloadParam(costKey));
}

function wrongDecimal(text: string, mayBeNegative: boolean): { code: MeterErrorCode; message: string } | null {
  const [, sign, whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (sign === undefined) return { code: 'meter_event_invalid_value', message: `Not a decimal number: '${text.slice(0, 100)}'.` };
  if (sign === '-' && !mayBeNegative) {
    return { code: 'meter_event_invalid_value', message: 'Only meters that sum may have negative values.' };
  }
  if (whole.length <= MAX_DIGITS && decimals.length <= MAX_DECIMALS) return null;
  const message = `At most ${String(MAX_DIGITS)} digits and ${String(MAX_DECIMALS)} decimals are counted.`;
  return { code: 'meter_event_value_too_many_digits', message };
}

const payloadParam = (key: string): string => `payload[${key}]`;

const refusal = (meter: { id: string } | null, code: MeterErrorCode, message: string, param: string): EventRefusal => ({
  code,
  message,
  param,
  meter: meter?.id ?? null,
});
