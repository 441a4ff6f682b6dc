import { toUser } from '../../../objects/access';
import { user } from '../../../objects/shapes/access';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { findOwnUser } from './find';

/**
 * Retrieves a user.
 *
 * @throws BillingError resource_missing
 */
export const retrieveUser = operation({
  method: 'get',
  path: '/v1/users/:user',
  summary: 'Retrieve a user',
  tag: 'Users',
  own: true,
  parameters: parameters({}),
  answer: user,
  async handle(request) {
    return { body: toUser(await findOwnUser(request)) };
  },
});
