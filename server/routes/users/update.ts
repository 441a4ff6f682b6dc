import { changeUser } from '../../../db/users';
import { leavesNoOwner } from '../../../domain/authorization/users';
import { ROLES } from '../../../domain/rows/user';
import { toUser } from '../../../objects/access';
import { user } from '../../../objects/shapes/access';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { boolean, emptyable, name, oneOf, parameters } from '../../http/parameters';
import { findOwnUser, refuseRole } from './find';

/**
 * Changes the name or the role of a user, or disables one, who is logged out then.
 *
 * @throws BillingError resource_missing, parameter_invalid if nobody would be left who can log in as an owner
 * @throws HttpError 403 if the user may do more than the caller, before or after
 */
export const updateUser = operation({
  method: 'post',
  path: '/v1/users/:user',
  summary: 'Update a user',
  tag: 'Users',
  own: true,
  parameters: parameters({
    disabled: boolean().optional(),
    name: emptyable(name({ max: 100 })).optional(),
    role: oneOf(ROLES).optional(),
  }),
  answer: user,
  async handle(request) {
    const change = request.parameters;
    const found = await findOwnUser(request);
    refuseRole(request, found.role);
    refuseRole(request, change.role ?? found.role);
    const param = change.role === undefined ? 'disabled' : 'role';
    const check = (users: Parameters<typeof leavesNoOwner>[0]): void => {
      if (leavesNoOwner(users, found.id, change)) throw new ParameterError('parameter_invalid', LAST_OWNER, param);
    };
    await changeUser(request.deps.sql, found, change, { now: await request.now(), check });
    return { body: toUser(await findOwnUser(request)) };
  },
});

const LAST_OWNER = 'This is the last owner who can log in. Make somebody else an owner first.';
