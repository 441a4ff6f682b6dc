import { revokeApiKeyById } from '../../../db/api-keys';
import { toApiKey } from '../../../objects/access';
import { apiKey } from '../../../objects/shapes/access';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { findKey, refuseStronger } from './find';

/**
 * Revokes an API key for good. Servers that have just used it stop accepting it within half a minute.
 *
 * @throws BillingError resource_missing
 * @throws HttpError 403 if the key may do more than the caller
 */
export const revokeApiKeyOperation = operation({
  method: 'post',
  path: '/v1/api_keys/:key/revoke',
  summary: 'Revoke an API key',
  tag: 'API keys',
  own: true,
  parameters: parameters({}),
  answer: apiKey,
  async handle(request) {
    const key = await findKey(request);
    refuseStronger(request, key);
    await revokeApiKeyById(request.deps.sql, key.id, await request.now());
    return { body: toApiKey(await findKey(request)) };
  },
});
