import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { findApiKeyById } from '../../db/api-keys';
import type { Dependencies } from '../http/dependencies';
import { contextOf } from '../http/context';
import { HttpError } from '../http/errors';
import { secretsBy } from '../http/new-secret';
import { refuseOtherAccount } from './authenticate';
import { readSessionToken } from '../metering/sessions';
import { KnownKeys } from './known-keys';

export const METER_EVENT_STREAM = '/v2/billing/meter_event_stream';

/**
 * Only a session's token opens the stream of meter events; only a key opens everything else. A session ends with the key that created it.
 */
export function authenticateSession(
  { tokenSecrets, sql }: Pick<Dependencies, 'tokenSecrets' | 'sql'>,
  byKey: RequestHandler,
): RequestHandler {
  const known = new KnownKeys();
  return async (request: Request, response: Response, next: NextFunction) => {
    if (`${request.baseUrl}${request.path}` !== METER_EVENT_STREAM) return byKey(request, response, next);
    const [, token = ''] = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const session = readSessionToken(tokenSecrets, token.trim(), Math.floor(Date.now() / 1000));
    if (session === 'expired')
      throw new HttpError(401, EXPIRED, { type: 'temporary_session_expired', code: 'billing_meter_event_session_expired' });
    if (session === null) throw new HttpError(401, NO_SESSION);
    const { keyId } = session;
    const key = await known.find(keyId, () => findApiKeyById(sql, keyId));
    if (key === null) throw new HttpError(401, REVOKED);
    const { account, livemode, scopes } = key;
    refuseOtherAccount(request, account);
    const caller = {
      scope: { account, livemode },
      key: 'meter event session',
      keyId,
      secretOf: secretsBy(token.trim()),
      permissions: { scopes },
    };
    Object.assign(contextOf(response), caller);
    next();
    return undefined;
  };
}

const EXPIRED = 'The meter event session has expired. Create a new one with POST /v2/billing/meter_event_session.';
const REVOKED = 'The API key that created this meter event session was revoked.';
const NO_SESSION =
  'The meter event stream takes the authentication_token of a meter event session as its bearer token. Create one with POST ' +
  '/v2/billing/meter_event_session.';
