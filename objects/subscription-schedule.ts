import type { Rows } from '../domain/rows/rows';
import type { DiscountParameters } from '../domain/rows/subscription-parameters';
import {
  currentPhase,
  type ScheduleAutomaticTax,
  type PhaseInvoiceItem,
  type PhaseInvoiceSettings,
  type PhaseItem,
  type SchedulePhase,
  type ScheduleSettings,
  type SubscriptionSchedule,
} from '../domain/rows/subscription-schedule';
import { taxRatesOf } from './tax-rate';
import type { WireSubscriptionSchedule } from './shapes/subscription-schedule';

type WirePhase = WireSubscriptionSchedule['phases'][number];
type WirePhaseItem = WirePhase['items'][number];

/** Stripe's subscription schedule, including past phases. */
export function toStripeSubscriptionSchedule(schedule: SubscriptionSchedule, rows: Rows): WireSubscriptionSchedule {
  const { type } = schedule.billingMode;
  return {
    id: schedule.id,
    object: 'subscription_schedule',
    application: null,
    billing_mode: { flexible: type === 'flexible' ? { proration_discounts: 'included' } : null, type, updated_at: schedule.created },
    canceled_at: schedule.canceledAt,
    completed_at: schedule.completedAt,
    created: schedule.created,
    current_phase: runningPhase(schedule),
    customer: schedule.customer,
    customer_account: null,
    default_settings: settings(schedule.defaultSettings),
    end_behavior: schedule.endBehavior,
    livemode: schedule.livemode,
    metadata: schedule.metadata,
    phases: schedule.phases.map((each) => phase(each, rows)),
    released_at: schedule.releasedAt,
    released_subscription: schedule.releasedSubscription,
    status: schedule.status,
    subscription: schedule.subscription,
    test_clock: schedule.testClock,
  };
}

function runningPhase(schedule: SubscriptionSchedule): WireSubscriptionSchedule['current_phase'] {
  const running = currentPhase(schedule);
  return running && { end_date: running.end_date, start_date: running.start_date };
}

const NO_TAX: ScheduleAutomaticTax = { disabled_reason: null, enabled: false };

const automaticTax = ({ enabled, disabled_reason }: ScheduleAutomaticTax) => ({
  ...{ disabled_reason, enabled, liability: enabled ? { type: 'self' as const } : null },
});

function settings({ invoice_settings: invoice, ...rest }: ScheduleSettings): WireSubscriptionSchedule['default_settings'] {
  return {
    ...rest,
    application_fee_percent: null,
    automatic_tax: automaticTax(rest.automatic_tax ?? NO_TAX),
    billing_thresholds: rest.billing_thresholds ?? null,
    invoice_settings: invoiceSettings(invoice),
    on_behalf_of: null,
    transfer_data: null,
  };
}

function invoiceSettings(invoice: PhaseInvoiceSettings) {
  return { account_tax_ids: null, ...invoice, issuer: { type: 'self' as const } };
}

function phase({ items, add_invoice_items: extras, automatic_tax: tax, ...rest }: SchedulePhase, rows: Rows): WirePhase {
  return {
    ...rest,
    add_invoice_items: extras.map((extra) => invoiceItem(extra, rows)),
    application_fee_percent: null,
    ...(tax ? { automatic_tax: automaticTax(tax) } : {}),
    billing_thresholds: rest.billing_thresholds ?? null,
    default_tax_rates: taxRatesOf(rest.default_tax_rates, rows),
    discounts: (rest.discounts ?? []).map(discount),
    invoice_settings: rest.invoice_settings && invoiceSettings(rest.invoice_settings),
    items: items.map((item) => phaseItem(item, rows)),
    on_behalf_of: null,
    transfer_data: null,
  };
}

function phaseItem(
  { price, quantity, billing_thresholds = null, discounts, metadata, tax_rates: rates }: PhaseItem,
  rows: Rows,
): WirePhaseItem {
  return {
    billing_thresholds,
    discounts: discounts.map(discount),
    metadata,
    plan: price,
    price,
    ...(quantity === null ? {} : { quantity }),
    tax_rates: taxRatesOf(rates, rows),
  };
}

function invoiceItem(
  { price, quantity, discounts, tax_rates: rates }: PhaseInvoiceItem,
  rows: Rows,
): WirePhase['add_invoice_items'][number] {
  return {
    discountable: true,
    discounts: discounts.map(discount),
    metadata: {},
    period: { start: { type: 'phase_start' }, end: { type: 'phase_end' } },
    price,
    quantity,
    tax_rates: taxRatesOf(rates, rows),
  };
}

function discount({ coupon, discount: existing, promotion_code: code }: DiscountParameters): WirePhase['discounts'][number] {
  return { coupon: coupon ?? null, discount: existing ?? null, promotion_code: code ?? null };
}
