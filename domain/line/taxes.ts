/**
 * The tax on a line by manual tax rates, after discounts. Exclusive tax is added: 20% of 1000 is 200. Inclusive tax is part of the amount:
 * 1000 with 20% is 833 and 167. Several inclusive rates share one net, so that net and taxes sum exactly to the amount. Rounded once per
 * line; a credit carries negative tax.
 */
import BigNumber from 'bignumber.js';
import type { Customer } from '../rows/customer';
import type { TaxAmount } from '../rows/invoice';
import { allocate, decimalText, multiplyRatio, negate, sumOf } from '../money/money';
import { amountAfterCredits, type Reduced } from './credits';
import type { TaxTerms } from '../rows/tax-calculation';

/** 100% in ten-thousandths of a percent, because percentages have up to four decimals. */
const WHOLE = 1_000_000;

/**
 * One tax per rate, in the order of the rates. Inclusive tax is computed from the sum of the rates and then divided; exclusive tax is
 * computed on the rounded net. So each tax can be recomputed from the `taxable_amount` shown. A customer who is exempt, or who accounts for
 * the tax (reverse charge), owes no tax: what is inside the amount is waived, and the customer pays the net. 1000 with 10% inside is 909, and
 * 91 are waived (https://docs.stripe.com/billing/taxes/tax-rates).
 */
export function taxesOn(amount: number, rates: TaxTerms[], taxExempt: Customer['taxExempt']): TaxAmount[] {
  const inside = inclusiveTaxIn(amount, rates);
  const net = amount - inside;
  const shares = allocate(inside, rates.filter(isInclusive).map(units));
  return rates.map((rate) => {
    const tax = rate.inclusive ? (shares.shift() ?? 0) : multiplyRatio(net, units(rate), WHOLE);
    return taxExempt === 'none' ? taxOf(rate, tax, taxableOf(rate, net)) : notOwed(rate, tax, taxExempt);
  });
}

/** The tax in an amount: amount × r ÷ (1 + r) for the sum r of the inclusive rates, rounded once. */
export function inclusiveTaxIn(amount: number, rates: TaxTerms[]): number {
  const sum = rates
    .filter(isInclusive)
    .reduce((running, rate) => running.plus(units(rate)), new BigNumber(0))
    .toNumber();
  return multiplyRatio(amount, sum, WHOLE + sum);
}

/** A line, or a credit of one, with what was taken off it and its taxes. */
type TaxedAmounts = Reduced & { taxes: readonly TaxAmount[] };

/** What the customer owes for a line: after discounts and credits, with exclusive tax, and without the tax in the price that was waived. */
export function amountOwed(line: TaxedAmounts): number {
  return amountAfterCredits(line) + sumOf(line.taxes.map((tax) => (tax.tax_behavior === 'exclusive' ? tax.amount : negate(waivedOf(tax)))));
}

/** A line without its taxes: what the seller earns. Equal to `amountOwed` less all taxes. */
export function netOf(line: TaxedAmounts): number {
  return amountAfterCredits(line) - inclusiveTaxOf(line.taxes);
}

/** The tax inside the price of a line, owed or waived. */
export function inclusiveTaxOf(taxes: readonly TaxAmount[]): number {
  return sumOf(taxes.map((tax) => (tax.tax_behavior === 'inclusive' ? tax.amount + waivedOf(tax) : 0)));
}

/** The tax inside the prices that a customer does not owe. */
export const waivedOf = ({ waived = 0 }: TaxAmount): number => waived;

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
    taxability_reason: units(rate) === 0 ? 'zero_rated' : rate.basis === '100' ? 'standard_rated' : 'taxable_basis_reduced',
    taxable_amount: taxable,
  };
}

function notOwed(rate: TaxTerms, tax: number, taxExempt: 'exempt' | 'reverse'): TaxAmount {
  const waived = rate.inclusive && tax !== 0 ? { waived: tax } : {};
  return { ...taxOf(rate, 0, 0), taxability_reason: REASON_NOT_TAXED[taxExempt], ...waived };
}

function addTax(sum: TaxAmount, tax: TaxAmount): TaxAmount {
  return {
    ...sum,
    ...(sum.waived === undefined && tax.waived === undefined ? {} : { waived: waivedOf(sum) + waivedOf(tax) }),
    amount: sum.amount + tax.amount,
    taxable_amount: (sum.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
  };
}

function isInclusive(rate: TaxTerms): boolean {
  return rate.inclusive;
}

/** The rate on the whole price, in percent as text: 6.25% on 80% of it is '5'. */
export const effectivePercentage = ({ percentage, basis }: Pick<TaxTerms, 'percentage' | 'basis'>): string =>
  decimalText(new BigNumber(percentage).times(basis).shiftedBy(-2));

/**
 * The basis of a rate, from what a provider has taxed of a net. Amounts are rounded, so a whole percentage that explains them within one minor
 * unit counts: 799 of 999 is '80'. Of nothing, everything was taxed.
 */
export function basisOf(taxable: number, net: number): string {
  if (net === 0) return '100';
  const exact = new BigNumber(taxable).times(100).div(net);
  const whole = exact.decimalPlaces(0);
  const isWhole = Math.abs(multiplyRatio(net, whole.toNumber(), 100) - taxable) <= 1;
  return decimalText(isWhole ? whole : exact.decimalPlaces(4));
}

/** The part of the net that the percentage applies to. */
function taxableOf({ basis }: TaxTerms, net: number): number {
  return multiplyRatio(net, new BigNumber(basis).shiftedBy(4).toNumber(), WHOLE);
}

/** The rate on the whole price, in ten-thousandths of a percent: 6.25% on 80% of it is 5%. */
function units({ percentage, basis }: TaxTerms): number {
  return new BigNumber(percentage).times(basis).shiftedBy(2).toNumber();
}
