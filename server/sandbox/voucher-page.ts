/** The page of a voucher: its numbers, and two buttons by which a tester plays the payer. */
import express, { Router } from 'express';
import { findSession } from '../../db/checkout';
import type { IntentOfSecret } from '../../db/client-secrets';
import { lockFacts } from '../../db/facts';
import { settleDebitAt } from '../../domain/collection/debits';
import { currentAttempt } from '../../domain/payment/intents';
import { expired, isPayersTurn, lastDayOf } from '../../domain/payment/vouchers';
import { paidWithoutCard } from '../../domain/rows/payment-attempt';
import type { PayVoucher, PaymentIntent } from '../../domain/rows/payment-intent';
import { VOUCHER_NAMES } from '../../domain/rows/payment-method';
import { date, money } from '../../web/money';
import { LANGUAGES, type Locale } from '../../web/words/languages';
import { VOUCHER } from '../../web/words/voucher';
import { localeOfSession } from '../branding/locale';
import type { Exchange } from '../forms/run-once';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { requestFor } from '../processors/events';
import { returnAddress } from '../processors/authentication';
import { escape, findIntent, framedBy, page, show } from './test-page';

export function voucherPage(deps: Dependencies): Router {
  const router = Router();
  router.get('/sandbox/voucher/:secret', async (request, response) => {
    await answer(deps, { request, response }, await findIntent(deps, request));
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

async function answer(deps: Dependencies, { request, response }: Exchange, found: IntentOfSecret): Promise<void> {
  const { nextAction: action } = found.row;
  const ancestors = await framedBy(deps, found);
  const back = returnAddress(found);
  const { checkoutSession: id } = found.row;
  const locale = localeOfSession(id === null ? null : await findSession(deps.sql, id), request);
  const words = VOUCHER[locale.language];
  const link = back === null ? '' : `<p><a href="${escape(back)}">${LANGUAGES[locale.language].back}</a></p>`;
  if (found.kind === 'paymentIntent' && action?.type === 'pay_voucher') {
    const html = page(words.title(VOUCHER_NAMES[action.method]), `${voucher(found.row, action, locale)}${link}`, locale.language);
    show(response, html, ancestors);
    return;
  }
  show(response, page(found.row.status === 'succeeded' ? words.paid : words.over, link, locale.language), ancestors);
}

function voucher({ amount, currency }: PaymentIntent, action: PayVoucher, { language, tag }: Locale): string {
  const words = VOUCHER[language];
  const entity = action.entity === null ? '' : `<br>${words.entity} <b>${action.entity}</b>`;
  return `<p>${escape(words.intro(money(amount, currency, tag), date(lastDayOf(action), tag)))}</p>
<p style="overflow-wrap:anywhere">${words.number} <b>${action.number}</b>${entity}</p>
<form method="post"><button name="result" value="paid">${words.pay}</button> <button name="result" value="expired">${words.expire}</button></form>`;
}
