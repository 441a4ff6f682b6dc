/**
 * The page at which a customer asks for a link to the portal, and the links. The page answers the same whether there is such a customer or not, and before it looks.
 */
import express, { Router, type Request, type Response } from 'express';
import { customerAt, findLoginPage, findPortalLogin, loadLoginFacts } from '../../db/portal';
import { secretSource } from '../../db/ids';
import { byKey, loadMatching } from '../../db/matching';
import { isUsable, LOGINS_COUNTED_SECONDS, mailPortalLogin, usePortalLogin } from '../../domain/portal/logins';
import type { PortalConfiguration, PortalLogin } from '../../domain/rows/portal';
import { LoginPage, type LoginView } from '../../web/portal/login-page';
import { renderPage } from '../../web/render';
import { localeOfReader } from '../branding/locale';
import { loadBranding } from '../branding/load';
import { readEntries } from '../checkout/form';
import { FORM_LIMIT, sendPage } from '../checkout/pages';
import { newRequestId } from '../http/context';
import type { Dependencies, Scope } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { ApiRequest } from '../http/request';
import { email } from '../http/text-parameters';
import { limitVisitors } from '../middleware/limit-visitors';

const ASK = '/p/login/:secret';
const LINK = '/p/login/link/:secret';

export function loginPages(deps: Dependencies): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  router.use('/p/login/', limitVisitors());
  router.get(ASK, async (request, response) => {
    const page = await findPage(deps, request);
    await show(deps, { request, response }, page, { name: 'ask' });
  });
  router.post(ASK, form, async (request, response) => {
    const page = await findPage(deps, request);
    const address = email().safeParse(readEntries(request.body)['email']);
    await show(deps, { request, response }, page, { name: address.success ? 'sent' : 'ask' });
    if (address.success) mailLink(deps, page, address.data);
  });
  router.get(LINK, async (request, response) => {
    const { login, askAt } = await findLink(deps, request);
    const isFresh = login.usedAt === null && isUsable(login, now());
    const view: LoginView = isFresh ? { name: 'open' } : { name: 'expired', askAt };
    await show(deps, { request, response }, login, view);
  });
  router.post(LINK, form, async (request, response) => {
    const { login, askAt } = await findLink(deps, request);
    if (isUsable(login, now())) response.redirect(303, await open(deps, request, login));
    else await show(deps, { request, response }, login, { name: 'expired', askAt });
  });
  return router;
}

const now = (): number => Math.floor(Date.now() / 1000);

async function findPage({ sql }: Dependencies, request: Request): Promise<PortalConfiguration> {
  const page = await findLoginPage(sql, idIn(request));
  if (page?.active !== true || !isAt(page.loginPage.url, request)) throw new HttpError(404, 'There is no such page.');
  return page;
}

async function findLink({ sql, secret }: Dependencies, request: Request): Promise<{ login: PortalLogin; askAt: string | null }> {
  const found = await findPortalLogin(sql, idIn(request));
  if (found === null || secretSource(secret)(found.login.id) !== String(request.params['secret']))
    throw new HttpError(404, 'There is no such page.');
  return found;
}

const idIn = (request: Request): string => String(request.params['secret']).split('_secret_')[0] ?? '';

const isAt = (url: string | null, request: Request): boolean =>
  url !== null && new URL(url).pathname === `/p/login/${String(request.params['secret'])}`;

/** After the answer: whether there is such a customer does not show in how long it takes. Who gets no mail asks again. */
function mailLink(deps: Dependencies, page: PortalConfiguration, address: string): void {
  const work = async (): Promise<void> => {
    const customer = await customerAt(deps.sql, page, address);
    if (customer === null) return;
    // The host of a request is its sender's word, and must not decide where the mail leads.
    const asking = requestOf(deps, page, { id: newRequestId(), origin: new URL(page.loginPage.url ?? '').origin });
    const since = now() - LOGINS_COUNTED_SECONDS;
    await asking.change({
      step: 'mailPortalLogin',
      customer: null,
      subject: customer,
      load: (tx) => loadLoginFacts(tx, asking.scope, { customer, since }),
      plan: (changes) => {
        mailPortalLogin(changes, { customer, configuration: page.id, origin: asking.origin });
      },
    });
  };
  work().catch((error: unknown) => {
    deps.log.error({ err: error }, 'a link to the portal was not mailed');
  });
}

/** The session of the link. A repeated click finds the first one's. */
async function open(deps: Dependencies, request: Request, login: PortalLogin): Promise<string> {
  const origin = `${request.protocol}://${request.host}`;
  const opening = requestOf(deps, login, { id: login.id.replace('bplog', 'req'), origin });
  await opening.change({
    step: 'usePortalLogin',
    customer: null,
    load: (tx) => loadMatching(tx, opening.scope, [byKey('portalLogin', login.id), byKey('portalConfiguration', login.configuration)]),
    plan: (changes) => {
      usePortalLogin(changes, login.id, opening.origin);
    },
  });
  const { url } = await opening.find('portalSession', opening.newId('bps'));
  return url;
}

function requestOf(deps: Dependencies, { account, livemode }: Scope, { id, origin }: { id: string; origin: string }): ApiRequest<null> {
  const identity = { id, idempotencyKey: null };
  return new ApiRequest(null, { path: {}, scope: { account, livemode }, keyId: 'portal', identity, origin }, deps);
}

async function show(
  deps: Dependencies,
  { request, response }: { request: Request; response: Response },
  scope: Scope,
  view: LoginView,
): Promise<void> {
  const branding = await loadBranding(deps.sql, scope);
  const locale = localeOfReader(request);
  const page = LoginPage({ locale, branding, isTest: !scope.livemode, action: request.path, view });
  sendPage(response, view.name === 'expired' ? 410 : 200, renderPage(page));
}
