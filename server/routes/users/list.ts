import { listUsers } from '../../../db/users';
import { toUser } from '../../../objects/access';
import { user } from '../../../objects/shapes/access';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { operation } from '../../http/operation';
import { orderedBy, pagination, parameters } from '../../http/parameters';

/**
 * Lists the users of the account, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listUsersOperation = operation({
  method: 'get',
  path: '/v1/users',
  summary: 'List users',
  tag: 'Users',
  own: true,
  parameters: parameters({ ...pagination, ...orderedBy('created', 'disabled_at', 'email', 'last_login_at', 'name', 'role') }),
  answer: listShape(user),
  async handle(request) {
    const { shown, hasMore } = pageOf(await listUsers(request.deps.sql, request.scope.account), request.parameters, 'user');
    return { body: listOf(shown.map(toUser), '/v1/users', hasMore) };
  },
});
