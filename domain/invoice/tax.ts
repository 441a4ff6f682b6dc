/**
 * The tax of an invoice when it is finalized. A commit that finalizes a taxed invoice plans twice: the first plan says what has to be
 * asked, and nothing of it is written; then a provider answers, and the second plan bills the answer and stores it. A calculation that is
 * stored for the same input is billed exactly as the provider gave it. An invoice without tax rates and without automatic tax has nothing to ask.
 */
import type { ChangeSet } from '../core/change-set';
import { keepRates, requireTaxLocation, taxBuiltIn } from '../line/automatic-tax';
import { recalculateInvoice } from '../line/draft';
import { digestOf } from '../line/tax-input';
import type { TaxedLine, TaxInput } from '../rows/tax-calculation';
import { recountSpend } from '../usage/spend-recount';
import { recountUsage } from '../usage/billing';

/**
 * Counts a draft's usage for the last time, and calculates its total with the provider's tax.
 *
 * @throws BillingError customer_tax_location_invalid
 */
export function countWithTax(changes: ChangeSet, invoiceId: string): void {
  if (!changes.context.preview) requireTaxLocation(changes, invoiceId);
  if (recountUsage(changes, invoiceId)) recountSpend(changes, changes.rows.get('invoice', invoiceId));
  recalculateInvoice(changes, invoiceId, (input) => taxOn(changes, invoiceId, input));
}

/** The only place that decides whether a provider has to be asked. If so, the plan continues with the built-in tax, to find what else has to be asked. */
function taxOn(changes: ChangeSet, invoice: string, input: TaxInput): TaxedLine[] {
  const isTaxed = input.automatic !== undefined || input.lines.some(({ rates }) => rates.length > 0);
  if (!isTaxed || changes.context.preview) return taxBuiltIn(changes, input);
  const digest = digestOf(input);
  const stored = changes.rows.find('taxCalculation', invoice);
  if (stored?.digest === digest) return stored.lines;
  const answer = changes.context.taxes?.find((each) => each.invoice === invoice && each.digest === digest);
  if (answer) {
    const { account, livemode } = changes.context;
    const { rates = [], ...calculation } = answer;
    keepRates(changes, rates);
    return changes.put('taxCalculation', { ...calculation, account, livemode, created: changes.now, currency: input.currency }).lines;
  }
  changes.taxQuestions.push({ invoice, digest, input });
  return taxBuiltIn(changes, input);
}
