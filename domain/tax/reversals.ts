/**
 * Takes tax transactions back: fully, by lines, or by an amount with its tax. The reversals of a transaction never sum to more than it. An
 * amount is divided over what is left by largest remainder, and the tax of a line follows from all that was reversed of it so far. So parts that
 * reverse everything sum exactly to the whole: a third of 1190 with 190 tax, three times, is 63, 64 and 63 of tax.
 */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { mergeMetadata } from '../core/metadata';
import { divideSigned, multiplyRatio, negate, sumOf } from '../money/money';
import type { Metadata } from '../rows/resource';
import type { Rows } from '../rows/rows';
import type { TaxTransaction, TaxTransactionLine, TaxTransactionShipping } from '../rows/tax-transaction';
import { requireFreeReference } from './transactions';

export interface ReversalRequest {
  reference: string;
  metadata: Metadata | null | undefined;
  /** What is reversed; null: everything. */
  part: ReversedAmount | ReversedLines | null;
}

/** Below zero, with its tax. */
interface ReversedAmount {
  flatAmount: number;
}

interface ReversedLines {
  lines: ReversedLine[];
  shippingCost: Reversed | null;
}

interface ReversedLine extends Reversed {
  originalLine: string;
  reference: string;
  quantity: number | undefined;
  metadata: Metadata | null | undefined;
}

/** Minor units, zero or below. The amount contains the tax if that of the original does. */
interface Reversed {
  amount: number;
  amountTax: number;
}

/** What is left of a line or of the shipping cost: zero or above, as the original is. */
type Left = Pick<TaxTransactionShipping, 'amount' | 'amount_tax' | 'tax_behavior'>;

/**
 * Reverses a transaction. Its reversals, and transactions with the same reference, are among the rows.
 *
 * @throws BillingError resource_already_exists for a reference that is taken; resource_missing for an unknown line; parameter_invalid for a
 * reversal of a reversal, for two lines with one reference, and for more than is left
 */
export function reverseTransaction(changes: ChangeSet, original: TaxTransaction, request: ReversalRequest): TaxTransaction {
  if (original.type === 'reversal') refuseReversal(changes.rows, original, request);
  requireFreeReference(changes, request.reference);
  const earlier = reversalsInForce(changes.rows, original);
  const { currency, customer, customerDetails, taxDate } = original;
  return changes.put('taxTransaction', {
    ...changes.resource('tax'),
    ...{ type: 'reversal', reference: request.reference, original: original.id, calculation: null },
    ...{ currency, customer, customerDetails, taxDate, postedAt: changes.now },
    ...reversed(changes, original, { earlier, part: request.part }),
    metadata: mergeMetadata({}, request.metadata),
  });
}

/** A reversal can be reversed once, as a whole: what it took back is owed again. */
function refuseReversal(rows: Rows, reversal: TaxTransaction, { part }: ReversalRequest): void {
  const isReversed = rows.first('taxTransaction', (other) => other.original === reversal.id) !== undefined;
  if (isReversed) throw invalid('The reversal is reversed already.', 'original_transaction');
  if (rows.find('taxTransaction', reversal.original)?.type === 'reversal') {
    throw invalid('The reversal of a reversal cannot be reversed. Reverse the transaction again.', 'original_transaction');
  }
  if (part !== null) throw invalid('A reversal can be reversed only as a whole: with mode `full`.', 'mode');
}

/** The reversals of a transaction that were not reversed themselves. */
function reversalsInForce(rows: Rows, { id }: TaxTransaction): TaxTransaction[] {
  const isReversed = (reversal: TaxTransaction) => rows.first('taxTransaction', (other) => other.original === reversal.id) !== undefined;
  return rows.where('taxTransaction', (other) => other.original === id && !isReversed(other));
}

/** What can still be reversed of a transaction, with its tax. */
export function leftToReverse(rows: Rows, original: TaxTransaction): number {
  const earlier = reversalsInForce(rows, original);
  const lines = original.lines.map((line) => grossOf(leftOfLine(line, earlier)));
  return sumOf([...lines, ...(original.shippingCost ? [grossOf(leftOfShipping(original.shippingCost, earlier))] : [])]);
}

type Content = Pick<TaxTransaction, 'lines' | 'shippingCost'>;

function reversed(
  changes: ChangeSet,
  original: TaxTransaction,
  { earlier, part }: { earlier: TaxTransaction[]; part: ReversalRequest['part'] },
): Content {
  if (part === null) return whole(changes, original, earlier);
  if ('flatAmount' in part) return byAmount(changes, original, earlier, part.flatAmount);
  return byLines(changes, original, earlier, part);
}

function whole(changes: ChangeSet, original: TaxTransaction, earlier: TaxTransaction[]): Content {
  if (earlier.length > 0) {
    throw invalid('A part of the transaction is reversed already. Reverse the rest with mode `partial`.', 'mode');
  }
  const all = ({ amount, amount_tax: tax }: TaxTransactionShipping): Reversed => ({ amount: negate(amount), amountTax: negate(tax) });
  return {
    lines: original.lines.map((line) => reversalOf(changes, line, all(line))),
    shippingCost: original.shippingCost && { ...original.shippingCost, ...wire(all(original.shippingCost)) },
  };
}

function byLines(changes: ChangeSet, original: TaxTransaction, earlier: TaxTransaction[], { lines, shippingCost }: ReversedLines): Content {
  refuseTwice(lines);
  const found = lines.map((asked, index) => {
    const at = `line_items[${String(index)}]`;
    const line = original.lines.find(({ id }) => id === asked.originalLine);
    if (!line) {
      const param = `${at}[original_line_item]`;
      throw new BillingError('resource_missing', `No such tax transaction line item: '${asked.originalLine}'`, { param });
    }
    requireLeft(leftOfLine(line, earlier), asked, at);
    const { reference, quantity = line.quantity, metadata } = asked;
    return { ...reversalOf(changes, line, asked), reference, quantity, metadata: mergeMetadata({}, metadata) };
  });
  return { lines: found, shippingCost: shippingCost && reversedShipping(original, earlier, shippingCost) };
}

function refuseTwice(lines: ReversedLine[]): void {
  for (const name of ['originalLine', 'reference'] as const) {
    const index = lines.findIndex((line, at) => lines.findIndex((other) => other[name] === line[name]) < at);
    const param = `line_items[${String(index)}][${name === 'reference' ? name : 'original_line_item'}]`;
    if (index >= 0) throw invalid('Two lines have the same value.', param);
  }
}

function reversedShipping({ shippingCost }: TaxTransaction, earlier: TaxTransaction[], asked: Reversed): TaxTransactionShipping {
  if (!shippingCost) throw invalid('The transaction has no shipping cost.', 'shipping_cost');
  requireLeft(leftOfShipping(shippingCost, earlier), asked, 'shipping_cost');
  return { ...shippingCost, ...wire(asked) };
}

function requireLeft(left: Left, { amount, amountTax }: Reversed, at: string): void {
  if (negate(amount) > left.amount) throw tooMuch(left.amount, `${at}[amount]`);
  if (negate(amountTax) > left.amount_tax) throw tooMuch(left.amount_tax, `${at}[amount_tax]`);
}

function byAmount(changes: ChangeSet, original: TaxTransaction, earlier: TaxTransaction[], flatAmount: number): Content {
  const parts = [
    ...original.lines.map((line) => ({ of: line, left: leftOfLine(line, earlier) })),
    ...(original.shippingCost ? [{ of: original.shippingCost, left: leftOfShipping(original.shippingCost, earlier) }] : []),
  ];
  const left = sumOf(parts.map((part) => grossOf(part.left)));
  if (negate(flatAmount) > left) throw tooMuch(left, 'flat_amount');
  const shares = divideSigned(
    negate(flatAmount),
    parts.map((part) => grossOf(part.left)),
  );
  const amounts = parts.map((part, index) => withTax(part.of, part.left, shares[index] ?? 0));
  const nothing = { amount: 0, amountTax: 0 };
  return {
    lines: original.lines.map((line, index) => reversalOf(changes, line, amounts[index] ?? nothing)),
    shippingCost: original.shippingCost && { ...original.shippingCost, ...wire(amounts.at(-1) ?? nothing) },
  };
}

/** Divides a part of a line, with tax, into amount and tax: within what is left of each, and so that all parts sum to the line. */
function withTax(of: TaxTransactionShipping, left: Left, gross: number): Reversed {
  const whole = grossOf(of);
  const soFar = whole - grossOf(left) + gross;
  const dueTax = whole === 0 ? 0 : multiplyRatio(of.amount_tax, soFar, whole) - (of.amount_tax - left.amount_tax);
  const isInside = of.tax_behavior === 'inclusive';
  const rest = isInside ? left.amount - left.amount_tax : left.amount;
  const tax = Math.min(Math.max(dueTax, 0, gross - rest), left.amount_tax, gross);
  return { amount: negate(isInside ? gross : gross - tax), amountTax: negate(tax) };
}

const grossOf = ({ amount, amount_tax: tax, tax_behavior: behavior }: Left): number => (behavior === 'inclusive' ? amount : amount + tax);

function leftOfLine(line: TaxTransactionLine, earlier: TaxTransaction[]): Left {
  return less(
    line,
    earlier.flatMap(({ lines }) => lines.filter((other) => other.original_line_item === line.id)),
  );
}

function leftOfShipping(cost: TaxTransactionShipping, earlier: TaxTransaction[]): Left {
  return less(
    cost,
    earlier.flatMap(({ shippingCost }) => shippingCost ?? []),
  );
}

function less(whole: Left, reversals: Left[]): Left {
  return {
    ...whole,
    amount: whole.amount + sumOf(reversals.map(({ amount }) => amount)),
    amount_tax: whole.amount_tax + sumOf(reversals.map(({ amount_tax: tax }) => tax)),
  };
}

function reversalOf(changes: ChangeSet, line: TaxTransactionLine, amounts: Reversed): TaxTransactionLine {
  return { ...line, id: changes.id('tax_li'), ...wire(amounts), original_line_item: line.id };
}

const wire = ({ amount, amountTax }: Reversed): Pick<TaxTransactionShipping, 'amount' | 'amount_tax'> => ({
  amount,
  amount_tax: amountTax,
});

const tooMuch = (left: number, param: string): BillingError => invalid(`Only ${String(negate(left))} can still be reversed.`, param);
const invalid = (message: string, param: string): BillingError => new BillingError('parameter_invalid', message, { param });
