/** Tasks of persons: opened by a workflow that waits, answered by the API, or by their default when the deadline has passed. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import type { Task } from '../rows/task';
import type { WorkflowKind } from '../rows/workflow';

type NewTask = Pick<Task, 'about' | 'answerBy' | 'answers' | 'customer' | 'defaultAnswer' | 'owner' | 'title' | 'type'> & {
  needs?: string;
};

/** The workflow that runs this commit waits for the answer. */
export function openTask(changes: ChangeSet, of: NewTask): Task {
  const open = { status: 'open', answer: null, answeredBy: null, answeredAt: null, note: null, needs: null } as const;
  const task = changes.put('task', { ...changes.resource('task'), ...open, ...of, workflow: changes.context.workflow });
  changes.emit('task.created', 'task', task.id);
  // No workflow waits for an approval but its own, from the deadline on.
  if (task.type === 'approval') changes.startAt(task.answerBy, 'approval', task.id, { id: null, testClock: null });
  return task;
}

export interface AnswerParameters {
  answer: string;
  by?: string | undefined;
  note?: string | undefined;
}

/** @throws BillingError parameter_invalid for another answer than it has, and unless it is open */
export function answerTask(changes: ChangeSet, id: string, { answer, by, note }: AnswerParameters): void {
  const task = changes.rows.get('task', id);
  if (task.status !== 'open') {
    throw new BillingError('parameter_invalid', `Only an open task can be answered. This one is ${task.status}.`, { param: 'task' });
  }
  if (!task.answers.includes(answer)) {
    throw new BillingError('parameter_invalid', `Invalid answer: must be one of ${task.answers.join(', ')}`, { param: 'answer' });
  }
  if (task.type === 'approval' && task.answerBy <= changes.now) {
    throw new BillingError('parameter_invalid', 'The time for this approval has passed. It counts as refused.', { param: 'task' });
  }
  changes.patch('task', id, { status: 'answered', answer, answeredBy: by ?? null, note: note ?? null, answeredAt: changes.now });
  changes.emit('task.answered', 'task', id);
  // Whoever asked for an approval asks again.
  if (task.type === 'approval') return;
  const [kind = '', subject = ''] = task.workflow.split('/');
  changes.wake(kind as WorkflowKind, subject, task);
}

/** Nobody has answered in time: the default counts. */
export function missTask(changes: ChangeSet, id: string): void {
  const task = changes.rows.get('task', id);
  changes.patch('task', id, { status: 'missed', answer: task.defaultAnswer, answeredAt: changes.now });
  changes.emit('task.missed', 'task', id);
}

/** Nothing waits for it any more. */
export function cancelTask(changes: ChangeSet, id: string | null): void {
  if (changes.rows.find('task', id)?.status !== 'open' || id === null) return;
  changes.patch('task', id, { status: 'canceled' });
  changes.emit('task.canceled', 'task', id);
}
