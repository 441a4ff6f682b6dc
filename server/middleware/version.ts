import type { NextFunction, Request, Response } from 'express';
import { API_VERSION, API_VERSIONS, apiVersionOf } from '../../domain/rows/api-version';
import { contextOf } from '../http/context';
import { HttpError } from '../http/errors';

/** Reads the caller's API release, returns it, and refuses one that Dunlin does not support, because its shapes would be wrong. */
export function version(request: Request, response: Response, next: NextFunction): void {
  const params = request.header('Stripe-Version') ?? API_VERSION;
  const found = apiVersionOf(params);
  if (found === null) {
    throw new HttpError(400, `Invalid Stripe API version: ${params.slice(0, 60)}. Dunlin speaks ${API_VERSIONS.join(', ')}.`);
  }
  contextOf(response).version = found;
  response.setHeader('Stripe-Version', found);
  next();
}
