/**
 * Which font writes each part of a text, and in which order its words stand. pdfmake puts words from left to right; a word of Arabic or
 * Hebrew is shaped and turned by its font. So the words of such a text are turned here, line by line.
 */

/** Letters of each script that the Latin font does not have, by the font that has them. */
const SCRIPTS = {
  Han: '\\u2e80-\\u312f\\u3190-\\u9fff\\uf900-\\ufaff\\uff00-\\uff9f\\uffe0-\\uffef',
  Korean: '\\u1100-\\u11ff\\u3130-\\u318f\\uac00-\\ud7af\\uffa0-\\uffdf',
  Arabic: '\\u0600-\\u06ff\\u0750-\\u077f\\u0870-\\u08ff\\ufb50-\\ufdff\\ufe70-\\ufefc',
  Hebrew: '\\u0590-\\u05ff\\ufb1d-\\ufb4f',
  Thai: '\\u0e00-\\u0e7f',
  Devanagari: '\\u0900-\\u097f\\ua8e0-\\ua8ff',
};

const IN_SCRIPT = new RegExp(
  Object.entries(SCRIPTS)
    .map(([name, letters]) => `(?<${name}>[${letters}]+)`)
    .join('|'),
  'gu',
);
const KANA = /[\u3040-\u30ff\uff66-\uff9f]/u;
const RIGHT_TO_LEFT = new RegExp(`[${SCRIPTS.Arabic}${SCRIPTS.Hebrew}]`, 'u');
const LETTER = /\p{L}/u;

/** The characters of a Shift JIS text: what a Japanese font surely has. */
const japanese = lazily(() => {
  const decoder = new TextDecoder('shift_jis');
  const leads = [...range(0x81, 0x9f), ...range(0xe0, 0xfc)];
  const bytes = leads.flatMap((lead) => [...range(0x40, 0x7e), ...range(0x80, 0xfc)].map((trail) => [lead, trail]));
  return new Set(bytes.map((pair) => decoder.decode(Uint8Array.from(pair))));
});

/** A part of a text and the name of its font; null: the Latin one, which also has Greek and Cyrillic. */
export interface InFont {
  text: string;
  font: string | null;
}

/** The parts of a text by font, in the order in which they stand on the page. */
export function inFonts(text: string): InFont[] {
  const shown = inVisualOrder(text);
  const parts: InFont[] = [];
  let from = 0;
  for (const { index, 0: found, groups = {} } of shown.matchAll(IN_SCRIPT)) {
    if (index > from) parts.push({ text: shown.slice(from, index), font: null });
    const script = Object.keys(groups).find((name) => groups[name] !== undefined) ?? '';
    parts.push({ text: found, font: script === 'Han' ? fontOfHan(found) : script });
    from = index + found.length;
  }
  if (from < shown.length || parts.length === 0) parts.push({ text: shown.slice(from), font: null });
  return parts;
}

/** Han characters are written differently in Japan and China. With kana, or if Japanese has all of them, they are Japanese. */
function fontOfHan(text: string): string {
  return KANA.test(text) || Array.from(text).every((letter) => japanese().has(letter)) ? 'Japanese' : 'Chinese';
}

/** Fits the narrowest column, so that no line is broken a second time, which would turn the lines, too. */
const LINE = 28;

function inVisualOrder(text: string): string {
  if (!RIGHT_TO_LEFT.test(text)) return text;
  return text
    .split('\n')
    .flatMap((line) => linesOf(line).map((each) => turned(each)))
    .join('\n');
}

/** A text as lines of whole words, if it is too long for one. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= LINE) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** A line that begins in Arabic or Hebrew runs from right to left, and its Latin parts within it do not; another line the other way round. */
function turned(line: string): string {
  const first = LETTER.exec(line)?.[0] ?? '';
  const parts = directed(line.split(' '));
  const words = RIGHT_TO_LEFT.test(first)
    ? parts.reverse().flatMap(({ words: of, isTurned }) => (isTurned ? of.reverse() : of))
    : parts.flatMap(({ words: of, isTurned }) => (isTurned ? of.reverse() : of));
  return words.join(' ');
}

/** Neighboring words of one direction. */
function directed(words: string[]): { words: string[]; isTurned: boolean }[] {
  const parts: { words: string[]; isTurned: boolean }[] = [];
  for (const word of words) {
    const isTurned = RIGHT_TO_LEFT.test(word);
    const last = parts.at(-1);
    if (last?.isTurned === isTurned) last.words.push(word);
    else parts.push({ words: [word], isTurned });
  }
  return parts;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
