import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Operation } from './operation';

/**
 * Every operation under its path. Express tries one route after another, and the API has hundreds. So a request meets only the routes with
 * its resource and its number of segments.
 */
export function route(operations: readonly Operation[], handlerOf: (operation: Operation) => RequestHandler): RequestHandler {
  const routers = new Map<string, Router>();
  for (const operation of bySpecificity(operations)) {
    const place = placeOf(operation.path);
    const router = routers.get(place) ?? Router();
    routers.set(place, router[operation.method](operation.path, handlerOf(operation)));
  }
  return (request: Request, response: Response, next: NextFunction): void => {
    const router = routers.get(placeOf(request.path));
    if (router) router(request, response, next);
    else next();
  };
}

/** The resource and the number of segments: `v1/customers 3`. Letter case and a slash at the end make no difference, as in Express. */
function placeOf(path: string): string {
  const segments = path.replace(/\/$/, '').toLowerCase().split('/');
  return `${segments[1] ?? ''}/${segments[2] ?? ''} ${String(segments.length - 1)}`;
}

/** `/v1/customers/search` before `/v1/customers/:customer`. */
function bySpecificity(operations: readonly Operation[]): Operation[] {
  return [...operations].sort((a, b) => (comparable(a.path) < comparable(b.path) ? -1 : 1));
}

const comparable = (path: string): string => path.replace(/:/g, '~');
