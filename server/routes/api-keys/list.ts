import { listApiKeys } from '../../../db/api-keys';
import { toApiKey } from '../../../objects/access';
import { apiKey } from '../../../objects/shapes/access';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { operation } from '../../http/operation';
import { orderedBy, pagination, parameters } from '../../http/parameters';

/**
 * Lists the API keys of the mode, newest first, also those that were revoked or have expired.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listApiKeysOperation = operation({
  method: 'get',
  path: '/v1/api_keys',
  summary: 'List API keys',
  tag: 'API keys',
  own: true,
  parameters: parameters({ ...pagination, ...orderedBy('created', 'last_used_at', 'name', 'revoked_at') }),
  answer: listShape(apiKey),
  async handle(request) {
    const { shown, hasMore } = pageOf(await listApiKeys(request.deps.sql, request.scope), request.parameters, 'API key');
    return { body: listOf(shown.map(toApiKey), '/v1/api_keys', hasMore) };
  },
});
