import type { NextFunction, Request, Response } from 'express';
import { HttpError } from '../http/errors';

/** Paths of older versions of Stripe's API, and their replacements. */
const MOVED: readonly (readonly [path: RegExp, now: string])[] = [
  [/^\/v1\/invoices\/upcoming(\/lines)?$/, 'Use POST /v1/invoices/create_preview'],
  [/^\/v1\/subscription_items\/[^/]+\/usage_records$/, 'Report usage to a meter: POST /v1/billing/meter_events'],
  [/^\/v1\/subscription_items\/[^/]+\/usage_record_summaries$/, 'Read usage of a meter: GET /v1/billing/meters/:id/event_summaries'],
  [/^\/v1\/sources(\/[^/]+)?$/, 'Use payment methods (POST /v1/payment_methods) or card tokens (POST /v1/tokens)'],
];

/** Refuses a path that the API no longer has and names its replacement, instead of looking for an invoice with the id `upcoming`. */
export function moved(request: Request, _response: Response, next: NextFunction): void {
  const found = MOVED.find(([path]) => path.test(request.path));
  if (found === undefined) {
    next();
    return;
  }
  throw new HttpError(404, `${request.path} is no longer part of the API. ${found[1]}.`);
}
