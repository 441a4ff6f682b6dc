/** The login by passkey: a challenge, and the answer of the browser's authenticator. */
import express, { Router, type Request } from 'express';
import { LIMITS } from '../../domain/core/limits';
import { beginAttempt, finishAttempt } from '../../db/login-attempts';
import { canHavePasskeys, logInByPasskey, optionsToLogIn } from '../access/passkeys';
import { FORM_LIMIT } from '../checkout/pages';
import type { Exchange } from '../forms/run-once';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { showLoginView, waysOf } from './login-pages';
import { browserOf, clearCookie, isFromHere, originOf, setCookie, tokenIn } from './session';
import { wayBack } from './visit';

export function passkeyPages(deps: Dependencies): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  router.post('/console/passkey/options', limitVisitors(LIMITS.loginsPerMinute), form, async (request, response) => {
    const origin = originOf(deps, request);
    if (!isFromHere(deps, request) || !canHavePasskeys(origin)) throw new HttpError(403, 'Open the login page again.');
    const back = wayBack(bodyOf(request)['back']);
    const token = await beginAttempt(deps.sql, { purpose: 'passkey', user: null, back, now: now() });
    setCookie(deps, { request, response }, 'attempt', token);
    response.setHeader('Cache-Control', 'no-store').json(await optionsToLogIn({ token, origin }));
  });
  router.post('/console/passkey', form, async (request, response) => {
    await logIn(deps, { request, response });
  });
  return router;
}

async function logIn(deps: Dependencies, { request, response }: Exchange): Promise<void> {
  if (!isFromHere(deps, request)) {
    showLoginView(request, response, { name: 'foreign' }, 403);
    return;
  }
  const begun = tokenIn(deps, request, 'attempt');
  clearCookie(deps, { request, response }, 'attempt');
  const attempt = begun === null ? null : await finishAttempt(deps.sql, { token: begun, purpose: 'passkey', now: now() });
  const ceremony = { token: begun ?? '', origin: originOf(deps, request) };
  const browser = browserOf(request, contextOf(response));
  const token = attempt && (await logInByPasskey(deps.sql, ceremony, credentialOf(request), browser));
  if (attempt === null || token === null) {
    const back = wayBack(bodyOf(request)['back']);
    const view = { name: 'login', back, email: '', problem: 'passkey', note: null, ways: waysOf(deps, request) } as const;
    showLoginView(request, response, view, 401);
    return;
  }
  setCookie(deps, { request, response }, 'session', token);
  response.redirect(303, attempt.back);
}

const bodyOf = (request: Request): Record<string, unknown> => (request.body ?? {}) as Record<string, unknown>;

/** What the browser's authenticator has answered, in the form that the script sends. Null: nothing that could be read. */
export function credentialOf(request: Request): unknown {
  const { credential } = bodyOf(request);
  try {
    return typeof credential === 'string' ? (JSON.parse(credential) as unknown) : null;
  } catch {
    return null;
  }
}

const now = (): number => Math.floor(Date.now() / 1000);
