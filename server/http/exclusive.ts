import { ParameterError } from './parameter-error';

/**
 * Refuses more than one of these parameters. `prefix` is the object that contains them: `items[0]`.
 *
 * @throws BillingError parameters_exclusive, naming the second
 */
export function onlyOne<P extends object>(parameters: P, names: readonly (keyof P & string)[], prefix = ''): void {
  const sent = names.filter((name) => parameters[name] !== undefined);
  const [, second] = sent;
  if (second === undefined) return;
  const shown = names.map((name) => nested(prefix, name)).join(', ');
  throw new ParameterError('parameters_exclusive', `You may only specify one of these parameters: ${shown}.`, nested(prefix, second));
}

/** @throws BillingError parameter_missing, naming the first, if none of them was sent */
export function atLeastOne<P extends object>(parameters: P, names: readonly (keyof P & string)[], prefix = ''): void {
  const [first = '' as keyof P & string] = names;
  if (names.some((name) => parameters[name] !== undefined)) return;
  const param = nested(prefix, first);
  throw new ParameterError('parameter_missing', `Missing required param: ${param}.`, param);
}

const nested = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}[${name}]`);
