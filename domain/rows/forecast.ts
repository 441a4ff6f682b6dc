import type { DunningPolicy, InvoiceSettings } from './account';
import type { TaxRegistration } from './tax-registration';

export const FORECAST_STATUSES = ['canceled', 'completed', 'failed', 'running'] as const;
export type ForecastStatus = (typeof FORECAST_STATUSES)[number];

/** What the copies live by: everything as it is now, or with the changes that the forecast is about. */
export const FORECAST_VERSIONS = ['as_now', 'changed'] as const;
export type ForecastVersion = (typeof FORECAST_VERSIONS)[number];

/** What running subscriptions will be billed, found out by copies on test clocks. */
export interface Forecast {
  id: string;
  account: string;
  livemode: boolean;
  created: number;
  status: ForecastStatus;
  /** When each month begins, and when the last one ends; the first is the moment that is copied. Epoch seconds. */
  edges: number[];
  /** Only these customers; null: all. */
  customers: string[] | null;
  /** Only subscriptions to one of these prices; null: all. */
  prices: string[] | null;
  /** Customers on this clock; null: those on none. */
  testClock: string | null;
  /** Null: it compares nothing. */
  changes: ForecastChanges | null;
  assumptions: string[];
  endedAt: number | null;
  failure: string | null;
}

/** In Stripe's snake_case, as they are stored and shown. */
export interface ForecastChanges {
  prices: PriceReplacement[];
  tax_rates: { tax_rate: string; percentage: string }[];
  tax_registrations: Pick<TaxRegistration, 'country' | 'scheme' | 'state' | 'type'>[];
  settings: {
    dunning?: Partial<Pick<DunningPolicy, 'ends_in' | 'retry_after_seconds'>>;
    invoices?: Partial<Pick<InvoiceSettings, 'consolidation'>>;
  };
}

/** A price that costs what another one costs, or another amount. Exactly one of `to` and `unit_amount_decimal` is set. */
export interface PriceReplacement {
  from: string;
  to: string | null;
  unit_amount_decimal: string | null;
}

/** What one month comes to in one currency. Minor units. */
export interface ForecastSum {
  startsAt: number;
  currency: string;
  /** What is billed, less credit notes, without tax. */
  revenue: number;
  tax: number;
  /** What is paid, less refunds. */
  cash: number;
  invoices: number;
  /** The monthly recurring revenue at the end of the month. */
  mrr: number;
}

/** The usage that is expected of a customer on a meter, in one span of time. */
export interface ExpectedUsage {
  meter: string;
  dimensions: Record<string, string>;
  /** The hour since 1970 in which it is put. */
  hour: number;
  /** Decimal text. */
  quantity: string;
}
