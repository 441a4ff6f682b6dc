/**
 * What refunds and lost disputes took back of an invoice apart from credit notes. Of a charge that brought more than the invoice took, the rest
 * is given back first.
 */
import { issuedNotes } from '../line/issued-notes';
import { sumOf } from '../money/money';
import { takesMoney } from '../payment/dispute-closing';
import { isGone } from '../payment/refunds';
import type { Charge } from '../rows/charge';
import type { CreditNoteRefund } from '../rows/credit-note';
import type { Dispute } from '../rows/dispute';
import type { Invoice, RefundPart } from '../rows/invoice';
import type { Refund } from '../rows/refund';
import type { Rows } from '../rows/rows';

interface Receipt {
  charge: Charge;
  /** What of the charge paid the invoice. */
  paid: number;
}

/** The charges that paid the invoice. */
export function receipts(rows: Rows, { id }: Invoice): Receipt[] {
  return rows
    .where('invoicePayment', ({ invoice, status }) => invoice === id && status === 'paid')
    .flatMap(({ paymentIntent, amountPaid }) => {
      const charge = rows.find('charge', rows.find('paymentIntent', paymentIntent)?.latestCharge ?? null);
      return charge?.status === 'succeeded' ? [{ charge, paid: amountPaid ?? 0 }] : [];
    });
}

export const amountLinked = (links: CreditNoteRefund[], refund: string): number =>
  sumOf(links.filter((link) => link.refund === refund).map((link) => link.amount_refunded));

/** What of a refund belongs to no credit note. */
export const unlinked = (rows: Rows, invoice: Invoice, { id, amount }: Refund): number =>
  amount -
  amountLinked(
    issuedNotes(rows, invoice.id).flatMap((note) => note.refunds),
    id,
  );

/** @param of which refunds count, of those that have not failed */
export const refundedApart = (rows: Rows, invoice: Invoice, of: (refund: Refund) => boolean = () => true): number =>
  sumOf(receipts(rows, invoice).map((receipt) => Math.max(0, refundedOf(rows, invoice, receipt, of) - overpaid(receipt))));

const overpaid = ({ charge, paid }: Receipt): number => charge.amountCaptured - paid;

function refundedOf(rows: Rows, invoice: Invoice, { charge }: Receipt, of: (refund: Refund) => boolean): number {
  const refunds = rows.where('refund', (refund) => refund.charge === charge.id && !isGone(refund) && of(refund));
  return sumOf(refunds.map((refund) => unlinked(rows, invoice, refund)));
}

/** What lost disputes took of the invoice, and by what its tax is decided. */
export type Lost = Pick<RefundPart, 'amount' | 'keepsTax'>;

/**
 * What lost disputes took of the invoice's payments, after their refunds, less what notes have taken over; what keeps its tax comes last, and
 * notes take it over first.
 */
export function lostApart(rows: Rows, invoice: Invoice): Lost[] {
  const lost = takenOf(rows, invoice, ({ status }) => status === 'lost');
  const total = (keepsTax: boolean): number => sumOf(lost.filter((each) => each.keepsTax === keepsTax).map(({ amount }) => amount));
  const noted = sumOf(issuedNotes(rows, invoice.id).map(({ disputeAmount }) => disputeAmount));
  const kept = Math.max(0, total(true) - noted);
  return [
    { keepsTax: false, amount: Math.max(0, total(false) - Math.max(0, noted - total(true))) },
    { keepsTax: true, amount: kept },
  ];
}

/**
 * What banks have taken of the invoice's payments by disputes that are lost or open, less what notes that are given back out of band are for. The
 * customer has it, so a note cannot give it back in another way.
 */
export function takenByBanks(rows: Rows, invoice: Invoice): number {
  const taken = sumOf(takenOf(rows, invoice, takesMoney).map(({ amount }) => amount));
  const opened = openDisputes(rows, invoice).map(({ created }) => created);
  const noted = issuedNotes(rows, invoice.id).map(({ created, outOfBandAmount, disputeAmount }) =>
    opened.some((at) => at <= created) ? (outOfBandAmount ?? 0) : disputeAmount,
  );
  return Math.max(0, taken - sumOf(noted));
}

function openDisputes(rows: Rows, invoice: Invoice): Dispute[] {
  const charges = receipts(rows, invoice).map(({ charge }) => charge.id);
  return rows.where('dispute', (dispute) => charges.includes(dispute.charge) && takesMoney(dispute) && dispute.status !== 'lost');
}

const takenOf = (rows: Rows, invoice: Invoice, isTaken: (dispute: Dispute) => boolean): Lost[] =>
  receipts(rows, invoice).flatMap((receipt) => takenOfReceipt(rows, invoice, receipt, isTaken));

/** Never more than refunds have left of what the charge paid, whatever the bank took. */
function takenOfReceipt(rows: Rows, invoice: Invoice, receipt: Receipt, isTaken: (dispute: Dispute) => boolean): Lost[] {
  const refunded = refundedOf(rows, invoice, receipt, () => true);
  let beyond = Math.max(0, overpaid(receipt) - refunded);
  let left = receipt.paid - Math.max(0, refunded - overpaid(receipt));
  const disputes = rows.where('dispute', (dispute) => dispute.charge === receipt.charge.id && isTaken(dispute));
  return disputes.map(({ amount, keepsTax }) => {
    const fromBeyond = Math.min(amount, beyond);
    const taken = Math.max(0, Math.min(amount - fromBeyond, left));
    beyond -= fromBeyond;
    left -= taken;
    return { amount: taken, keepsTax: keepsTax === true };
  });
}
