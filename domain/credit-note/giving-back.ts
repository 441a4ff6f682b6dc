/**
 * How the part of a credit note is given back that was paid already: by refunds of the invoice's charges, to the customer's balance, or out
 * of band. The caller says how much in each way, and these must sum to that part.
 */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { assertBalance, balanceIn, putBalanceTransaction } from '../customer/balance';
import { refuseDeletedCustomer } from '../invoice-rules/collection';
import { refusePartOfStep } from '../money/minimum-charge';
import { sumOf } from '../money/money';
import { isGone, putRefund, refundable, refuseExcess } from '../payment/refunds';
import type { Charge } from '../rows/charge';
import type { CreditNote, CreditNoteRefund } from '../rows/credit-note';
import type { Invoice } from '../rows/invoice';
import type { Refund } from '../rows/refund';
import type { Rows } from '../rows/rows';
import { amountLinked, lostApart, receipts, unlinked } from './apart';
import type { CreditNoteParameters } from './parameters';

/** What the caller has chosen; `linked` are refunds that exist. Minor units. */
export interface GivingBack {
  refund: number;
  linked: CreditNoteRefund[];
  credit: number;
  outOfBand: number;
}

/**
 * @param postPayment the part of the note that was paid already
 * @throws BillingError parameter_invalid, resource_missing, credit_note_exceeds_invoice, and those of a refund
 */
export function givingBack(rows: Rows, invoice: Invoice, postPayment: number, params: CreditNoteParameters): GivingBack {
  const { refund_amount: refund = 0, credit_amount: credit = 0, out_of_band_amount: outOfBand = 0, refunds = [] } = params;
  const linked = linkedRefunds(rows, invoice, refunds);
  const given = sumOf([refund, credit, outOfBand, ...linked.map((each) => each.amount_refunded)]);
  if (given !== postPayment) {
    const message =
      `The sum of \`refund_amount\`, \`credit_amount\`, \`out_of_band_amount\` and \`refunds\` is ${String(given)}; ` +
      `it must be ${String(postPayment)}, the part of the credit note that is not due any more.`;
    throw new BillingError('parameter_invalid', message, { param: nameOf(params) });
  }
  if (refund > 0) refundsOf(rows, invoice, refund);
  if (credit > 0) refuseCredit(rows, invoice, credit);
  return { refund, linked, credit, outOfBand };
}

/** The parameter at fault, if there is one. */
const nameOf = (params: CreditNoteParameters): string =>
  (['refund_amount', 'credit_amount', 'out_of_band_amount', 'refunds'] as const).find((name) => params[name] !== undefined) ?? 'amount';

function refuseCredit(rows: Rows, { customer, currency }: Invoice, credit: number): void {
  refuseDeletedCustomer(rows, customer);
  assertBalance(balanceIn(rows.get('customer', customer), currency) - credit, 'credit_amount');
}

/**
 * Which charges a refund is taken from: the first as far as it goes, then the next. 700 of charges of 400 and 600: 400 and 300.
 *
 * @throws BillingError parameter_invalid if no charge paid the invoice, and those of a refund
 */
function refundsOf(rows: Rows, invoice: Invoice, amount: number): { charge: Charge; amount: number }[] {
  const param = 'refund_amount';
  const charges = receipts(rows, invoice).map((receipt) => receipt.charge);
  if (charges.length === 0) {
    throw new BillingError('parameter_invalid', `Invoice ${invoice.id} was not paid by a charge, so there is nothing to refund.`, {
      param,
    });
  }
  const most = sumOf(charges.map((charge) => refundable(rows, charge)));
  refusePartOfStep(amount, { currency: invoice.currency, param, most });
  let left = amount;
  return charges.flatMap((charge, index) => {
    const part = index === charges.length - 1 ? left : Math.min(left, refundable(rows, charge));
    if (part === 0) return [];
    refuseExcess(rows, charge, { amount: part, param });
    left -= part;
    return [{ charge, amount: part }];
  });
}

function linkedRefunds(rows: Rows, invoice: Invoice, asked: NonNullable<CreditNoteParameters['refunds']>): CreditNoteRefund[] {
  const linked: CreditNoteRefund[] = [];
  for (const [index, { refund: id, amount_refunded: amount }] of asked.entries()) {
    const at = `refunds[${String(index)}]`;
    const refund = refundNamed(rows, invoice, id, at);
    const left = unlinked(rows, invoice, refund) - amountLinked(linked, refund.id);
    if ((amount ?? left) > left || left === 0) {
      const message = `Of refund ${refund.id}, ${String(left)} can still belong to a credit note.`;
      throw new BillingError('credit_note_exceeds_invoice', message, { param: `${at}[amount_refunded]` });
    }
    linked.push({ refund: refund.id, amount_refunded: amount ?? left });
  }
  return linked;
}

function refundNamed(rows: Rows, invoice: Invoice, id: string | undefined, at: string): Refund {
  const param = `${at}[refund]`;
  if (id === undefined) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  const refund = rows.find('refund', id);
  if (!refund || !receipts(rows, invoice).some(({ charge }) => charge.id === refund.charge)) {
    throw new BillingError('resource_missing', `No such refund: '${id}'`, { param });
  }
  if (!isGone(refund)) return refund;
  throw new BillingError('parameter_invalid', `Refund ${id} has ${refund.status}, so it gave nothing back.`, { param });
}

type Given = Pick<CreditNote, 'refunds' | 'customerBalanceTransaction' | 'outOfBandAmount' | 'disputeAmount'>;

/** Gives it back: a refund's own workflow sends the refund, and the balance changes at once. */
export function giveBack(
  changes: ChangeSet,
  note: { id: string; reason: CreditNote['reason'] },
  invoice: Invoice,
  giving: GivingBack,
): Given {
  const { refund, linked, credit, outOfBand } = giving;
  return {
    refunds: refund === 0 ? linked : [...linked, ...sendRefunds(changes, note, invoice, refund)],
    customerBalanceTransaction: credit === 0 ? null : creditCustomer(changes, note.id, invoice, credit),
    outOfBandAmount: outOfBand === 0 ? null : outOfBand,
    // What the bank took back by a lost dispute is not given back a second time.
    disputeAmount: Math.min(outOfBand, sumOf(lostApart(changes.rows, invoice).map(({ amount }) => amount))),
  };
}

function sendRefunds(changes: ChangeSet, { reason }: Pick<CreditNote, 'reason'>, invoice: Invoice, total: number): CreditNoteRefund[] {
  const isRefundReason = reason === 'duplicate' || reason === 'fraudulent';
  return refundsOf(changes.rows, invoice, total).map(({ charge, amount }) => {
    const refund = putRefund(changes, charge, {
      id: changes.id('re'),
      amount,
      reason: isRefundReason ? reason : 'requested_by_customer',
      metadata: {},
    });
    changes.wake('refund', refund.id, refund);
    return { refund: refund.id, amount_refunded: amount };
  });
}

function creditCustomer(changes: ChangeSet, creditNote: string, { id: invoice, customer, currency }: Invoice, credit: number): string {
  const change = { amount: -credit, currency, type: 'credit_note', invoice, creditNote } as const;
  const transaction = putBalanceTransaction(changes, customer, change);
  changes.emitUpdated('customer.updated', 'customer', customer);
  return transaction.id;
}
