/**
 * The one gate for text from outside. What no text is (broken encodings, halves of characters) and what Postgres cannot keep (the
 * NUL character) is refused before anything reads it, so that neither an error nor a log ever has to show it.
 */
import { ParameterError } from './parameter-error';

/** Percent-encoded UTF-8, strictly: null where it is broken. */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** UTF-8, strictly: null where it is broken. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** @param param the parameter's bracketed name, as far as it can be told */
export function requireAcceptable(text: string, param: string): string {
  if (text.includes('\0')) throw refusal('it contains the NUL character (U+0000)', param);
  if (LONE_SURROGATE.test(text)) throw refusal('it contains half of a surrogate pair', param);
  return text;
}

export function refusal(why: string, param: string): ParameterError {
  const shown = param.replace(/[\p{Cc}\p{Surrogate}]/gu, '\u{FFFD}').slice(0, 100);
  return new ParameterError(
    'parameter_invalid',
    `Invalid string: ${shown === '' ? 'the parameters are unreadable' : shown}, ${why}.`,
    shown,
  );
}
