import { TASK_STATUSES, TASK_TYPES } from '../../../domain/rows/task';
import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, owner, pagination, parameters } from '../../http/parameters';

/**
 * Lists tasks of persons, newest first: all, or those of an owner, in a state, or about an object.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listTasks = operation({
  method: 'get',
  path: '/v1/tasks',
  summary: 'List tasks',
  tag: 'Tasks',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('tasks'),
    about: id().optional(),
    customer: id().optional(),
    owner: owner().optional(),
    status: oneOf(TASK_STATUSES).optional(),
    type: oneOf(TASK_TYPES).optional(),
  }),
  shows: 'task',
  handle: (request) => {
    const { about, customer, owner, status, type } = request.parameters;
    return list(request, 'task', [
      equals('about', about),
      equals('customer', customer),
      equals('owner', owner),
      equals('status', status),
      equals('type', type),
    ]);
  },
});
