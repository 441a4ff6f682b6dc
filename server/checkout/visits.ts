/** Which session a visitor of a payment link has: a cookie that only this link sees, and that knows nothing else. */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

const DAY_MS = 86_400_000;

/** One for each way to write the address: another e-mail address or code is another visit. */
const cookieOf = ({ originalUrl }: Request): string => `visit_${createHash('sha256').update(originalUrl).digest('hex').slice(0, 16)}`;

/** The id of the session that the visitor was led to; null if there is none. */
export function visitedSession(request: Request): string | null {
  const name = `${cookieOf(request)}=`;
  const cookies = (request.header('Cookie') ?? '').split(';').map((cookie) => cookie.trim());
  const value = cookies.find((cookie) => cookie.startsWith(name))?.slice(name.length) ?? '';
  return /^cs_(test|live)_\w{1,100}$/.test(value) ? value : null;
}

export function rememberVisit(request: Request, response: Response, url: string): void {
  const session = url.slice(url.lastIndexOf('/') + 1);
  const { secure, path } = request;
  response.cookie(cookieOf(request), session, { httpOnly: true, sameSite: 'lax', secure, path, maxAge: DAY_MS });
}
