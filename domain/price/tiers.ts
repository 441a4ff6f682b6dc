/** Tiers as stored: ascending, the last one without end, each with an amount per unit, an amount for the whole tier, or both. */
import { BillingError } from '../core/errors';
import { decimalOf } from '../money/money';
import type { PriceTier } from '../rows/price';
import type { TierTerms } from './terms';

/**
 * The tiers of `terms`; errors call the parameter `param`, for example `tiers`.
 *
 * @throws BillingError parameter_invalid, parameters_exclusive
 */
export function tiersOf(terms: TierTerms[], param: string): PriceTier[] {
  if (terms.length === 0) throw invalid('At least one tier is needed.', param);
  return terms.map((tier, index) => {
    const at = `${param}[${String(index)}]`;
    assertBound(terms, index, `${at}[up_to]`);
    const amounts = {
      unit_amount_decimal: oneAmount(tier, 'unit_amount', at),
      flat_amount_decimal: oneAmount(tier, 'flat_amount', at),
    };
    if (amounts.unit_amount_decimal === null && amounts.flat_amount_decimal === null) {
      throw invalid('An entry in the tiers array is missing an amount.', at);
    }
    return { up_to: tier.up_to === 'inf' ? null : tier.up_to, ...amounts };
  });
}

function assertBound(terms: TierTerms[], index: number, param: string): void {
  const upTo = terms[index]?.up_to;
  const isLast = index === terms.length - 1;
  if (isLast && upTo !== 'inf') throw invalid('The last tier must be without end: its `up_to` is `inf`.', param);
  if (!isLast && upTo === 'inf') throw invalid('Only the last tier can be without end.', param);
  const before = terms[index - 1]?.up_to;
  if (typeof upTo === 'number' && typeof before === 'number' && upTo <= before) {
    throw invalid(`Tiers must be in ascending order of \`up_to\`: ${String(upTo)} follows ${String(before)}.`, param);
  }
}

function oneAmount(tier: TierTerms, name: 'unit_amount' | 'flat_amount', param: string): string | null {
  const [amount, decimal] = [tier[name], tier[`${name}_decimal`]];
  if (amount === undefined || decimal === undefined) return decimal ?? (amount === undefined ? null : decimalOf(amount));
  const names = [`${param}[${name}]`, `${param}[${name}_decimal]`] as const;
  throw new BillingError('parameters_exclusive', `You may only specify one of these parameters: ${names.join(', ')}.`, { param: names[1] });
}

const invalid = (message: string, param: string): BillingError => new BillingError('parameter_invalid', message, { param });
