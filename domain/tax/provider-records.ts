/** How a credit is taken off the lines that a tax provider has recorded. */
import { multiplyRatio, sumOf } from '../money/money';
import type { CreditedAmount, RecordedLine } from '../rows/tax-record';

/** What is left of each sold line after its reversals, and what took some of them back. */
export function leftOf(recorded: readonly RecordedLine[]): RecordedLine[] {
  const sold = recorded.filter(({ reversal }) => reversal === null);
  return sold.map((line) => {
    const own = recorded.filter(({ transactionLine }) => transactionLine === line.transactionLine);
    return { ...line, amount: sumOf(own.map(({ amount }) => amount)), tax: sumOf(own.map(({ tax }) => tax)) };
  });
}

/**
 * Divides credits over the lines: each first over its own line, what does not fit there over the others, in their order. The sums are exact.
 *
 * @returns the reversals, below zero; null if more is credited than is left
 */
export function reversalsOf(left: readonly RecordedLine[], credits: readonly CreditedAmount[]): RecordedLine[] | null {
  const rest = left.map((line) => ({ ...line }));
  for (const { line, ...credit } of credits) {
    const wanted = { ...credit };
    const inOrder = [...rest.filter((each) => each.line === line), ...rest.filter((each) => each.line !== line)];
    // The second time around, a unit of tax that no line in proportion had room for goes to one that has.
    for (const each of [...inOrder, ...inOrder]) take(each, wanted);
    if (wanted.amount !== 0 || wanted.tax !== 0) return null;
  }
  return rest
    .map((line, index) => ({ ...line, amount: line.amount - (left[index]?.amount ?? 0), tax: line.tax - (left[index]?.tax ?? 0) }))
    .filter(({ amount, tax }) => amount !== 0 || tax !== 0);
}

interface Amounts {
  amount: number;
  tax: number;
}

/** Takes as much as the line has. Its tax is in proportion, and all that is wanted with the last part. */
function take(from: Amounts, wanted: Amounts): void {
  const amount = Math.min(from.amount, wanted.amount);
  const share = amount === wanted.amount ? wanted.tax : multiplyRatio(wanted.tax, amount, wanted.amount);
  const tax = Math.min(from.tax, share);
  from.amount -= amount;
  from.tax -= tax;
  wanted.amount -= amount;
  wanted.tax -= tax;
}
