import { dayOf } from '../domain/core/chart-of-accounts';
import type { TaxThresholdStanding } from '../domain/rows/tax-threshold';
import { csvOf, majorUnits } from './csv';
import type { WireTaxThreshold } from './shapes/tax-threshold';

export function toTaxThreshold(standing: TaxThresholdStanding): WireTaxThreshold {
  const { area, currency, limit, salesLimit, combines, window, counts, periodStart, periodEnd } = standing;
  const { amount, sales, percent, status, converted, leftOut, source } = standing;
  return {
    ...{ object: 'tax.threshold', area, currency, limit, sales_limit: salesLimit, combines, window, counts },
    ...{ period: { start: periodStart, end: periodEnd }, amount, sales, percent, status, left_out: leftOut, source },
    converted: converted.map(({ currency: from, amount: sold, convertedAmount }) => ({
      ...{ amount: sold, converted_amount: convertedAmount, currency: from },
    })),
  };
}

const HEADINGS = [
  ...['area', 'status', 'percent', 'currency', 'amount', 'limit', 'sales', 'sales_limit', 'combines', 'counts', 'window'],
  ...['period_start', 'period_end', 'converted', 'left_out', 'source'],
];

/** A line for each area. What was sold in other currencies is one text in a field: `100.00 USD`. */
export function taxThresholdsCsv(standings: readonly WireTaxThreshold[]): string {
  const amounts = (list: readonly { amount: number; currency: string }[]) =>
    list.map(({ amount, currency }) => `${majorUnits(amount, currency)} ${currency.toUpperCase()}`).join('; ');
  return csvOf(
    HEADINGS,
    standings.map((each) => [
      ...[each.area, each.status, each.percent, each.currency, majorUnits(each.amount, each.currency)],
      ...[majorUnits(each.limit, each.currency), each.sales, each.sales_limit, each.combines, each.counts, each.window],
      ...[dayOf(each.period.start), dayOf(each.period.end - 1), amounts(each.converted), amounts(each.left_out), each.source],
    ]),
  );
}
