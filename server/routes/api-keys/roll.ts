import { apiKeyOf, replaceApiKey } from '../../../db/api-keys';
import { endOfRolled, OVERLAP_MAX_SECONDS } from '../../../domain/authorization/keys';
import { BillingError } from '../../../domain/core/errors';
import { toApiKey } from '../../../objects/access';
import { apiKeyWithSecret } from '../../../objects/shapes/access';
import { operation } from '../../http/operation';
import { integer, parameters } from '../../http/parameters';
import { findKey, refuseStronger } from './find';

/**
 * Makes a new key with the name, the scopes and the end of this one, which works for `overlap` seconds more. Only this answer has the new key itself.
 *
 * @throws BillingError resource_missing, parameter_invalid if the key is not in use any more
 * @throws HttpError 403 if the key may do more than the caller
 */
export const rollApiKey = operation({
  method: 'post',
  path: '/v1/api_keys/:key/roll',
  summary: 'Roll an API key',
  tag: 'API keys',
  own: true,
  reveals: true,
  parameters: parameters({ overlap: integer({ min: 0, max: OVERLAP_MAX_SECONDS }).default(0) }),
  answer: apiKeyWithSecret,
  async handle(request) {
    const [old, now, { scope }] = [await findKey(request), await request.now(), request];
    refuseStronger(request, old);
    if (old.revokedAt !== null || (old.expiresAt ?? Infinity) <= now) {
      throw new BillingError('parameter_invalid', `The API key '${old.id}' is not in use any more. Create another.`);
    }
    const secret = apiKeyOf(scope.livemode, old.scopes === null ? 'sk' : 'rk', request.newSecret);
    const endsAt = endOfRolled(old.expiresAt, request.parameters.overlap, now);
    const id = await replaceApiKey(request.deps.sql, scope, { old, key: secret, now, endsAt });
    return { body: { ...toApiKey(await findKey(request, id)), secret } };
  },
});
