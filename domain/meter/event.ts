/** A usage event: as it was sent, what it counts as, or why it does not count. */

export interface GivenEvent {
  eventName: string;
  payload: Record<string, string>;
  /** Epoch seconds; null: the time of receipt. */
  timestamp: number | null;
}

export interface CountedEvent {
  meter: string;
  customer: string;
  /** The payload's values for the meter's dimensions. */
  dimensions: Record<string, string>;
  at: number;
  /** Decimal text; for a meter of distinct values, the payload's text itself; null if only the event counts. */
  value: string | null;
  isDistinct: boolean;
  /** Length of the window in which only the latest event counts, seconds; null: every event counts. */
  window: number | null;
  /** The event's cost to the seller, in minor units, as decimal text; null if the payload has none. */
  cost: string | null;
}

/** Stripe's codes; `duplicate_meter_event` is from its v2 API. */
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
  /** Null if no meter has the event's name. */
  meter: string | null;
}
