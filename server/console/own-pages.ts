/** What users change of their own access, whatever their role is. Each change is in the audit log. */
import express, { Router, type Request, type Response } from 'express';
import { isLocked, isRecent, passwordProblem } from '../../domain/authorization/logins';
import { LIMITS } from '../../domain/core/limits';
import { beginAttempt, finishAttempt } from '../../db/login-attempts';
import { listPasskeys, removePasskey, renamePasskey } from '../../db/passkeys';
import { revokeOtherSessions, revokeSessions } from '../../db/user-sessions';
import { countFailedLogin, findUserWithPassword, setPassword } from '../../db/users';
import { PASSWORD_PROBLEMS } from '../../web/console/login-page';
import { OwnPage } from '../../web/console/own-page';
import { renderPage } from '../../web/render';
import { recordInAudit, type PersonalOperation } from '../access/login';
import { addPasskey, canHavePasskeys, optionsToAdd } from '../access/passkeys';
import { hashPassword, isPassword } from '../access/passwords';
import { FORM_LIMIT, sendPage } from '../checkout/pages';
import type { Exchange } from '../forms/run-once';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import type { Operation } from '../http/operation';
import { limitVisitors } from '../middleware/limit-visitors';
import type { Desk } from './ask';
import { consoleDesks } from './desk';
import { OWN_PAGE, ownModel } from './own-page';
import { credentialOf } from './passkey-pages';
import { browserOf, clearCookie, originOf, setCookie, tokenIn } from './session';
import { LOGIN } from './visit';

interface Entered extends Exchange {
  desk: Desk;
}

/** What was done, or why nothing was. */
type Outcome = { done: keyof typeof DONE } | { problem: string };

const DONE = {
  password: 'Your password is changed. You are logged out everywhere else.',
  added: 'The passkey is added. From now on you can log in with it.',
  renamed: 'The passkey has another name.',
  removed: 'The passkey is removed.',
  revoked: 'That session has ended.',
  others: 'You are logged out everywhere else.',
};

const NAME_MAX = 100;

export function ownPages(deps: Dependencies, operations: readonly Operation[]): Router {
  const router = Router();
  const desks = consoleDesks(deps, operations);
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  const visited = (show: (entered: Entered) => Promise<void>) => async (request: Request, response: Response) => {
    const desk = await desks({ request, response });
    if (desk !== null) await show({ request, response, desk });
  };
  const change = (work: (entered: Entered) => Promise<Outcome>) => visited(async (entered) => answer(entered, await work(entered)));
  router.get(OWN_PAGE, visited(show));
  router.post(`${OWN_PAGE}/again`, form, visited(logInAgain));
  router.post(`${OWN_PAGE}/password`, limitVisitors(LIMITS.loginsPerMinute), form, change(changePassword));
  router.post(`${OWN_PAGE}/passkeys/options`, form, visited(beginPasskey));
  router.post(`${OWN_PAGE}/passkeys`, form, change(finishPasskey));
  router.post(`${OWN_PAGE}/passkeys/:id/rename`, form, change(rename));
  router.post(`${OWN_PAGE}/passkeys/:id/remove`, form, change(remove));
  router.post(`${OWN_PAGE}/sessions/others`, form, change(revokeOthers));
  router.post(`${OWN_PAGE}/sessions/:id/revoke`, form, change(revoke));
  return router;
}

async function show({ request, response, desk }: Entered): Promise<void> {
  const name = new URL(request.originalUrl, 'http://console').searchParams.get('done');
  const text = Object.entries(DONE).find(([each]) => each === name)?.[1] ?? '';
  const notice = text === '' ? null : ({ kind: 'done', text } as const);
  sendPage(response, 200, renderPage(OwnPage(await ownModel(desk, originOf(desk.deps, request), notice))));
}

async function answer({ request, response, desk }: Entered, outcome: Outcome): Promise<void> {
  if ('done' in outcome) {
    response.redirect(303, `${OWN_PAGE}?done=${outcome.done}`);
    return;
  }
  const notice = { kind: 'problem', text: outcome.problem } as const;
  sendPage(response, 400, renderPage(OwnPage(await ownModel(desk, originOf(desk.deps, request), notice))));
}

/** Ends this session, and leads back here after the next login. */
async function logInAgain({ request, response, desk: { deps, visit } }: Entered): Promise<void> {
  await revokeSessions(deps.sql, { user: visit.user.id, id: visit.session, now: now() });
  clearCookie(deps, { request, response }, 'session');
  response.redirect(303, `${LOGIN}?back=${encodeURIComponent(OWN_PAGE)}`);
}

async function changePassword(entered: Entered): Promise<Outcome> {
  const { deps, visit } = entered.desk;
  const [current, password, again] = ['current', 'password', 'again'].map((name) => textOf(entered.request, name));
  const user = await findUserWithPassword(deps.sql, visit.user.id);
  const refused = user?.hasPassword === true ? await wrongPassword(entered, user, current ?? '') : needsLogin(visit.began);
  if (refused !== null) return { problem: refused };
  const problem = passwordProblem(password ?? '', visit.user.email) ?? (password === again ? null : 'different');
  if (problem !== null) return { problem: PASSWORD_PROBLEMS[problem] };
  await setPassword(deps.sql, { id: visit.user.id, password: await hashPassword(password ?? ''), now: now() });
  await revokeOtherSessions(deps.sql, { user: visit.user.id, kept: visit.session, now: now() });
  await record(entered, 'set_password');
  return { done: 'password' };
}

/** Somebody who finds an open console must not guess the password there, so that wrong ones count as in a login. */
async function wrongPassword(
  { desk: { deps } }: Entered,
  user: { id: string; password: string | null; lockedUntil: number | null },
  current: string,
): Promise<string | null> {
  const isRight = await isPassword(user.password, current);
  if (!isLocked(user, now()) && isRight) return null;
  if (!isRight) await countFailedLogin(deps.sql, user.id, now());
  return 'Your present password is wrong, or there were too many attempts: then wait 15 minutes.';
}

const needsLogin = (began: number): string | null =>
  isRecent({ created: began }, now()) ? null : 'Log in again first: your login is older than 15 minutes.';

async function beginPasskey({ request, response, desk: { deps, visit } }: Entered): Promise<void> {
  const origin = originOf(deps, request);
  const isPossible = canHavePasskeys(origin) && needsLogin(visit.began) === null;
  if (!isPossible) throw new HttpError(403, 'Load the page again.');
  const { id, email, name } = visit.user;
  const token = await beginAttempt(deps.sql, { purpose: 'new_passkey', user: id, back: OWN_PAGE, now: now() });
  setCookie(deps, { request, response }, 'attempt', token);
  response.setHeader('Cache-Control', 'no-store').json(await optionsToAdd(deps.sql, { token, origin }, { id, email, name }));
}

async function finishPasskey(entered: Entered): Promise<Outcome> {
  const { request, response, desk } = entered;
  const { deps, visit } = desk;
  const token = tokenIn(deps, request, 'attempt');
  clearCookie(deps, { request, response }, 'attempt');
  const attempt = token === null ? null : await finishAttempt(deps.sql, { token, purpose: 'new_passkey', now: now() });
  const name = nameIn(request);
  if (name === null) return { problem: NAMELESS };
  const user = visit.user.id;
  if ((await listPasskeys(deps.sql, user)).length >= LIMITS.passkeys.max)
    return { problem: 'You have too many passkeys. Remove one first.' };
  const of = { user, name, response: credentialOf(request), now: now() };
  const isAdded = attempt?.user === user && (await addPasskey(deps.sql, { token: token ?? '', origin: originOf(deps, request) }, of));
  if (!isAdded) return { problem: 'No passkey was added. It took too long, or your device has given another answer. Try again.' };
  await record(entered, 'add_passkey');
  return { done: 'added' };
}

async function rename({ request, desk: { deps, visit } }: Entered): Promise<Outcome> {
  const name = nameIn(request);
  if (name === null) return { problem: NAMELESS };
  const isDone = await renamePasskey(deps.sql, { id: String(request.params['id']), user: visit.user.id, name });
  return isDone ? { done: 'renamed' } : { problem: GONE };
}

async function remove(entered: Entered): Promise<Outcome> {
  const { request, desk } = entered;
  if (!(await removePasskey(desk.deps.sql, { id: String(request.params['id']), user: desk.visit.user.id }))) return { problem: GONE };
  await record(entered, 'remove_passkey');
  return { done: 'removed' };
}

async function revoke(entered: Entered): Promise<Outcome> {
  const { request, desk } = entered;
  const ended = await revokeSessions(desk.deps.sql, { user: desk.visit.user.id, id: String(request.params['id']), now: now() });
  if (ended === 0) return { problem: 'That session has ended already.' };
  await record(entered, 'revoke_sessions');
  return { done: 'revoked' };
}

async function revokeOthers(entered: Entered): Promise<Outcome> {
  const { deps, visit } = entered.desk;
  await revokeOtherSessions(deps.sql, { user: visit.user.id, kept: visit.session, now: now() });
  await record(entered, 'revoke_sessions');
  return { done: 'others' };
}

const GONE = 'There is no such passkey any more.';
const NAMELESS = `Give the passkey a name of at most ${String(NAME_MAX)} characters, as that of its device.`;

async function record({ request, response, desk: { deps, visit } }: Entered, operation: PersonalOperation): Promise<void> {
  const user = { id: visit.user.id, account: visit.account };
  await recordInAudit(deps.sql, user, browserOf(request, contextOf(response)), { operation, status: 200 });
}

function textOf(request: Request, name: string): string {
  const value = ((request.body ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}

function nameIn(request: Request): string | null {
  const name = textOf(request, 'name').replaceAll('\0', '').trim();
  return name === '' || name.length > NAME_MAX ? null : name;
}

const now = (): number => Math.floor(Date.now() / 1000);
