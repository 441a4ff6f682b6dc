/**
 * The hosted checkout page. Who has its address may see it and pay. A submitted form runs once for each attempt: a double click, a second
 * tab and a repeated request find the first one's result.
 */
import express, { Router, type Request, type Response } from 'express';
import { findSession } from '../../db/checkout';
import { findRow } from '../../db/lookup';
import { BillingError } from '../../domain/core/errors';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { API_VERSION } from '../../domain/rows/api-version';
import { CheckoutPage } from '../../web/checkout/checkout-page';
import { renderPage } from '../../web/render';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { answerOf, HttpError } from '../http/errors';
import { once } from '../http/idempotency';
import { ApiRequest } from '../http/request';
import { confirmSession, proceed } from './confirm';
import { readForm, type CheckoutForm } from './form';
import { modelOf } from './model';
import { authenticationOf, loadSessionRows } from './session-rows';

/** Scripts are Dunlin's own; the form may lead to the bank and back to the shop, which `form-action` would forbid. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const FORM_LIMIT = '32kb';

export function checkoutPages(deps: Dependencies): Router {
  const router = Router();
  router.get('/c/pay/:session', async (request, response) => {
    const session = await find(deps, request);
    if (await continued(deps, request, response, session)) await finish(deps, response, await find(deps, request), null);
    else await finish(deps, response, session, null);
  });
  router.post('/c/pay/:session', express.urlencoded({ extended: false, limit: FORM_LIMIT }), async (request, response) => {
    const session = await find(deps, request);
    const form = readForm(request.body as Record<string, unknown>);
    const problem = session.status === 'open' ? await submit(deps, { request, response }, session, form) : null;
    const after = await find(deps, request);
    const bank = problem === null && after.status === 'open' ? authenticationOf(await loadSessionRows(deps.sql, after)) : null;
    if (bank === null) await finish(deps, response, after, problem);
    else response.redirect(303, bank);
  });
  return router;
}

async function find({ sql }: Dependencies, request: Request): Promise<CheckoutSession> {
  const session = await findSession(sql, String(request.params['session']));
  if (!session || session.uiMode !== 'hosted_page') throw new HttpError(404, 'There is no such checkout.');
  return session;
}

interface Exchange {
  request: Request;
  response: Response;
}

/** The problem for the buyer, or null. */
async function submit(deps: Dependencies, exchange: Exchange, session: CheckoutSession, form: CheckoutForm): Promise<string | null> {
  return run(deps, exchange, session, {
    key: `attempt/${String(form.attempt)}`,
    raw: { ...form.raw },
    work: async (request) => confirmSession(request, session, await form.confirmation(request)),
  });
}

interface Work {
  key: string;
  raw: Record<string, unknown>;
  work: (request: ApiRequest<unknown>) => Promise<void>;
}

/** Runs once for each key, as an API request with an Idempotency-Key does. */
async function run(
  deps: Dependencies,
  { request, response }: Exchange,
  session: CheckoutSession,
  { key, raw, work }: Work,
): Promise<string | null> {
  const { account, livemode } = session;
  const path = `/c/pay/${session.id}`;
  const writing = {
    requestId: contextOf(response).requestId,
    idempotencyKey: `checkout/${session.id}/${key}`,
    scope: { account, livemode },
    method: 'POST',
    path,
    version: API_VERSION,
    raw,
    stored: { path: {} },
  };
  try {
    const answer = await once(deps, writing, async (identity) => {
      const of = {
        path: {},
        scope: { account, livemode },
        keyId: 'checkout',
        identity,
        expand: [],
        origin: `${request.protocol}://${request.host}`,
      };
      try {
        await work(new ApiRequest({}, of, deps));
        return { status: 200, text: '{}' };
      } catch (error) {
        const { status, error: body } = answerOf(error, deps.log.child({ request: identity.id }));
        return { status, text: JSON.stringify({ error: body }) };
      }
    });
    return problemOf(answer);
  } catch (error) {
    // The same page was submitted twice with different entries, or the first submission still runs: the page shows how it stands.
    if (error instanceof BillingError && error.code === 'idempotency_mismatch') return null;
    if (error instanceof HttpError && error.status === 409) return null;
    throw error;
  }
}

function problemOf({ status, text }: { status: number; text: string }): string | null {
  if (status < 400) return null;
  const { error } = JSON.parse(text) as { error?: { message?: string } };
  return error?.message ?? 'Something went wrong. Nothing was charged. Try again.';
}

/** The buyer comes back from the bank, and the card is verified: what the attempt was for follows. */
async function continued(deps: Dependencies, request: Request, response: Response, session: CheckoutSession): Promise<boolean> {
  const { status, mode, setupIntent, subscription, account, livemode } = session;
  if (status !== 'open' || mode !== 'subscription' || setupIntent === null || subscription === null) return false;
  const intent = await findRow(deps.sql, 'setupIntent', { account, livemode }, setupIntent);
  if (intent?.status !== 'succeeded') return false;
  await run(deps, { request, response }, session, {
    key: `continue/${String(session.attempts)}`,
    raw: {},
    work: (each) => proceed(each, session.id),
  });
  return true;
}

/** A complete session goes back to the shop, and everything else is shown. */
async function finish(deps: Dependencies, response: Response, session: CheckoutSession, problem: string | null): Promise<void> {
  const { success_url: success } = session.settings;
  if (session.status === 'complete' && success !== null) {
    response.redirect(303, success.replaceAll('{CHECKOUT_SESSION_ID}', session.id));
    return;
  }
  const model = await modelOf(deps, session, problem);
  response
    .status(problem === null ? 200 : 402)
    .setHeader('Content-Security-Policy', POLICY)
    .setHeader('Cache-Control', 'no-store')
    .setHeader('Referrer-Policy', 'no-referrer')
    .type('html')
    .send(renderPage(CheckoutPage(model)));
}
