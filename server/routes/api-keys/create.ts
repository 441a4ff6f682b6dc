import { apiKeyOf, findApiKeyRow, listApiKeys, saveApiKey } from '../../../db/api-keys';
import { SCOPES } from '../../../domain/authorization/permissions';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import { toApiKey } from '../../../objects/access';
import { apiKeyWithSecret } from '../../../objects/shapes/access';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { array, boolean, name, oneOf, parameters, timestamp } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { refuseMore } from './find';

const SCOPE_WORDS = SCOPES as unknown as readonly [string, ...string[]];

/**
 * Creates an API key. With `scopes` it is restricted to them; without, it may do everything. Only this answer has the key itself, which is stored
 * nowhere. The same caller sees it again by the same Idempotency-Key. With `agent`, it works at `/mcp` alone.
 *
 * @throws BillingError parameter_invalid
 * @throws HttpError 403 if the key could do more than the caller
 */
export const createApiKey = operation({
  method: 'post',
  path: '/v1/api_keys',
  summary: 'Create an API key',
  tag: 'API keys',
  own: true,
  reveals: true,
  parameters: parameters({
    agent: boolean().default(false),
    expires_at: timestamp().optional(),
    name: name({ max: 100 }),
    scopes: array(oneOf(SCOPE_WORDS), { max: SCOPES.length }).optional(),
  }),
  answer: apiKeyWithSecret,
  async handle(request) {
    const { name: called, scopes: asked, expires_at: expiresAt = null } = request.parameters;
    const scopes = asked === undefined ? null : SCOPES.filter((scope) => asked.includes(scope));
    if (scopes?.length === 0) throw new ParameterError('parameter_invalid', 'A restricted key must have at least one scope.', 'scopes');
    refuseMore(request, scopes);
    const agent = isForAgent(request);
    const [now, { sql }, scope] = [await request.now(), request.deps, request.scope];
    if (expiresAt !== null && expiresAt <= now) {
      throw new ParameterError('parameter_invalid', 'expires_at must be in the future.', 'expires_at');
    }
    await refuseTooMany(request, now);
    const secret = apiKeyOf(scope.livemode, scopes === null ? 'sk' : 'rk', request.newSecret);
    const id = await saveApiKey(sql, { ...scope, key: secret, name: called, now, scopes, expiresAt, agent });
    const row = id === null ? null : await findApiKeyRow(sql, scope, id);
    if (row === null) throw new Error('the key was not stored');
    return { body: { ...toApiKey(row), secret } };
  },
});

/** An agent cannot make itself a key without its limits. */
const isForAgent = ({ parameters: { agent }, permissions }: ApiRequest<{ agent: boolean }>): boolean =>
  agent || ('agent' in permissions && permissions.agent === true);

async function refuseTooMany({ deps, scope }: ApiRequest<unknown>, now: number): Promise<void> {
  const inUse = (await listApiKeys(deps.sql, scope)).filter((each) => each.revokedAt === null && (each.expiresAt ?? Infinity) > now);
  if (inUse.length < LIMITS.apiKeys.max) return;
  throw new BillingError('parameter_invalid', `There are ${String(LIMITS.apiKeys.max)} API keys already. Revoke one first.`);
}
