import { sumOf } from '../domain/money/money';
import type { CreditNote, CreditNoteLineItem } from '../domain/rows/credit-note';
import type { Rows } from '../domain/rows/rows';
import { toStripeCreditedPretax, toStripeCreditNoteLineItem } from './credit-note-line-item';
import { subtotalsOf } from './invoice';
import { nationalTaxOf } from './national-tax';
import { toStripeTax } from './invoice-line-item';
import type { WireCreditNote } from './shapes/credit-note';
import { listOf, type RenderContext } from './wire';

/** The number of lines that a credit note shows; the rest is at its list's URL. */
const LINES_SHOWN = 10;

/** Stripe's credit note with its first lines. */
export function toStripeCreditNote(note: CreditNote, rows: Rows, { linkTo }: Pick<RenderContext, 'linkTo'>): WireCreditNote {
  return {
    id: note.id,
    object: 'credit_note',
    amount: note.total,
    amount_shipping: note.shippingCost?.amount_subtotal ?? 0,
    created: note.created,
    currency: note.currency,
    customer: note.customer,
    customer_account: null,
    customer_balance_transaction: note.customerBalanceTransaction,
    discount_amount: sumOf(note.totalDiscountAmounts.map(({ amount }) => amount)),
    discount_amounts: note.totalDiscountAmounts,
    effective_at: note.effectiveAt,
    invoice: note.invoice,
    lines: linesOf(note, rows),
    livemode: note.livemode,
    memo: note.memo,
    metadata: note.metadata,
    ...nationalTaxOf(note),
    number: note.number,
    out_of_band_amount: note.outOfBandAmount,
    pdf: `${linkTo(note.id)}/pdf`,
    post_payment_amount: note.postPaymentAmount,
    pre_payment_amount: note.prePaymentAmount,
    pretax_credit_amounts: toStripeCreditedPretax(note.totalDiscountAmounts, note.totalCreditAmounts),
    reason: note.reason,
    refunds: note.refunds.map((each) => ({ ...each, payment_record_refund: null, type: 'refund' })),
    shipping_cost: note.shippingCost,
    status: note.status,
    ...subtotalsOf(note),
    total: note.total,
    total_excluding_tax: note.totalExcludingTax,
    total_taxes: note.totalTaxes.map(toStripeTax),
    type: note.type,
    voided_at: note.voidedAt,
  };
}

function linesOf({ id }: CreditNote, rows: Rows): WireCreditNote['lines'] {
  const isOwn = ({ creditNote, type }: CreditNoteLineItem): boolean => creditNote === id && type !== 'shipping_cost';
  const all = rows.where('creditNoteLineItem', isOwn).sort((one, other) => one.position - other.position);
  const shown = all.slice(0, LINES_SHOWN).map((line) => toStripeCreditNoteLineItem(line, rows));
  return listOf(shown, `/v1/credit_notes/${id}/lines`, all.length > shown.length);
}
