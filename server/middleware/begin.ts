import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { contextOf, setContext } from '../context';

/** Gives each request its id, and logs a line when it is answered: what was called, by which key, how it ended. No parameters. */
export function begin(log: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const requestId = `req_${randomBytes(12).toString('base64url').replace(/[-_]/g, '0').slice(0, 14)}`;
    setContext(response, { requestId, startedAt: performance.now(), scope: null, key: null, operation: null });
    response.setHeader('Request-Id', requestId);
    response.on('finish', () => {
      const { operation, scope, key, startedAt } = contextOf(response);
      const ms = Math.round(performance.now() - startedAt);
      log.info({
        request: requestId,
        operation: operation ?? request.method,
        status: response.statusCode,
        ms,
        account: scope?.account,
        key,
      });
    });
    next();
  };
}
