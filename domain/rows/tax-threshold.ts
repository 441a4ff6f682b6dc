import type { Resource } from './resource';

/** A seller was told that its sales in an area come near a threshold, or have crossed it. One row for each area and period. */
export interface TaxThresholdNotice extends Resource {
  /** The area and the period: they are announced once at each level. */
  area: string;
  periodStart: number;
  level: 'approaching' | 'crossed';
  /** As it was when it was announced. */
  standing: TaxThresholdStanding;
}

/** Where a seller stands in an area. Amounts are minor units of `currency`, net of tax and of credit notes. */
export interface TaxThresholdStanding {
  area: string;
  currency: string;
  /** 0: the seller registers from the first sale on. */
  limit: number;
  salesLimit: number | null;
  combines: 'or' | 'and';
  window: 'calendar_year' | 'rolling_12_months' | 'rolling_4_quarters' | 'year_to_september' | 'base_period';
  counts: 'all' | 'consumers' | 'cross_border_consumers' | 'worldwide';
  periodStart: number;
  periodEnd: number;
  amount: number;
  sales: number;
  percent: number;
  status: 'below' | 'approaching' | 'crossed' | 'registered';
  /** Sales in other currencies that are in `amount`, and what they came to there. */
  converted: { currency: string; amount: number; convertedAmount: number }[];
  /** Sales in other currencies without an exchange rate, which are not in `amount`. */
  leftOut: { currency: string; amount: number }[];
  source: string;
}
