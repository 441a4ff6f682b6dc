/** An event of usage: as it was sent, what it counts as, or why it does not count. */

export interface GivenEvent {
  eventName: string;
  payload: Record<string, string>;
  /** Epoch seconds; null: when it came in. */
  timestamp: number | null;
}

export interface CountedEvent {
  meter: string;
  customer: string;
  /** The payload's values of the meter's dimensions. */
  dimensions: Record<string, string>;
  at: number;
  /** Decimal text; of a meter of distinct values the value itself, whatever it says; null where nothing but the event counts. */
  value: string | null;
  isDistinct: boolean;
  /** Seconds of the window whose latest event counts alone; null: every event counts. */
  window: number | null;
  /** What it cost the seller, in minor units, as decimal text; null where the payload does not say. */
  cost: string | null;
}

/** Stripe's words; `duplicate_meter_event` is that of its v2 API. */
export type MeterErrorCode =
  | 'archived_meter'
  | 'duplicate_meter_event'
  | 'meter_event_customer_not_found'
  | 'meter_event_invalid_value'
  | 'meter_event_no_customer_defined'
  | 'meter_event_value_not_found'
  | 'meter_event_value_too_many_digits'
  | 'missing_dimension_payload_keys'
  | 'no_meter'
  | 'timestamp_in_future'
  | 'timestamp_too_far_in_past';

export interface EventRefusal {
  code: MeterErrorCode;
  message: string;
  /** The parameter at fault: `payload[value]`. */
  param: string;
  /** Null where none has the event's name. */
  meter: string | null;
}
