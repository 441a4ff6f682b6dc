/** Where the buyer of an expired session continues: the address opens a copy of it, once, and leads to its page. */
import { Router, type Request } from 'express';
import { findSession, loadContinuations, loadSessionFacts } from '../../db/checkout';
import { continuationOf, recoverSession } from '../../domain/checkout/recovery';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { Rows } from '../../domain/rows/rows';
import { ClosedLinkPage } from '../../web/checkout/closed-link-page';
import { renderPage } from '../../web/render';
import { localeOfReader } from '../branding/locale';
import { loadBranding } from '../branding/load';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { sendPage } from './pages';
import { namedBySession } from './references';
import { runForm } from './run-form';
import type { Exchange } from '../forms/run-once';

export function recoveryPages(deps: Dependencies): Router {
  const router = Router();
  router.get('/c/recover/:secret', limitVisitors(), async (request, response) => {
    const session = await find(deps, request);
    const url = await continued(deps, { request, response }, session);
    if (url !== null) {
      response.redirect(303, url);
      return;
    }
    const locale = localeOfReader(request);
    sendPage(response, 410, renderPage(ClosedLinkPage({ locale, branding: await loadBranding(deps.sql, session), message: null })));
  });
  return router;
}

async function find({ sql }: Dependencies, request: Request): Promise<CheckoutSession> {
  const secret = String(request.params['secret']);
  const [id = ''] = secret.split('_secret_');
  const session = await findSession(sql, id);
  if (session?.clientSecret !== secret || session.settings.after_expiration?.enabled !== true) {
    throw new HttpError(404, 'There is no such checkout.');
  }
  return session;
}

/** The page of the copy; null if the session cannot be continued. */
async function continued(deps: Dependencies, exchange: Exchange, session: CheckoutSession): Promise<string | null> {
  const scope = { account: session.account, livemode: session.livemode };
  await runForm(deps, exchange, session, {
    key: null,
    raw: {},
    work: async (request) => {
      await request.change({
        step: 'recoverCheckoutSession',
        customer: session.customer,
        asksTaxProvider: true,
        subject: `${session.id}/recovery`,
        load: async (tx): Promise<Rows> => {
          const rows = await loadSessionFacts(tx, scope, session.id, namedBySession);
          rows.putAll(await loadContinuations(tx, session.id));
          return rows;
        },
        plan: (changes) => {
          recoverSession(changes, session.id, request.origin);
        },
      });
    },
  });
  const copies = (await loadContinuations(deps.sql, session.id)).all('checkoutSession');
  return continuationOf(copies, session.id)?.pageUrl ?? null;
}
