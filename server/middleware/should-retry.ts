import type { NextFunction, Request, Response } from 'express';
import { contextOf } from '../http/context';

/**
 * Says in each refusal whether the same request may succeed later, as Stripe does: its SDKs then repeat it with the same Idempotency-Key. A
 * rate limit is for the caller to obey, so it is no reason to repeat at once.
 */
export function shouldRetry(_request: Request, response: Response, next: NextFunction): void {
  const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => Response;
  response.writeHead = (...head: unknown[]) => {
    if (response.statusCode >= 400) response.setHeader('Stripe-Should-Retry', String(isPassing(response)));
    return writeHead(...head);
  };
  next();
}

/**
 * Another request holds the object at the moment, or a service is away: such answers are not stored under their Idempotency-Key. A 429
 * without a known caller is a rate limit.
 */
function isPassing(response: Response): boolean {
  const { statusCode } = response;
  return statusCode >= 500 || statusCode === 409 || (statusCode === 429 && contextOf(response).scope !== null);
}
