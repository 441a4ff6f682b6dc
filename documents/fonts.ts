import { dirname, join } from 'node:path';
import { inFonts } from './scripts';

/** Noto covers Latin, Greek and Cyrillic; its sisters have the other scripts. A font is read when a text needs it, and embedded, as PDF/A demands. */
const FAMILIES = {
  Latin: ['noto-sans', 'NotoSans'],
  Japanese: ['noto-sans-jp', 'NotoSansJP'],
  Chinese: ['noto-sans-sc', 'NotoSansSC'],
  Korean: ['noto-sans-kr', 'NotoSansKR'],
  Arabic: ['noto-sans-arabic', 'NotoSansArabic'],
  Hebrew: ['noto-sans-hebrew', 'NotoSansHebrew'],
  Thai: ['noto-sans-thai', 'NotoSansThai'],
  Devanagari: ['noto-sans-devanagari', 'NotoSansDevanagari'],
} as const;

export function fontFiles(): Record<string, { normal: string; bold: string }> {
  const root = dirname(dirname(require.resolve('@expo-google-fonts/noto-sans/package.json')));
  return Object.fromEntries(
    Object.entries(FAMILIES).map(([name, [folder, prefix]]) => {
      const file = (weight: string): string => join(root, folder, weight, `${prefix}_${weight}.ttf`);
      return [name, { normal: file('400Regular'), bold: file('600SemiBold') }];
    }),
  );
}

/** A word of this length does not fit beside two others, so it may break anywhere. */
const LONG_WORD = /\S{25,}/gu;

interface Run {
  text: string;
  font?: string;
  wordBreak?: 'break-all';
  lineHeight?: number;
}

/** The font has room for marks above each other, which no name or address has. */
const ARABIC_HEIGHT = 0.8;

/** Scripts whose words pdfmake breaks anywhere as it is, or whose letters change shape where they are cut. */
const UNBROKEN: readonly (string | null)[] = ['Japanese', 'Chinese', 'Korean', 'Arabic', 'Hebrew'];

/**
 * A text as pieces of one font each, in which a long word cannot push anything off the page.
 *
 * @param line the letters that surely fit into a line; those of the narrowest column, if nothing is said
 */
export function runs(text: string, line?: number): Run[] {
  return inFonts(text, line).flatMap((part) => {
    const own = part.font === null ? {} : { font: part.font, ...(part.font === 'Arabic' ? { lineHeight: ARABIC_HEIGHT } : {}) };
    return UNBROKEN.includes(part.font) ? [{ text: part.text, ...own }] : broken(part.text).map((run) => ({ ...run, ...own }));
  });
}

/** The long words of a text, which may break anywhere, and what is between them. */
function broken(text: string): Run[] {
  const pieces: Run[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(LONG_WORD)) {
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: found, wordBreak: 'break-all' });
    from = index + found.length;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ text: text.slice(from) });
  return pieces;
}
