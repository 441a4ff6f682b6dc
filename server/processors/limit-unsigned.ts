/** Mollie signs no webhook, so anybody can send one, and each costs a question to Mollie. What is refused Mollie sends again, for a day. */
import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { LIMITS, type Limit } from '../../domain/core/limits';
import { callerAddress } from '../http/address';

/** By address, and by what is told about. Counted per process. */
export const limitUnsigned = (): RequestHandler[] => [
  limit(LIMITS.unsignedWebhooks, callerAddress),
  limit(LIMITS.unsignedWebhooksOfPayment, toldAbout),
];

const limit = ({ max }: Limit, keyGenerator: (request: Request) => string): RequestHandler =>
  rateLimit({
    ...{ windowMs: 60_000, limit: max, standardHeaders: 'draft-7', legacyHeaders: false, keyGenerator },
    skip: ({ params }: Request) => params['processor'] !== 'mollie',
    handler: (_request: Request, response: Response) => {
      response.status(429).type('text').send('Too many requests. Try again in a minute.');
    },
  });

/** As `gateways/mollie/webhooks.ts` reads it. */
const toldAbout = ({ body }: Request): string =>
  new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '').get('id')?.slice(0, 100) ?? '';
