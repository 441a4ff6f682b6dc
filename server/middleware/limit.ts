import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { callerAddress } from '../http/address';

const WINDOW_MS = 1_000;

/** The requests per second allowed for each key, or for each address without one. Counted per process. */
export function limit(perSecond: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perSecond,
    standardHeaders: false,
    legacyHeaders: false,
    // The library would examine its own settings with each request.
    validate: false,
    keyGenerator: (request: Request) => callerOf(request),
    handler: (_request: Request, response: Response) => {
      response.setHeader('Stripe-Rate-Limited-Reason', 'global-rate');
      response.status(429).json({
        error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests; retry with exponential backoff.' },
      });
    },
  });
}

function callerOf(request: Request): string {
  return request.headers.authorization ?? callerAddress(request);
}
