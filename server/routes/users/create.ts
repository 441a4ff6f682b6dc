import { insertUser, listUsers } from '../../../db/users';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import { ROLES } from '../../../domain/rows/user';
import { toUser } from '../../../objects/access';
import { userWithLink } from '../../../objects/shapes/access';
import { operation } from '../../http/operation';
import { name, oneOf, parameters } from '../../http/parameters';
import { email } from '../../http/text-parameters';
import { refuseRole, setupUrl } from './find';

/**
 * Invites a user. Only this answer has the link by which the user sets a password.
 *
 * @throws BillingError resource_already_exists if the address belongs to a user, parameter_invalid if there are too many
 * @throws HttpError 403 if the user could do more than the caller
 */
export const createUser = operation({
  method: 'post',
  path: '/v1/users',
  summary: 'Invite a user',
  tag: 'Users',
  own: true,
  reveals: true,
  parameters: parameters({ email: email(), name: name({ max: 100 }).optional(), role: oneOf(ROLES) }),
  answer: userWithLink,
  async handle(request) {
    const { email: address, name: called = null, role } = request.parameters;
    refuseRole(request, role);
    const { sql } = request.deps;
    const { account } = request.scope;
    if ((await listUsers(sql, account)).length >= LIMITS.users.max) {
      throw new BillingError('parameter_invalid', `There are ${String(LIMITS.users.max)} users already.`);
    }
    const user = await insertUser(sql, { account, email: address, name: called, role, now: await request.now() });
    if (user === null) {
      throw new BillingError('resource_already_exists', `The e-mail address '${address}' belongs to a user already.`, { param: 'email' });
    }
    return { body: { ...toUser(user), setup_url: await setupUrl(request, user) } };
  },
});
