import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { showToken } from './show';

/**
 * Retrieves a token that was made, with whether it was used.
 *
 * @throws BillingError resource_missing
 */
export const retrieveToken = operation({
  method: 'get',
  path: '/v1/tokens/:token',
  summary: 'Retrieve a token',
  tag: 'Tokens',
  parameters: parameters({}),
  handle: (request) => showToken(request, request.pathId('token')),
});
