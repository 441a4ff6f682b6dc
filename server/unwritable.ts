/** Texts that no database can keep: a NUL, and half of a surrogate pair. Refused before anything looks for them or writes them. */
import { BillingError } from '../domain/errors';
import { bracketPath, ParameterError } from './parameter-error';

/** @throws ParameterError for the first text, or key, that cannot be written */
export function refuseUnwritable(value: unknown, path: readonly string[] = []): void {
  if (typeof value === 'string') {
    if (!isUnwritable(value)) return;
    const param = bracketPath(path);
    throw new ParameterError('parameter_invalid', `Invalid string: ${param} has a character that is not valid text`, param);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    if (isUnwritable(key)) throw new BillingError('parameter_invalid', 'The name of a parameter has a character that is not valid text.');
    refuseUnwritable(each, [...path, key]);
  }
}

/** A path that names something which can be nowhere. */
export function refuseUnwritablePath(path: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(path)) {
    if (isUnwritable(value)) throw new BillingError('resource_missing', `No such ${name}: the id has a character that is not valid text`);
  }
}

const isUnwritable = (text: string): boolean => text.includes('\u0000') || /\p{Surrogate}/u.test(text);
