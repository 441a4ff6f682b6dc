import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { contextOf } from '../http/context';
import { HttpError } from '../http/errors';
import { refuseOtherAccount } from './authenticate';
import { readSessionToken } from '../metering/sessions';

export const METER_EVENT_STREAM = '/v2/billing/meter_event_stream';

/** Only a session's token opens the stream of meter events; only a key opens everything else. */
export function authenticateSession(secret: string, byKey: RequestHandler): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (`${request.baseUrl}${request.path}` !== METER_EVENT_STREAM) return byKey(request, response, next);
    const [, token = ''] = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const scope = readSessionToken(secret, token.trim(), Math.floor(Date.now() / 1000));
    if (scope === 'expired')
      throw new HttpError(401, EXPIRED, { type: 'temporary_session_expired', code: 'billing_meter_event_session_expired' });
    if (scope === null) throw new HttpError(401, NO_SESSION);
    refuseOtherAccount(request, scope.account);
    Object.assign(contextOf(response), { scope, key: 'meter event session' });
    next();
    return undefined;
  };
}

const EXPIRED = 'The meter event session has expired. Create a new one with POST /v2/billing/meter_event_session.';
const NO_SESSION =
  'The meter event stream takes the authentication_token of a meter event session as its bearer token. Create one with POST ' +
  '/v2/billing/meter_event_session.';
