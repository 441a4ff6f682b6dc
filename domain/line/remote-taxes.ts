/** What of an invoice a remote tax provider calculates: the sales. A credit keeps the rates of its charge, and needs no provider. */
import type { TaxableLine, TaxedLine, TaxInput } from '../rows/tax-calculation';
import { taxesOn } from './taxes';

/** A line that a provider is asked about. */
export type SoldLine = Pick<TaxableLine, 'line' | 'amount'> & NonNullable<TaxableLine['supply']>;

export function soldLines({ lines }: TaxInput): SoldLine[] {
  return lines.flatMap(({ line, amount, supply }) => (supply ? [{ line, amount, ...supply }] : []));
}

/**
 * The taxes of all lines, in their order, from the provider's taxes of the sold ones.
 *
 * @throws Error if the provider has left one out
 */
export function withCredits({ lines }: TaxInput, sold: readonly TaxedLine[]): TaxedLine[] {
  const bySold = new Map(sold.map(({ line, taxes }) => [line, taxes]));
  return lines.map(({ line, amount, rates, taxExempt, supply }) => {
    const taxes = supply ? bySold.get(line) : taxesOn(amount, rates, taxExempt);
    if (!taxes) throw new Error(`the tax of ${line} was not calculated`);
    return { line, taxes };
  });
}
