import { ParameterError } from './parameter-error';
import type { Config } from '../../config';

/** @throws ParameterError parameter_invalid if the installation has no processor of this name */
export function refuseUnknownProcessor({ processors }: Pick<Config, 'processors'>, name: string, param: string): void {
  const names = processors.map((each) => each.name);
  if (names.includes(name)) return;
  const message = `There is no processor '${name}'. This installation has ${names.map((each) => `'${each}'`).join(', ')}.`;
  throw new ParameterError('parameter_invalid', message, param);
}
