/** The pages at which somebody logs in to the console, sets a password by a one-time link, and logs out; and the page of what was refused. */
import express, { Router, type Request, type Response } from 'express';
import { passwordProblem } from '../../domain/authorization/logins';
import type { User } from '../../domain/rows/user';
import { LIMITS } from '../../domain/core/limits';
import { revokeSessions, setSessionMode } from '../../db/user-sessions';
import { findLink, setPasswordByLink } from '../../db/users';
import { ConsoleLoginPage, type ConsoleLoginView, type LoginWays, type SetupProblem } from '../../web/console/login-page';
import { renderPage } from '../../web/render';
import { logInByPassword, recordInAudit, startSession } from '../access/login';
import { canHavePasskeys } from '../access/passkeys';
import { hashPassword } from '../access/passwords';
import { FORM_LIMIT, sendPage } from '../checkout/pages';
import type { Exchange } from '../forms/run-once';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { email as emailParameter } from '../http/text-parameters';
import { limitVisitors } from '../middleware/limit-visitors';
import { browserOf, clearCookie, isFromHere, originOf, sessionOf, setCookie } from './session';
import { mailReset } from './forgotten';
import { AWAY, isAway } from './outage';
import { consoleVisits, HOME, LOGIN, wayBack } from './visit';

const LOGOUT = '/console/logout';
const FORGOTTEN = '/console/forgotten';
const SETUP = '/console/setup/:token';
const MODE = '/console/mode';

export function consoleLoginPages(deps: Dependencies): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  router.use('/console/', limitVisitors());
  router.get(LOGIN, (request, response) => showLogin(deps, request, response));
  router.post(LOGIN, limitVisitors(LIMITS.loginsPerMinute), form, (request, response) => logIn(deps, request, response));
  router.get(FORGOTTEN, (request, response) => {
    showLoginView(request, response, { name: 'forgotten', hasProblem: false });
  });
  router.post(FORGOTTEN, limitVisitors(LIMITS.loginsPerMinute), form, (request, response) => {
    askForReset(deps, { request, response });
  });
  router.get(SETUP, (request, response) => showSetup(deps, request, response));
  router.post(SETUP, limitVisitors(LIMITS.loginsPerMinute), form, (request, response) => setUp(deps, request, response));
  const visits = consoleVisits(deps);
  router.post(LOGOUT, form, async (request, response) => {
    const visit = await visits(request, response);
    if (visit === null) return;
    await revokeSessions(deps.sql, { user: visit.user.id, id: visit.session, now: now() });
    const user = { id: visit.user.id, account: visit.account };
    await recordInAudit(deps.sql, user, browserOf(request, contextOf(response)), { operation: 'log_out', status: 200 });
    clearCookie(deps, { request, response }, 'session');
    response.redirect(303, `${LOGIN}?out=1`);
  });
  router.post(MODE, form, async (request, response) => {
    const visit = await visits(request, response);
    if (visit === null) return;
    const { mode, back } = entriesOf(request);
    await setSessionMode(deps.sql, visit.session, mode === 'live');
    response.redirect(303, wayBack(back));
  });
  return router;
}

const now = (): number => Math.floor(Date.now() / 1000);

type Entry = 'email' | 'password' | 'again' | 'back' | 'mode';

/** As entered: a password may begin or end with a space. An address with NUL, which no browser sends, could not be looked for. */
function entriesOf(request: Request): Record<Entry, string> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const read = (name: Entry): string => (typeof body[name] === 'string' ? body[name] : '');
  return {
    email: read('email').replaceAll('\0', '').trim(),
    password: read('password'),
    again: read('again'),
    back: read('back'),
    mode: read('mode'),
  };
}

const queryOf = (request: Request): URLSearchParams => new URL(request.originalUrl, 'http://console').searchParams;

async function showLogin(deps: Dependencies, request: Request, response: Response): Promise<void> {
  const query = queryOf(request);
  const back = wayBack(query.get('back'));
  if (await sessionOf(deps, request)) {
    response.redirect(303, back);
    return;
  }
  const note = query.has('out') ? 'loggedOut' : null;
  showLoginView(request, response, { name: 'login', back, email: '', problem: null, note, ways: waysOf(deps, request) });
}

export const waysOf = (deps: Dependencies, request: Request): LoginWays => ({
  passkey: canHavePasskeys(originOf(deps, request)),
  signOn: deps.config.oidc !== undefined,
});

async function logIn(deps: Dependencies, request: Request, response: Response): Promise<void> {
  if (!isFromHere(deps, request)) {
    showLoginView(request, response, { name: 'foreign' }, 403);
    return;
  }
  const { email, password, back: asked } = entriesOf(request);
  const back = wayBack(asked);
  const token = await logInByPassword(deps, { email, password }, browserOf(request, contextOf(response)));
  if (token === null) {
    showLoginView(request, response, { name: 'login', back, email, problem: 'refused', note: null, ways: waysOf(deps, request) }, 401);
    return;
  }
  setCookie(deps, { request, response }, 'session', token);
  response.redirect(303, back);
}

/** Answers before it looks: whether there is such a user does not show in how long it takes. */
function askForReset(deps: Dependencies, { request, response }: Exchange): void {
  if (!isFromHere(deps, request)) {
    showLoginView(request, response, { name: 'foreign' }, 403);
    return;
  }
  const address = emailParameter().safeParse(entriesOf(request).email);
  if (!address.success) {
    showLoginView(request, response, { name: 'forgotten', hasProblem: true }, 400);
    return;
  }
  showLoginView(request, response, { name: 'mailed' });
  mailReset(deps, address.data, browserOf(request, contextOf(response))).catch((error: unknown) => {
    deps.log.error({ err: error }, 'a link to set a password was not mailed');
  });
}

async function showSetup({ sql }: Dependencies, request: Request, response: Response): Promise<void> {
  const user = await findLink(sql, String(request.params['token']), now());
  if (user === null) showLoginView(request, response, { name: 'expired' }, 410);
  else showLoginView(request, response, { name: 'setup', email: user.email, entered: '', problem: null });
}

async function setUp(deps: Dependencies, request: Request, response: Response): Promise<void> {
  if (!isFromHere(deps, request)) {
    showLoginView(request, response, { name: 'foreign' }, 403);
    return;
  }
  const token = String(request.params['token']);
  const user = await findLink(deps.sql, token, now());
  if (user === null) {
    showLoginView(request, response, { name: 'expired' }, 410);
    return;
  }
  const { email, password, again } = entriesOf(request);
  const address = user.email ?? email;
  const refuse = (problem: SetupProblem): void => {
    showLoginView(request, response, { name: 'setup', email: user.email, entered: email, problem }, 400);
  };
  const problem = setupProblem(user, { email, password, again });
  if (problem !== null) {
    refuse(problem);
    return;
  }
  const done = await setPasswordByLink(deps.sql, { token, password: await hashPassword(password), email: address, now: now() });
  if (done === 'taken') refuse('taken');
  else if (done === 'gone') showLoginView(request, response, { name: 'expired' }, 410);
  else {
    setCookie(deps, { request, response }, 'session', await startSession(deps.sql, done, 'link', browserOf(request, contextOf(response))));
    response.redirect(303, HOME);
  }
}

function setupProblem(
  user: Pick<User, 'email'>,
  { email, password, again }: { email: string; password: string; again: string },
): SetupProblem | null {
  if (user.email === null && !emailParameter().safeParse(email).success) return 'email';
  return passwordProblem(password, user.email ?? email) ?? (password === again ? null : 'different');
}

/** Whether people wait for a page here, also where something was refused. */
export const isInConsole = ({ path }: Request): boolean => path === HOME || path.startsWith(`${HOME}/`);

export function sendProblem(request: Request, response: Response, { status, text }: { status: number; text: string }): void {
  const isOurs = status >= 500;
  const again = isOurs && request.method === 'GET' ? request.originalUrl : null;
  const number = isOurs && !isAway(status) ? contextOf(response).requestId : null;
  showLoginView(request, response, { name: 'problem', text: isAway(status) ? AWAY : text, again, request: number }, status);
}

export function showLoginView(request: Request, response: Response, view: ConsoleLoginView, status = 200): void {
  sendPage(response, status, renderPage(ConsoleLoginPage({ action: request.path, view })));
}
