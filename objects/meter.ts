import type { Meter } from '../domain/rows/meter';
import type { WireMeter } from './shapes/meter';

export function toStripeMeter(meter: Meter): WireMeter {
  return {
    id: meter.id,
    object: 'billing.meter',
    cost_settings: costSettingsOf(meter),
    created: meter.created,
    customer_mapping: { event_payload_key: meter.customerKey, type: 'by_id' },
    default_aggregation: { formula: meter.formula },
    dimension_payload_keys: meter.dimensionKeys,
    display_name: meter.displayName,
    event_name: meter.eventName,
    event_time_window: meter.eventTimeWindow,
    livemode: meter.livemode,
    status: meter.status,
    status_transitions: { deactivated_at: meter.deactivatedAt },
    updated: meter.updated,
    value_settings: { event_payload_key: meter.valueKey },
  };
}

function costSettingsOf({ costKey, costCurrency }: Meter): WireMeter['cost_settings'] {
  return costKey === null || costCurrency === null ? null : { event_payload_key: costKey, currency: costCurrency };
}
