import { isFinalizedByItself, outlivesCustomer } from '../invoice-rules/collection';
import type { Invoice } from '../rows/invoice';
import { amountInWords } from '../money/currency';
import { pendingCallOf } from '../payment/intents';
import type { Rows } from '../rows/rows';
import { agendaItem, byTime, ENDED, type EntityState } from '../core/entity-state';
import { workflowId, type AgendaItem } from '../rows/workflow';

/** The state of an invoice without a living subscription. Its dunning has its own workflow. */
export function invoiceState(rows: Rows, subject: string): EntityState {
  const invoice = rows.find('invoice', subject);
  if (!invoice) return ENDED('none');
  const pendingCall = pendingCallOf(rows, workflowId('invoice', subject));
  if (pendingCall) return { status: 'charging', pendingCall, agenda: [], ended: false };
  const isOpen = invoice.status === 'draft' || invoice.status === 'open';
  if (!isOpen || invoice.deleted || rows.find('dunning', subject)?.status === 'running') return ENDED(invoice.status);
  return { status: invoice.status, pendingCall: null, agenda: byTime(invoiceAgenda(rows, invoice)), ended: false };
}

/** The automatic steps of an invoice: a draft is finalized; a sent invoice has its reminder, and becomes past due. */
export function invoiceAgenda(rows: Rows, invoice: Invoice): AgendaItem[] {
  if (invoice.deleted) return [];
  if (outlivesCustomer(rows, invoice)) return [agendaItem('stopCollecting', invoice.created, invoice.id)];
  const amount = amountInWords(invoice.amountRemaining, invoice.currency);
  if (isFinalizedByItself(rows, invoice)) return [{ ...finalization(invoice), amount }];
  const isSent = invoice.status === 'open' && invoice.collectionMethod === 'send_invoice';
  if (!isSent || invoice.dueDate === null || invoice.pastDueAt !== null) return [];
  const reminder = invoice.willBeDueAt === null ? [] : [{ ...agendaItem('remindOfDueDate', invoice.willBeDueAt, invoice.id), amount }];
  return [...reminder, { ...agendaItem('invoicePastDue', invoice.dueDate, invoice.id), amount }];
}

function finalization({ id, automaticallyFinalizesAt, taxAwaitedSince }: Invoice): AgendaItem {
  const item = agendaItem('finalizeDraft', automaticallyFinalizesAt ?? 0, id);
  return taxAwaitedSince === null ? item : { ...item, waitsFor: 'tax' };
}
