/**
 * A credit of a total, divided over what is left of an invoice: first over its net and each of its taxes, then each of these over the
 * lines, by largest remainder. So the parts sum exactly to the total, and no line and no tax is credited more than it was billed: 500 of an
 * invoice of 1190 with 190 tax is 420 and 80 of tax.
 */
import { leftToCredit } from '../invoice/credited';
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import { linesOf } from '../line/draft';
import { amountAfterCredits } from '../line/credits';
import { inclusiveTaxOf, netOf, waivedOf } from '../line/taxes';
import { divideSigned, multiplyRatio, sumOf } from '../money/money';
import type { Rows } from '../rows/rows';
import type { LineAmounts } from '../rows/credit-note';
import { restOf, shareOf } from './line-credits';

export interface CreditedLine {
  line: InvoiceLineItem;
  amounts: LineAmounts;
}

/** @param total at most what is left to credit, above zero */
export function creditByAmount(rows: Rows, invoice: Invoice, total: number): CreditedLine[] {
  const lines = linesOf(rows, invoice.id).map((line) => ({ line, rest: restOf(rows, line) }));
  return divideCredit(total, { lines, left: leftToCredit(rows, invoice) });
}

/** What there is to credit: what is left of each line, and of the invoice. */
interface Creditable {
  lines: { line: InvoiceLineItem; rest: LineAmounts }[];
  left: Pick<Invoice, 'totalExcludingTax' | 'totalTaxes'>;
}

export function divideCredit(total: number, { lines, left }: Creditable): CreditedLine[] {
  const [net = 0, ...taxes] = divideSigned(total, [left.totalExcludingTax, ...left.totalTaxes.map((tax) => tax.amount)]);
  const nets = divideSigned(
    net,
    lines.map(({ rest }) => netOf(rest)),
  );
  const taxParts = left.totalTaxes.map(({ tax_rate: rate }, index) => ({
    rate,
    amounts: divideSigned(
      taxes[index] ?? 0,
      lines.map(({ rest }) => taxOf(rest, rate)),
    ),
  }));
  const credited = lines.map(({ line, rest }, index) => {
    const taxed = new Map(taxParts.map(({ rate, amounts }) => [rate, amounts[index] ?? 0]));
    return { line, amounts: withNet(rest, nets[index] ?? 0, taxed) };
  });
  return credited.filter(({ amounts }) => amounts.amount !== 0 || amounts.taxes.some((tax) => tax.amount !== 0));
}

const taxOf = ({ taxes }: LineAmounts, rate: string): number =>
  sumOf(taxes.filter((tax) => tax.tax_rate === rate).map(({ amount }) => amount));

/** The part of a line whose net and taxes are given; its discounts and credits follow in proportion. */
function withNet(rest: LineAmounts, net: number, taxed: Map<string, number>): LineAmounts {
  const before = netOf(rest);
  const taxes = rest.taxes.map((tax) => ({
    ...tax,
    ...(tax.waived === undefined || before === 0 ? {} : { waived: multiplyRatio(waivedOf(tax), net, before) }),
    amount: taxed.get(tax.tax_rate) ?? 0,
    taxable_amount: tax.taxable_amount === null || before === 0 ? tax.taxable_amount : multiplyRatio(tax.taxable_amount, net, before),
  }));
  const inside = inclusiveTaxOf(taxes);
  const after = amountAfterCredits(rest);
  const reduced = after === 0 ? { ...rest, discountAmounts: [], creditAmounts: [] } : shareOf(rest, net + inside, after);
  const off = sumOf([...reduced.discountAmounts, ...reduced.creditAmounts].map(({ amount }) => amount));
  return { amount: net + inside + off, discountAmounts: reduced.discountAmounts, creditAmounts: reduced.creditAmounts, taxes };
}
