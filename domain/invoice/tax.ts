/**
 * The tax of an invoice when it is finalized. If the stored calculation is for the same input, its amounts are billed exactly as the
 * provider gave them. If the draft has changed since, the tax is calculated again.
 */
import type { ChangeSet } from '../core/change-set';
import { recalculateInvoice } from '../line/draft';
import { digestOf, taxByRates, type CalculateTax, type TaxInput } from '../line/tax-input';
import { recountSpend } from '../usage/spend-recount';
import { recountUsage } from '../usage/billing';

/** Counts a draft's usage for the last time, and calculates its total with the stored tax. */
export function countWithTax(changes: ChangeSet, invoiceId: string): void {
  count(changes, invoiceId, (input) => {
    const digest = digestOf(input);
    const kept = changes.rows.find('taxCalculation', invoiceId);
    if (kept?.digest === digest) return kept.lines;
    const lines = taxByRates(input);
    if (!changes.context.preview) putCalculation(changes, invoiceId, { digest, currency: input.currency, lines });
    return lines;
  });
}

/** The provider's input for a draft, as its finalization will see it; null if the invoice is no longer a draft. Counts the draft's usage. */
export function taxInputOf(changes: ChangeSet, invoiceId: string): TaxInput | null {
  const invoice = changes.rows.find('invoice', invoiceId);
  if (invoice?.status !== 'draft' || invoice.deleted) return null;
  const asked: TaxInput[] = [];
  count(changes, invoiceId, (input) => {
    asked.push(input);
    return taxByRates(input);
  });
  return asked.at(-1) ?? null;
}

function count(changes: ChangeSet, invoiceId: string, calculateTax: CalculateTax): void {
  if (recountUsage(changes, invoiceId)) recountSpend(changes, changes.rows.get('invoice', invoiceId));
  recalculateInvoice(changes, invoiceId, calculateTax);
}

function putCalculation(
  changes: ChangeSet,
  invoice: string,
  answer: Pick<TaxInput, 'currency'> & { digest: string; lines: ReturnType<CalculateTax> },
) {
  const { account, livemode } = changes.context;
  changes.put('taxCalculation', { invoice, account, livemode, created: changes.now, provider: 'rates', ...answer });
}
