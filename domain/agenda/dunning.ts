import type { Dunning } from '../rows/dunning';
import type { Invoice } from '../rows/invoice';
import { isBeingPaid, isCollected } from '../invoice-rules/collection';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import { pendingCallOf } from '../payment/intents';
import { amountInWords } from '../money/currency';
import type { Rows } from '../rows/rows';
import { agendaItem, byTime, ENDED, type EntityState } from '../core/entity-state';
import { workflowId, type AgendaItem } from '../rows/workflow';

export function dunningState(rows: Rows, subject: string, now: number): EntityState {
  const dunning = rows.find('dunning', subject);
  const invoice = rows.find('invoice', subject);
  if (!dunning || !invoice) return ENDED('none');
  const pendingCall = pendingCallOf(rows, workflowId('dunning', subject));
  if (pendingCall) return { status: 'charging', pendingCall, agenda: [], ended: false };
  if (dunning.status !== 'running') return ENDED(dunning.status);
  return { status: 'waiting', pendingCall: null, agenda: byTime(agendaOf(rows, dunning, invoice, now)), ended: false };
}

function agendaOf(rows: Rows, dunning: Dunning, invoice: Invoice, now: number): AgendaItem[] {
  // Another workflow is paying the invoice, so the dunning waits.
  if (isBeingPaid(rows, invoice)) return [];
  if (!isCollected(rows, invoice)) return [agendaItem('stopDunning', now, invoice.id)];
  const method = paymentMethodOf(rows, invoice);
  const amount = amountInWords(invoice.amountRemaining, invoice.currency);
  if (method && method.id !== dunning.failedPaymentMethod) {
    return [{ step: 'retryWithNewMethod', at: now, key: `retryWithNewMethod/${method.id}/${String(invoice.attemptCount)}`, amount }];
  }
  if (dunning.nextRetryAt === null) return [agendaItem('exhaustDunning', now, invoice.id)];
  const retry = String(dunning.retries + 1);
  const place = `${retry} of ${String(dunning.policy.retry_after_seconds.length)}`;
  return [{ step: 'retryPayment', at: dunning.nextRetryAt, key: `retryPayment/${retry}`, place, amount }];
}
