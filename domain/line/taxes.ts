/**
 * The tax on a line by manual tax rates, after discounts. Exclusive tax is added: 20% of 1000 is 200. Inclusive tax is part of the amount:
 * 1000 with 20% is 833 and 167. Several inclusive rates share one net, so that net and taxes sum exactly to the amount. Rounded once per
 * line; a credit carries negative tax.
 */
import BigNumber from 'bignumber.js';
import type { Customer } from '../rows/customer';
import type { TaxAmount } from '../rows/invoice';
import { allocate, multiplyRatio, sumOf } from '../money/money';
import type { TaxTerms } from '../rows/tax-calculation';

/** 100% in ten-thousandths of a percent, because percentages have up to four decimals. */
const WHOLE = 1_000_000;

/**
 * One tax per rate, in the order of the rates. Inclusive tax is computed from the sum of the rates and then divided; exclusive tax is
 * computed on the rounded net. So each tax can be recomputed from the `taxable_amount` shown. A customer who is exempt, or who accounts for
 * the tax (reverse charge), pays the same amount, without tax in it.
 */
export function taxesOn(amount: number, rates: TaxTerms[], taxExempt: Customer['taxExempt']): TaxAmount[] {
  if (taxExempt !== 'none') return rates.map((rate) => ({ ...taxOf(rate, 0, 0), taxability_reason: REASON_NOT_TAXED[taxExempt] }));
  const inside = inclusiveTaxIn(amount, rates, taxExempt);
  const net = amount - inside;
  const shares = allocate(inside, rates.filter(isInclusive).map(units));
  return rates.map((rate) => {
    const tax = rate.inclusive ? (shares.shift() ?? 0) : multiplyRatio(net, units(rate), WHOLE);
    return taxOf(rate, tax, net);
  });
}

/** The tax in an amount: amount × r ÷ (1 + r) for the sum r of the inclusive rates, rounded once. */
export function inclusiveTaxIn(amount: number, rates: TaxTerms[], taxExempt: Customer['taxExempt']): number {
  if (taxExempt !== 'none') return 0;
  const sum = sumOf(rates.filter(isInclusive).map(units));
  return multiplyRatio(amount, sum, WHOLE + sum);
}

/** Taxes of many lines, summed by rate, in order of first appearance. */
export function sumTaxes(taxes: TaxAmount[]): TaxAmount[] {
  const sums = new Map<string, TaxAmount>();
  for (const tax of taxes) {
    const sum = sums.get(tax.tax_rate);
    sums.set(tax.tax_rate, sum ? addTax(sum, tax) : tax);
  }
  return [...sums.values()];
}

const REASON_NOT_TAXED = { exempt: 'customer_exempt', reverse: 'reverse_charge' };

/** The tax status of a line's payer, read from its taxes. */
export function exemptionIn(taxes: TaxAmount[]): Customer['taxExempt'] {
  const reasons = taxes.map((tax) => tax.taxability_reason);
  if (reasons.includes(REASON_NOT_TAXED.exempt)) return 'exempt';
  return reasons.includes(REASON_NOT_TAXED.reverse) ? 'reverse' : 'none';
}

function taxOf(rate: TaxTerms, amount: number, taxable: number): TaxAmount {
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

function isInclusive(rate: TaxTerms): boolean {
  return rate.inclusive;
}

function units(rate: TaxTerms): number {
  return new BigNumber(rate.percentage).shiftedBy(4).toNumber();
}
