/** The page on which the holder of a bank account tells which small deposits it has got. */
import express, { Router, type Response } from 'express';
import type { IntentOfSecret } from '../../db/client-secrets';
import type { VerifyDeposits } from '../../domain/rows/payment-intent';
import { depositVerdict } from '../../gateways/sandbox/bank-accounts';
import { verifyMicrodepositsUpdate } from '../../workflows/contract';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { isDone, returnAddress, tell } from '../processors/authentication';
import { findIntent, framedBy, page, show } from './test-page';

export function microdepositsPage(deps: Dependencies): Router {
  const router = Router();
  router.get('/sandbox/microdeposits/:secret', async (request, response) => {
    await answer(deps, response, await findIntent(deps, request), '');
  });
  router.post('/sandbox/microdeposits/:secret', express.urlencoded({ extended: false, limit: '1kb' }), async (request, response) => {
    const found = await findIntent(deps, request);
    const result = depositVerdict(toldIn(request.body as Record<string, unknown>));
    const id = contextOf(response).requestId;
    await tell(deps, found.row, verifyMicrodepositsUpdate, { id, path: `/sandbox/microdeposits/${found.row.id}`, result });
    await answer(deps, response, await findIntent(deps, request), 'That does not match. Please try again.');
  });
  return router;
}

function toldIn({ code, first, second }: Record<string, unknown>): Parameters<typeof depositVerdict>[0] {
  return typeof code === 'string' ? { descriptorCode: code.trim().toUpperCase() } : { amounts: [Number(first), Number(second)] };
}

async function answer(deps: Dependencies, response: Response, found: IntentOfSecret, problem: string): Promise<void> {
  const { nextAction: action } = found.row;
  const back = returnAddress(found);
  if (action?.type === 'verify_with_microdeposits') {
    const said = problem === '' ? '' : `<p role="alert" tabindex="-1" autofocus>${problem}</p>`;
    show(response, page('Verify your bank account', `${said}${form(action)}`), await framedBy(deps, found));
  } else if (back === null) {
    show(response, page(isDone(found) ? 'Verified.' : 'Not verified.', '<p>You can close this page.</p>'), []);
  } else response.redirect(303, back);
}

function form({ arrival_date: arrival, microdeposit_type: type }: VerifyDeposits): string {
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(arrival * 1000);
  const asked =
    type === 'amounts'
      ? `<p>On ${day} two deposits arrive. Enter both amounts in cents. In the sandbox they are 32 and 45.</p>
<form method="post"><p><label>First <input name="first" inputmode="numeric" required></label></p><p><label>Second <input name="second" inputmode="numeric" required></label></p>`
      : `<p>On ${day} a deposit arrives. Enter the code in its text, which begins with SM. In the sandbox it is SM11AA.</p>
<form method="post"><p><label>Code <input name="code" maxlength="6" required></label></p>`;
  return `${asked}<button>Verify</button></form>`;
}
