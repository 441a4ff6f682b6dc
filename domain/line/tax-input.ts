/** Tax by manual rates, without an external call: 20% on 1000 is 200. And the digest by which a calculation is recognized. */
import type { TaxedLine, TaxInput, TaxTerms } from '../rows/tax-calculation';
import { taxesOn } from './taxes';

/** Returns one result per line, in the order of the lines. */
export type CalculateTax = (input: TaxInput) => TaxedLine[];

export const taxByRates: CalculateTax = ({ lines }) =>
  lines.map(({ line, amount, rates, taxExempt }) => ({ line, taxes: taxesOn(amount, rates, taxExempt) }));

/** Identifies an input: a hash of everything that decides the tax. */
export function digestOf({ currency, lines, automatic }: TaxInput): string {
  const decisive = lines.map(({ line, amount, rates, taxExempt, supply }) => [
    line,
    amount,
    taxExempt,
    rates.map(inOrder),
    ...given(supply),
  ]);
  return hashOf(JSON.stringify([currency, decisive, ...given(automatic)]));
}

const given = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);

/** A 64-bit FNV-1a hash, as 16 hexadecimal digits. */
export function hashOf(text: string): string {
  let hash = OFFSET;
  for (const character of text) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * PRIME);
  }
  return hash.toString(16).padStart(16, '0');
}

const inOrder = ({ id, percentage, basis, inclusive }: TaxTerms): unknown[] => [id, percentage, basis, inclusive];

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
