import type Stripe from 'stripe';
import type { Alert, AlertTriggered } from '../domain/rows/alert';
import type { Rows } from '../domain/rows/rows';
import type { Wire } from './wire';

/** Stripe has no alerts by spend. */
interface OwnFields {
  alert_type: Alert['alertType'];
  spend_threshold: { currency: string; filters: Filters; gte: number; recurrence: 'billing_period' } | null;
}

type StripeAlert = Wire<Stripe.Billing.Alert>;
type Filters = NonNullable<StripeAlert['usage_threshold']>['filters'];

export type WireAlert = Omit<StripeAlert, 'alert_type'> & OwnFields;

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

export function toStripeAlertTriggered(
  triggered: AlertTriggered,
  rows: Rows,
): Omit<Wire<Stripe.Billing.AlertTriggered>, 'alert'> & { alert: WireAlert } {
  return {
    object: 'billing.alert_triggered',
    alert: toStripeAlert(rows.get('alert', triggered.alert)),
    created: triggered.created,
    customer: triggered.customer,
    livemode: triggered.livemode,
    value: Number(triggered.value),
  };
}

function usageThreshold(alert: Alert): StripeAlert['usage_threshold'] {
  if (alert.meter === null) return null;
  return { filters: filtersOf(alert), gte: alert.gte, meter: alert.meter, recurrence: 'one_time' };
}

function spendThreshold(alert: Alert): OwnFields['spend_threshold'] {
  if (alert.currency === null) return null;
  return { currency: alert.currency, filters: filtersOf(alert), gte: alert.gte, recurrence: 'billing_period' };
}

const filtersOf = ({ customer }: Alert): Filters => (customer === null ? null : [{ customer, type: 'customer' }]);
