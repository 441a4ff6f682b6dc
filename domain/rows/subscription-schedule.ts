import type { Interval } from './price';
import type { Metadata, Resource } from './resource';
import type { BillingThresholds } from './subscription';
import type { DiscountParameters, ProrationBehavior } from './subscription-parameters';

export type ScheduleStatus = 'not_started' | 'active' | 'completed' | 'released' | 'canceled';
export type EndBehavior = 'release' | 'cancel' | 'none' | 'renew';

/** What a subscription will be, phase after phase. The phases are in order, and each begins where the one before it ends. */
export interface SubscriptionSchedule extends Resource {
  customer: string;
  testClock: string | null;
  status: ScheduleStatus;
  /** What it drives: null before its start, and when it has let go. */
  subscription: string | null;
  releasedSubscription: string | null;
  endBehavior: EndBehavior;
  billingMode: { type: 'classic' | 'flexible' };
  phases: SchedulePhase[];
  defaultSettings: ScheduleSettings;
  /** The start of the phase that the subscription is in: which of them it is. */
  currentPhaseStart: number | null;
  /** The latest end that was told to be near (`subscription_schedule.expiring`). */
  expiringSentFor: number | null;
  canceledAt: number | null;
  completedAt: number | null;
  releasedAt: number | null;
  metadata: Metadata;
}

export interface ScheduleSettings {
  billing_cycle_anchor: 'automatic' | 'phase_start';
  /** Absent in schedules that are older than it. */
  billing_thresholds?: BillingThresholds | null;
  collection_method: 'charge_automatically' | 'send_invoice';
  default_payment_method: string | null;
  description: string | null;
  invoice_settings: PhaseInvoiceSettings;
}

export interface PhaseInvoiceSettings {
  custom_fields: { name: string; value: string }[] | null;
  days_until_due: number | null;
  description: string | null;
  footer: string | null;
}

/** Null where the schedule's default settings, or what the subscription is already, holds. */
export interface SchedulePhase {
  /** The half-open span [start_date, end_date). */
  start_date: number;
  end_date: number;
  items: PhaseItem[];
  add_invoice_items: PhaseInvoiceItem[];
  billing_cycle_anchor: 'automatic' | 'phase_start' | null;
  /** Null: none in this phase. Absent: those of the default settings. */
  billing_thresholds?: BillingThresholds | null;
  collection_method: 'charge_automatically' | 'send_invoice' | null;
  currency: string;
  default_payment_method: string | null;
  default_tax_rates: string[];
  description: string | null;
  /** Null: none of its own, so that the customer's discount is inherited. Empty: none at all. */
  discounts: DiscountParameters[] | null;
  invoice_settings: PhaseInvoiceSettings | null;
  metadata: Metadata;
  proration_behavior: ProrationBehavior;
  trial_end: number | null;
}

export interface PhaseItem {
  price: string;
  /** The price was described with the request, and is the schedule's own though it is inactive. */
  described?: boolean;
  quantity: number | null;
  /** Absent in phases that have none. */
  billing_thresholds?: { usage_gte: number } | null;
  discounts: DiscountParameters[];
  metadata: Metadata;
  tax_rates: string[];
}

export interface PhaseInvoiceItem {
  price: string;
  described?: boolean;
  quantity: number;
  discounts: DiscountParameters[];
  tax_rates: string[];
}

export interface PhaseDuration {
  interval: Interval;
  interval_count: number;
}

/** The phase that the subscription is in. */
export function currentPhase({ phases, currentPhaseStart }: SubscriptionSchedule): SchedulePhase | null {
  return phases.find((phase) => phase.start_date === currentPhaseStart) ?? null;
}

/** The next phase, or null in the last one. */
export function nextPhase({ phases, currentPhaseStart }: SubscriptionSchedule): SchedulePhase | null {
  return phases.find((phase) => currentPhaseStart === null || phase.start_date > currentPhaseStart) ?? null;
}

/** When the last phase ends. */
export function scheduleEnd({ phases }: Pick<SubscriptionSchedule, 'phases'>): number {
  return Math.max(...phases.map((phase) => phase.end_date));
}
