/** A schedule of another billing system, in the names of Stripe's API. */
import type { Metadata } from '../rows/resource';
import type { BillingThresholds } from '../rows/subscription';
import type { ProrationBehavior } from '../rows/subscription-parameters';
import type { EndBehavior, PhaseInvoiceSettings, ScheduleStatus } from '../rows/subscription-schedule';
import type { Reference, SourceObject } from './source-parts';

export interface SourcePhaseDiscount {
  coupon: Reference | null;
  discount: Reference | null;
  promotion_code: Reference | null;
}

/** What a phase, and the default settings of all phases, say about invoices. */
interface SourcePhaseTerms {
  automatic_tax?: { enabled: boolean };
  billing_thresholds?: BillingThresholds | null;
  default_payment_method: Reference | null;
  description: string | null;
  invoice_settings: Partial<PhaseInvoiceSettings> | null;
  on_behalf_of?: Reference | null;
  transfer_data?: object | null;
}

export interface SourceScheduleSettings extends SourcePhaseTerms {
  billing_cycle_anchor: 'automatic' | 'phase_start';
  collection_method: 'charge_automatically' | 'send_invoice' | null;
}

export interface SourcePhase extends SourcePhaseTerms {
  add_invoice_items: {
    discounts?: SourcePhaseDiscount[] | null;
    period?: { end: { type: string }; start: { type: string } };
    price: Reference;
    quantity: number | null;
    tax_rates?: Reference[] | null;
  }[];
  billing_cycle_anchor: 'automatic' | 'phase_start' | null;
  collection_method: 'charge_automatically' | 'send_invoice' | null;
  currency: string;
  default_tax_rates?: Reference[] | null;
  discounts: SourcePhaseDiscount[] | null;
  end_date: number;
  items: {
    billing_thresholds: { usage_gte: number | null } | null;
    discounts?: SourcePhaseDiscount[] | null;
    metadata: Metadata | null;
    price: Reference;
    quantity?: number;
    tax_rates?: Reference[] | null;
  }[];
  metadata: Metadata | null;
  proration_behavior: ProrationBehavior;
  start_date: number;
  trial_end: number | null;
}

export interface SourceSchedule extends SourceObject {
  billing_mode?: { type: 'classic' | 'flexible' };
  customer: Reference;
  current_phase: { start_date: number } | null;
  default_settings: SourceScheduleSettings;
  end_behavior: EndBehavior;
  metadata: Metadata | null;
  phases: SourcePhase[];
  status: ScheduleStatus;
}
