import { cs } from './cs';
import { da } from './da';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fi } from './fi';
import { fr } from './fr';
import { it } from './it';
import { ja } from './ja';
import { LINE_WORDS, type LineWords } from './lines';
import { nb } from './nb';
import { nl } from './nl';
import { pl } from './pl';
import { pt } from './pt';
import { sv } from './sv';
import type { Words } from './words';

/** By language. */
export const WORDS: Readonly<Record<string, Words>> = { cs, da, de, en, es, fi, fr, it, ja, nb, nl, pl, pt, sv };
/** Norwegian without a form is written as Bokmål. */
const OTHER_NAMES: Readonly<Record<string, string>> = { no: 'nb' };

export interface Language {
  /** BCP 47, with a region where one is known: it decides how dates and numbers are written. */
  tag: string;
  words: Words;
  /** Null: what Dunlin writes on a line stays in Stripe's English. */
  line: LineWords | null;
}

/**
 * The language of a document: the first of the customer's preferred ones that has words, otherwise English.
 *
 * @param country where the seller is, which decides how English writes dates
 */
export function languageOf(preferred: readonly string[], country: string): Language {
  for (const tag of preferred) {
    const written = tag.slice(0, 2).toLowerCase();
    const name = OTHER_NAMES[written] ?? written;
    const words = WORDS[name];
    const [known] = words && isTag(tag) ? Intl.DateTimeFormat.supportedLocalesOf([tag]) : [];
    if (words && known !== undefined) return { tag: known, words, line: LINE_WORDS[name] ?? null };
  }
  return { tag: isTag(`en-${country}`) ? `en-${country}` : 'en', words: en, line: null };
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
