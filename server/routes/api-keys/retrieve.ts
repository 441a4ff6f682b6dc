import { toApiKey } from '../../../objects/access';
import { apiKey } from '../../../objects/shapes/access';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { findKey } from './find';

/**
 * Retrieves an API key, without the key itself.
 *
 * @throws BillingError resource_missing
 */
export const retrieveApiKey = operation({
  method: 'get',
  path: '/v1/api_keys/:key',
  summary: 'Retrieve an API key',
  tag: 'API keys',
  own: true,
  parameters: parameters({}),
  answer: apiKey,
  async handle(request) {
    return { body: toApiKey(await findKey(request)) };
  },
});
