/** The credit that an invoice takes from grants when it becomes final, and gives back when it is voided. */
import { putCreditTransaction } from '../credit/balance';
import { bookEnd, wakeExpiry } from '../credit/grant-changes';
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import { linesOf } from '../line/draft';
import type { ChangeSet } from '../core/change-set';

/** Takes the credit that the invoice's calculation shows, one transaction per grant and line, and references them on the invoice. */
export function useCredits(changes: ChangeSet, invoice: Invoice): void {
  const used = linesOf(changes.rows, invoice.id).flatMap((line) => creditsTaken(changes, line));
  if (used.length > 0) changes.patch('invoice', invoice.id, { totalCreditAmounts: used });
}

function creditsTaken(changes: ChangeSet, line: InvoiceLineItem): InvoiceLineItem['creditAmounts'] {
  if (line.creditAmounts.length === 0) return [];
  const creditAmounts = line.creditAmounts.map((credit) => {
    const of = { invoice: line.invoice, invoiceLineItem: line.id };
    const { id } = putCreditTransaction(changes, credit.credit_grant, { reason: 'credits_applied', amount: credit.amount, ...of });
    return { ...credit, credit_balance_transaction: id };
  });
  changes.patch('invoiceLineItem', line.id, { creditAmounts });
  return creditAmounts;
}

/** Credit of a grant that has ended meanwhile ends at once, as at Stripe. Other credit expires with its grant. */
export function giveCreditsBack(changes: ChangeSet, invoice: Invoice): void {
  for (const line of linesOf(changes.rows, invoice.id)) {
    for (const { credit_grant: grant, amount } of line.creditAmounts) {
      const of = { invoice: invoice.id, invoiceLineItem: line.id };
      putCreditTransaction(changes, grant, { reason: 'credits_application_invoice_voided', amount, ...of });
      bookEnd(changes, grant);
      wakeExpiry(changes, grant);
    }
  }
}
