import type { NextFunction, Request, Response } from 'express';
import { decoded } from '../http/acceptable-text';
import { HttpError } from '../http/errors';

const CONTROL = /\p{Cc}/u;

const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i;

/** Refuses a URL that is not valid text or whose host cannot be one, for every caller, because sending one requires no key. */
export function readableUrl(request: Request, _response: Response, next: NextFunction): void {
  const path = decoded(request.path);
  if (path === null || CONTROL.test(path))
    throw new HttpError(400, 'The path of the URL is not readable: it must be percent-encoded UTF-8.');
  // Parameters of the API are refused by name.
  if (!/^\/v[12]\//.test(path) && request.originalUrl.includes('%00'))
    throw new HttpError(400, 'The query of the URL is not readable: it contains the NUL character (U+0000).');
  const { host } = request.headers;
  // Addresses are made of it.
  if (host !== undefined && !(HOST.test(host) && URL.canParse(`http://${host}`)))
    throw new HttpError(400, 'The Host header names no host.');
  next();
}
