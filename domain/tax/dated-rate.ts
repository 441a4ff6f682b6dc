/** The form of a row in the tax table, and short ways of writing one. The rows themselves are in the files `*-rates.ts`. */

import type { Comparison } from './comparisons';

/** Stripe's `tax_type`. */
export type TaxKind = 'gst' | 'hst' | 'igst' | 'jct' | 'pst' | 'qst' | 'rst' | 'sales_tax' | 'service_tax' | 'vat';

/** What tax law sees in a product. Software as a service differs from other software, and by its user, in the United States only. */
export type Supply = 'electronic' | 'software' | 'saas_personal' | 'saas_business';

/**
 * `standard_rated`: taxed at the rate. `taxable_basis_reduced`: taxed on a part of the price. `product_exempt`: the place has a tax, and this
 * supply is free of it. `not_subject_to_tax`: the place has no tax on it.
 */
export type RateReason = 'standard_rated' | 'taxable_basis_reduced' | 'product_exempt' | 'not_subject_to_tax';

export interface DatedRate {
  /** A country (`DE`), a part of one (`US-TX`, `CA-QC`), or a territory with its own rules (`ES-CN`). */
  place: string;
  kind: TaxKind;
  /** Percent, as text: '19', '9.975'. */
  rate: string;
  /** The first day in the place's own time zone, `2025-07-01`. Null: since before 2020. */
  from: string | null;
  /** The first day on which the row is no longer in force; null: in force until further notice. */
  to: string | null;
  /** The law that sets the rate. */
  source: string;
  /** With what the row was compared, if it was (`comparisons.ts`); null: not yet. */
  comparedWith: string | null;
  /** The day as of which that source speaks, not the day on which somebody read it; null: not compared yet. */
  checkedOn: string | null;
  supplies: readonly Supply[];
  reason: RateReason;
  /** The percentage of the price that is taxed, as text. */
  basis: string;
  /** Whether cities and counties add taxes of their own, which the table does not have. */
  isStatePartOnly: boolean;
}

export const SOFTWARE: readonly Supply[] = ['software', 'saas_personal', 'saas_business'];
const ALL: readonly Supply[] = ['electronic', ...SOFTWARE];

/** The terms that most rows share. */
const USUAL = {
  from: null,
  to: null,
  comparedWith: null,
  checkedOn: null,
  supplies: ALL,
  reason: 'standard_rated' as const,
  basis: '100',
  isStatePartOnly: false,
};

/** A row that taxes all electronic services, unless `terms` say otherwise. */
export function rated(
  place: string,
  kind: TaxKind,
  rate: string,
  terms: Pick<DatedRate, 'source'> & Partial<Omit<DatedRate, 'place' | 'kind' | 'rate'>>,
): DatedRate {
  return { ...USUAL, place, kind, rate, ...terms };
}

/**
 * One place whose rate changed: `steps` are the rates in their order, each with its first day; the first has null. Each row ends on the day
 * on which the next one starts.
 */
export function changing(
  place: string,
  kind: TaxKind,
  steps: readonly (readonly [from: string | null, rate: string])[],
  terms: Pick<DatedRate, 'source'> & Partial<Pick<DatedRate, 'comparedWith' | 'checkedOn' | 'supplies'>>,
): DatedRate[] {
  return steps.map(([from, rate], index) => ({ ...USUAL, place, kind, rate, ...terms, from, to: steps[index + 1]?.[0] ?? null }));
}

/** A place without a tax on electronic services. */
export function untaxed(place: string, source: string, compared: Partial<Comparison> = {}): DatedRate {
  return { ...USUAL, place, kind: 'vat', rate: '0', source, reason: 'not_subject_to_tax', ...compared };
}
