/**
 * The ledger entries of an invoice. Finalized: the customer owes its total (receivable), which is revenue, deferred revenue and tax; used
 * balance settles a part at once. Voided: none of that is owed; what was earned is contra revenue. Uncollectible: what remains is bad debt, except what
 * was not earned yet. Paid after all: recovered.
 */
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import type { LedgerAccount, LedgerEntry } from '../core/ledger';
import type { PaymentRecord } from '../rows/payment-record';
import { netOf } from '../line/taxes';
import { leftAfterRefunds, leftToCredit } from './credited';
import { issuedNotes } from '../line/issued-notes';
import { negate, sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import { finalRevenue, restoreWrittenOff, voidedRevenue, writeOffUnearned } from './revenue-recognition';

export function postFinalization(changes: ChangeSet, invoice: Invoice, appliedBalance: number): void {
  const entry = entryOf(invoice);
  const { entries, schedules } = finalRevenue(changes, invoice);
  const all = [entry('receivable', invoice.total), ...entries, ...taxEntries(changes, invoice, -1, { lines: linesOf(changes, invoice) })];
  changes.post('invoice_finalized', invoice.id, invoice.customer, { entries: all, schedules });
  postBalance(changes, invoice, appliedBalance);
}

/** A customer's credit is the seller's debt to the customer. Using 500 of it lowers that debt and the receivable. */
export function postBalance(changes: ChangeSet, invoice: Invoice, applied: number): void {
  const entry = entryOf(invoice);
  changes.post('balance_applied', invoice.id, invoice.customer, [entry('customer_balance', applied), entry('receivable', negate(applied))]);
}

/** Reverses what credit notes have left of the invoice: a void invoice was never owed. */
export function postVoid(changes: ChangeSet, invoice: Invoice): void {
  const entry = entryOf(invoice);
  const left = { ...invoice, ...leftToCredit(changes.rows, invoice) };
  const { entries, schedules } = voidedRevenue(changes, left);
  const all = [
    entry('receivable', negate(left.total)),
    ...entries,
    ...taxEntries(changes, left, 1, { lines: linesOf(changes, invoice), credited: creditedLines(changes, invoice) }),
  ];
  changes.post('invoice_voided', invoice.id, invoice.customer, { entries: all, schedules });
}

/** Tax stays payable: whether bad debt lowers it is for the tax office of the place to decide, and takes a credit note. */
export function postUncollectible(changes: ChangeSet, invoice: Invoice): void {
  const entry = entryOf(invoice);
  const unearned = writeOffUnearned(changes, invoice, leftAfterRefunds(changes.rows, invoice).total);
  const entries = [
    entry('bad_debt', invoice.amountRemaining - unearned.amount),
    entry('deferred_revenue', unearned.amount),
    entry('receivable', negate(invoice.amountRemaining)),
  ];
  changes.post('invoice_uncollectible', invoice.id, invoice.customer, { entries, schedules: unearned.schedules });
}

/** What is paid of an uncollectible invoice becomes receivable again, as recovered debt, and the payment settles that. */
export function postRecovered(changes: ChangeSet, invoice: Invoice, amount: number): void {
  const entry = entryOf(invoice);
  changes.post('invoice_recovered', invoice.id, invoice.customer, [entry('receivable', amount), entry('recoverables', negate(amount))]);
}

/** Takes the mark of bad debt back, before the invoice is voided. */
export function postRestoredDebt(changes: ChangeSet, invoice: Invoice): void {
  const entry = entryOf(invoice);
  const { entries, schedules } = restoreWrittenOff(changes, invoice);
  const restored = sumOf(entries.map(({ amount }) => amount));
  const all = [entry('receivable', invoice.amountRemaining), ...entries, entry('bad_debt', negate(invoice.amountRemaining + restored))];
  changes.post('invoice_debt_restored', invoice.id, invoice.customer, { entries: all, schedules });
}

/** Paid in cash or by transfer, without a processor. */
export function postOutOfBand(changes: ChangeSet, invoice: Invoice, amount: number): void {
  const entry = entryOf(invoice);
  changes.post('invoice_paid_out_of_band', invoice.id, invoice.customer, [
    entry('out_of_band_payments', amount),
    entry('receivable', negate(amount)),
  ]);
}

/** Money that was paid elsewhere was given back there. */
export function postRefundedOutOfBand(changes: ChangeSet, { id, customer, currency }: PaymentRecord, amount: number): void {
  const entry = { currency, invoice: null };
  changes.post('refund_out_of_band', id, customer, [
    { ...entry, ledgerAccount: 'refunds', amount },
    { ...entry, ledgerAccount: 'out_of_band_payments', amount: negate(amount) },
  ]);
}

/** A payment without an invoice was revenue when it was received. Attached, it settles the invoice's receivable instead. */
export function postAttached(changes: ChangeSet, invoice: Invoice, amount: number): void {
  const entry = entryOf(invoice);
  changes.post('payment_attached', invoice.id, invoice.customer, [
    { ...entry('revenue', amount), invoice: null },
    entry('receivable', negate(amount)),
  ]);
}

/** A payment settled more than was receivable: the rest is owed to the customer. */
export function postOverpaid(changes: ChangeSet, invoice: Invoice, amount: number): void {
  const entry = entryOf(invoice);
  changes.post('invoice_overpaid', invoice.id, invoice.customer, [entry('receivable', amount), entry('customer_balance', negate(amount))]);
}

/**
 * The tax of an invoice or a credit note, by rate. An entry without tax (reverse charge, exempt) says what was not taxed: the net of its
 * lines, less that of the lines in `credited`.
 *
 * @param sign 1 takes the tax back, -1 owes it
 */
export function taxEntries(
  changes: ChangeSet,
  invoice: Booked & Pick<Invoice, 'totalTaxes'>,
  sign: 1 | -1,
  { lines, credited = [] }: { lines: readonly TaxedLine[]; credited?: readonly TaxedLine[] },
): LedgerEntry[] {
  const entry = entryOf(invoice);
  return invoice.totalTaxes.map((tax) => {
    const isUntaxed = tax.amount === 0 && tax.taxable_amount === 0;
    const base = isUntaxed ? untaxedOf(lines, tax.tax_rate) - untaxedOf(credited, tax.tax_rate) : tax.taxable_amount;
    return {
      ...entry(taxAccount(changes, tax.tax_rate), sign * tax.amount),
      taxRate: tax.tax_rate,
      taxableAmount: base === null ? null : sign * base,
      taxabilityReason: tax.taxability_reason,
    };
  });
}

type TaxedLine = Pick<InvoiceLineItem, 'amount' | 'discountAmounts' | 'creditAmounts' | 'taxes'>;

const untaxedOf = (lines: readonly TaxedLine[], rate: string): number =>
  sumOf(lines.filter((line) => line.taxes.some((tax) => tax.tax_rate === rate)).map(netOf));

const linesOf = (changes: ChangeSet, { id }: Invoice): TaxedLine[] => changes.rows.where('invoiceLineItem', (line) => line.invoice === id);

function creditedLines(changes: ChangeSet, { id }: Invoice): TaxedLine[] {
  const notes = new Set(issuedNotes(changes.rows, id).map((note) => note.id));
  return changes.rows.where('creditNoteLineItem', (line) => notes.has(line.creditNote));
}

/** Tax is owed to a jurisdiction: the rate's `jurisdiction`, or else its country. */
function taxAccount(changes: ChangeSet, taxRate: string): LedgerAccount {
  const rate = changes.rows.get('taxRate', taxRate);
  return `tax_payable:${rate.jurisdiction ?? [rate.country, rate.state].filter(Boolean).join('-')}` as const;
}

/** What the entries of an invoice name. */
type Booked = Pick<Invoice, 'id' | 'currency'>;

export function entryOf(invoice: Booked) {
  return (ledgerAccount: LedgerAccount, amount: number): LedgerEntry => ({
    ledgerAccount,
    amount: amount === 0 ? 0 : amount,
    currency: invoice.currency,
    invoice: invoice.id,
  });
}
