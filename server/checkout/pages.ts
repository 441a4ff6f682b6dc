/**
 * The hosted checkout page. Who has its address may see it and pay. A submitted form runs once for each attempt: a double click, a second
 * tab and a repeated request find the first one's result.
 */
import { createHmac } from 'node:crypto';
import express, { Router, type Request, type Response } from 'express';
import { findSession } from '../../db/checkout';
import { findRow } from '../../db/lookup';
import { findActiveCode } from '../../db/promotion-codes';
import type { OptionalChange } from '../../domain/checkout/optional-items';
import type { Revision } from '../../domain/checkout/revision';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { CheckoutPage } from '../../web/checkout/checkout-page';
import type { Problem } from '../../web/checkout/model';
import { FramedPage } from '../../web/checkout/framed-page';
import { renderPage } from '../../web/render';
import { ancestorsOf } from '../embedding/ancestors';
import { keepAnswer } from './price-question';
import { addressOf } from '../http/address';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { acceptedBy } from './acceptance';
import { problemOnReturn } from './coming-back';
import { confirmSession, proceed } from './confirm';
import { changesOf } from './entered-changes';
import { confirmationOf } from './confirmation-form';
import { areValid, attemptOf, quantitiesOf, readEntries, type Entries } from './form';
import { framedModel } from './framed';
import { localeOfSession } from '../branding/locale';
import { lacksConsent, modelOf } from './model';
import { revise } from './revise';
import { runForm } from './run-form';
import type { Exchange } from '../forms/run-once';
import { isKnownSubscriber, placeOfBuyer } from './subscribers';
import { removeCard } from './saved-cards';
import { authenticationOf, loadSessionRows } from './session-rows';

/** Scripts are Dunlin's own; the form may lead to the bank and back to the shop, which `form-action` would forbid. */
const policy = (ancestors: string[]): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    `frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(' ')}`,
  ].join('; ');
const PLACES = ['/c/pay/:session', '/c/embed/:secret', '/c/elements/:secret'];
export const FORM_LIMIT = '64kb';

export function checkoutPages(deps: Dependencies): Router {
  const router = Router();
  router.use('/c/', limitVisitors());
  router.get(PLACES, async (request, response) => {
    const session = await find(deps, request);
    const continuation = await continued(deps, { request, response }, session);
    const problem = continuation === undefined ? await refusedBefore(deps, request, session) : continuation;
    const after = continuation === undefined ? session : await find(deps, request);
    await show(deps, { request, response }, { session: after, problem, entries: {} });
  });
  router.post(PLACES, express.urlencoded({ extended: false, limit: FORM_LIMIT }), async (request, response) => {
    const session = await find(deps, request);
    const entries = readEntries(request.body);
    if (session.status === 'complete') await keepAnswer(deps, { request, response }, session, entries);
    const problem = session.status === 'open' ? await submit(deps, { request, response }, session, entries) : null;
    const after = await find(deps, request);
    const bank = problem === null && after.status !== 'expired' ? authenticationOf(await loadSessionRows(deps.sql, after)) : null;
    if (bank !== null && isPayment(entries)) response.redirect(303, bank);
    else await show(deps, { request, response }, { session: after, problem, entries });
  });
  return router;
}

async function find({ sql }: Dependencies, request: Request): Promise<CheckoutSession> {
  const { session: named, secret } = request.params;
  const [id = ''] = String(named ?? secret).split('_secret_');
  const session = await findSession(sql, id);
  if (!session || new URL(session.pageUrl).pathname !== request.path) throw new HttpError(404, 'There is no such checkout.');
  return session;
}

const isPayment = ({ action = 'pay' }: Entries): boolean => action === 'pay';

async function submit(deps: Dependencies, exchange: Exchange, session: CheckoutSession, entries: Entries): Promise<Problem | null> {
  if (!areValid(entries)) return entries['code'] === undefined ? 'missing' : 'unknownCode';
  if (!isPayment(entries)) return change(deps, exchange, session, entries);
  // What decides tax, law and delivery comes first. If the total changes by it, the confirmation is refused, and the page shows the new one.
  const revision = changesOf(session, entries);
  const problem = Object.keys(revision).length > 0 ? await revised(deps, exchange, session, revision) : null;
  if (problem !== null) return problem;
  if (await lacksConsent(deps, await find(deps, exchange.request), entries)) return 'missing';
  return runForm(deps, exchange, session, {
    key: submissionOf(deps, entries),
    raw: { ...entries },
    work: async (asked) => {
      const mandate = acceptedBy(exchange.request);
      await confirmSession(asked, session, await confirmationOf(asked, session, { entries, mandate, ip: addressOf(exchange.request) }));
    },
  });
}

/**
 * The same entries, sent again, are the same submission. Other entries are another one: the session's count of attempts decides whether it may
 * begin. Keyed, so that nobody can guess a card from it.
 */
export function submissionOf({ secret }: Dependencies, entries: Entries): string {
  const sent = JSON.stringify(Object.entries(entries).sort());
  return `attempt/${String(attemptOf(entries))}/${createHmac('sha256', secret).update(sent).digest('hex')}`;
}

/** Quantities, optional items, a promotion code, or what the total depends on. Repeating it changes nothing. */
async function change(deps: Dependencies, exchange: Exchange, session: CheckoutSession, entries: Entries): Promise<Problem | null> {
  const [verb = '', what = ''] = (entries['action'] ?? '').split(':');
  if (verb === 'remove_card') {
    return runForm(deps, exchange, session, { key: null, raw: {}, work: (request) => removeCard(request, session, what) });
  }
  const changed = { ...changesOf(session, entries), quantities: quantitiesOf(entries), ...OPTIONAL[verb]?.(what) };
  const discounts = await discountsOf(deps, session, entries);
  if (discounts === 'unknownCode') return discounts;
  return revised(deps, exchange, session, { ...changed, ...(discounts ? { discounts } : {}) });
}

/** Null: they stay. */
async function discountsOf(
  { sql }: Dependencies,
  session: CheckoutSession,
  { code = '', action }: Entries,
): Promise<Revision['discounts'] | null | 'unknownCode'> {
  if (session.settings.allow_promotion_codes !== true) return null;
  if (action === 'remove_code') return [];
  if (code === '') return null;
  const found = await findActiveCode(sql, session, code);
  return found === null ? 'unknownCode' : [{ promotion_code: found }];
}

/** What the buttons of optional items do. */
const OPTIONAL: Record<string, ((what: string) => OptionalChange) | undefined> = {
  add_item: (added) => ({ added }),
  remove_item: (removed) => ({ removed }),
};

function revised(deps: Dependencies, exchange: Exchange, session: CheckoutSession, revision: Revision): Promise<Problem | null> {
  const promotionCode = (revision.discounts ?? []).flatMap(({ promotion_code: code }) => code ?? []);
  return runForm(deps, exchange, session, {
    key: null,
    raw: {},
    work: (request) => revise(request, session, { revision, named: { promotionCode } }),
  });
}

/** The buyer comes back from the bank, and the card is verified: what the attempt was for follows. Undefined if there is nothing to continue. */
async function continued(deps: Dependencies, exchange: Exchange, session: CheckoutSession): Promise<Problem | null | undefined> {
  const { status, mode, setupIntent, subscription, account, livemode } = session;
  if (status !== 'open' || mode !== 'subscription' || setupIntent === null || subscription === null) return undefined;
  const intent = await findRow(deps.sql, 'setupIntent', { account, livemode }, setupIntent);
  if (intent?.status !== 'succeeded') return undefined;
  const key = `continue/${String(session.attempts)}`;
  return runForm(deps, exchange, session, { key, raw: {}, work: (request) => proceed(request, session.id, null) });
}

/** What keeps the buyer from paying before a form is sent: the bank has said no, or the seller sells each customer one subscription. */
async function refusedBefore({ sql }: Dependencies, request: Request, session: CheckoutSession): Promise<Problem | null> {
  if (session.status !== 'open') return null;
  if (await isKnownSubscriber(sql, session)) return 'subscribed';
  return problemOnReturn(request, async () => {
    const rows = await loadSessionRows(sql, session);
    return [...rows.all('paymentIntent'), ...rows.all('setupIntent')];
  });
}

/** A complete session goes back to the shop, and everything else is shown. */
async function show(
  deps: Dependencies,
  { request, response }: Exchange,
  { session, problem, entries }: { session: CheckoutSession; problem: Problem | null; entries: Entries },
): Promise<void> {
  const { success_url: success } = session.settings;
  if (session.status === 'complete' && success !== null) {
    response.redirect(303, success.replaceAll('{CHECKOUT_SESSION_ID}', session.id));
    return;
  }
  const elsewhere = problem === 'subscribed' ? await placeOfBuyer(deps.sql, session, entries['email'] ?? null) : null;
  // In a frame, neither the portal nor the seller's page would be shown.
  if (elsewhere !== null && session.uiMode === 'hosted_page') {
    response.redirect(303, elsewhere);
    return;
  }
  const model = await modelOf(deps, session, { problem, entries, locale: localeOfSession(session, request) });
  const ancestors = await ancestorsOf(deps.sql, session);
  const page = session.uiMode === 'hosted_page' ? CheckoutPage(model) : FramedPage(framedModel(session, model, ancestors));
  sendPage(response, problem === null ? 200 : 402, renderPage(page), ancestors);
}

/** @param ancestors the sites that may show the page in a frame, as in a content security policy; nobody by default */
export function sendPage(response: Response, status: number, html: string, ancestors: string[] = []): void {
  if (ancestors.length > 0) response.removeHeader('X-Frame-Options');
  response
    .status(status)
    .setHeader('Content-Security-Policy', policy(ancestors))
    .setHeader('Cache-Control', 'no-store')
    .setHeader('Referrer-Policy', 'no-referrer')
    .type('html')
    .send(html);
}
