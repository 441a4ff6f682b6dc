import { labeled } from '../domain/core/labeled';
import { sumOf } from '../domain/money/money';
import type { CreditNote, CreditNoteLineItem } from '../domain/rows/credit-note';
import type { Invoice } from '../domain/rows/invoice';
import type { Rows } from '../domain/rows/rows';
import { frameOf, issuedAt, taxCell, writingOf } from './invoice-sheet';
import { lineText } from './line-text';
import type { Fact, Sheet, SheetLine, Sum } from './sheet';
import { discountsOf, nationalTaxSums, shownOf, shownUnitPrice, sumsOf, taxTable, type Writing } from './sums';
import { fill } from './words';

/** What a credit note says: what it takes back, of which invoice (VAT directive, art. 219), and where the money goes. */
export function creditNoteSheet(id: string, rows: Rows): Sheet {
  const note = rows.get('creditNote', id);
  const invoice = rows.get('invoice', note.invoice);
  const writing = writingOf(invoice, rows);
  const { words } = writing.language;
  const totals = { ...note, lines: creditNoteLines(note, rows) };
  return {
    ...frameOf(invoice, writing),
    title: words.creditNote,
    madeAt: note.effectiveAt ?? note.created,
    stamp: note.status === 'void' ? words.void : null,
    number: note.number,
    facts: factsOf(note, invoice, writing),
    headline: fill(words.credited, { amount: writing.formats.money(note.total, note.currency) }),
    memo: note.memo,
    columns: [words.description, words.quantity, words.unitPrice, words.tax, words.amount],
    lines: totals.lines.map((line) => lineOf(line, writing)),
    sums: [...sumsOf(totals, writing, words.totalCredit), ...nationalTaxSums(note.nationalTax, writing), ...givenBack(note, writing)],
    tables: taxTable(totals, writing),
    footer: invoice.footer,
  };
}

export function creditNoteLines({ id }: CreditNote, rows: Rows): CreditNoteLineItem[] {
  return rows.where('creditNoteLineItem', ({ creditNote }) => creditNote === id).sort((one, other) => one.position - other.position);
}

function factsOf(note: CreditNote, invoice: Invoice, { language: { words }, formats }: Writing): Fact[] {
  return [
    { label: words.number, value: note.number },
    { label: words.issued, value: formats.date(note.effectiveAt ?? note.created) },
    { label: words.originalInvoice, value: `${invoice.number ?? ''} (${formats.date(issuedAt(invoice))})` },
    ...(note.reason === null ? [] : [{ label: words.reason, value: words.reasons[note.reason] }]),
  ];
}

function lineOf(line: CreditNoteLineItem, writing: Writing): SheetLine {
  const { formats, currency, language } = writing;
  const { amount, discountAmounts } = shownOf(line, writing);
  const unitPrice = shownUnitPrice(line, writing);
  return {
    text: lineText(line.description, writing),
    details: discountsOf(discountAmounts, writing).map(({ label, amount }) =>
      labeled(language.tag, label, formats.money(-amount, currency)),
    ),
    cells: [
      line.quantity === null ? '' : formats.quantity(String(line.quantity)),
      unitPrice === null ? '' : formats.unitMoney(unitPrice, currency),
      taxCell(line, writing),
      formats.money(amount, currency),
    ],
  };
}

/** The parts of the total: off what is due, refunded, to the balance, by other means. */
function givenBack(note: CreditNote, { language: { words }, formats }: Writing): Sum[] {
  const refunded = sumOf(note.refunds.map(({ amount_refunded: amount }) => amount));
  const outOfBand = note.outOfBandAmount ?? 0;
  const parts: [string, number][] = [
    [words.takenOffInvoice, note.prePaymentAmount],
    [words.refunded, refunded],
    [words.creditedToBalance, note.postPaymentAmount - refunded - outOfBand],
    [words.refundedOutOfBand, outOfBand],
  ];
  return parts.filter(([, amount]) => amount !== 0).map(([label, amount]) => ({ label, amount: formats.money(amount, note.currency) }));
}
