/** Who visits a page of the console. Each page asks for the visit first, and shows nothing without one. */
import type { Request, Response } from 'express';
import { may } from '../../domain/authorization/permissions';
import { API_VERSION } from '../../domain/rows/api-version';
import type { Role } from '../../domain/rows/user';
import { addressOf } from '../http/address';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import type { Operation } from '../http/operation';
import type { Caller } from '../http/call';
import { secretsBy, type SecretOf } from '../http/new-secret';
import { csrfOf, hasCsrf, isFromHere, sessionOf, tokenIn } from './session';

export const LOGIN = '/console/login';
export const HOME = '/console';

export interface ConsoleVisit {
  user: { id: string; email: string; name: string | null; role: Role };
  account: string;
  /** The name of the account. */
  seller: string;
  /** The mode that the console shows. */
  livemode: boolean;
  /** The address that the request came from. */
  ip: string;
  session: string;
  /** What only this session can make of a salt. */
  secretOf: SecretOf;
  /** When the session began. Epoch seconds. */
  began: number;
  /** The value of the field `csrf` of every form. */
  csrf: string;
  /** Whether the user's role allows the operation. */
  may: (operation: Pick<Operation, 'needs'>) => boolean;
}

/**
 * The visit of a request, from a session that counts. Forms must be parsed before.
 *
 * @returns null if nobody is logged in: the request has been answered with the way to the login page, and back
 * @throws HttpError 403 if a form was not sent by a page of this session
 */
export function consoleVisits(deps: Dependencies): (request: Request, response: Response) => Promise<ConsoleVisit | null> {
  return async (request, response) => {
    const found = await sessionOf(deps, request);
    if (found === null) {
      response.redirect(303, loginUrl(request));
      return null;
    }
    const { session, user, seller } = found;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead && !(isFromHere(deps, request) && hasCsrf(deps, request, session.id))) throw new HttpError(403, FOREIGN_FORM);
    const { account, ...shown } = user;
    return {
      ...{
        user: shown,
        account,
        seller,
        livemode: session.livemode,
        session: session.id,
        began: session.created,
        csrf: csrfOf(deps, session.id),
        secretOf: secretsBy(tokenIn(deps, request, 'session') ?? ''),
      },
      ip: addressOf(request),
      may: ({ needs }) => may({ role: user.role }, needs),
    };
  };
}

const FOREIGN_FORM = 'This form was not sent by a page of your session. Go back, load the page again and send it once more.';

/** Back to what was asked for. A form is not sent again: after the login its page is shown. */
function loginUrl(request: Request): string {
  const back = request.method === 'GET' ? request.originalUrl : HOME;
  return back === HOME ? LOGIN : `${LOGIN}?back=${encodeURIComponent(back)}`;
}

/** A path of the console, wherever somebody would like the login to lead. */
export function wayBack(given: unknown): string {
  const isOurs = typeof given === 'string' && /^\/console([/?#][^\\]*)?$/.test(given) && !given.startsWith(LOGIN);
  return isOurs ? given : HOME;
}

/** The caller of the operations that a page performs for its visitor. */
export function callerOf(
  { user, account, livemode, ip, secretOf }: Pick<ConsoleVisit, 'user' | 'account' | 'livemode' | 'ip' | 'secretOf'>,
  request: Pick<Caller, 'origin' | 'requestId' | 'idempotencyKey'>,
): Caller {
  return {
    scope: { account, livemode },
    keyId: user.id,
    key: null,
    ip,
    secretOf,
    permissions: { role: user.role },
    version: API_VERSION,
    ...request,
  };
}
