/**
 * The input of a tax calculation: an invoice's lines after discounts and credits, with their rates and the customer's tax exemption.
 * Manual rates calculate it without an external call: 20% on 1000 is 200.
 */
import type { Customer } from '../rows/customer';
import type { TaxedLine } from '../rows/tax-calculation';
import type { TaxRate } from '../rows/tax-rate';
import { taxesOn } from './taxes';

export interface TaxInput {
  currency: string;
  lines: TaxableLine[];
}

export interface TaxableLine {
  line: string;
  /** Signed minor units after discounts and credits; includes inclusive tax. */
  amount: number;
  rates: TaxRate[];
  taxExempt: Customer['taxExempt'];
}

/** Returns one result per line, in the order of the lines. */
export type CalculateTax = (input: TaxInput) => TaxedLine[];

export const taxByRates: CalculateTax = ({ lines }) =>
  lines.map(({ line, amount, rates, taxExempt }) => ({ line, taxes: taxesOn(amount, rates, taxExempt) }));

/** Identifies an input: a 64-bit FNV-1a hash of everything that decides the tax. */
export function digestOf({ currency, lines }: TaxInput): string {
  const decisive = lines.map(({ line, amount, rates, taxExempt }) => [line, amount, taxExempt, rates.map(termsOf)]);
  let hash = OFFSET;
  for (const character of JSON.stringify([currency, decisive])) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * PRIME);
  }
  return hash.toString(16).padStart(16, '0');
}

const termsOf = ({ id, percentage, inclusive }: TaxRate): unknown[] => [id, percentage, inclusive];

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
