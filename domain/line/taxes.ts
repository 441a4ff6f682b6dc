/**
 * What tax is on a line, by manual tax rates, after discounts. Exclusive tax comes on top: 20% of 1000 is 200. Inclusive tax is
 * part of the amount: 1000 with 20% is 833 and 167, and several inclusive rates share one net, so that net and taxes make exactly
 * the amount. Rounded once per line; a credit carries negative tax.
 */
import BigNumber from 'bignumber.js';
import type { Customer } from '../rows/customer';
import type { TaxAmount } from '../rows/invoice';
import { allocate, multiplyRatio, sumOf } from '../money/money';
import type { TaxRate } from '../rows/tax-rate';

/** A percentage counted in ten-thousandths of a percent, as it has up to four decimals. */
const WHOLE = 1_000_000;

/**
 * One tax for each rate, in their order. Inclusive tax on one amount is computed from the sum of the rates and then divided, and
 * exclusive tax on the rounded net, so that each can be recomputed from the `taxable_amount` shown. Who is exempt, or accounts for
 * the tax himself (reverse charge), pays the same amount and none of it is tax.
 */
export function taxesOn(amount: number, rates: TaxRate[], taxExempt: Customer['taxExempt']): TaxAmount[] {
  if (taxExempt !== 'none') return rates.map((rate) => ({ ...taxOf(rate, 0, 0), taxability_reason: REASON_NOT_TAXED[taxExempt] }));
  const inside = inclusiveTaxIn(amount, rates, taxExempt);
  const net = amount - inside;
  const shares = allocate(inside, rates.filter(isInclusive).map(units));
  return rates.map((rate) => {
    const tax = rate.inclusive ? (shares.shift() ?? 0) : multiplyRatio(net, units(rate), WHOLE);
    return taxOf(rate, tax, net);
  });
}

/** How much of an amount is tax: amount × r ÷ (1 + r) for the sum r of the inclusive rates, rounded once. */
export function inclusiveTaxIn(amount: number, rates: TaxRate[], taxExempt: Customer['taxExempt']): number {
  if (taxExempt !== 'none') return 0;
  const sum = sumOf(rates.filter(isInclusive).map(units));
  return multiplyRatio(amount, sum, WHOLE + sum);
}

/** Taxes of many lines, summed by rate, in the order in which they first appear. */
export function sumTaxes(taxes: TaxAmount[]): TaxAmount[] {
  const sums = new Map<string, TaxAmount>();
  for (const tax of taxes) {
    const sum = sums.get(tax.tax_rate);
    sums.set(tax.tax_rate, sum ? addTax(sum, tax) : tax);
  }
  return [...sums.values()];
}

const REASON_NOT_TAXED = { exempt: 'customer_exempt', reverse: 'reverse_charge' };

/** How the payer of a line stood to tax, as its taxes tell. */
export function exemptionIn(taxes: TaxAmount[]): Customer['taxExempt'] {
  const reasons = taxes.map((tax) => tax.taxability_reason);
  if (reasons.includes(REASON_NOT_TAXED.exempt)) return 'exempt';
  return reasons.includes(REASON_NOT_TAXED.reverse) ? 'reverse' : 'none';
}

function taxOf(rate: TaxRate, amount: number, taxable: number): TaxAmount {
  return {
    amount,
    tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
    tax_rate: rate.id,
    taxability_reason: units(rate) === 0 ? 'zero_rated' : 'standard_rated',
    taxable_amount: taxable,
  };
}

function addTax(sum: TaxAmount, tax: TaxAmount): TaxAmount {
  return {
    ...sum,
    amount: sum.amount + tax.amount,
    taxable_amount: (sum.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
  };
}

function isInclusive(rate: TaxRate): boolean {
  return rate.inclusive;
}

function units(rate: TaxRate): number {
  return new BigNumber(rate.percentage).shiftedBy(4).toNumber();
}
