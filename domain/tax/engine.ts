/**
 * The built-in tax engine: a pure function of seller, customer, lines and time. Each rate is applied to the sum of its lines and rounded once;
 * the tax is then divided over the lines. Exclusive tax is added to the amount. Inclusive tax is P − P/(1 + r) of the amount P, where r is the
 * sum of the rates. A customer who owes no tax pays the full price, also an inclusive one.
 */
import { assertMinorUnits } from '../money/money';
import type { Seller } from './registrations';
import { roundTogether, type Fraction } from './rounding';
import { taxesDue, type Buyer, type Due } from './taxability';

export interface EngineInput {
  seller: Seller;
  buyer: Buyer;
  lines: readonly EngineLine[];
  /** The instant whose rates apply, epoch seconds: the finalization of an invoice. */
  instant: number;
}

export interface EngineLine {
  key: string;
  /** Minor units after discounts; negative for a credit. An inclusive amount contains the tax. */
  amount: number;
  taxCode: string;
  behavior: 'inclusive' | 'exclusive';
}

export interface EngineTax extends Due {
  /** Minor units. */
  amount: number;
  /** What the rate was applied to, in minor units: 0 where no tax is due. */
  taxableAmount: number;
  behavior: 'inclusive' | 'exclusive';
}

export interface TaxedEngineLine {
  key: string;
  taxes: EngineTax[];
}

/** One tax on one line, of which the amounts are still to be found. */
interface Cell extends EngineTax {
  line: EngineLine;
  /** The sum of the rates on the line, which are all inside an inclusive price. */
  ratesOnLine: bigint;
}

/**
 * The taxes of each line, in the order of the lines. They sum, per rate, to the rounded tax on the sum of the rate's lines.
 *
 * @throws BillingError amount_too_large
 */
export function calculateTaxes({ seller, buyer, lines, instant }: EngineInput): TaxedEngineLine[] {
  const rows = lines.map((line) => cellsOf(line, taxesDue(line.taxCode, seller, buyer, instant)));
  const groups = groupsOf(rows.flat());
  for (const group of groups) fill(group, 'amount', amountBeforeRounding);
  const nets = new Map(rows.flatMap((row) => row.map((cell) => [cell.line.key, netOf(row)] as const)));
  for (const group of groups) fill(group, 'taxableAmount', (cell) => basisBeforeRounding(cell, nets.get(cell.line.key) ?? 0));
  return lines.map(({ key }, index) => ({ key, taxes: (rows[index] ?? []).map(taxOf) }));
}

function cellsOf(line: EngineLine, due: readonly Due[]): Cell[] {
  assertMinorUnits(line.amount);
  const ratesOnLine = due.map(unitsOf).reduce((sum, units) => sum + units, 0n);
  return due.map((tax) => ({ ...tax, line, ratesOnLine, behavior: line.behavior, amount: 0, taxableAmount: 0 }));
}

/** The same tax on several lines is rounded once. */
function groupsOf(cells: Cell[]): Cell[][] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = `${cell.behavior} ${identityOf(cell)}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()];
}

/** What makes two taxes the same. */
function identityOf({ place, rate, reason }: Due): string {
  return [place.id, rate?.kind, rate?.rate, rate?.basis, reason].join(' ');
}

function fill(group: Cell[], amount: 'amount' | 'taxableAmount', exact: (cell: Cell) => Fraction): void {
  const parts = roundTogether(group.map(exact));
  group.forEach((cell, index) => (cell[amount] = parts[index] ?? 0));
}

/** Several taxes inside one price share its net: P × r₁ ÷ (1 + r₁ + r₂). */
function amountBeforeRounding(cell: Cell): Fraction {
  const denominator = cell.behavior === 'inclusive' ? WHOLE + cell.ratesOnLine : WHOLE;
  return { numerator: BigInt(cell.line.amount) * unitsOf(cell), denominator };
}

/** What was taxed. Nothing was, where no tax is due. */
function basisBeforeRounding(cell: Cell, net: number): Fraction {
  const basis = unitsOf(cell) === 0n ? 0n : unitsIn(cell.rate?.basis ?? '100');
  return { numerator: BigInt(net) * basis, denominator: unitsIn('100') };
}

function netOf(row: Cell[]): number {
  const [{ line } = { line: { amount: 0 } }] = row;
  return row.reduce((net, { behavior, amount }) => (behavior === 'inclusive' ? net - amount : net), line.amount);
}

function taxOf({ place, rate, reason, sourcing, amount, taxableAmount, behavior }: Cell): EngineTax {
  return { place, rate, reason, sourcing, amount, taxableAmount, behavior };
}

/** The rate on the whole price, in parts of `WHOLE`: 6.25 % on 80 % of it is 5 %. Zero where no tax is due. */
function unitsOf(due: Due): bigint {
  return due.rate === null || !isTaxed(due) ? 0n : unitsIn(due.rate.rate) * unitsIn(due.rate.basis);
}

/** Whether the rate applies to the sale. */
export function isTaxed({ reason }: Due): boolean {
  return reason === 'standard_rated' || reason === 'taxable_basis_reduced';
}

/** In ten-thousandths of a percent: percentages have up to four decimals. */
function unitsIn(percent: string): bigint {
  const [whole = '0', fraction = ''] = percent.split('.');
  return BigInt(whole + fraction.padEnd(4, '0'));
}

/** 100 % of 100 %. */
const WHOLE = 10n ** 12n;
