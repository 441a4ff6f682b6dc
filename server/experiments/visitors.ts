/**
 * How a page knows a visitor again: by the `visitor` that the seller's site gives it, or by a cookie. The cookie is asked for once by a
 * redirect, so a browser that refuses it, and a program that knows no cookies, are seen to be such: they get the control, and are not counted.
 */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { visitor as visitorName } from '../schemas/visitor';

const COOKIE = 'dunlin_visitor';
/** In the address while it is not known whether the browser keeps the cookie. */
const ASKED = 'cookie_asked';
const DAY_MS = 86_400_000;
const KEPT_DAYS = 365;

/** Null: nobody whom the page could know again. */
export type Visitor = string | null;

/**
 * The visitor of a page that the browser shows by itself. `redirected`: the response leads to the same page, with what was missing.
 */
export function identify(request: Request, response: Response): { visitor: Visitor } | 'redirected' {
  const url = new URL(request.originalUrl, 'http://localhost');
  const given = givenVisitor(request);
  if (given !== undefined) return { visitor: given };
  const known = cookieOf(request);
  const wasAsked = url.searchParams.has(ASKED);
  if (known === null && wasAsked) return { visitor: null };
  if (known !== null && !wasAsked) return { visitor: known };
  if (known === null) {
    url.searchParams.set(ASKED, '1');
    const { secure } = request;
    response.cookie(COOKIE, randomUUID(), { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: KEPT_DAYS * DAY_MS });
  } else url.searchParams.delete(ASKED);
  response.setHeader('Cache-Control', 'no-store').redirect(303, `${url.pathname}${url.search}`);
  return 'redirected';
}

/** What the address says; an empty or wrong name is nobody's. Undefined if it says nothing. */
export function givenVisitor(request: Request): Visitor | undefined {
  return nameIn(new URL(request.originalUrl, 'http://localhost').searchParams.get('visitor') ?? undefined);
}

/** The visitor of a submitted form: the one that the page has put into it, or else that of the cookie. */
export function visitorOfForm(request: Request, { visitor }: Readonly<Record<string, string>>): Visitor {
  const named = nameIn(visitor);
  return named === undefined ? cookieOf(request) : named;
}

function nameIn(name: string | undefined): Visitor | undefined {
  if (name === undefined) return undefined;
  const parsed = visitorName().safeParse(name);
  return parsed.success ? parsed.data : null;
}

function cookieOf(request: Request): Visitor {
  const cookies = (request.header('Cookie') ?? '').split(';').map((cookie) => cookie.trim());
  const value = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
  return /^[0-9a-f-]{36}$/.test(value) ? value : null;
}
