/** Reads what clients send: forms, queries and JSON all become texts, arrays and objects, as Stripe's forms have them. */
import type { Request } from 'express';
import qs from 'qs';
import { BillingError } from '../domain/errors';
import type { RawParameters } from './validation';
import { LIMITS } from '../domain/limits';

const FORM = {
  depth: LIMITS.nesting.max,
  strictDepth: true,
  arrayLimit: 500,
  parameterLimit: LIMITS.formParameters.max,
  throwOnLimitExceeded: true,
  // Objects without a prototype: a key called `constructor` is a key.
  plainObjects: true,
} as const;

/** The parameters of a request: its query and, where it may have one, its body. */
export function readParameters(request: Request): RawParameters {
  const [, query = ''] = request.url.split(/\?(.*)/s);
  const fromQuery = parseForm(query);
  return request.method === 'GET' ? fromQuery : { ...fromQuery, ...readBody(request) };
}

function readBody(request: Request): RawParameters {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) return {};
  const text = body.toString('utf8');
  const type = request.headers['content-type'] ?? '';
  if (type.includes('application/json')) return parseJson(text);
  if (type === '' || type.includes('application/x-www-form-urlencoded')) return parseForm(text);
  throw invalid(`Invalid Content-Type: ${type.slice(0, 100)}. Use application/x-www-form-urlencoded or application/json.`);
}

function parseForm(text: string): RawParameters {
  try {
    return qs.parse(text, FORM);
  } catch (error) {
    throw invalid(`The parameters cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseJson(text: string): RawParameters {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('The body is not valid JSON.');
  }
  const read = asTexts(value, 0, { values: 0 });
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw invalid('The body must be a JSON object.');
  return read as RawParameters;
}

/** JSON's numbers, booleans and null as a form would have sent them; null is empty, which unsets. */
function asTexts(value: unknown, depth: number, seen: { values: number }): unknown {
  if ((seen.values += 1) > LIMITS.jsonValues.max) throw invalid(`The body has more than ${String(LIMITS.jsonValues.max)} values.`);
  if (depth > FORM.depth) throw invalid('The body is nested too deeply.');
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((each) => asTexts(each, depth + 1, seen));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return value;
  const result = Object.create(null) as Record<string, unknown>;
  for (const [key, each] of Object.entries(value)) if (key !== '__proto__') result[key] = asTexts(each, depth + 1, seen);
  return result;
}

const invalid = (message: string): BillingError => new BillingError('parameter_invalid', message);
