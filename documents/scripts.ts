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

/** Marks that turn with the word in which they are. */
const MARKS = '["\'().,:;!?/&\\[\\]«»\u2019\u201c\u201d-]*';

const IN_SCRIPT = new RegExp(
  Object.entries(SCRIPTS)
    .map(([name, letters]) => `(?<${name}>${isTurned(name) ? `${MARKS}(?:[${letters}]+${MARKS})+` : `[${letters}]+`})`)
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

/**
 * The parts of a text by font, in the order in which they stand on the page.
 *
 * @param line the letters that surely fit into a line
 */
export function inFonts(text: string, line: number = LINE): InFont[] {
  const shown = inVisualOrder(text, line);
  const parts: InFont[] = [];
  let from = 0;
  for (const { index, 0: found, groups = {} } of shown.matchAll(IN_SCRIPT)) {
    if (index > from) parts.push({ text: shown.slice(from, index), font: null });
    const script = Object.keys(groups).find((name) => groups[name] !== undefined) ?? '';
    if (isTurned(script)) parts.push({ text: mirrored(found), font: script });
    else parts.push({ text: found, font: script === 'Han' ? fontOfHan(found) : script });
    from = index + found.length;
  }
  if (from < shown.length || parts.length === 0) parts.push({ text: shown.slice(from), font: null });
  return parts;
}

/** Whether the font turns the words of a script. */
function isTurned(script: string): boolean {
  return script === 'Arabic' || script === 'Hebrew';
}

const MIRRORED: Record<string, string> = { '(': ')', ')': '(', '[': ']', ']': '[', '«': '»', '»': '«' };

const mirrored = (word: string): string => word.replace(/[()[\]«»]/g, (mark) => MIRRORED[mark] ?? mark);

/** Han characters are written differently in Japan and China. With kana, or if Japanese has all of them, they are Japanese. */
function fontOfHan(text: string): string {
  return KANA.test(text) || Array.from(text).every((letter) => japanese().has(letter)) ? 'Japanese' : 'Chinese';
}

/** Fits the narrowest column, so that no line is broken a second time, which would turn the lines, too. */
const LINE = 28;

function inVisualOrder(text: string, most: number): string {
  if (!RIGHT_TO_LEFT.test(text)) return text;
  return text
    .split('\n')
    .flatMap((line) => linesOf(line, most).map((each) => turned(each, runsToTheLeft(line) ? 'left' : 'right')))
    .join('\n');
}

/** Whether a text begins in Arabic or Hebrew. */
export const runsToTheLeft = (text: string): boolean => RIGHT_TO_LEFT.test(LETTER.exec(text)?.[0] ?? '');

/** A text as lines of whole words, if it is too long for one. */
function linesOf(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

type Direction = 'left' | 'right';

/**
 * A text that begins in Arabic or Hebrew runs from right to left, and the Latin words in it do not; another text the other way round. Numbers and
 * signs follow the words on both sides of them, or the line if these differ.
 */
function turned(line: string, usual: Direction): string {
  const words = line.split(' ');
  const own = words.map((word) => directionOf(word));
  const parts: { words: string[]; towards: Direction }[] = [];
  words.forEach((word, index) => {
    const [before, after] = [own.slice(0, index).findLast((each) => each !== null), own.slice(index).find((each) => each !== null)];
    const towards = own[index] ?? (before !== undefined && before === after ? before : usual);
    const last = parts.at(-1);
    if (last?.towards === towards) last.words.push(word);
    else parts.push({ words: [word], towards });
  });
  if (usual === 'right') return parts.map(({ words: of, towards }) => (towards === 'left' ? of.reverse() : of).join(' ')).join(' ');
  const inParts = parts.map(({ words: of, towards }) =>
    towards === 'left'
      ? of.reverse().map((word) => (directionOf(word) === null ? withTurnedMarks(word) : word))
      : withTurnedMarks(of.join(' ')),
  );
  return inParts.reverse().flat().join(' ');
}

const MARKED = /^([[("'«“]*)(.*?)([\])"'».,:;!?”]*)$/su;

/** In a line that runs from right to left, the marks around numbers and Latin words follow the line: `(3` is read `3)`. */
function withTurnedMarks(text: string): string {
  const [, before = '', inner = text, after = ''] = MARKED.exec(text) ?? [];
  const across = (marks: string): string => mirrored(Array.from(marks).reverse().join(''));
  return `${across(after)}${inner}${across(before)}`;
}

/** Null: it has no letter. */
function directionOf(word: string): Direction | null {
  if (RIGHT_TO_LEFT.test(word)) return 'left';
  return LETTER.test(word) ? 'right' : null;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
