/**
 * The tax of an invoice when it is finalized. A commit that finalizes a taxed invoice plans twice: the first plan says what has to be
 * asked, and nothing of it is written; then a provider answers, and the second plan bills the answer and stores it. A calculation that is
 * stored for the same input is billed exactly as the provider gave it. An invoice without tax rates and without automatic tax has nothing to ask.
 */
import { settingsOf } from '../rows/account';
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { estimatedTax, keepRates, requireTaxLocation, taxBuiltIn } from '../line/automatic-tax';
import { recalculateInvoice } from '../line/draft';
import { digestOf } from '../line/tax-input';
import { calculatedBy } from '../tax/provider';
import type { Invoice, InvoiceAutomaticTax } from '../rows/invoice';
import type { CalculatedTax, TaxCalculation, TaxedLine, TaxInput, TaxQuestion } from '../rows/tax-calculation';
import { recountSpend } from '../usage/spend-recount';
import { recountUsage } from '../usage/billing';

/**
 * Counts a draft's usage for the last time, and calculates its total with the provider's tax. If the provider has been unavailable for as
 * long as the seller waits for it, the invoice is billed without tax.
 *
 * @throws BillingError customer_tax_location_invalid, taxes_calculation_failed
 */
export function countWithTax(changes: ChangeSet, invoiceId: string): void {
  if (!changes.context.preview) requireTaxLocation(changes, invoiceId);
  // What takes the place of another invoice bills what that one billed.
  const isNew = changes.rows.get('invoice', invoiceId).fromInvoice === null;
  if (isNew && recountUsage(changes, invoiceId)) recountSpend(changes, changes.rows.get('invoice', invoiceId));
  try {
    recalculateInvoice(changes, invoiceId, (input) => taxOn(changes, invoiceId, input));
  } catch (error) {
    if (!isUnavailable(error) || !isBilledWithoutTax(changes, changes.rows.get('invoice', invoiceId))) throw error;
    switchTaxOff(changes, invoiceId, 'finalization_system_error');
    recalculateInvoice(changes, invoiceId);
  }
}

/** Whether the provider of automatic tax did not answer, and may answer later. */
export function isUnavailable(error: unknown): error is BillingError {
  return error instanceof BillingError && error.code === 'taxes_calculation_failed';
}

/** The invoice goes out without tax, and says why. */
export function switchTaxOff(changes: ChangeSet, invoice: string, reason: InvoiceAutomaticTax['disabled_reason']): void {
  changes.patch('invoice', invoice, { automaticTax: { enabled: false, status: null, disabled_reason: reason, provider: null } });
}

/** When the seller stops waiting for an unavailable provider; null if never. Epoch seconds. */
export function taxDeadline(changes: ChangeSet, { taxAwaitedSince }: Invoice): number | null {
  const { tax } = settingsOf(changes.rows.get('account', changes.context.account), changes.context);
  return tax.when_unavailable === 'wait' ? null : (taxAwaitedSince ?? changes.now) + tax.wait_seconds;
}

function isBilledWithoutTax(changes: ChangeSet, invoice: Invoice): boolean {
  const deadline = taxDeadline(changes, invoice);
  return deadline !== null && deadline <= changes.now;
}

/** The only place that decides whether a provider has to be asked. If so, the plan continues with the built-in tax, to find what else has to be asked. */
function taxOn(changes: ChangeSet, invoice: string, input: TaxInput): TaxedLine[] {
  const isTaxed = input.automatic !== undefined || input.lines.some(({ rates }) => rates.length > 0);
  if (!isTaxed || changes.context.preview) return estimatedTax(changes, input);
  const digest = digestOf(input);
  const stored = changes.rows.find('taxCalculation', invoice);
  if (stored && (stored.digest === digest || isCharged(changes, stored, input))) return stored.lines;
  const answer = changes.context.taxes?.findLast((each) => each.invoice === invoice && each.digest === digest);
  if (answer) return keepAnswer(changes, calculatedBy(answer), input);
  changes.taxQuestions.push(questionOf(changes, { invoice, digest, input }));
  return taxBuiltIn(changes, input);
}

/** A first invoice that was charged while it was a draft has the tax that was charged, although it becomes final later. */
function isCharged({ rows }: ChangeSet, { invoice, lines }: TaxCalculation, input: TaxInput): boolean {
  const taxed = new Set(lines.map(({ line }) => line));
  return rows.get('invoice', invoice).paymentIntent !== null && input.lines.every(({ line }) => taxed.has(line));
}

function questionOf({ rows }: ChangeSet, question: TaxQuestion): TaxQuestion {
  return rows.get('invoice', question.invoice).taxAwaitedSince === null ? question : { ...question, isRepeated: true };
}

function keepAnswer(changes: ChangeSet, { rates = [], calculations = [], ...answer }: CalculatedTax, { currency }: TaxInput): TaxedLine[] {
  const { account, livemode } = changes.context;
  keepRates(changes, rates);
  const kept = { ...answer, account, livemode, created: changes.now, currency, providerCalculations: calculations };
  return changes.put('taxCalculation', kept).lines;
}
