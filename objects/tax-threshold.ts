import type { TaxThresholdStanding } from '../domain/rows/tax-threshold';
import type { WireTaxThreshold } from './shapes/tax-threshold';

export function toTaxThreshold(standing: TaxThresholdStanding): WireTaxThreshold {
  const { area, currency, limit, salesLimit, combines, window, counts, periodStart, periodEnd } = standing;
  const { amount, sales, percent, status, leftOut, source } = standing;
  return {
    ...{ object: 'tax.threshold', area, currency, limit, sales_limit: salesLimit, combines, window, counts },
    ...{ period: { start: periodStart, end: periodEnd }, amount, sales, percent, status, left_out: leftOut, source },
  };
}
