/** The languages of the pages, and which of them a buyer reads. */
import type { Words } from './words';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { it } from './it';
import { ja } from './ja';
import { nl } from './nl';
import { pl } from './pl';
import { pt } from './pt';
import { sv } from './sv';

export const LANGUAGES = { en, de, fr, es, it, nl, pl, pt, sv, ja } satisfies Record<string, Words>;
export type Language = keyof typeof LANGUAGES;

/** A language of the pages, with the tag whose numbers and dates are shown: `de` and `de-AT`. */
export interface Locale {
  language: Language;
  tag: string;
}

/**
 * The first tag in one of the languages; English if there is none.
 *
 * @param tags in the order of preference, as in `Accept-Language`
 */
export function localeOf(tags: readonly string[]): Locale {
  for (const tag of tags) {
    const [language = ''] = tag.toLowerCase().split('-');
    if (Object.hasOwn(LANGUAGES, language) && isTag(tag)) return { language: language as Language, tag };
  }
  return { language: 'en', tag: 'en' };
}

/** The tags of a header, in the order in which they are given, which is the order that browsers prefer. */
export function tagsOf(header: string | undefined): string[] {
  return (header ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => (part.split(';')[0] ?? '').trim())
    .filter((tag) => tag !== '');
}

/** Anybody may have written the tag, and `Intl` throws for one like `de-DE-DE`. */
function isTag(tag: string): boolean {
  try {
    return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) && Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
