/**
 * Reads requests: forms, queries and JSON all become texts, arrays and objects, as in Stripe's forms. Invalid text, and text that would be
 * read differently than it was sent, is refused by name.
 */
import type { Request } from 'express';
import qs from 'qs';
import { BillingError } from '../../domain/core/errors';
import { decoded, refusal, requireAcceptable, utf8 } from './acceptable-text';
import { longArrayIn } from './form-arrays';
import { bracketPath, ParameterError } from './parameter-error';
import { unknownParameters, type RawParameters } from './validation';
import { LIMITS } from '../../domain/core/limits';

const FORM = {
  depth: 10,
  strictDepth: true,
  arrayLimit: 500,
  parameterLimit: LIMITS.formParameters.max,
  throwOnLimitExceeded: true,
  // Objects without a prototype: a key called `constructor` is a key.
  plainObjects: true,
} as const;

/** The parameters of a request: its query and, if it may have one, its body. */
export function readParameters(request: Request): RawParameters {
  const [, query = ''] = request.url.split(/\?(.*)/s);
  const fromQuery = parseForm(query);
  return request.method === 'GET' ? fromQuery : { ...fromQuery, ...readBody(request) };
}

function readBody(request: Request): RawParameters {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) return {};
  const text = utf8(body);
  if (text === null) throw invalid('The body is not valid UTF-8.');
  const type = request.headers['content-type'] ?? '';
  const media = mediaOf(type);
  if (media === 'application/json') return parseJson(text);
  if (media === '' || media === 'application/x-www-form-urlencoded') return parseForm(text);
  throw invalid(`Invalid Content-Type: ${type.slice(0, 100)}. Use application/x-www-form-urlencoded or application/json, in UTF-8.`);
}

/** `application/json` of `Application/JSON; charset=UTF-8`; null if it has another encoding. */
function mediaOf(type: string): string | null {
  const [media = '', ...attributes] = type.split(';').map((part) => part.trim().toLowerCase());
  const isUtf8 = attributes.every((each) => !each.startsWith('charset=') || /^charset="?(utf-?8|us-ascii)"?$/.test(each));
  return isUtf8 ? media : null;
}

/** A form as text: `a[b]=c`. */
export function parseForm(text: string): RawParameters {
  if (text === '') return {};
  checkForm(text);
  try {
    return qs.parse(text, FORM);
  } catch (error) {
    const array = longArrayIn(text, FORM.arrayLimit);
    if (array !== undefined) throw tooLong(array);
    throw invalid(`The parameters cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** qs accepts text that it cannot decode, and drops some parameters silently: both are refused first. */
function checkForm(text: string): void {
  const parts = text.split('&', LIMITS.formParameters.max + 1);
  // qs refuses that, too, but only after each of a million empty parts has been decoded here.
  if (parts.length > LIMITS.formParameters.max) throw invalid(`A form has at most ${String(LIMITS.formParameters.max)} parameters.`);
  for (const part of parts) {
    const [, rawName = '', rawValue = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
    const name = decoded(rawName.replaceAll('+', ' '));
    if (name === null) throw refusal('its percent-encoding is broken', '');
    requireAcceptable(name, name);
    refusePrototype(name.split(/[[\]]/), name);
    const value = decoded(rawValue.replaceAll('+', ' '));
    if (value === null) throw refusal('its percent-encoding is broken', name);
    requireAcceptable(value, name);
  }
}

const tooLong = (array: string) =>
  new ParameterError('parameter_invalid', `Array limit exceeded: ${array} has more than ${String(FORM.arrayLimit)} elements.`, array);

function refusePrototype(names: string[], param: string): void {
  if (names.includes('__proto__')) throw unknownParameters([param]);
}

/** Of a value that a program has, as if it had been sent as JSON. */
export const rawParametersOf = (value: Record<string, unknown>): RawParameters => parseJson(JSON.stringify(value));

function parseJson(text: string): RawParameters {
  let value: unknown;
  try {
    JSON.parse(text);
    value = JSON.parse(withNumbersAsTexts(text));
  } catch {
    throw invalid('The body is not valid JSON.');
  }
  const read = new JsonReader().read(value, []);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw invalid('The body must be a JSON object.');
  return read as RawParameters;
}

/** A number as written. As a JavaScript number, 0.1234567890123456789 would lose digits silently. */
function withNumbersAsTexts(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs, (token) => {
    if (token.startsWith('"')) return token;
    return `"${Number.isSafeInteger(Number(token)) ? String(Number(token)) : token}"`;
  });
}

/** JSON's values as a form would have sent them; null is empty, which removes a value. */
class JsonReader {
  private values = 0;

  read(value: unknown, path: string[]): unknown {
    if (path.length > FORM.depth) throw invalid('The body is nested too deeply.');
    if ((this.values += 1) > LIMITS.jsonValues.max) throw invalid(`The body has more than ${String(LIMITS.jsonValues.max)} values.`);
    if (value === null) return '';
    if (Array.isArray(value)) return value.map((each, index) => this.read(each, [...path, String(index)]));
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'string') return requireAcceptable(value, bracketPath(path));
    const result = Object.create(null) as Record<string, unknown>;
    for (const [key, each] of Object.entries(value as object)) {
      const param = bracketPath([...path, key]);
      requireAcceptable(key, param);
      refusePrototype([key], param);
      result[key] = this.read(each, [...path, key]);
    }
    return result;
  }
}

const invalid = (message: string): BillingError => new BillingError('parameter_invalid', message);
