import { byKey, loadMatching } from '../../../db/matching';
import { answerTask } from '../../../domain/recovery/tasks';
import { may, needOf, type Scope } from '../../../domain/authorization/permissions';
import { HttpError } from '../../http/errors';
import { operation } from '../../http/operation';
import { name, owner, parameters, text } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Answers an open task. What waits for it goes on at once.
 *
 * @throws HttpError 403 for an approval, if an API key answers it, or a user whose role may not do what the call does
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid for another answer than it has, and unless it is open
 */
export const answerTaskOperation = operation({
  method: 'post',
  path: '/v1/tasks/:task/answer',
  summary: 'Answer a task',
  tag: 'Tasks',
  own: true,
  parameters: parameters({ answer: name({ max: 50 }), by: owner().optional(), note: text({ max: 1000 }).optional() }),
  shows: 'task',
  async handle(request) {
    const { id, customer, type, needs } = await request.find('task', request.pathId('task'));
    const isPerson = 'role' in request.permissions;
    if (type === 'approval' && !isPerson) throw new HttpError(403, 'Only a user can answer an approval, in the console. No API key can.');
    if (needs !== null && !may(request.permissions, needOf(needs as Scope))) {
      throw new HttpError(403, `Your role may not do what this approval is for (${needs}). Ask somebody whose role may.`);
    }
    const by = request.parameters.by ?? (isPerson ? request.keyId : undefined);
    await request.change({
      step: 'answerTask',
      customer,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('task', id), ...(customer === null ? [] : [byKey('customer', customer)])]),
      plan: (changes) => {
        present(changes, 'task', id);
        answerTask(changes, id, { ...request.parameters, by });
      },
    });
    return { kind: 'task', key: id };
  },
});
