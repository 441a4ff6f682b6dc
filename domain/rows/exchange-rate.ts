/** A rate that the seller entered, as a central bank published it for a day. */
export interface ExchangeRate {
  fromCurrency: string;
  toCurrency: string;
  /** How many units of `toCurrency` one unit of `fromCurrency` is worth, as a decimal. */
  rate: string;
  /** `2026-03-31` */
  day: string;
}

export interface SourcedRate extends ExchangeRate {
  /** Who published it; null: the seller has not said. */
  source: string | null;
}

/** Asks for the rates of one pair of currencies from one day to another, both included. */
export interface RateQuestion {
  from: string;
  to: string;
  since: string;
  day: string;
}
