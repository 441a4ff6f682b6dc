import { listSessions, revokeSessions } from '../../../db/user-sessions';
import { BillingError } from '../../../domain/core/errors';
import { toUserSession } from '../../../objects/access';
import { userSession } from '../../../objects/shapes/access';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import { findOwnUser, refuseRole } from './find';

/**
 * Logs a user out: from one session, or from all. The answer lists the sessions that are left.
 *
 * @throws BillingError resource_missing for an unknown user or session
 * @throws HttpError 403 if the user may do more than the caller
 */
export const revokeUserSessions = operation({
  method: 'post',
  path: '/v1/users/:user/revoke_sessions',
  summary: 'Revoke sessions of a user',
  tag: 'Users',
  own: true,
  parameters: parameters({ session: id().optional() }),
  answer: listShape(userSession),
  async handle(request) {
    const { session } = request.parameters;
    const user = await findOwnUser(request);
    refuseRole(request, user.role);
    const [now, { sql }] = [await request.now(), request.deps];
    const ended = await revokeSessions(sql, { user: user.id, id: session ?? null, now });
    if (session !== undefined && ended === 0) {
      throw new BillingError('resource_missing', `No such session: '${session}'`, { param: 'session' });
    }
    return { body: listOf((await listSessions(sql, user.id, now)).map(toUserSession), `/v1/users/${user.id}/sessions`, false) };
  },
});
