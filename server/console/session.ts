/** The cookie of a console session, and the proof that a form comes from one of our pages. */
import { createHmac } from 'node:crypto';
import type { Request } from 'express';
import { ATTEMPT_SECONDS, SESSION_SECONDS } from '../../domain/authorization/logins';
import { isOneOf } from '../../db/ids';
import { findSession, markSeen, type FoundSession } from '../../db/user-sessions';
import type { Browser } from '../access/login';
import type { Exchange } from '../forms/run-once';
import { addressOf } from '../http/address';
import type { Context } from '../http/context';
import type { Dependencies } from '../http/dependencies';

/** `session`: of somebody who is logged in. `attempt`: of a login that has begun. */
type Cookie = 'session' | 'attempt';

/** Browsers accept a cookie with this beginning only over HTTPS, for this very host and for all paths. */
const SECURE = '__Host-';
/** Without HTTPS, as on a developer's machine, they have no such beginning. */
const NAMES: Record<Cookie, string> = { session: 'dunlin_console', attempt: 'dunlin_console_login' };
const SECONDS: Record<Cookie, number> = { session: SESSION_SECONDS, attempt: ATTEMPT_SECONDS };

type Deps = Pick<Dependencies, 'config' | 'sql'>;
type Forms = Pick<Dependencies, 'tokenSecrets'>;

const isSecure = ({ config }: Pick<Deps, 'config'>, request: Request): boolean =>
  config.publicUrl?.startsWith('https:') ?? request.protocol === 'https';

const nameFor = (deps: Deps, request: Request, cookie: Cookie): string => `${isSecure(deps, request) ? SECURE : ''}${NAMES[cookie]}`;

export function setCookie(deps: Deps, { request, response }: Exchange, cookie: Cookie, token: string): void {
  response.cookie(nameFor(deps, request, cookie), token, { ...cookieOptions(deps, request), maxAge: SECONDS[cookie] * 1000 });
}

export function clearCookie(deps: Deps, { request, response }: Exchange, cookie: Cookie): void {
  response.clearCookie(nameFor(deps, request, cookie), cookieOptions(deps, request));
}

/** The console's address, as browsers know it. */
export const originOf = ({ config }: Pick<Deps, 'config'>, request: Request): string =>
  config.publicUrl ?? `${request.protocol}://${request.host}`;

/** Lax, so that a link from elsewhere opens the console; no form of another site can use it. */
function cookieOptions(deps: Deps, request: Request) {
  return { httpOnly: true, secure: isSecure(deps, request), sameSite: 'lax', path: '/' } as const;
}

/** The session of the request's cookie, if it still counts. */
export async function sessionOf(deps: Deps, request: Request): Promise<FoundSession | null> {
  const token = tokenIn(deps, request, 'session');
  if (token === null) return null;
  const now = Math.floor(Date.now() / 1000);
  const found = await findSession(deps.sql, token, now);
  if (found) await markSeen(deps.sql, found.session, now);
  return found;
}

/** Null if the browser has no such cookie. */
export function tokenIn(deps: Deps, request: Request, cookie: Cookie): string | null {
  const name = nameFor(deps, request, cookie);
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/** What each form of a session must send. */
export const csrfOf = ({ tokenSecrets: [secret] }: Forms, session: string): string => signed(secret, session);

function signed(secret: string, session: string): string {
  return createHmac('sha256', secret).update(`console form\n${session}`).digest('base64url');
}

/** Whether a form was sent by a page of this session. */
export function hasCsrf({ tokenSecrets }: Forms, request: Request, session: string): boolean {
  const { csrf } = (request.body ?? {}) as { csrf?: unknown };
  return isOneOf(tokenSecrets, typeof csrf === 'string' ? csrf : '', (secret) => signed(secret, session));
}

/**
 * Whether a form may come from a page of this site. Browsers say where a request comes from in `Sec-Fetch-Site`; older ones, and all without
 * HTTPS, in `Origin`, which is `null` because our pages have the policy `no-referrer`.
 */
export function isFromHere(deps: Pick<Deps, 'config'>, request: Request): boolean {
  const site = request.header('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.header('Origin');
  if (origin === undefined || origin === 'null') return true;
  return origin === originOf(deps, request);
}

export const browserOf = (request: Request, { requestId }: Pick<Context, 'requestId'>): Browser => ({
  ip: addressOf(request),
  userAgent: request.header('User-Agent') ?? '',
  requestId,
});
