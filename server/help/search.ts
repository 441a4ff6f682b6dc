/** Finds sections of guides by words. */
import type { Guide, Section } from './guides';

export interface Found extends Pick<Section, 'anchor' | 'guide' | 'heading'> {
  /** Of the text, around the first word that was found. */
  excerpt: string;
}

const MOST = 10;
const WORDS_MAX = 8;
const IN_HEADING = 5;
const COUNTED_MAX = 5;
const EXCERPT = 160;

/**
 * The sections that have all words, or longer ones that begin with them (in Japanese: that contain them). Those with the words in the heading,
 * and more often, come first.
 */
export function search(guides: readonly Guide[], query: string): Found[] {
  const words = wordsOf(query).slice(0, WORDS_MAX);
  if (words.length === 0) return [];
  return guides
    .flatMap(({ sections }) => sections)
    .map((section) => ({ section, score: scoreOf(section, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ section }) => ({ ...section, excerpt: excerptOf(section.text, words) }));
}

function scoreOf({ heading, text }: Section, words: readonly string[]): number {
  const [inHeading, inText] = [wordsOf(heading), wordsOf(text)];
  const scores = words.map((word) => {
    const isBegun = (each: string): boolean => (WITHOUT_SPACES.test(word) ? each.includes(word) : each.startsWith(word));
    const counted = Math.min(inText.filter(isBegun).length, COUNTED_MAX);
    return counted + (inHeading.some(isBegun) ? IN_HEADING : 0);
  });
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

/** Japanese writes its words without spaces between them. */
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** In small letters without accents. */
const wordsOf = (text: string): string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function excerptOf(text: string, words: readonly string[]): string {
  const all = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  const first = all.find(([word]) => words.some((each) => folded(word).startsWith(each)))?.index ?? 0;
  const from = Math.max(0, text.lastIndexOf(' ', Math.max(0, first - EXCERPT / 2)) + 1);
  const to = text.length <= from + EXCERPT ? text.length : text.lastIndexOf(' ', from + EXCERPT);
  return `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`;
}
