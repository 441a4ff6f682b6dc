/**
 * Issues a credit note: it takes back a part of a final invoice. First it lowers what is still due, and the rest gives back what was paid.
 * Never more than the invoice: of 1000 with notes of 300, 700 at most.
 */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { RevenueSchedule } from '../core/ledger';
import { mergeMetadata } from '../core/metadata';
import { leftToCredit } from '../invoice/credited';
import { issuedNotes } from '../line/issued-notes';
import { recordAtProvider } from '../invoice/tax-records';
import { creditDeferred, creditWrittenOff } from '../invoice/revenue-recognition';
import { creditedShipping, isShipping } from '../line/shipping';
import { netOf } from '../line/taxes';
import { multiplyRatio, sumOf } from '../money/money';
import type { CreditNote, CreditNoteTotals } from '../rows/credit-note';
import type { Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import { creditedNationalTax } from '../tax/national-currency';
import { lowerAmountDue } from './amount-due';
import { creditByAmount, type CreditedLine } from './by-amount';
import { bookRefundsApart, restoreRefunds } from './refunds-apart';
import { creditByLines, type NewCreditLine } from './by-lines';
import { isWithin } from './line-credits';
import { refundedApart, takenByBanks } from './apart';
import { giveBack, givingBack, type GivingBack } from './giving-back';
import { postIssued, type Issued } from './ledger';
import type { CreditNoteParameters } from './parameters';
import { creditShipping } from './shipping';
import { totalsOf } from './totals';

/**
 * @returns the note's id
 * @throws BillingError parameter_invalid unless the invoice is open, paid or uncollectible, or where a parameter does not fit;
 * parameter_missing, parameters_exclusive, resource_missing, credit_note_exceeds_invoice, payment_attempt_in_progress, amount_too_large,
 * charge_already_refunded, charge_disputed, refund_exceeds_charge
 */
export function issueCreditNote(changes: ChangeSet, invoiceId: string, params: CreditNoteParameters): string {
  const invoice = changes.rows.get('invoice', invoiceId);
  refuseUncreditable(invoice);
  const lines = linesAsked(changes.rows, invoice, params);
  const totals = totalsOf(lines);
  const giving = divide(changes.rows, invoice, totals, params);
  restoreRefunds(changes, invoiceId);
  const note = putNote(changes, invoice, { params, totals, giving, shippingCost: creditedShipping(lines, invoice.shippingCost) });
  const taken = putLines(changes, note, { lines, invoice });
  postIssued(changes, note, invoice, { ...giving, ...taken });
  recordAtProvider(changes, invoiceId, 'credit', { creditNote: note.id });
  changes.patch('invoice', invoiceId, { postPaymentCreditNotesAmount: invoice.postPaymentCreditNotesAmount + note.postPaymentAmount });
  bookRefundsApart(changes, invoiceId);
  lowerAmountDue(changes, invoiceId, note.prePaymentAmount);
  if (params.email_type === 'none') changes.unmailed.add(note.id);
  changes.emit('credit_note.created', 'creditNote', note.id);
  changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
  return note.id;
}

function refuseUncreditable({ id, status }: Invoice): void {
  if (status === 'open' || status === 'paid' || status === 'uncollectible') return;
  const message = `Credit notes are only for open, paid or uncollectible invoices; ${id} is ${status}.`;
  throw new BillingError('parameter_invalid', message, { param: 'invoice' });
}

function linesAsked(rows: Rows, invoice: Invoice, { amount, lines, shipping_cost: shipping }: CreditNoteParameters): NewCreditLine[] {
  const other = lines === undefined ? shipping && 'shipping_cost' : 'lines';
  if (amount !== undefined && other !== undefined) {
    throw new BillingError('parameters_exclusive', `You may only specify one of these parameters: amount, ${other}.`, { param: 'amount' });
  }
  const asked = creditByLines(rows, invoice, lines ?? []);
  if (shipping) asked.push(creditShipping(rows, invoice, shipping));
  if (asked.length > 0) return asked;
  if (amount === undefined) {
    throw new BillingError('parameter_missing', 'Missing required param: amount, lines or shipping_cost.', { param: 'amount' });
  }
  const { total } = leftToCredit(rows, invoice);
  if (amount > total) throw exceeds(invoice, amount, { left: total });
  return creditByAmount(rows, invoice, amount).map(wholeLine);
}

const wholeLine = ({ line, amounts }: CreditedLine): NewCreditLine => ({
  ...amounts,
  type: isShipping(line) ? 'shipping_cost' : 'invoice_line_item',
  invoiceLineItem: line.id,
  description: line.description,
  quantity: null,
  unitAmountDecimal: null,
  metadata: {},
});

/** Divides the note into what lowers the amount due and what is given back. */
function divide(rows: Rows, invoice: Invoice, totals: CreditNoteTotals, params: CreditNoteParameters): GivingBack {
  refuseExcess(rows, invoice, totals);
  const postPayment = totals.total - Math.min(totals.total, invoice.amountRemaining);
  const giving = givingBack(rows, invoice, postPayment, params);
  const linked = giving.linked.reduce((sum, each) => sum + each.amount_refunded, 0);
  const unrefunded = leftToCredit(rows, invoice).total - refundedApart(rows, invoice);
  const taken = Math.min(takenByBanks(rows, invoice), Math.max(unrefunded, 0));
  const left = unrefunded + linked - Math.max(taken - giving.outOfBand, 0);
  if (totals.total > left) throw exceeds(invoice, totals.total, { left: Math.max(left, 0), taken });
  return giving;
}

/** Neither the net nor a tax may exceed what earlier notes have left of it. */
function refuseExcess(rows: Rows, invoice: Invoice, totals: CreditNoteTotals): void {
  if (totals.total <= 0) {
    throw new BillingError('parameter_invalid', `The total of a credit note must be above zero, not ${String(totals.total)}.`, {
      param: 'lines',
    });
  }
  const left = leftToCredit(rows, invoice);
  if (!isWithin(totals.total, left.total)) throw exceeds(invoice, totals.total, { left: left.total });
  if (!isWithin(totals.totalExcludingTax, left.totalExcludingTax))
    throw exceeds(invoice, totals.totalExcludingTax, { left: left.totalExcludingTax });
  for (const tax of totals.totalTaxes) {
    const most = left.totalTaxes.find((each) => each.tax_rate === tax.tax_rate)?.amount ?? 0;
    if (!isWithin(tax.amount, most)) throw exceeds(invoice, tax.amount, { left: most });
  }
}

function exceeds({ id }: Invoice, amount: number, { left, taken = 0 }: { left: number; taken?: number }): BillingError {
  const message = `The credit note's ${String(amount)} is more than the ${String(left)} that can still be credited of invoice ${id}.`;
  const why = ` A bank has taken ${String(taken)} back by a dispute: a note for that has it in \`out_of_band_amount\`.`;
  return new BillingError('credit_note_exceeds_invoice', taken === 0 ? message : message + why, { param: 'amount' });
}

interface NewNote {
  shippingCost: CreditNote['shippingCost'];
  params: CreditNoteParameters;
  totals: CreditNoteTotals;
  giving: GivingBack;
}

function putNote(changes: ChangeSet, invoice: Invoice, { params, totals, giving, shippingCost }: NewNote): CreditNote {
  const prePaymentAmount = Math.min(totals.total, invoice.amountRemaining);
  const resource = changes.resource('cn');
  const reason = params.reason ?? null;
  return changes.put('creditNote', {
    ...resource,
    customer: invoice.customer,
    invoice: invoice.id,
    number: numberOf(changes.rows, invoice),
    status: 'issued',
    type: typeOf(prePaymentAmount, totals.total),
    currency: invoice.currency,
    nationalTax: creditedNationalTax(invoice, taxOf(totals), sumOf(issuedNotes(changes.rows, invoice.id).map(taxOf))),
    reason,
    memo: params.memo ?? null,
    effectiveAt: params.effective_at ?? null,
    ...totals,
    shippingCost,
    prePaymentAmount,
    postPaymentAmount: totals.total - prePaymentAmount,
    ...giveBack(changes, { id: resource.id, reason }, invoice, giving),
    voidedAt: null,
    metadata: mergeMetadata({}, params.metadata),
  });
}

const taxOf = ({ totalTaxes }: Pick<CreditNoteTotals, 'totalTaxes'>): number => sumOf(totalTaxes.map(({ amount }) => amount));

function typeOf(prePayment: number, total: number): CreditNote['type'] {
  if (prePayment === total) return 'pre_payment';
  return prePayment === 0 ? 'post_payment' : 'mixed';
}

/** Counted per invoice; a voided note keeps its number. */
function numberOf(rows: Rows, { id, number }: Invoice): string {
  const count = rows.where('creditNote', (note) => note.invoice === id).length + 1;
  return `${number ?? id}-CN-${String(count).padStart(2, '0')}`;
}

/** @returns what the lines take off deferred revenue, as schedules, and off what was written off */
function putLines(
  changes: ChangeSet,
  note: CreditNote,
  { lines, invoice }: { lines: NewCreditLine[]; invoice: Invoice },
): Pick<Issued, 'schedules' | 'writtenOff'> {
  const taken = [...lines.entries()].map(([position, line]) => {
    const { deferred, ...of } = takeOff(changes, note, { line, invoice });
    changes.put('creditNoteLineItem', {
      ...changes.resource('cnli'),
      creditNote: note.id,
      position,
      ...line,
      deferred,
    });
    return of;
  });
  return { schedules: taken.flatMap(({ schedules }) => schedules), writtenOff: sumOf(taken.map(({ writtenOff }) => writtenOff)) };
}

/** What is not paid is credited first: of an uncollectible invoice, that is bad debt, or was written off before it was earned. */
function takeOff(
  changes: ChangeSet,
  { prePaymentAmount, total }: CreditNote,
  { line, invoice: { status, markedUncollectibleAt } }: { line: NewCreditLine; invoice: Invoice },
): { deferred: number; schedules: RevenueSchedule[]; writtenOff: number } {
  const of = changes.rows.find('invoiceLineItem', line.invoiceLineItem);
  if (!of) return { deferred: 0, schedules: [], writtenOff: 0 };
  const net = netOf(line);
  const unpaid = { net: multiplyRatio(net, prePaymentAmount, total), markedAt: markedUncollectibleAt ?? changes.now };
  const written = status === 'uncollectible' ? creditWrittenOff(changes, of, unpaid) : { amount: 0, net: 0 };
  const { amount: deferred, schedules } = creditDeferred(changes, of, net - written.net);
  return { deferred, schedules, writtenOff: written.amount };
}
