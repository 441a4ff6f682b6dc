import type { Task } from '../domain/rows/task';
import type { WireTask } from './shapes/task';

export function toTask(task: Task): WireTask {
  const { id, about, answer, answers, created, customer, livemode, needs, note, owner, status, title, type } = task;
  return {
    ...{ id, object: 'task', about, answer, answer_by: task.answerBy, answered_at: task.answeredAt, answered_by: task.answeredBy, answers },
    ...{ created, customer, default_answer: task.defaultAnswer, livemode, needs, note, owner, status, title, type },
  };
}
