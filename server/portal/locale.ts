/** The language of a portal session's pages. */
import type { Locale } from '../../web/words/languages';
import { localeOfReader } from '../branding/locale';
import type { Visit } from './operations';
import type { PortalRows } from './rows';

/** The one that the seller has chosen for the session, or the customer's, or the browser's. */
export function localeOfVisit({ session, request }: Visit, { customer }: Pick<PortalRows, 'customer'>): Locale {
  const { locale } = session;
  return localeOfReader(request, locale === null || locale === 'auto' ? customer.preferredLocales : [locale]);
}
