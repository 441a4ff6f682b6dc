/** Texts with a format: e-mail addresses, URLs, and ids that callers choose. */
import { text } from './parameters';

/** One e-mail address: a part, an at sign, a part, without line ends or invisible characters. */
export function email(): ReturnType<typeof text> {
  return text({ max: 512 }).superRefine((value, context) => {
    if (value === '' || /^[^\s@\p{C}<>,;"]+@[^\s@\p{C}<>,;"]+$/u.test(value)) return;
    context.addIssue({ code: 'custom', message: 'Invalid email address', params: { reason: 'email_invalid' } });
  });
}

/** An absolute http or https URL to which a browser may be sent, without credentials. */
export function httpUrl({ max = 2048 }: { max?: number } = {}): ReturnType<typeof text> {
  return text({ max }).superRefine((value, context) => {
    if (value === '' || isOfTheWeb(value)) return;
    const message = 'Not a valid URL: it must begin with http:// or https://, and must not contain credentials';
    context.addIssue({ code: 'custom', message, params: { reason: 'url_invalid' } });
  });
}

/** Where a site is, without a path: `https://shop.example.com`. */
export function origin(): ReturnType<typeof text> {
  return text({ max: 255 }).superRefine((value, context) => {
    if (value === '' || (/^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(value) && URL.canParse(value) && new URL(value).origin === value)) return;
    const message = 'Not a valid origin: write scheme, host and, if it is not the usual one, port, for example https://shop.example.com';
    context.addIssue({ code: 'custom', message, params: { reason: 'url_invalid' } });
  });
}

function isOfTheWeb(value: string): boolean {
  if (/[\s\p{C}\\]/u.test(value) || !/^https?:\/\/[^/]/i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === '' && password === '';
}

/** Words that have another meaning in the place of an id in a path. */
const RESERVED = ['search', '.', '..'];

/** An id that the caller chooses; it must be usable in a path: `gold-monthly`. */
export function chosenId({ max = 255 }: { max?: number } = {}): ReturnType<typeof text> {
  return text({ max }).refine(
    (value) => value === '' || (!RESERVED.includes(value) && !/[\p{C}\p{Z}/\\?#%]/u.test(value)),
    'Invalid id: it must not be `search` or dots alone, and must contain no spaces, control characters, slashes, backslashes or any of ?, # and %',
  );
}

/** An IBAN with its check digits (ISO 13616), as it is stored: in capitals without spaces. */
export function iban(): ReturnType<typeof text> {
  return text({ max: 34 }).superRefine((value, context) => {
    if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(value) && remainderOf(value) === 1) return;
    context.addIssue({ code: 'custom', message: 'Invalid IBAN: write it in capitals without spaces, with its check digits.' });
  });
}

/** The number that an IBAN is when its letters are read as 10 to 35, modulo 97. */
function remainderOf(value: string): number {
  const rotated = `${value.slice(4)}${value.slice(0, 4)}`;
  const digits = rotated.replace(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)));
  return Number(BigInt(digits) % 97n);
}
