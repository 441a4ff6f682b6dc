import { BillingError } from '../../../domain/core/errors';
import { toUser } from '../../../objects/access';
import { userWithLink } from '../../../objects/shapes/access';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { findOwnUser, refuseRole, setupUrl } from './find';

/**
 * Makes another link by which a user sets a password, for one who cannot log in. The earlier links stop working.
 *
 * @throws BillingError resource_missing, parameter_invalid if the user is disabled
 * @throws HttpError 403 if the user may do more than the caller
 */
export const createUserLink = operation({
  method: 'post',
  path: '/v1/users/:user/link',
  summary: 'Make a link for a user',
  tag: 'Users',
  own: true,
  reveals: true,
  parameters: parameters({}),
  answer: userWithLink,
  async handle(request) {
    const user = await findOwnUser(request);
    refuseRole(request, user.role);
    if (user.disabledAt !== null) throw new BillingError('parameter_invalid', `The user '${user.id}' is disabled.`);
    return { body: { ...toUser(user), setup_url: await setupUrl(request, user) } };
  },
});
