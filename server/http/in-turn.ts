import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * Handlers that run one after another, as one. Express compares a request's path with the path of each handler; for those that all requests
 * pass, this took longer than the handlers did. A handler that throws or rejects ends the turn with its error, as in Express.
 */
export function inTurn(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const run = (index: number): void => {
      const handler = handlers[index];
      if (!handler) {
        next();
        return;
      }
      const done = (error?: unknown): void => {
        if (error === undefined || error === null) run(index + 1);
        else next(error);
      };
      try {
        const running: unknown = handler(request, response, done);
        if (running !== undefined) Promise.resolve(running).catch(next);
      } catch (error) {
        next(error);
      }
    };
    run(0);
  };
}
