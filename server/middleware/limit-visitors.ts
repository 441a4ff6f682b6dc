import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { LIMITS, type Limit } from '../../domain/core/limits';
import { callerAddress } from '../http/address';

const WINDOW_MS = 60_000;

/** The requests per minute allowed for each visitor of a public page, by address. Counted per process. */
export function limitVisitors({ max }: Limit = LIMITS.visitsPerMinute): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: max,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: callerAddress,
    handler: (_request: Request, response: Response) => {
      response.status(429).type('text').send('Too many requests. Try again in a minute.');
    },
  });
}
