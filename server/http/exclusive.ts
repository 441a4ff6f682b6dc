import { ParameterError } from './parameter-error';

/**
 * Of these parameters only one may be sent. `prefix` is what they are nested in: `items[0]`.
 *
 * @throws parameters_exclusive, naming the second
 */
export function onlyOne<P extends object>(parameters: P, names: readonly (keyof P & string)[], prefix = ''): void {
  const sent = names.filter((name) => parameters[name] !== undefined);
  const [, second] = sent;
  if (second === undefined) return;
  const shown = names.map((name) => nested(prefix, name)).join(', ');
  throw new ParameterError('parameters_exclusive', `You may only specify one of these parameters: ${shown}.`, nested(prefix, second));
}

/** @throws parameter_missing, naming the first, where none of them was sent */
export function atLeastOne<P extends object>(parameters: P, names: readonly (keyof P & string)[], prefix = ''): void {
  const [first = '' as keyof P & string] = names;
  if (names.some((name) => parameters[name] !== undefined)) return;
  const param = nested(prefix, first);
  throw new ParameterError('parameter_missing', `Missing required param: ${param}.`, param);
}

const nested = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}[${name}]`);
