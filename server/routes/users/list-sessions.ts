import { listSessions } from '../../../db/user-sessions';
import { toUserSession } from '../../../objects/access';
import { userSession } from '../../../objects/shapes/access';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { findOwnUser } from './find';

/**
 * Lists where a user is logged in, the newest first, at most 100.
 *
 * @throws BillingError resource_missing
 */
export const listUserSessions = operation({
  method: 'get',
  path: '/v1/users/:user/sessions',
  summary: 'List sessions of a user',
  tag: 'Users',
  own: true,
  parameters: parameters({}),
  answer: listShape(userSession),
  async handle(request) {
    const { id } = await findOwnUser(request);
    const sessions = await listSessions(request.deps.sql, id, await request.now());
    return { body: listOf(sessions.map(toUserSession), `/v1/users/${id}/sessions`, false) };
  },
});
