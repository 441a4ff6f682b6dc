/** The amounts of a credit note, which are only sums of its lines. */
import type { CreditNoteTotals, LineAmounts } from '../rows/credit-note';
import type { CreditAmount, DiscountAmount } from '../rows/invoice';
import { amountAfterCredits } from '../line/credits';
import { amountOwed, inclusiveTaxOf, netOf, sumTaxes } from '../line/taxes';
import { multiplyRatio, sumOf } from '../money/money';

/** `total` = Σ lines - discounts - credits + exclusive taxes - waived inclusive taxes, as on invoices. */
export function totalsOf(lines: LineAmounts[]): CreditNoteTotals {
  const taxes = lines.flatMap((line) => line.taxes);
  return {
    subtotal: sumOf(lines.map((line) => line.amount)),
    subtotalExcludingTax: sumOf(lines.map((line) => line.amount - undiscountedInclusiveTax(line))),
    total: sumOf(lines.map(amountOwed)),
    totalExcludingTax: sumOf(lines.map(netOf)),
    totalDiscountAmounts: summed(
      lines.flatMap((line) => line.discountAmounts),
      ({ discount }) => discount,
    ),
    totalCreditAmounts: summed(
      lines.flatMap((line) => line.creditAmounts),
      (credit) => credit.credit_balance_transaction ?? credit.credit_grant,
    ),
    totalTaxes: sumTaxes(taxes),
  };
}

/** The tax that the amount before discounts contains. */
function undiscountedInclusiveTax(line: LineAmounts): number {
  const after = amountAfterCredits(line);
  return after === 0 ? 0 : multiplyRatio(inclusiveTaxOf(line.taxes), line.amount, after);
}

/** One amount for each discount or credit, in order of first appearance. */
function summed<T extends DiscountAmount | CreditAmount>(amounts: T[], nameOf: (amount: T) => string): T[] {
  const sums = new Map<string, T>();
  for (const each of amounts) {
    const sum = sums.get(nameOf(each));
    sums.set(nameOf(each), sum ? { ...sum, amount: sum.amount + each.amount } : each);
  }
  return [...sums.values()];
}
