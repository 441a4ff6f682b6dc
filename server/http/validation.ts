/** Checks a request's parameters against an operation, and reports errors in Stripe's words. */
import type { z } from 'zod';
import { shortened } from './acceptable-text';
import type { Operation } from './operation';
import { bracketPath, ParameterError } from './parameter-error';

/** The parsed request: texts, arrays and objects only. */
export type RawParameters = Record<string, unknown>;

type Issue = z.core.$ZodIssue;

/** @throws ParameterError for the first error: unsupported, unknown, missing, then invalid parameters */
export function validate(operation: Pick<Operation, 'parameters' | 'unsupported'>, raw: RawParameters): Record<string, unknown> {
  refuseUnsupported(operation.unsupported, raw);
  const parsed = operation.parameters.safeParse(raw);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => explain(issue, [], raw));
  errors.sort((a, b) => urgency(a) - urgency(b));
  throw errors[0] ?? new Error('zod refused without an issue');
}

function urgency(error: ParameterError): number {
  return ['parameter_unknown', 'parameter_missing'].indexOf(error.code) + 1 || 3;
}

function refuseUnsupported(unsupported: readonly string[], raw: RawParameters): void {
  if (unsupported.length === 0) return;
  for (const path of pathsOf(raw, [])) {
    const general = bracketPath(path).replace(/\[\d+\]/g, '[]');
    if (!unsupported.includes(general)) continue;
    const param = bracketPath(path);
    throw new ParameterError(
      'parameter_unsupported',
      `The parameter ${param} is part of Stripe's API, but not supported by Dunlin yet.`,
      param,
    );
  }
}

/** The path of every value, objects and lists included. */
function* pathsOf(value: unknown, path: string[]): Generator<string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) yield* pathsOf(each, [...path, key]);
}

function explain(issue: Issue, prefix: readonly PropertyKey[], raw: RawParameters): ParameterError[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') return [unknownParameters(issue.keys.map((key) => bracketPath([...path, key])))];
  const param = bracketPath(path);
  const value = valueAt(raw, path);
  if (value === undefined) return [new ParameterError('parameter_missing', `Missing required param: ${param}.`, param)];
  if (issue.code === 'invalid_union') return likeliest(issue.errors, value).flatMap((each) => explain(each, path, raw));
  return [invalid(issue, param, value)];
}

const LONGEST_NAME = 100;
const NAMED_AT_ONCE = 20;

/** A name that the caller made up may be as long as the request, and so may their list: an error says the beginnings. */
export function unknownParameters(names: readonly string[]): ParameterError {
  const named = names.slice(0, NAMED_AT_ONCE).map((name) => shortened(name, LONGEST_NAME));
  const more = names.length > named.length ? `, and ${String(names.length - named.length)} more` : '';
  const message = `Received unknown parameter${names.length > 1 ? 's' : ''}: ${named.join(', ')}${more}`;
  return new ParameterError('parameter_unknown', message, named[0] ?? '');
}

/** Among the alternatives, the one that fits the value's kind gives the most helpful error. */
function likeliest(alternatives: Issue[][], value: unknown): Issue[] {
  const fits = alternatives.filter((issues) => !issues.some((issue) => issue.path.length === 0 && isMismatch(issue, value)));
  return fits[0] ?? alternatives.at(-1) ?? [];
}

function isMismatch(issue: Issue, value: unknown): boolean {
  if (issue.code === 'invalid_type') return true;
  return issue.code === 'invalid_value' && (typeof value !== 'string' || issue.values.length === 1);
}

const REASONS: Record<string, string> = {
  empty: 'parameter_invalid_empty',
  parameter_invalid_integer: 'parameter_invalid_integer',
  email_invalid: 'email_invalid',
  url_invalid: 'url_invalid',
};

function invalid(issue: Issue, param: string, value: unknown): ParameterError {
  if (value === '') return empty(param);
  if (issue.code === 'invalid_type') {
    return new ParameterError('parameter_invalid', `Invalid ${issue.expected === 'record' ? 'object' : issue.expected}`, param);
  }
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String).join(', ');
    const message = issue.message.startsWith('must be') ? issue.message : `must be one of ${words}`;
    return new ParameterError('parameter_invalid', `Invalid ${param}: ${message}`, param);
  }
  const reason = issue.code === 'custom' ? String(issue.params?.['reason'] ?? '') : '';
  return new ParameterError('parameter_invalid', issue.message, param, REASONS[reason] ?? null);
}

function empty(param: string): ParameterError {
  const message =
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' ` +
    `cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`;
  return new ParameterError('parameter_invalid', message, param, 'parameter_invalid_empty');
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
