/**
 * Which characters a text may have that people read on a page, in a mail or on a document. Refused, or taken off where nobody can be asked, is
 * what is not seen and could deceive: control characters, the ones that turn the direction of what follows (`\u202e`), and characters without
 * a form. What languages and emoji need stays: joiners, marks of direction without a reach, variation selectors, and the tags of a flag.
 */

/** Tabs and line ends are allowed. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu;

/** Joiners of Persian and of emoji, marks of Arabic and Hebrew, selectors of a character's form, and tags. */
const NEEDED = '\\u034f\\u061c\\u180b-\\u180d\\u180f\\u200c-\\u200f\\ufe00-\\ufe0f\\u{e0020}-\\u{e007f}\\u{e0100}-\\u{e01ef}';

const UNSEEN = new RegExp(`(?![${NEEDED}])[\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb]`, 'gu');

/** Tags are a second, unseen alphabet, except behind the black flag: they say whose it is. */
const FLAG = /\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f}/gu;
const TAG = /[\u{e0020}-\u{e007f}]/gu;

/** Something that can be seen: letters, digits, punctuation, symbols. Fillers are letters without a form. */
const SEEN = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{P}\p{S}]/u;

export const hasVisibleCharacter = (text: string): boolean => SEEN.test(text);

/** Why the text may not be shown to people; null if it may. */
export function hiddenIn(text: string): 'control characters' | 'invisible characters' | null {
  if (text.search(CONTROL) !== -1) return 'control characters';
  return text.search(UNSEEN) !== -1 || text.replace(FLAG, '').search(TAG) !== -1 ? 'invisible characters' : null;
}

/** The text without them, for what somebody else has sent. */
export const withoutHidden = (text: string): string =>
  text
    .replace(CONTROL, '')
    .replace(UNSEEN, '')
    .split(FLAG_OR_REST)
    .map((part) => (isFlag(part) ? part : part.replace(TAG, '')))
    .join('');

/** Between flags and the rest; the flags are kept. */
const FLAG_OR_REST = new RegExp(`(${FLAG.source})`, 'u');
const isFlag = (part: string): boolean => part.search(FLAG) === 0;
