/** The address of a payment link: each visit opens a checkout session of its own, and leads to its page. */
import { Router, type Request } from 'express';
import { findSession, loadTaxFacts } from '../../db/checkout';
import { byKeys, configurationFor, loadMatching } from '../../db/matching';
import { loadWithNamed } from '../../db/named-facts';
import { findPaymentLink } from '../../db/payment-links';
import { findActiveCode } from '../../db/promotion-codes';
import { loadRedeemable } from '../../db/redemptions';
import { openPaymentLink, type Visit } from '../../domain/checkout/payment-links';
import type { SeenArm } from '../../domain/rows/experiment';
import { isActive, type PaymentLink } from '../../domain/rows/payment-link';
import { ClosedLinkPage } from '../../web/checkout/closed-link-page';
import { renderPage } from '../../web/render';
import { localeOfReader } from '../branding/locale';
import { loadBranding } from '../branding/load';
import { CUSTOMER_SESSION, sessionCustomer } from '../embedding/session-customer';
import { runningExperiment, seenBy } from './seen-arm';
import { identify } from '../experiments/visitors';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import type { ApiRequest } from '../http/request';
import { word } from '../http/parameters';
import { email } from '../http/text-parameters';
import { limitVisitors } from '../middleware/limit-visitors';
import { merged } from '../writes/named-rows';
import { sendPage } from './pages';
import { namedByLink } from './references';
import { runForm } from './run-form';
import type { Exchange } from '../forms/run-once';
import { rememberVisit, visitedSession } from './visits';

export function linkPages(deps: Dependencies): Router {
  const router = Router();
  const visitors = limitVisitors();
  router.head('/b/:link', visitors, async (request, response) => {
    response.status(isActive(await find(deps, request)) ? 200 : 410).end();
  });
  router.get('/b/:link', visitors, async (request, response) => {
    const link = await find(deps, request);
    const before = isActive(link) ? await openedBefore(deps, request, link) : null;
    const experiment = before === null && isActive(link) ? await runningExperiment(deps, link, link.experiment) : null;
    const known = experiment === null ? { visitor: null } : identify(request, response);
    if (known === 'redirected') return;
    const seen = await seenBy(deps, { request, response }, experiment, known.visitor);
    const url = before ?? (isActive(link) ? await opened(deps, { request, response }, link, seen) : null);
    if (url !== null) {
      rememberVisit(request, response, url);
      response.redirect(303, url);
    } else await showClosed(deps, { request, response }, link);
  });
  return router;
}

async function find({ sql }: Dependencies, request: Request): Promise<PaymentLink> {
  const link = await findPaymentLink(sql, String(request.params['link']));
  if (link === null) throw new HttpError(404, 'There is no such payment link.');
  return link;
}

/** The session that this visitor has from the same address, while it is open: a reload opens no second one. */
async function openedBefore({ sql }: Dependencies, request: Request, link: PaymentLink): Promise<string | null> {
  const id = visitedSession(request);
  const session = id === null ? null : await findSession(sql, id);
  if (session?.paymentLink !== link.id || session.status !== 'open') return null;
  return session.pageUrl;
}

/** The page of the new session; null if the link cannot sell any more, because a price became inactive. */
async function opened(deps: Dependencies, exchange: Exchange, link: PaymentLink, seen: SeenArm | null): Promise<string | null> {
  const visit = { ...(await visitOf(deps, exchange.request, link)), seen };
  const prices = (seen?.arm.prices ?? []).map(({ replacement }) => replacement);
  const shown = seen?.arm.payment_link ? await findPaymentLink(deps.sql, seen.arm.payment_link) : null;
  let url: string | null = null;
  const branding = await loadBranding(deps.sql, link);
  const work = async (request: ApiRequest<unknown>) => {
    await request.change({
      step: 'openPaymentLink',
      customer: visit.customer,
      asksTaxProvider: true,
      load: async (tx) => {
        const rows = await loadTaxFacts(tx, request.scope);
        rows.putAll(
          await loadWithNamed(tx, request.scope, {
            customer: visit.customer,
            named: merged(merged(namedByLink(link, visit.promotionCode), shown ? namedByLink(shown) : {}), { price: prices }),
            load: loadRedeemable,
          }),
        );
        rows.putAll(
          await loadMatching(tx, request.scope, [
            byKeys('paymentLink', shown ? [link.id, shown.id] : [link.id]),
            configurationFor(undefined),
          ]),
        );
        return rows;
      },
      plan: (changes) => {
        openPaymentLink(changes, link.id, { origin: request.origin, visit, branding });
      },
    });
    url = `${request.origin}/c/pay/${request.newId(link.livemode ? 'cs_live' : 'cs_test')}`;
  };
  await runForm(deps, exchange, link, { key: null, raw: {}, work });
  return url;
}

/** What the address adds, as far as it is valid: anybody may have written it. */
async function visitOf({ sql }: Dependencies, request: Request, link: PaymentLink): Promise<Omit<Visit, 'seen'>> {
  const query = new URL(request.url, 'http://localhost').searchParams;
  const code = word({ max: 500 }).safeParse(query.get('prefilled_promo_code') ?? '');
  const takesCode = code.success && link.settings.allow_promotion_codes === true;
  const locked = emailIn(query.get('locked_prefilled_email'));
  const reference = query.get('client_reference_id') ?? '';
  const locale = query.get('locale') ?? '';
  const customer = await sessionCustomer(sql, link, { secret: query.get(CUSTOMER_SESSION), component: 'buy_button' });
  return {
    customer,
    email: locked ?? emailIn(query.get('prefilled_email')),
    isEmailLocked: locked !== null,
    locale: /^[A-Za-z]{2}(-[A-Za-z0-9]{2,3})?$/.test(locale) ? locale : null,
    clientReferenceId: /^[\w-]{1,200}$/.test(reference) ? reference : null,
    promotionCode: takesCode ? await findActiveCode(sql, { ...link, customer }, code.data) : null,
  };
}

function emailIn(text: string | null): string | null {
  const parsed = email().safeParse(text ?? '');
  return parsed.success ? parsed.data : null;
}

async function showClosed({ sql }: Dependencies, { request, response }: Exchange, link: PaymentLink): Promise<void> {
  const branding = await loadBranding(sql, link);
  const locale = localeOfReader(request);
  sendPage(response, 410, renderPage(ClosedLinkPage({ locale, branding, message: link.inactiveMessage })));
}
