import { dirname, join } from 'node:path';

/** Noto covers Latin, Greek and Cyrillic; its Japanese sister has kana and Han characters. Both are embedded, as PDF/A demands. */
export function fontFiles(): Record<string, { normal: string; bold: string }> {
  return { Latin: family('noto-sans', 'NotoSans'), Japanese: family('noto-sans-jp', 'NotoSansJP') };
}

function family(folder: string, name: string): { normal: string; bold: string } {
  const root = dirname(require.resolve(`@expo-google-fonts/${folder}/package.json`));
  const file = (weight: string): string => join(root, weight, `${name}_${weight}.ttf`);
  return { normal: file('400Regular'), bold: file('600SemiBold') };
}

const JAPANESE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+/gu;

/** A word of this length does not fit beside two others, so it may break anywhere. */
const LONG_WORD = /[^\s\u2e80-\u9fff\uf900-\uffef]{25,}/gu;

interface Run {
  text: string;
  font?: string;
  wordBreak?: 'break-all';
}

/** A text as pieces of one font each, in which a long word cannot push anything off the page. */
export function runs(text: string): Run[] {
  const pieces = split(text, JAPANESE, { font: 'Japanese' });
  return pieces.flatMap((piece) => (piece.font === undefined ? split(piece.text, LONG_WORD, { wordBreak: 'break-all' }) : piece));
}

/** The parts of a text that a pattern finds, with what they have, and those between them. */
function split(text: string, pattern: RegExp, having: Omit<Run, 'text'>): Run[] {
  const pieces: Run[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: found, ...having });
    from = index + found.length;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ text: text.slice(from) });
  return pieces;
}
