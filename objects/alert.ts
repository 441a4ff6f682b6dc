import type { Alert, AlertTriggered } from '../domain/rows/alert';
import type { Rows } from '../domain/rows/rows';
import type { WireAlert, WireAlertTriggered } from './shapes/alert';

export function toStripeAlert(alert: Alert): WireAlert {
  return {
    id: alert.id,
    object: 'billing.alert',
    alert_type: alert.alertType,
    livemode: alert.livemode,
    spend_threshold: spendThreshold(alert),
    status: alert.status,
    title: alert.title,
    usage_threshold: usageThreshold(alert),
  };
}

export function toStripeAlertTriggered(triggered: AlertTriggered, rows: Rows): WireAlertTriggered {
  return {
    object: 'billing.alert_triggered',
    alert: toStripeAlert(rows.get('alert', triggered.alert)),
    created: triggered.created,
    customer: triggered.customer,
    livemode: triggered.livemode,
    value: Number(triggered.value),
  };
}

function usageThreshold(alert: Alert): WireAlert['usage_threshold'] {
  if (alert.meter === null) return null;
  return { filters: filtersOf(alert), gte: alert.gte, meter: alert.meter, recurrence: 'one_time' };
}

function spendThreshold(alert: Alert): WireAlert['spend_threshold'] {
  if (alert.currency === null) return null;
  return { currency: alert.currency, filters: filtersOf(alert), gte: alert.gte, recurrence: 'billing_period' };
}

const filtersOf = ({ customer }: Alert): NonNullable<WireAlert['usage_threshold']>['filters'] =>
  customer === null ? null : [{ customer, type: 'customer' }];
