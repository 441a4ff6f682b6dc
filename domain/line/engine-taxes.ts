/** The built-in engine as a provider of automatic tax: its answer names tax rates, which the commit stores. */
import BigNumber from 'bignumber.js';
import { decimalText } from '../money/money';
import type { TaxAmount } from '../rows/invoice';
import type { AppliedRate, AutomaticTaxTerms, TaxedLine, TaxInput } from '../rows/tax-calculation';
import type { TaxKind } from '../tax/dated-rate';
import { calculateTaxes, isTaxed, type EngineTax } from '../tax/engine';
import { taxCountryOf } from '../tax/places';
import { hashOf } from './tax-input';
import { taxesOn } from './taxes';

/** Taxes of the lines, in their order, and the rates that they name. */
export interface Taxed {
  lines: TaxedLine[];
  rates: AppliedRate[];
}

/**
 * Taxes lines by the table of rates. A line without a supply is a credit, and has the rates of its charge.
 *
 * @throws Error without terms of automatic tax
 */
export function taxByEngine({ lines, automatic }: TaxInput): Taxed {
  if (!automatic) throw new Error('the engine needs the terms of automatic tax');
  const supplied = lines.flatMap(({ line, amount, supply }) => (supply ? [{ key: line, amount, ...supply }] : []));
  const { seller, buyer, instant } = automatic;
  const taxes = new Map(calculateTaxes({ seller, buyer, lines: supplied, instant }).map((taxed) => [taxed.key, taxed.taxes]));
  const rates = new Map(
    [...taxes.values()]
      .flat()
      .map((tax) => rateOf(tax, automatic))
      .map((rate) => [rate.id, rate]),
  );
  return {
    lines: lines.map(({ line, amount, rates: own, taxExempt }) => ({
      line,
      taxes: taxes.get(line)?.map((tax) => amountOf(tax, automatic)) ?? taxesOn(amount, own, taxExempt),
    })),
    rates: [...rates.values()],
  };
}

function amountOf(tax: EngineTax, terms: AutomaticTaxTerms): TaxAmount {
  return {
    amount: tax.amount,
    tax_behavior: tax.behavior,
    tax_rate: rateOf(tax, terms).id,
    taxability_reason: tax.reason,
    taxable_amount: tax.taxableAmount,
  };
}

/** One rate for each place, kind, percentage and behavior: the same tax names the same rate on every invoice of the account. */
function rateOf(tax: EngineTax, { owner }: AutomaticTaxTerms): AppliedRate {
  const { place, rate, behavior } = tax;
  const kind = rate?.kind ?? null;
  const terms = termsOf(tax);
  const inclusive = behavior === 'inclusive';
  const key = JSON.stringify([owner, place.id, kind, terms.percentage, terms.basis, inclusive]);
  return {
    id: `txr_${hashOf(key)}${hashOf(`again ${key}`).slice(0, 8)}`,
    displayName: kind === null ? 'Tax' : NAMES[kind],
    ...terms,
    inclusive,
    country: place.country,
    state: place.state,
    jurisdiction: kind === 'gst' || kind === 'hst' ? place.country : taxCountryOf(place.id),
    taxType: kind,
  };
}

/** As the law writes it: 6.25 % on 80 % of the price. No tax is 0 % on all of it. */
function termsOf(tax: EngineTax): Pick<AppliedRate, 'percentage' | 'basis'> {
  if (tax.rate === null || !isTaxed(tax)) return { percentage: '0', basis: '100' };
  return { percentage: decimalText(new BigNumber(tax.rate.rate)), basis: tax.rate.basis };
}

const NAMES: Record<TaxKind, string> = {
  gst: 'GST',
  hst: 'HST',
  igst: 'IGST',
  jct: 'Consumption tax',
  pst: 'PST',
  qst: 'QST',
  rst: 'RST',
  sales_tax: 'Sales tax',
  service_tax: 'Service tax',
  vat: 'VAT',
};
