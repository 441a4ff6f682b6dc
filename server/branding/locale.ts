/** The language of a page. */
import type { Request } from 'express';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { localeOf, tagsOf, type Locale } from '../../web/words/languages';

/** The first language that pages have: of those that were chosen, then of the browser's. */
export function localeOfReader(request: Request, chosen: readonly string[] = []): Locale {
  return localeOf([...chosen, ...tagsOf(request.header('Accept-Language'))]);
}

/** The seller's choice for the session, or the browser's; without a session, the browser's. */
export function localeOfSession(session: Pick<CheckoutSession, 'settings'> | null, request: Request): Locale {
  const { locale = null } = session?.settings ?? {};
  return localeOfReader(request, locale === null || locale === 'auto' ? [] : [locale]);
}
