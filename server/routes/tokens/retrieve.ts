import { token } from '../../../objects/shapes/token';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { showToken } from './show';

/**
 * Retrieves a token, with whether it was used.
 *
 * @throws BillingError resource_missing
 */
export const retrieveToken = operation({
  method: 'get',
  path: '/v1/tokens/:token',
  summary: 'Retrieve a token',
  tag: 'Tokens',
  parameters: parameters({}),
  answer: token,
  handle: (request) => showToken(request, request.pathId('token')),
});
