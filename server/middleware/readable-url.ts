import type { NextFunction, Request, Response } from 'express';
import { decoded } from '../http/acceptable-text';
import { HttpError } from '../http/errors';

const CONTROL = /\p{Cc}/u;

/** Refuses a path that is not valid text, for every caller, because sending one requires no key. */
export function readableUrl(request: Request, _response: Response, next: NextFunction): void {
  const path = decoded(request.path);
  if (path === null || CONTROL.test(path))
    throw new HttpError(400, 'The path of the URL is not readable: it must be percent-encoded UTF-8.');
  next();
}
