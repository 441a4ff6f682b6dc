/**
 * The tax of an invoice at its finalization: the answer that was kept, where it is to the same question, so that what a provider said is
 * what is billed. A draft that has changed since is calculated anew.
 */
import type { ChangeSet } from '../core/change-set';
import { recalculateInvoice } from '../line/draft';
import { digestOf, taxByRates, type CalculateTax, type TaxInput } from '../line/tax-input';
import { recountSpend } from '../usage/spend-recount';
import { recountUsage } from '../usage/billing';

/** Counts a draft's usage for the last time, and what it comes to with the tax that was kept for it. */
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

/** What is asked about a draft as its finalization will find it; null where it is no draft any more. The draft is counted by it. */
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
