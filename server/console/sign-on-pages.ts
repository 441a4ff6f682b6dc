/** Single sign-on: the way to the provider, and the way back. Each way back works once, in the browser that has begun. */
import express, { Router } from 'express';
import type { OidcConfig } from '../../config';
import { LIMITS } from '../../domain/core/limits';
import { beginAttempt, finishAttempt } from '../../db/login-attempts';
import type { SignOnProblem } from '../../web/console/login-page';
import { providerOf, SignOnFailed, type Provider } from '../access/provider';
import { logInByIdentity } from '../access/single-sign-on';
import { FORM_LIMIT } from '../checkout/pages';
import type { Exchange } from '../forms/run-once';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { limitVisitors } from '../middleware/limit-visitors';
import { showLoginView } from './login-pages';
import { browserOf, clearCookie, isFromHere, originOf, setCookie, tokenIn } from './session';
import { wayBack } from './visit';

const BEGIN = '/console/sso';
const CALLBACK = '/console/sso/callback';

export function signOnPages(deps: Dependencies, oidc: OidcConfig): Router {
  const router = Router();
  const provider = providerOf(oidc);
  router.post(
    BEGIN,
    limitVisitors(LIMITS.loginsPerMinute),
    express.urlencoded({ extended: false, limit: FORM_LIMIT }),
    async (request, response) => {
      await begin(deps, provider, { request, response });
    },
  );
  router.get(CALLBACK, async (request, response) => {
    await finish(deps, provider, { request, response });
  });
  return router;
}

async function begin(deps: Dependencies, provider: Provider, { request, response }: Exchange): Promise<void> {
  if (!isFromHere(deps, request)) {
    showLoginView(request, response, { name: 'foreign' }, 403);
    return;
  }
  const back = wayBack(((request.body ?? {}) as { back?: unknown }).back);
  const token = await beginAttempt(deps.sql, { purpose: 'sso', user: null, back, now: now() });
  try {
    const to = await provider.begin(token, callbackOf(deps, { request, response }).href);
    setCookie(deps, { request, response }, 'attempt', token);
    response.redirect(303, to.href);
  } catch (error) {
    refuse(deps, { request, response }, problemOf(error));
  }
}

async function finish(deps: Dependencies, provider: Provider, { request, response }: Exchange): Promise<void> {
  const token = tokenIn(deps, request, 'attempt');
  clearCookie(deps, { request, response }, 'attempt');
  const attempt = token === null ? null : await finishAttempt(deps.sql, { token, purpose: 'sso', now: now() });
  if (token === null || attempt === null) {
    refuse(deps, { request, response }, { why: 'over', reason: 'the browser has begun no such login' });
    return;
  }
  try {
    const answer = callbackOf(deps, { request, response });
    answer.search = new URL(request.originalUrl, answer).search;
    const identity = await provider.finish(token, answer);
    const done = await logInByIdentity(deps, identity, browserOf(request, contextOf(response)));
    if ('why' in done) {
      refuse(deps, { request, response }, { why: done.why, reason: done.why });
      return;
    }
    setCookie(deps, { request, response }, 'session', done.token);
    response.redirect(303, attempt.back);
  } catch (error) {
    refuse(deps, { request, response }, problemOf(error));
  }
}

/** What is registered with the provider. */
const callbackOf = (deps: Dependencies, { request }: Exchange): URL => new URL(CALLBACK, originOf(deps, request));

function problemOf(error: unknown): { why: SignOnProblem; reason: string } {
  if (!(error instanceof SignOnFailed)) throw error;
  return { why: error.problem, reason: error.reason };
}

function refuse(deps: Dependencies, { request, response }: Exchange, { why, reason }: { why: SignOnProblem; reason: string }): void {
  const { requestId } = contextOf(response);
  deps.log.warn({ request: requestId, reason }, 'a login by single sign-on was refused');
  showLoginView(request, response, { name: 'notSignedOn', why, request: requestId }, why === 'unavailable' ? 503 : 403);
}

const now = (): number => Math.floor(Date.now() / 1000);
