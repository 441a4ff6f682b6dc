import type { NextFunction, Request, Response } from 'express';
import { API_VERSION } from '../../domain/event';
import { HttpError } from '../errors';

/** The version that Dunlin speaks, and the later one whose SDKs work unchanged. */
const VERSIONS: readonly string[] = [API_VERSION, '2026-10-28.endive'];

/** Accepts the versions that Dunlin speaks and tells the one in use; another is refused, since its shapes would be wrong. */
export function version(request: Request, response: Response, next: NextFunction): void {
  const asked = request.header('Stripe-Version') ?? API_VERSION;
  if (!VERSIONS.includes(asked)) {
    throw new HttpError(400, `Invalid Stripe API version: ${asked.slice(0, 60)}. Dunlin speaks ${VERSIONS.join(' and ')}.`);
  }
  response.setHeader('Stripe-Version', asked);
  next();
}
