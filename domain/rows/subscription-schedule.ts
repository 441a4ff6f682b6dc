import type { Interval } from './price';
import type { Metadata, Resource } from './resource';
import type { BillingThresholds } from './subscription';
import type { DiscountParameters, ProrationBehavior } from './subscription-parameters';

export type ScheduleStatus = 'not_started' | 'active' | 'completed' | 'released' | 'canceled';
export type EndBehavior = 'release' | 'cancel' | 'none' | 'renew';

/** The plan of a subscription in phases. The phases are in order, and each begins when the one before it ends. */
export interface SubscriptionSchedule extends Resource {
  customer: string;
  testClock: string | null;
  status: ScheduleStatus;
  /** The system that it was imported from begins its subscription, and Dunlin does not. */
  startsElsewhere: boolean;
  /** The subscription that it drives: null before its start and after its release. */
  subscription: string | null;
  releasedSubscription: string | null;
  endBehavior: EndBehavior;
  billingMode: { type: 'classic' | 'flexible' };
  phases: SchedulePhase[];
  defaultSettings: ScheduleSettings;
  /** The start of the current phase, which identifies it. */
  currentPhaseStart: number | null;
  /** The latest end for which `subscription_schedule.expiring` was sent. */
  expiringSentFor: number | null;
  canceledAt: number | null;
  completedAt: number | null;
  releasedAt: number | null;
  metadata: Metadata;
}

/** `disabled_reason`: the customer's place was unknown when an invoice became final, so automatic tax was switched off. */
export interface ScheduleAutomaticTax {
  enabled: boolean;
  disabled_reason: 'requires_location_inputs' | null;
}

export interface ScheduleSettings {
  /** Absent in schedules that were created before this setting existed. */
  automatic_tax?: ScheduleAutomaticTax;
  billing_cycle_anchor: 'automatic' | 'phase_start';
  /** Absent in schedules that were created before this setting existed. */
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
  /** The account's own tax ids that invoices show. Absent in schedules that were created before this setting existed. */
  account_tax_ids?: string[] | null;
  issuer?: { type: 'self' };
}

/** In a nullable field, null means: use the schedule's default settings, or the subscription's present value. */
export interface SchedulePhase {
  /** The half-open span [start_date, end_date). */
  start_date: number;
  end_date: number;
  items: PhaseItem[];
  add_invoice_items: PhaseInvoiceItem[];
  /** Absent: the default settings'. */
  automatic_tax?: ScheduleAutomaticTax;
  billing_cycle_anchor: 'automatic' | 'phase_start' | null;
  /** Null: none in this phase. Absent: the default settings'. */
  billing_thresholds?: BillingThresholds | null;
  collection_method: 'charge_automatically' | 'send_invoice' | null;
  currency: string;
  default_payment_method: string | null;
  default_tax_rates: string[];
  description: string | null;
  /** Null: none of its own, so the customer's discount applies. Empty: none at all. */
  discounts: DiscountParameters[] | null;
  invoice_settings: PhaseInvoiceSettings | null;
  metadata: Metadata;
  proration_behavior: ProrationBehavior;
  trial_end: number | null;
}

export interface PhaseItem {
  price: string;
  /** The request described the price, so the schedule may use it although it is inactive. */
  described?: boolean;
  quantity: number | null;
  /** Absent in phases without thresholds. */
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

/** The subscription's current phase. */
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
