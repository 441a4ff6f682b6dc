import { en } from './en';
import type { Words } from './words';

/** By language. */
const WORDS: Record<string, Words> = { en };

export interface Language {
  /** BCP 47, with a region where one is known: it decides how dates and numbers are written. */
  tag: string;
  words: Words;
}

/**
 * The language of a document: the first of the customer's preferred ones that has words, otherwise English.
 *
 * @param country where the seller is, which decides how English writes dates
 */
export function languageOf(preferred: readonly string[], country: string): Language {
  for (const tag of preferred) {
    const words = WORDS[tag.slice(0, 2).toLowerCase()];
    const [known] = words && isTag(tag) ? Intl.DateTimeFormat.supportedLocalesOf([tag]) : [];
    if (words && known !== undefined) return { tag: known, words };
  }
  return { tag: isTag(`en-${country}`) ? `en-${country}` : 'en', words: en };
}

/** A text of words with its names replaced. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
