/** The mails that a commit causes: what its events mean to the customer. Runs after every planner, so that a mail says what has happened. */
import type { ChangeSet, PlannedEvent } from '../core/change-set';
import { creditPaused, creditUsedUp, quoteMail } from './offer-mails';
import {
  actionMail,
  chargeReceipt,
  creditNoteMail,
  disputeMail,
  dueMail,
  failureMail,
  finalInvoiceMail,
  invoiceMail,
  pastDueMail,
  receiptMail,
  refundMail,
} from './payment-mails';
import { isMailedByProgram } from './recovery-mails';
import { changeMail, endMail, startMail } from './subscription-mails';
import { writeMail, type MailDraft } from './write';
import { answerMail, decisionMail, overdueMail, requestMail } from './written-mails';

/** What an event means to the customer; null if there is nothing to say. */
export type MailOf = (changes: ChangeSet, event: PlannedEvent) => MailDraft | null;

/** A recovery program may have mails of its own, in place of one after each failure. */
function unlessByProgram(of: MailOf): MailOf {
  return (changes, event) => (isMailedByProgram(changes.rows, event.objectId) ? null : of(changes, event));
}

const MAILS: Record<string, MailOf> = {
  'billing.credit_top_up.limit_reached': creditUsedUp,
  'billing.credit_top_up.paused': creditPaused,
  'charge.captured': chargeReceipt,
  'charge.dispute.created': disputeMail,
  'charge.refund.updated': refundMail,
  'charge.succeeded': chargeReceipt,
  'credit_note.created': creditNoteMail,
  'customer.subscription.created': startMail,
  'customer.subscription.deleted': endMail,
  'customer.subscription.updated': changeMail,
  'customer_request.created': requestMail,
  'customer_request.done': decisionMail,
  'customer_request.overdue': overdueMail,
  'customer_request.refused': decisionMail,
  'invoice.finalized': finalInvoiceMail,
  'invoice.overdue': pastDueMail,
  'invoice.paid': receiptMail,
  'invoice.payment_action_required': unlessByProgram(actionMail),
  'invoice.payment_failed': unlessByProgram(failureMail),
  'invoice.sent': invoiceMail,
  'invoice.will_be_due': dueMail,
  'quote.finalized': quoteMail,
  'refund.created': refundMail,
  'support_ticket.answered': answerMail,
};

export function writeMails(changes: ChangeSet): void {
  for (const event of changes.events) {
    const draft = MAILS[event.type]?.(changes, event) ?? null;
    if (draft !== null) writeMail(changes, draft);
  }
}
