import { BillingError } from './errors';

/** The same refusal, of a parameter that is nested: `product` of `lines[0]` is `lines[0][product]`. */
export function prefixRefusal(prefix: string, error: BillingError): BillingError {
  const { param } = error.details;
  if (param === undefined) return error;
  const [first = '', ...rest] = param.split('[');
  const nested = `${prefix}[${first}]${rest.map((part) => `[${part}`).join('')}`;
  return new BillingError(error.code, error.message, { ...error.details, param: nested });
}

/** What is refused in `work` is told under what its parameters are nested in. */
export function nestedIn<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof BillingError ? prefixRefusal(prefix, error) : error;
  }
}

/** What is refused in `work` of one of these parameters is told as what the caller called it. */
export function calledBy<T>(names: Record<string, string>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const param = error instanceof BillingError ? names[error.details.param ?? ''] : undefined;
    throw error instanceof BillingError && param !== undefined
      ? new BillingError(error.code, error.message, { ...error.details, param })
      : error;
  }
}
