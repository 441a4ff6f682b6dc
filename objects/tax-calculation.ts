import { sumOf } from '../domain/money/money';
import type {
  CalculatedShippingCost,
  CalculatedTaxLine,
  LineTaxBreakdown,
  RequestedTaxCalculation,
} from '../domain/rows/requested-tax-calculation';
import type { WireTaxCalculation, WireTaxCalculationLine } from './shapes/tax-calculation';

/** Stripe's tax calculation. Its lines are at their own URL, and shown when expanded. */
export function toStripeTaxCalculation(calculation: RequestedTaxCalculation): WireTaxCalculation {
  const { id, currency, customer, customerDetails, expiresAt, lines, livemode, shippingCost, taxDate } = calculation;
  const all = shippingCost ? [...lines, shippingCost] : lines;
  const exclusive = taxOf(all, 'exclusive');
  return {
    id,
    object: 'tax.calculation',
    amount_total: sumOf(all.map(({ amount }) => amount)) + exclusive,
    currency,
    customer,
    customer_details: customerDetails,
    expires_at: expiresAt,
    livemode,
    ship_from_details: null,
    shipping_cost: shippingCost,
    tax_amount_exclusive: exclusive,
    tax_amount_inclusive: taxOf(all, 'inclusive'),
    tax_breakdown: sumsOf(all),
    tax_date: taxDate,
  };
}

/** One line of a calculation, with the tax of each jurisdiction. */
export function toStripeTaxCalculationLine(line: CalculatedTaxLine, livemode: boolean): WireTaxCalculationLine {
  return { object: 'tax.calculation_line_item', livemode, ...line };
}

function taxOf(lines: CalculatedShippingCost[], behavior: CalculatedShippingCost['tax_behavior']): number {
  return sumOf(lines.filter((line) => line.tax_behavior === behavior).map((line) => line.amount_tax));
}

/** Taxes of all lines, summed by place, rate, reason and behavior. */
function sumsOf(lines: CalculatedShippingCost[]): WireTaxCalculation['tax_breakdown'] {
  const sums = new Map<string, WireTaxCalculation['tax_breakdown'][number]>();
  for (const { tax_behavior: behavior, tax_breakdown: taxes } of lines) {
    for (const tax of taxes) {
      const entry = entryOf(tax, behavior === 'inclusive');
      const key = JSON.stringify([entry.inclusive, entry.taxability_reason, entry.tax_rate_details]);
      const before = sums.get(key) ?? { amount: 0, taxable_amount: 0 };
      sums.set(key, { ...entry, amount: before.amount + tax.amount, taxable_amount: before.taxable_amount + tax.taxable_amount });
    }
  }
  return [...sums.values()];
}

function entryOf(tax: LineTaxBreakdown, inclusive: boolean): WireTaxCalculation['tax_breakdown'][number] {
  const { amount, jurisdiction, tax_rate_details: rate, taxability_reason, taxable_amount } = tax;
  return {
    amount,
    inclusive,
    tax_rate_details: {
      country: jurisdiction.country,
      flat_amount: null,
      percentage_decimal: rate?.percentage_decimal ?? '0.0',
      rate_type: 'percentage',
      state: jurisdiction.state,
      tax_type: rate?.tax_type ?? null,
    },
    taxability_reason,
    taxable_amount,
  };
}
