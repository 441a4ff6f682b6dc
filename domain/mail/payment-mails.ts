/** Mails about money: invoices, receipts, declines, refunds, disputes. */
import type { ChangeSet, PlannedEvent } from '../core/change-set';
import { isBeingPaid } from '../invoice-rules/collection';
import type { Charge } from '../rows/charge';
import type { CreditNote } from '../rows/credit-note';
import type { Invoice } from '../rows/invoice';
import type { Credited, MailFacts } from '../rows/mail';
import type { Card } from '../rows/payment-method';
import { sumOf } from '../money/money';
import { declineReasonOf } from './decline-reason';
import type { MailDraft } from './write';

/** Money was paid through a processor. What the seller has booked as paid elsewhere, the seller confirms. */
export function receiptMail(changes: ChangeSet, event: PlannedEvent): MailDraft | null {
  const invoice = changes.rows.get('invoice', event.objectId);
  if (invoice.amountPaid <= 0 || invoice.paidOutOfBand) return null;
  const charge = chargeOf(changes, 'charge.succeeded');
  return aboutInvoice('receipt', { invoice, event }, { amount: invoice.amountPaid, date: changes.now, ...cardOf(charge) });
}

/** A payment without an invoice, with its only or its last capture. It goes to the payment's own address, if it names one. */
export function chargeReceipt(changes: ChangeSet, { objectId, type }: PlannedEvent): MailDraft | null {
  const charge = changes.rows.get('charge', objectId);
  const { amountCaptured: amount, currency, created, customer, receiptEmail: recipient } = charge;
  const date = type === 'charge.captured' ? changes.now : created;
  if (charge.invoice !== null || !charge.captured) return null;
  return { kind: 'receipt', about: charge.id, customer, recipient, facts: { amount, currency, date, ...cardOf(charge) } };
}

/** An invoice that goes out by itself, to be paid by its due date. */
export function finalInvoiceMail(changes: ChangeSet, event: PlannedEvent): MailDraft | null {
  const { autoAdvance, collectionMethod, amountRemaining } = changes.rows.get('invoice', event.objectId);
  return collectionMethod === 'send_invoice' && autoAdvance && amountRemaining > 0 ? invoiceMail(changes, event) : null;
}

/** The seller sends it, perhaps again. */
export function invoiceMail(changes: ChangeSet, event: PlannedEvent): MailDraft {
  const invoice = changes.rows.get('invoice', event.objectId);
  return aboutInvoice('invoice', { invoice, event }, { amount: invoice.amountRemaining, date: invoice.dueDate ?? changes.now });
}

/** It will be due soon. */
export const dueMail = (changes: ChangeSet, event: PlannedEvent): MailDraft | null => reminderOf('invoice_due', changes, event);

/** It was not paid by its due date. */
export const pastDueMail = (changes: ChangeSet, event: PlannedEvent): MailDraft | null => reminderOf('invoice_overdue', changes, event);

/** Who has paid by a debit that its bank has not answered is not reminded. If the bank declines it, that is mailed. */
function reminderOf(kind: 'invoice_due' | 'invoice_overdue', { rows, now }: ChangeSet, event: PlannedEvent): MailDraft | null {
  const invoice = rows.get('invoice', event.objectId);
  if (invoice.status !== 'open' || isBeingPaid(rows, invoice)) return null;
  return aboutInvoice(kind, { invoice, event }, { amount: invoice.amountRemaining, date: invoice.dueDate ?? now });
}

/** Its caller may want no mail of it. */
export function creditNoteMail({ rows, unmailed }: ChangeSet, { object, objectId }: PlannedEvent): MailDraft | null {
  if (unmailed.has(objectId)) return null;
  const note = rows.get('creditNote', objectId);
  const { id: about, customer, number, currency, total: amount, created: date } = note;
  const invoice = rows.get('invoice', note.invoice);
  const url = object['pdf'];
  return {
    ...{ kind: 'credit_note', about, customer, recipient: invoice.customerDetails.email },
    facts: { amount, currency, date, number, credited: creditedBy(note, invoice), ...(typeof url === 'string' ? { url } : {}) },
  };
}

function creditedBy(note: CreditNote, { id, number }: Invoice): Credited {
  const { prePaymentAmount: takenOff, postPaymentAmount, reason } = note;
  const refunded = sumOf(note.refunds.map((each) => each.amount_refunded));
  const elsewhere = note.outOfBandAmount ?? 0;
  return { invoice: number ?? id, reason, takenOff, refunded, balance: postPaymentAmount - refunded - elsewhere, elsewhere };
}

/** A first payment is made while the customer watches, so its decline needs no mail, unless a bank has declined a debit days later. */
export function failureMail(changes: ChangeSet, event: PlannedEvent): MailDraft | null {
  const invoice = changes.rows.get('invoice', event.objectId);
  const charge = chargeOf(changes, 'charge.failed');
  if (isWatched(invoice) && !wasPending(changes, charge)) return null;
  const reason = declineReasonOf(charge?.outcome?.reason ?? charge?.failureCode ?? null);
  const facts: MailFacts = { amount: invoice.amountRemaining, date: changes.now, reason, ...cardOf(charge) };
  const retry = invoice.nextPaymentAttempt === null ? {} : { retryAt: invoice.nextPaymentAttempt };
  return aboutInvoice('payment_failed', { invoice, event }, { ...facts, ...retry });
}

const wasPending = ({ base }: ChangeSet, charge: Charge | undefined): boolean =>
  base.find('charge', charge?.id ?? null)?.status === 'pending';

/** The bank asks for the customer's approval. */
export function actionMail(changes: ChangeSet, event: PlannedEvent): MailDraft | null {
  const invoice = changes.rows.get('invoice', event.objectId);
  if (isWatched(invoice)) return null;
  return aboutInvoice('action_required', { invoice, event }, { amount: invoice.amountRemaining, date: changes.now });
}

const isWatched = ({ billingReason, collectionMethod }: Invoice): boolean =>
  billingReason === 'subscription_create' || collectionMethod === 'send_invoice';

/** A refund is mailed when it has succeeded, whichever event says so. */
export function refundMail(changes: ChangeSet, { objectId }: PlannedEvent): MailDraft | null {
  const refund = changes.rows.get('refund', objectId);
  if (refund.status !== 'succeeded' || changes.base.find('refund', objectId)?.status === 'succeeded') return null;
  const { id: about, amount, currency, customer } = refund;
  const charge = changes.rows.find('charge', refund.charge);
  const recipient = charge?.receiptEmail ?? null;
  return { kind: 'refund', about, customer, recipient, facts: { amount, currency, date: changes.now, ...cardOf(charge) } };
}

/** The customer may have disputed by mistake, and can tell the bank so. */
export function disputeMail(changes: ChangeSet, { objectId }: PlannedEvent): MailDraft | null {
  const { id: about, amount, currency, customer, charge: id, status } = changes.rows.get('dispute', objectId);
  if (status === 'prevented') return null;
  const charge = changes.rows.find('charge', id);
  const date = charge?.created ?? changes.now;
  return { kind: 'dispute', about, customer, facts: { amount, currency, date, ...cardOf(charge) } };
}

function aboutInvoice(
  kind: 'action_required' | 'invoice' | 'invoice_due' | 'invoice_overdue' | 'payment_failed' | 'receipt',
  { invoice, event }: { invoice: Invoice; event: PlannedEvent },
  facts: MailFacts,
): MailDraft {
  const { id: about, customer, currency, number } = invoice;
  const url = event.object['hosted_invoice_url'];
  return {
    ...{ kind, about, customer, recipient: invoice.customerDetails.email },
    facts: { currency, ...facts, number: number ?? about, ...(typeof url === 'string' ? { url } : {}) },
  };
}

/** The charge of this commit. */
function chargeOf({ events, rows }: ChangeSet, type: 'charge.failed' | 'charge.succeeded'): Charge | undefined {
  return rows.find('charge', events.find((event) => event.type === type)?.objectId ?? null);
}

function cardOf(charge: Charge | undefined): Pick<MailFacts, 'card'> {
  const card = charge?.paymentMethodDetails.card;
  return card ? { card: shownCard(card) } : {};
}

export const shownCard = ({ brand, last4, exp_month, exp_year }: Card): NonNullable<MailFacts['card']> => ({
  ...{ brand, last4, exp_month, exp_year },
});
