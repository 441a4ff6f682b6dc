import type { Request } from 'express';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { localeOf, tagsOf, type Locale } from '../../web/words/languages';

/** The seller's choice for the session, or the browser's; without a session, the browser's. */
export function localeFor(session: Pick<CheckoutSession, 'settings'> | null, request: Request): Locale {
  const { locale = null } = session?.settings ?? {};
  const asked = tagsOf(request.header('Accept-Language'));
  return localeOf(locale === null || locale === 'auto' ? asked : [locale, ...asked]);
}
