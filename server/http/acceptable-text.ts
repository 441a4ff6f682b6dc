/**
 * The only gate for text from outside. Invalid text (broken encodings, halves of characters) and text that Postgres cannot store (the NUL
 * character) is refused before any code reads it, so that no error or log has to show it.
 */
import { ParameterError } from './parameter-error';

/** Decodes percent-encoded UTF-8 strictly: null if it is broken. */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Decodes UTF-8 strictly: null if it is broken. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** The beginning of a text, with whole characters: half of a surrogate pair could not be stored. */
export function shortened(text: string, longest: number): string {
  return text.slice(0, longest).replace(/\p{Surrogate}$/u, '');
}

/** @param param the parameter's bracketed name, as far as it is known */
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

const LONGEST_KEY = 40;

/** A form's own key as it can be stored: whole characters, and no NUL, which no browser sends. */
export function formKey(text: string): string {
  return shortened(text.replaceAll('\0', ''), LONGEST_KEY);
}
