/** The page of a voucher: its numbers, and two buttons by which a tester plays the payer. */
import express, { Router, type Response } from 'express';
import type { IntentOfSecret } from '../../db/client-secrets';
import { lockFacts } from '../../db/facts';
import { settleDebitAt } from '../../domain/collection/debits';
import { formatAmount } from '../../domain/money/currency';
import { currentAttempt } from '../../domain/payment/intents';
import { expired, isPayersTurn, lastDayOf } from '../../domain/payment/vouchers';
import { paidWithoutCard } from '../../domain/rows/payment-attempt';
import type { PayVoucher, PaymentIntent } from '../../domain/rows/payment-intent';
import { VOUCHER_NAMES } from '../../domain/rows/payment-method';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { requestFor } from '../processors/events';
import { returnAddress } from '../processors/authentication';
import { escape, findIntent, framedBy, page, show } from './test-page';

export function voucherPage(deps: Dependencies): Router {
  const router = Router();
  router.get('/sandbox/voucher/:secret', async (request, response) => {
    await answer(deps, response, await findIntent(deps, request));
  });
  router.post('/sandbox/voucher/:secret', express.urlencoded({ extended: false, limit: '1kb' }), async (request, response) => {
    const found = await findIntent(deps, request);
    const { result } = request.body as { result?: unknown };
    if (result !== 'paid' && result !== 'expired') throw new HttpError(400, 'Invalid result: must be paid or expired');
    if (found.kind === 'paymentIntent') await settle(deps, found.row, { id: contextOf(response).requestId, result });
    response.redirect(303, request.path);
  });
  return router;
}

/** Nothing changes if the voucher was paid already, or has expired. */
async function settle(
  deps: Dependencies,
  intent: PaymentIntent,
  { id, result }: { id: string; result: 'expired' | 'paid' },
): Promise<void> {
  const { account, customer, id: subject } = intent;
  await requestFor(deps, intent, id).change({
    step: 'settleDebitAt',
    customer,
    subject,
    load: (tx) => lockFacts(tx, { account, customer, intent: subject }),
    plan: (changes) => {
      const attempt = currentAttempt(changes.rows, subject);
      if (attempt === undefined || !isPayersTurn(attempt)) return;
      settleDebitAt(
        changes,
        { intent: subject, attempt: attempt.id },
        result === 'paid' ? paidWithoutCard(attempt.gatewayReference ?? '', { captured: true }) : expired(attempt),
      );
    },
  });
}

async function answer(deps: Dependencies, response: Response, found: IntentOfSecret): Promise<void> {
  const { nextAction: action } = found.row;
  const ancestors = await framedBy(deps, found);
  const back = returnAddress(found);
  const link = back === null ? '' : `<p><a href="${escape(back)}">Back to the shop</a></p>`;
  if (found.kind === 'paymentIntent' && action?.type === 'pay_voucher') {
    show(response, page(`${VOUCHER_NAMES[action.method]} test voucher`, `${voucher(found.row, action)}${link}`), ancestors);
    return;
  }
  show(response, page(found.row.status === 'succeeded' ? 'The voucher is paid.' : 'The voucher cannot be paid any more.', link), ancestors);
}

function voucher({ amount, currency }: PaymentIntent, action: PayVoucher): string {
  const until = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(lastDayOf(action) * 1000);
  const entity = action.entity === null ? '' : `<br>Entity <b>${action.entity}</b>`;
  return `<p>A payer would pay ${escape(formatAmount(amount, currency))} with these numbers until ${until}:</p>
<p style="overflow-wrap:anywhere">Number <b>${action.number}</b>${entity}</p>
<form method="post"><button name="result" value="paid">Pay</button> <button name="result" value="expired">Let it expire</button></form>`;
}
