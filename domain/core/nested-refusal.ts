import { BillingError } from './errors';

/** The same refusal for a nested parameter: `product` within `lines[0]` becomes `lines[0][product]`. */
export function prefixRefusal(prefix: string, error: BillingError): BillingError {
  const { param } = error.details;
  if (param === undefined) return error;
  const [first = '', ...rest] = param.split('[');
  const nested = `${prefix}[${first}]${rest.map((part) => `[${part}`).join('')}`;
  return new BillingError(error.code, error.message, { ...error.details, param: nested });
}

/** Runs `work`; a refusal names its parameter within `prefix`. */
export function nestedIn<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof BillingError ? prefixRefusal(prefix, error) : error;
  }
}

/** Runs `work`; a refusal of one of these parameters names it as the caller did. */
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
