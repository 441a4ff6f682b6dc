/**
 * What refunds without a credit note take back of an invoice, in the books: what a note of that amount would. A refund of 600 of an invoice of 1200
 * with 200 tax, when half of its period is over: 100 of tax is not owed any more, 250 is deferred no longer, and 250 stays contra revenue in
 * `refunds`.
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
import type { Refund } from '../rows/refund';
import { divideCredit } from './by-amount';
import { refundedApart } from './giving-back';
import { creditsOf, lessCredits } from './line-credits';

/** After a step of a refund: its invoices are booked as far as they are refunded now. */
export function bookRefundOfInvoices(changes: ChangeSet, { subject }: StepInput): void {
  const { paymentIntent } = changes.rows.get('refund', subject);
  const paid = changes.rows.where('invoicePayment', (payment) => payment.paymentIntent === paymentIntent && payment.status === 'paid');
  for (const { invoice } of paid) bookRefundsApart(changes, invoice);
}

/** Has the books say what refunds apart from notes have taken back by now, never more than notes have left of the invoice. */
export function bookRefundsApart(changes: ChangeSet, id: string): void {
  const invoice = changes.rows.get('invoice', id);
  const refunded = Math.min(refundedApart(changes.rows, invoice, isBooked), leftToCredit(changes.rows, invoice).total);
  const before = sumOf(invoice.refundParts.map(({ amount }) => amount));
  if (refunded < before) restoreRefunds(changes, id);
  const more = refunded < before ? refunded : refunded - before;
  if (more > 0) takePart(changes, id, more);
}

/** Takes back what was booked: before a note, which may credit the same lines, or a refund that has failed. */
export function restoreRefunds(changes: ChangeSet, id: string): void {
  const { refundParts: parts } = changes.rows.get('invoice', id);
  for (const part of parts) restorePart(changes, changes.rows.get('invoice', id), part);
  if (parts.length > 0) changes.patch('invoice', id, { refundParts: [] });
}

/** Whether its money has left. */
const isBooked = ({ balanceTransaction }: Refund): boolean => balanceTransaction !== null;

function takePart(changes: ChangeSet, id: string, amount: number): void {
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
    amount,
    totalTaxes: sumTaxes(own.flatMap(({ taxes }) => taxes)),
    lines: own,
  };
  const entries = [...partEntries(changes, invoice, part, 1), entryOf(invoice)('deferred_revenue', deferredOf(own))];
  changes.post('invoice_refunded', id, invoice.customer, { entries, schedules: taken.flatMap(({ schedules }) => schedules) });
  changes.patch('invoice', id, { refundParts: [...invoice.refundParts, part] });
  recordAtProvider(changes, id, 'refund', { refund: part });
}

function restorePart(changes: ChangeSet, invoice: Invoice, part: RefundPart): void {
  const restored = part.lines
    .filter(({ deferred }) => deferred !== 0)
    .map(({ line, deferred }) =>
      restoreUnearned(changes, changes.rows.get('invoiceLineItem', line), { amount: deferred, since: part.created }),
    );
  const entries = [...partEntries(changes, invoice, part, -1), ...restored.flatMap((line) => line.entries)];
  const schedules = restored.flatMap((line) => line.schedules);
  changes.post('invoice_refund_restored', invoice.id, invoice.customer, { entries, schedules });
  recordAtProvider(changes, invoice.id, 'refund_restored', { refund: part });
}

/** The tax, and what is not contra revenue. @param sign 1 takes it back, -1 restores it */
function partEntries(changes: ChangeSet, invoice: Invoice, { totalTaxes, lines }: RefundPart, sign: 1 | -1) {
  const tax = sumOf(totalTaxes.map(({ amount }) => amount));
  return [
    entryOf(invoice)('refunds', negate(sign * (tax + deferredOf(lines)))),
    ...taxEntries(changes, { ...invoice, totalTaxes }, sign, { lines }),
  ];
}

const deferredOf = (lines: readonly RefundedLine[]): number => sumOf(lines.map(({ deferred }) => deferred));
