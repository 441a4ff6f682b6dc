/** Callers' parameters for subscription schedules, as the route's schema parsed them from Stripe's form. */
import type { Metadata } from '../rows/resource';
import type { EndBehavior, PhaseDuration, PhaseInvoiceSettings, ScheduleSettings } from '../rows/subscription-schedule';
import type { DiscountParameters, ItemParameters, ProrationBehavior, ThresholdParameters } from '../rows/subscription-parameters';

export interface SettingsParameters extends Partial<Omit<ScheduleSettings, 'automatic_tax' | 'invoice_settings' | 'billing_thresholds'>> {
  automatic_tax?: { enabled: boolean };
  billing_thresholds?: ThresholdParameters | null;
  invoice_settings?: Partial<PhaseInvoiceSettings>;
}

export interface PhaseParameters {
  items: (Pick<ItemParameters, 'price' | 'described' | 'quantity' | 'tax_rates' | 'discounts' | 'billing_thresholds'> & {
    metadata?: Metadata | null;
  })[];
  add_invoice_items?: {
    price: string;
    described?: boolean;
    quantity?: number;
    discounts?: DiscountParameters[];
    tax_rates?: string[] | null;
  }[];
  automatic_tax?: { enabled: boolean };
  billing_cycle_anchor?: 'automatic' | 'phase_start';
  billing_thresholds?: ThresholdParameters | null;
  collection_method?: 'charge_automatically' | 'send_invoice';
  currency?: string;
  default_payment_method?: string;
  default_tax_rates?: string[] | null;
  description?: string | null;
  discounts?: DiscountParameters[] | null;
  duration?: Omit<PhaseDuration, 'interval_count'> & { interval_count?: number };
  end_date?: number | 'now';
  invoice_settings?: Partial<PhaseInvoiceSettings>;
  /** From older API versions: the number of intervals of the first item's price. */
  iterations?: number;
  metadata?: Metadata | null;
  proration_behavior?: ProrationBehavior;
  /** Only in updates. */
  start_date?: number | 'now';
  trial?: boolean;
  trial_end?: number | 'now';
}

export interface CreateScheduleParameters {
  customer: string;
  start_date?: number | 'now';
  phases: PhaseParameters[];
  end_behavior?: EndBehavior;
  default_settings?: SettingsParameters;
  billing_mode?: { type: 'classic' | 'flexible' };
  metadata?: Metadata | null;
}

export interface UpdateScheduleParameters {
  phases?: PhaseParameters[];
  end_behavior?: EndBehavior;
  default_settings?: SettingsParameters;
  metadata?: Metadata | null;
  proration_behavior?: ProrationBehavior;
}

export interface CancelScheduleParameters {
  invoice_now?: boolean;
  prorate?: boolean;
}

export interface ReleaseScheduleParameters {
  preserve_cancel_date?: boolean;
}
