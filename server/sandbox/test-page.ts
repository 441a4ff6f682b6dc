/** What the sandbox's pages share. Anyone with the intent's client secret may open them, as with a real bank; they need no key. */
import type { Request, Response } from 'express';
import { findSession } from '../../db/checkout';
import { findByClientSecret, type IntentOfSecret } from '../../db/client-secrets';
import { ancestorsOf } from '../embedding/ancestors';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import type { Language } from '../../web/words/languages';

/** Forms of these pages redirect to the shop, which `form-action` would forbid. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'";

export async function findIntent(deps: Dependencies, request: Request): Promise<IntentOfSecret> {
  const found = await findByClientSecret(deps.sql, String(request.params['secret']));
  if (!found) throw new HttpError(404, 'There is no such payment.');
  return found;
}

/** The bank's page of a checkout that a site shows in a frame is shown there, too. */
export async function framedBy({ sql }: Dependencies, { row: { returnUrl } }: IntentOfSecret): Promise<string[]> {
  const [, id] = /\/c\/(?:embed|elements)\/(\w+)_secret_/.exec(returnUrl ?? '') ?? [];
  const session = id === undefined ? null : await findSession(sql, id);
  return session === null || session.pageUrl !== returnUrl ? [] : ancestorsOf(sql, session);
}

export function show(response: Response, html: string, ancestors: string[]): void {
  const policy = `${POLICY}; frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(' ')}`;
  if (ancestors.length > 0) response.removeHeader('X-Frame-Options');
  response.status(200).setHeader('Content-Security-Policy', policy).setHeader('Cache-Control', 'no-store').type('html').send(html);
}

export function page(title: string, body: string, language: Language = 'en'): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:4rem auto;padding:0 1rem}button,input{font:inherit;padding:.5rem 1rem}input{box-sizing:border-box;display:block;width:100%}</style>
</head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
