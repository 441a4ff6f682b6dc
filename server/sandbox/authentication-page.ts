/**
 * The page on which the sandbox's cardholder passes or fails 3-D Secure, and on which a payer who is sent elsewhere approves or refuses. Anyone with the intent's client secret may open it, as with a real
 * bank; it needs no key. Then the payer is redirected to `return_url`, as at Stripe.
 */
import express, { Router, type Request, type Response } from 'express';
import { findSession } from '../../db/checkout';
import { findByClientSecret, type IntentOfSecret } from '../../db/client-secrets';
import { findRow } from '../../db/lookup';
import { formatAmount } from '../../domain/money/currency';
import { isRedirect, REDIRECT_NAMES } from '../../domain/rows/payment-method';
import { ancestorsOf } from '../embedding/ancestors';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { finishAuthentication, isDone, returnAddress } from '../processors/authentication';

/** Forms of this page redirect to the shop, which `form-action` would forbid. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'";

export function authenticationPage(deps: Dependencies): Router {
  const router = Router();
  router.get('/sandbox/3ds/:secret', async (request, response) => {
    const found = await find(deps, request);
    if (found.row.status === 'requires_action') show(response, form(found, await payerOf(deps, found)), await framedBy(deps, found));
    else goBack(response, found);
  });
  router.post('/sandbox/3ds/:secret', express.urlencoded({ extended: false, limit: '1kb' }), async (request, response) => {
    const found = await find(deps, request);
    const { result } = request.body as { result?: unknown };
    if (result !== 'succeeded' && result !== 'failed') throw new HttpError(400, 'Invalid result: must be succeeded or failed');
    const { requestId: id } = contextOf(response);
    if (found.row.status === 'requires_action')
      await finishAuthentication(deps, found, { id, path: `/sandbox/3ds/${found.row.id}`, result });
    goBack(response, await find(deps, request));
  });
  return router;
}

async function find(deps: Dependencies, request: Request): Promise<IntentOfSecret> {
  const found = await findByClientSecret(deps.sql, String(request.params['secret']));
  if (!found) throw new HttpError(404, 'There is no such authentication.');
  return found;
}

function goBack(response: Response, intent: IntentOfSecret): void {
  const back = returnAddress(intent);
  if (back === null) show(response, page(isDone(intent) ? 'Done.' : 'Not authenticated.', '<p>You can close this page.</p>'), []);
  else response.redirect(303, back);
}

/** The bank's page of a checkout that a site shows in a frame is shown there, too. */
async function framedBy({ sql }: Dependencies, { row: { returnUrl } }: IntentOfSecret): Promise<string[]> {
  const [, id] = /\/c\/(?:embed|elements)\/(\w+)_secret_/.exec(returnUrl ?? '') ?? [];
  const session = id === undefined ? null : await findSession(sql, id);
  return session === null || session.pageUrl !== returnUrl ? [] : ancestorsOf(sql, session);
}

function show(response: Response, html: string, ancestors: string[]): void {
  const policy = `${POLICY}; frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(' ')}`;
  if (ancestors.length > 0) response.removeHeader('X-Frame-Options');
  response.status(200).setHeader('Content-Security-Policy', policy).setHeader('Cache-Control', 'no-store').type('html').send(html);
}

/** Where the payer approves: at the bank of their card, or where its type sends them. */
async function payerOf({ sql }: Dependencies, { row }: IntentOfSecret): Promise<string | null> {
  const method = row.paymentMethod === null ? null : await findRow(sql, 'paymentMethod', row, row.paymentMethod);
  return method !== null && isRedirect(method.type) ? REDIRECT_NAMES[method.type] : null;
}

function form(found: IntentOfSecret, redirect: string | null): string {
  const what =
    found.kind === 'paymentIntent'
      ? `a payment of ${escape(formatAmount(found.row.amount, found.row.currency))}`
      : 'a card for later payments';
  return page(
    redirect === null ? '3-D Secure test page' : `${redirect} test page`,
    `<p>${redirect === null ? 'A bank would ask the cardholder' : `${redirect} would ask the payer`} here to approve ${what}.</p>
<form method="post"><button name="result" value="succeeded">Complete</button> <button name="result" value="failed">Fail</button></form>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style>
</head><body><h1>${title}</h1>${body}</body></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
