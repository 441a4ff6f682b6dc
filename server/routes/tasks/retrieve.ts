import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a task.
 *
 * @throws BillingError resource_missing
 */
export const retrieveTask = operation({
  method: 'get',
  path: '/v1/tasks/:task',
  summary: 'Retrieve a task',
  tag: 'Tasks',
  own: true,
  parameters: parameters({}),
  shows: 'task',
  async handle(request) {
    const { id } = await request.find('task', request.pathId('task'));
    return { kind: 'task', key: id };
  },
});
