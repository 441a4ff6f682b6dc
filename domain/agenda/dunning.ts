import type { Dunning } from '../rows/dunning';
import type { Invoice } from '../rows/invoice';
import { isBeingPaid, isCollected } from '../invoice-rules/collection';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import { pendingCallOf } from '../payment/intents';
import { amountInWords } from '../money/currency';
import { retriesIn, stepsAhead } from '../recovery/schedule';
import type { AgendaStep } from '../rows/lifecycle';
import type { RecoveryStep } from '../rows/recovery-program';
import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type EntityState } from '../core/entity-state';
import { workflowId, type AgendaItem } from '../rows/workflow';

export function dunningState(rows: Rows, subject: string, now: number): EntityState {
  const dunning = rows.find('dunning', subject);
  const invoice = rows.find('invoice', subject);
  if (!dunning || !invoice) return ENDED('none');
  const pendingCall = pendingCallOf(rows, workflowId('dunning', subject));
  if (pendingCall) return { status: 'charging', pendingCall, agenda: [], ended: false };
  if (dunning.status !== 'running') return ENDED(dunning.status);
  return { status: 'waiting', pendingCall: null, agenda: agendaOf(rows, dunning, invoice, now), ended: false };
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
  const task = rows.find('task', dunning.task);
  const [next, ...later] = programAgenda(dunning, amount);
  if (task?.status === 'open') return [{ step: 'missTask', at: task.answerBy, key: `missTask/${task.id}` }, ...later];
  if (task) return [{ step: 'followAnswer', at: now, key: `followAnswer/${task.id}` }];
  return next ? [next, ...later] : [];
}

const AGENDA_STEPS: Record<Exclude<RecoveryStep['type'], 'wait'>, AgendaStep> = {
  retry: 'retryPayment',
  mail: 'mailInRecovery',
  notify: 'notifyOfRecovery',
  end_access: 'endAccess',
  downgrade: 'downgradeInRecovery',
  task: 'openTask',
};

/** The steps that are left, in their order: the first is done when it is due, the others are what is planned. */
function programAgenda(dunning: Dunning, amount: string): AgendaItem[] {
  const { program, invoice } = dunning;
  let { retries } = dunning;
  return stepsAhead(dunning).map(({ place, at }): AgendaItem => {
    const planned = program.steps[place];
    const type = planned?.type;
    if (type === undefined || type === 'wait') return agendaItem('exhaustDunning', at, invoice);
    const step = AGENDA_STEPS[type];
    if (planned?.type === 'downgrade') return { step, at, key: `${step}/${String(place)}`, target: planned.to };
    if (type !== 'retry') return { step, at, key: `${step}/${String(place)}`, amount };
    retries += 1;
    return { step, at, key: `${step}/${String(retries)}`, place: `${String(retries)} of ${String(retriesIn(program))}`, amount };
  });
}
