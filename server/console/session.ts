/** The cookie of a console session, and the proof that a form comes from one of our pages. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { SESSION_SECONDS } from '../../domain/authorization/logins';
import { findSession, markSeen, type FoundSession } from '../../db/user-sessions';
import type { Browser } from '../access/login';
import type { Context } from '../http/context';
import type { Dependencies } from '../http/dependencies';

/** Browsers accept a cookie with this name only over HTTPS, for this very host and for all paths. */
const SECURE_NAME = '__Host-dunlin_console';
/** Of a Dunlin without HTTPS, as on a developer's machine. */
const PLAIN_NAME = 'dunlin_console';

type Deps = Pick<Dependencies, 'config' | 'secret' | 'sql'>;

const isSecure = ({ config }: Pick<Deps, 'config'>, request: Request): boolean =>
  config.publicUrl?.startsWith('https:') ?? request.protocol === 'https';

const nameFor = (deps: Deps, request: Request): string => (isSecure(deps, request) ? SECURE_NAME : PLAIN_NAME);

export function setSessionCookie(deps: Deps, request: Request, response: Response, token: string): void {
  response.cookie(nameFor(deps, request), token, { ...cookieOptions(deps, request), maxAge: SESSION_SECONDS * 1000 });
}

export function clearSessionCookie(deps: Deps, request: Request, response: Response): void {
  response.clearCookie(nameFor(deps, request), cookieOptions(deps, request));
}

/** Lax, so that a link from elsewhere opens the console; no form of another site can use it. */
function cookieOptions(deps: Deps, request: Request) {
  return { httpOnly: true, secure: isSecure(deps, request), sameSite: 'lax', path: '/' } as const;
}

/** The session of the request's cookie, if it still counts. */
export async function sessionOf(deps: Deps, request: Request): Promise<FoundSession | null> {
  const token = readCookie(request, nameFor(deps, request));
  if (token === null) return null;
  const now = Math.floor(Date.now() / 1000);
  const found = await findSession(deps.sql, token, now);
  if (found) await markSeen(deps.sql, found.session, now);
  return found;
}

function readCookie(request: Request, name: string): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/** What each form of a session must send. */
export function csrfOf({ secret }: Pick<Deps, 'secret'>, session: string): string {
  return createHmac('sha256', secret).update(`console form\n${session}`).digest('base64url');
}

/** Whether a form was sent by a page of this session. */
export function hasCsrf(deps: Pick<Deps, 'secret'>, request: Request, session: string): boolean {
  const { csrf } = (request.body ?? {}) as { csrf?: unknown };
  const given = Buffer.from(typeof csrf === 'string' ? csrf : '');
  const expected = Buffer.from(csrfOf(deps, session));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Whether a form may come from a page of this site. Browsers say where a request comes from in `Sec-Fetch-Site`; older ones, and all without
 * HTTPS, in `Origin`, which is `null` because our pages have the policy `no-referrer`.
 */
export function isFromHere({ config }: Pick<Deps, 'config'>, request: Request): boolean {
  const site = request.header('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.header('Origin');
  if (origin === undefined || origin === 'null') return true;
  return origin === (config.publicUrl ?? `${request.protocol}://${request.host}`);
}

export const browserOf = (request: Request, { requestId }: Pick<Context, 'requestId'>): Browser => ({
  ip: request.ip ?? '',
  userAgent: request.header('User-Agent') ?? '',
  requestId,
});
