/**
 * What whoever calculates tax is asked about an invoice: its lines after discounts and credits, with their rates and how the customer
 * stands to tax. The manual rates answer it without asking anybody: 20% on 1000 is 200.
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

/** Answers each line, in their order. */
export type CalculateTax = (input: TaxInput) => TaxedLine[];

export const taxByRates: CalculateTax = ({ lines }) =>
  lines.map(({ line, amount, rates, taxExempt }) => ({ line, taxes: taxesOn(amount, rates, taxExempt) }));

/** Two inputs with the same digest are the same to whoever calculates: 64 bits of FNV-1a over all that decides. */
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
