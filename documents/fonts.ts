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

/** A text as pieces of one font each. */
export function runs(text: string): { text: string; font?: string }[] {
  const pieces: { text: string; font?: string }[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(JAPANESE)) {
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: found, font: 'Japanese' });
    from = index + found.length;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ text: text.slice(from) });
  return pieces;
}
