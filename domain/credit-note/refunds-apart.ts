/**
 * What refunds without a credit note and lost disputes take back of an invoice, in the books: what a note of that amount would. A refund of 600 of
 * an invoice of 1200 with 200 tax, when half of its period is over: 100 of tax is not owed any more, 250 is deferred no longer, and 250 stays contra
 * revenue in `refunds`. Of a lost dispute the account decides whether its tax stays payable: 250 is deferred no longer then, and 350 is lost.
 */
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import { leftAfterRefunds, leftToCredit } from '../invoice/credited';
import { entryOf, taxEntries } from '../invoice/ledger';
import { creditDeferred, restoreUnearned } from '../invoice/revenue-recognition';
import { recordAtProvider } from '../invoice/tax-records';
import { linesOf } from '../line/draft';
import { netOf, sumTaxes } from '../line/taxes';
import { negate, sumOf } from '../money/money';
import type { Invoice, RefundedLine, RefundPart } from '../rows/invoice';
import type { Dispute } from '../rows/dispute';
import type { Refund } from '../rows/refund';
import type { Rows } from '../rows/rows';
import { divideCredit } from './by-amount';
import { lostApart, refundedApart } from './apart';
import { creditsOf, lessCredits } from './line-credits';
import { matchNotes } from './disputed-notes';

/** After a step of a refund: its invoices are booked as far as they are refunded now. */
export function bookRefundOfInvoices(changes: ChangeSet, { subject }: StepInput): void {
  bookInvoicesOf(changes, changes.rows.get('refund', subject));
}

/** After a step of a dispute: its invoices are booked as far as they are lost now. */
export function bookDisputedInvoices(changes: ChangeSet, { subject }: StepInput): void {
  const dispute = changes.rows.get('dispute', subject);
  if (dispute.status === 'lost') for (const invoice of invoicesPaidBy(changes.rows, dispute)) matchNotes(changes, invoice, dispute);
  bookInvoicesOf(changes, dispute);
}

function bookInvoicesOf(changes: ChangeSet, of: Pick<Refund | Dispute, 'paymentIntent'>): void {
  for (const invoice of invoicesPaidBy(changes.rows, of)) bookRefundsApart(changes, invoice);
}

const invoicesPaidBy = (rows: Rows, { paymentIntent }: Pick<Refund | Dispute, 'paymentIntent'>): string[] =>
  rows
    .where('invoicePayment', (payment) => payment.paymentIntent === paymentIntent && payment.status === 'paid')
    .map(({ invoice }) => invoice);

/** Has the books say what was taken back apart from notes by now, never more than notes have left of the invoice. */
export function bookRefundsApart(changes: ChangeSet, id: string): void {
  const invoice = changes.rows.get('invoice', id);
  const wanted = takenApart(changes.rows, invoice);
  const isLess = wanted.some((part) => part.amount < bookedOf(invoice, part));
  if (isLess) restoreRefunds(changes, id);
  for (const part of wanted) {
    const more = isLess ? part.amount : part.amount - bookedOf(invoice, part);
    if (more > 0) takePart(changes, id, { ...part, amount: more });
  }
}

type Taken = Pick<RefundPart, 'cause' | 'keepsTax' | 'amount'>;

/** What refunds took, and of the rest what lost disputes took. */
function takenApart(rows: Rows, invoice: Invoice): Taken[] {
  let { total: left } = leftToCredit(rows, invoice);
  const all: Taken[] = [
    { cause: 'refund', keepsTax: false, amount: refundedApart(rows, invoice, isBooked) },
    ...lostApart(rows, invoice).map((lost): Taken => ({ cause: 'dispute', ...lost })),
  ];
  return all.map((part) => {
    const amount = Math.min(part.amount, left);
    left -= amount;
    return { ...part, amount };
  });
}

const bookedOf = ({ refundParts }: Invoice, { cause, keepsTax }: Taken): number =>
  sumOf(refundParts.filter((part) => part.cause === cause && part.keepsTax === keepsTax).map(({ amount }) => amount));

/** Takes back what was booked: before a note, which may credit the same lines, for a refund that has failed, or a dispute that was won after all. */
export function restoreRefunds(changes: ChangeSet, id: string): void {
  const { refundParts: parts } = changes.rows.get('invoice', id);
  for (const part of parts) restorePart(changes, changes.rows.get('invoice', id), part);
  if (parts.length > 0) changes.patch('invoice', id, { refundParts: [] });
}

/** Whether its money has left. */
const isBooked = ({ balanceTransaction }: Refund): boolean => balanceTransaction !== null;

function takePart(changes: ChangeSet, id: string, { cause, keepsTax, amount }: Taken): void {
  const invoice = changes.rows.get('invoice', id);
  const lines = linesOf(changes.rows, id).map((line) => {
    const parts = invoice.refundParts.flatMap((part) => part.lines.filter((taken) => taken.line === line.id));
    return { line, rest: lessCredits(line, [...creditsOf(changes.rows, line), ...parts]) };
  });
  const credited = divideCredit(amount, { lines, left: leftAfterRefunds(changes.rows, invoice) });
  const taken = credited.map(({ line, amounts }) => {
    const { amount: deferred, schedules } = creditDeferred(changes, line, netOf(amounts));
    return { line: { ...amounts, line: line.id, deferred }, schedules };
  });
  const own = taken.map(({ line }) => line);
  const part = {
    id: changes.id('refpart'),
    created: changes.now,
    cause,
    keepsTax,
    amount,
    totalTaxes: sumTaxes(own.flatMap(({ taxes }) => taxes)),
    lines: own,
  };
  const entries = [...partEntries(changes, invoice, part, 1), entryOf(invoice)('deferred_revenue', deferredOf(own))];
  changes.post(TYPES[cause].taken, id, invoice.customer, { entries, schedules: taken.flatMap(({ schedules }) => schedules) });
  changes.patch('invoice', id, { refundParts: [...invoice.refundParts, part] });
  if (!keepsTax) recordAtProvider(changes, id, 'refund', { refund: part });
}

function restorePart(changes: ChangeSet, invoice: Invoice, part: RefundPart): void {
  const restored = part.lines
    .filter(({ deferred }) => deferred !== 0)
    .map(({ line, deferred }) =>
      restoreUnearned(changes, changes.rows.get('invoiceLineItem', line), { amount: deferred, since: part.created }),
    );
  const entries = [...partEntries(changes, invoice, part, -1), ...restored.flatMap((line) => line.entries)];
  const schedules = restored.flatMap((line) => line.schedules);
  changes.post(TYPES[part.cause].restored, invoice.id, invoice.customer, { entries, schedules });
  if (!part.keepsTax) recordAtProvider(changes, invoice.id, 'refund_restored', { refund: part });
}

const TYPES = {
  refund: { taken: 'invoice_refunded', restored: 'invoice_refund_restored' },
  dispute: { taken: 'invoice_dispute_lost', restored: 'invoice_dispute_restored' },
} as const;

/** The tax that is not owed any more, and what is not contra revenue. @param sign 1 takes it back, -1 restores it */
function partEntries(changes: ChangeSet, invoice: Invoice, { cause, keepsTax, totalTaxes, lines }: RefundPart, sign: 1 | -1) {
  const tax = keepsTax ? 0 : sumOf(totalTaxes.map(({ amount }) => amount));
  return [
    entryOf(invoice)(cause === 'refund' ? 'refunds' : 'dispute_losses', negate(sign * (tax + deferredOf(lines)))),
    ...(keepsTax ? [] : taxEntries(changes, { ...invoice, totalTaxes }, sign, { lines })),
  ];
}

const deferredOf = (lines: readonly RefundedLine[]): number => sumOf(lines.map(({ deferred }) => deferred));
