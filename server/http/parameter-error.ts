import { BillingError, type BillingErrorCode } from '../../domain/core/errors';

/** A parameter that cannot be read. `wireCode` is Stripe's more specific code, if it has one. */
export class ParameterError extends BillingError {
  constructor(
    code: BillingErrorCode,
    message: string,
    param: string,
    readonly wireCode: string | null = null,
  ) {
    super(code, message, { param });
    this.name = 'ParameterError';
  }
}

/** A path of keys in Stripe's notation: `items[0][price]`. */
export function bracketPath(path: readonly PropertyKey[]): string {
  const [first = '', ...rest] = path.map(String);
  return first + rest.map((part) => `[${part}]`).join('');
}
