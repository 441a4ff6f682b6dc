/**
 * The page on which the sandbox's cardholder passes or fails 3-D Secure, and on which a payer who is sent elsewhere approves or refuses. Then
 * the payer is redirected to `return_url`, as at Stripe.
 */
import express, { Router, type Response } from 'express';
import type { IntentOfSecret } from '../../db/client-secrets';
import { findRow } from '../../db/lookup';
import { formatAmount } from '../../domain/money/currency';
import { isRedirect, REDIRECT_NAMES, WALLET_NAMES } from '../../domain/rows/payment-method';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { finishAuthentication, isDone, returnAddress } from '../processors/authentication';
import { escape, findIntent, framedBy, page, show } from './test-page';

export function authenticationPage(deps: Dependencies): Router {
  const router = Router();
  router.get('/sandbox/3ds/:secret', async (request, response) => {
    const found = await findIntent(deps, request);
    if (found.row.status === 'requires_action') show(response, form(found, await payerOf(deps, found)), await framedBy(deps, found));
    else goBack(response, found);
  });
  router.post('/sandbox/3ds/:secret', express.urlencoded({ extended: false, limit: '1kb' }), async (request, response) => {
    const found = await findIntent(deps, request);
    const { result } = request.body as { result?: unknown };
    if (result !== 'succeeded' && result !== 'failed') throw new HttpError(400, 'Invalid result: must be succeeded or failed');
    const { requestId: id } = contextOf(response);
    if (found.row.status === 'requires_action')
      await finishAuthentication(deps, found, { id, path: `/sandbox/3ds/${found.row.id}`, result });
    goBack(response, await findIntent(deps, request));
  });
  return router;
}

function goBack(response: Response, intent: IntentOfSecret): void {
  const back = returnAddress(intent);
  if (back === null) show(response, page(isDone(intent) ? 'Done.' : 'Not authenticated.', '<p>You can close this page.</p>'), []);
  else response.redirect(303, back);
}

/** Where the payer approves: at the bank of their card, or where its type sends them. */
async function payerOf({ sql }: Dependencies, { row }: IntentOfSecret): Promise<string | null> {
  const method = row.paymentMethod === null ? null : await findRow(sql, 'paymentMethod', row, row.paymentMethod);
  if (method?.type === 'link') return WALLET_NAMES.link;
  return method !== null && isRedirect(method.type) ? REDIRECT_NAMES[method.type] : null;
}

function form(found: IntentOfSecret, redirect: string | null): string {
  const what =
    found.kind === 'paymentIntent'
      ? `a payment of ${escape(formatAmount(found.row.amount, found.row.currency))}`
      : `${redirect === null ? 'a card' : 'their account'} for later payments`;
  return page(
    redirect === null ? '3-D Secure test page' : `${redirect} test page`,
    `<p>${redirect === null ? 'A bank would ask the cardholder' : `${redirect} would ask the payer`} here to approve ${what}.</p>
<form method="post"><button name="result" value="succeeded">Complete</button> <button name="result" value="failed">Fail</button></form>`,
  );
}
