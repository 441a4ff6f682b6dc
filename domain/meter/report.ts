/** Reports of refused events: one event of Stripe's v2 API for each meter, or one for all events without a meter. */

/** The counted refusals of one meter for one reason. Epoch seconds. */
export interface MeterErrors {
  account: string;
  livemode: boolean;
  /** Empty if no meter has the event's name. */
  meter: string;
  code: string;
  opened: number;
  latest: number;
  errors: number;
  samples: { error_message: string; request: { identifier: string } }[];
}

const ERROR_REPORT = 'v1.billing.meter.error_report_triggered';
const NO_METER_FOUND = 'v1.billing.meter.no_meter_found';

/** The event with the columns of its row; `object` is Stripe's `data`. */
export interface MeterReport {
  account: string;
  livemode: boolean;
  type: string;
  object_id: string;
  order_key: string;
  object: Record<string, unknown>;
}

/** @param errors at least one, all of one meter, one for each reason */
export function meterReport(errors: readonly MeterErrors[]): MeterReport {
  const [{ account, livemode, meter }] = errors as [MeterErrors];
  const count = errors.reduce((sum, each) => sum + each.errors, 0);
  return {
    ...{ account, livemode },
    type: meter === '' ? NO_METER_FOUND : ERROR_REPORT,
    object_id: meter,
    order_key: meter === '' ? account : meter,
    object: {
      developer_message_summary: count === 1 ? 'There is 1 invalid event' : `There are ${String(count)} invalid events`,
      reason: {
        error_count: count,
        error_types: errors.map((each) => ({ code: each.code, error_count: each.errors, sample_errors: each.samples })),
      },
      // The report covers whole seconds.
      validation_start: rfc3339(Math.min(...errors.map((each) => each.opened))),
      validation_end: rfc3339(Math.max(...errors.map((each) => each.latest)) + 1),
    },
  };
}

/** `2026-01-31T10:00:00.000Z`: an instant as in the v2 API. */
export function rfc3339(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}
